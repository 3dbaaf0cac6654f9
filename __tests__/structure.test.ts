import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parseSync } from '@swc/core';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = list('src');
const imports = new Map(files.map((file) => [file, importsOf(file)]));
const loads = new Map(files.map((file) => [file, staticImportsOf(file)]));
const layers = readLayers();

describe('the structure of src', () => {
  test('every file is in a folder of docs/architecture.md, and every folder exists', () => {
    expect(files.filter((file) => layers.get(folderOf(file)) === undefined)).toEqual([]);
    expect([...layers.keys()].filter((folder) => !existsSync(join(root, 'src', folder)))).toEqual([]);
  });

  test('every import goes down the layers', () => {
    const arrows = [...imports].flatMap(([file, targets]) => targets.map((target) => ({ file, target })));
    const wrong = arrows.filter(({ file, target }) => {
      const [from, to] = [folderOf(file), folderOf(target)];
      return from !== to && (layers.get(to) ?? Infinity) >= (layers.get(from) ?? -1);
    });
    expect(arrows.length).toBeGreaterThan(500);
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test('no files import each other in a circle', () => {
    expect(findCircles(imports)).toEqual([]);
  });

  test('the linter has the same import rules', () => {
    const { overrides } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    for (const [folder, layer] of layers) {
      if (folder.endsWith('.ts')) continue;
      const above = [...layers].filter(([other, level]) => other !== folder && level >= layer).map(([other]) => other);
      const group = overrides.find(({ includes }: { includes: string[] }) => includes.includes(`src/${folder}/**`));
      const [{ group: rules }] = group.linter.rules.style.noRestrictedImports.options.patterns;
      expect({ folder, rules: rules.filter((rule: string) => rule.startsWith('**/')) }).toEqual({
        folder,
        rules: above.map((other) => (other.endsWith('.ts') ? `**/${other}` : `**/${other}/**`)),
      });
    }
  });

  test('what is large and not needed at once is loaded when it is first called', () => {
    const start = reachedFrom('src/index.ts', (file) => loads.get(file)?.files ?? []);
    const late = [...LATE].flatMap(([what, only]) =>
      [...start]
        .filter((file) => namesOf(file).some((name) => isPartOf(name, what)))
        .map((file) => ({ what, only, file })),
    );
    expect(start.size).toBeGreaterThan(200);
    expect(late).toEqual([]);
    for (const [what, only] of LATE) {
      const users = files.filter((file) => namesOf(file).some((name) => isPartOf(name, what)));
      expect({ what, users }).toEqual({ what, users: only });
    }
  });

  test('a circle is found where there is one', () => {
    const circle = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['b']],
      ['d', []],
    ]);
    expect(findCircles(circle)).toEqual([['b', 'c']]);
  });

  test('no folder has more than 30 files, and no file more than 200 lines but data and types', () => {
    const folders = Map.groupBy(files, (file) => dirname(file));
    expect([...folders].filter(([, inside]) => inside.length > 30).map(([folder]) => folder)).toEqual([]);
    const long = files.filter((file) => !isData(file) && lineCount(file) > 200);
    expect(long).toEqual([]);
  });
});

/** Packages and files of `src/` that no start may load, with the files that import them. */
const LATE = new Map<string, readonly string[]>([
  ['@actions/artifact', ['src/adapters/clients/artifact-client.ts']],
  ['@actions/github', ['src/adapters/clients/octokit.ts']],
  [
    '@anthropic-ai/sdk',
    [
      'src/adapters/anthropic.ts',
      'src/adapters/api-failure.ts',
      'src/adapters/credentials/access-tokens.ts',
      'src/adapters/credentials/exchange-failure.ts',
    ],
  ],
  ['src/core/page/assets.generated.ts', ['src/core/page/page.ts']],
  ['src/after-reading.ts', []],
]);

/** Whether a package's module, or a file of `src/`, is this one or in it. */
function isPartOf(name: string, what: string): boolean {
  return name === what || name.startsWith(`${what}/`);
}

/** All that a file imports as it is loaded itself. */
function namesOf(file: string): string[] {
  const { files = [], packages = [] } = loads.get(file) ?? {};
  return [...files, ...packages];
}

/** What a file imports as it is loaded itself: not types, and not what `import()` names. */
function staticImportsOf(file: string): { readonly files: string[]; readonly packages: string[] } {
  const { body } = parseSync(readFileSync(join(root, file), 'utf8'), { syntax: 'typescript' });
  const names = body.flatMap((item) => {
    if (item.type === 'ImportDeclaration') {
      const isType =
        item.typeOnly ||
        (item.specifiers.length > 0 &&
          item.specifiers.every((one) => one.type === 'ImportSpecifier' && one.isTypeOnly));
      return isType ? [] : [item.source.value];
    }
    if (item.type === 'ExportNamedDeclaration' || item.type === 'ExportAllDeclaration')
      return item.source == null || ('typeOnly' in item && item.typeOnly) ? [] : [item.source.value];
    return [];
  });
  const own = names.filter((name) => name.startsWith('.'));
  return {
    files: own.map((name) => relative(root, resolve(root, dirname(file), name))),
    packages: names.filter((name) => !name.startsWith('.') && !name.startsWith('node:')),
  };
}

/** A file and all that are loaded with it. */
function reachedFrom(file: string, importsOf: (file: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set([file]);
  for (const one of reached) for (const next of importsOf(one)) reached.add(next);
  return reached;
}

/** Generated files, tables and the files that hold nothing but types or words. */
function isData(file: string): boolean {
  const code = readFileSync(join(root, file), 'utf8');
  return /\.generated\.ts$|^src\/core\/messages\//.test(file) || !/^(export )?(async )?function/m.test(code);
}

function lineCount(file: string): number {
  return readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length;
}

function list(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(join(root, path)).isDirectory()) return list(path);
    return name.endsWith('.ts') ? [path] : [];
  });
}

/** The folder of a file below `src/`; a file of `src/` itself counts as a folder of its own. */
function folderOf(file: string): string {
  const folder = relative('src', dirname(file));
  return folder === '' ? relative('src', file) : folder;
}

/** Folder → layer, out of the table in docs/architecture.md. */
function readLayers(): Map<string, number> {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const table = /```text\nlayer +folders\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  const rows = table.trim().split('\n');
  return new Map(
    rows.flatMap((row) => {
      const [layer, ...folders] = row.trim().split(/ +/);
      return folders.map((folder): [string, number] => [folder, Number(layer)]);
    }),
  );
}

/** Files below `src/` that a file names in an import, an export or a type. */
function importsOf(file: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      for (const one of node) visit(one);
      return;
    }
    for (const [key, value] of Object.entries(node)) {
      if (key === 'source' || key === 'argument' || key === 'expression') {
        if (value?.type === 'StringLiteral' && /^\.\.?\//.test(value.value)) found.push(value.value);
      }
      visit(value);
    }
  };
  visit(parseSync(readFileSync(join(root, file), 'utf8'), { syntax: 'typescript' }));
  return [...new Set(found)].map((name) => relative(root, resolve(root, dirname(file), name)));
}

/** Groups of nodes that reach each other (Tarjan), sorted. */
function findCircles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): number => {
    const own = index.size;
    index.set(node, own);
    stack.push(node);
    let lowest = own;
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) lowest = Math.min(lowest, visit(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, index.get(next) ?? own);
    }
    if (lowest === own) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1) circles.push(group.sort());
    }
    return lowest;
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return circles;
}
