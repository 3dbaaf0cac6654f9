import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parseSync } from '@swc/core';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = list('src');
const imports = new Map(files.map((file) => [file, importsOf(file)]));
const floors = readFloors();

describe('the house', () => {
  test('every file stands in a room of docs/architecture.md, and every room exists', () => {
    expect(files.filter((file) => floors.get(roomOf(file)) === undefined)).toEqual([]);
    expect([...floors.keys()].filter((room) => !existsSync(join(root, 'src', room)))).toEqual([]);
  });

  test('every import goes down the floors', () => {
    const arrows = [...imports].flatMap(([file, targets]) => targets.map((target) => ({ file, target })));
    const wrong = arrows.filter(({ file, target }) => {
      const [from, to] = [roomOf(file), roomOf(target)];
      return from !== to && (floors.get(to) ?? Infinity) >= (floors.get(from) ?? -1);
    });
    expect(arrows.length).toBeGreaterThan(500);
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test('no files import each other in a circle', () => {
    expect(findCircles(imports)).toEqual([]);
  });

  test('the linter holds the same walls', () => {
    const { overrides } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    for (const [room, floor] of floors) {
      if (room.endsWith('.ts')) continue;
      const above = [...floors].filter(([other, level]) => other !== room && level >= floor).map(([other]) => other);
      const group = overrides.find(({ includes }: { includes: string[] }) => includes.includes(`src/${room}/**`));
      const [{ group: walls }] = group.linter.rules.style.noRestrictedImports.options.patterns;
      expect({ room, walls: walls.filter((wall: string) => wall.startsWith('**/')) }).toEqual({
        room,
        walls: above.map((other) => (other.endsWith('.ts') ? `**/${other}` : `**/${other}/**`)),
      });
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

/** The folder of a file below `src/`; a file of `src/` itself is a room of its own. */
function roomOf(file: string): string {
  const folder = relative('src', dirname(file));
  return folder === '' ? relative('src', file) : folder;
}

/** Room → floor, out of the table in docs/architecture.md. */
function readFloors(): Map<string, number> {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const table = /```text\nfloor +rooms\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  const rows = table.trim().split('\n');
  return new Map(
    rows.flatMap((row) => {
      const [floor, ...rooms] = row.trim().split(/ +/);
      return rooms.map((room): [string, number] => [room, Number(floor)]);
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
