import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { renderSbom, type SbomSource } from '../../scripts/release/sbom.ts';
import { gitEnvironment } from './scene.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly object[];
  readonly licenses?: readonly { readonly license?: object; readonly expression?: string }[];
}
interface Sbom {
  readonly serialNumber: string;
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

function sbomOf(source: SbomSource): Sbom {
  return JSON.parse(renderSbom(source));
}

const packages: SbomSource['packages'] = {
  '': { version: '1.0.0' },
  'node_modules/@scope/a': {
    ...{ version: '1.0.0', integrity: 'sha512-AQID' },
    dependencies: { b: '^2.0.0', c: '*', gone: '*' },
  },
  'node_modules/@scope/a/node_modules/b': { version: '2.0.0', dependencies: { c: '*' } },
  'node_modules/b': { version: '1.0.0' },
  'node_modules/c': { version: '3.0.0-rc.1' },
};
const licenses = (...headings: string[]) =>
  headings.map((heading) => `${heading}\n\nAs is.`).join(`\n\n${'-'.repeat(80)}\n\n`);
const source: SbomSource = {
  version: '1.0.0',
  packages,
  licenses: licenses('@scope/a 1.0.0 ((MIT AND ISC))', 'b 2.0.0 (MIT/X11)', 'c 3.0.0-rc.1 (MIT)'),
};

describe('the list of what the bundle contains', () => {
  test('has its packages as they are locked, and no others', () => {
    expect(sbomOf(source).components).toEqual([
      {
        ...{ type: 'library', 'bom-ref': '@scope/a@1.0.0', name: '@scope/a', version: '1.0.0' },
        purl: 'pkg:npm/%40scope/a@1.0.0',
        hashes: [{ alg: 'SHA-512', content: '010203' }],
        licenses: [{ expression: 'MIT AND ISC' }],
      },
      {
        ...{ type: 'library', 'bom-ref': 'b@2.0.0', name: 'b', version: '2.0.0', purl: 'pkg:npm/b@2.0.0' },
        licenses: [{ license: { name: 'MIT/X11' } }],
      },
      {
        ...{ type: 'library', 'bom-ref': 'c@3.0.0-rc.1', name: 'c', version: '3.0.0-rc.1' },
        purl: 'pkg:npm/c@3.0.0-rc.1',
        licenses: [{ license: { id: 'MIT' } }],
      },
    ]);
  });

  test('says which depends on which, as Node finds packages', () => {
    expect(sbomOf(source).dependencies).toEqual([
      { ref: 'claude-batch-action@1.0.0', dependsOn: ['@scope/a@1.0.0', 'b@2.0.0', 'c@3.0.0-rc.1'] },
      { ref: '@scope/a@1.0.0', dependsOn: ['b@2.0.0', 'c@3.0.0-rc.1'] },
      { ref: 'b@2.0.0', dependsOn: ['c@3.0.0-rc.1'] },
      { ref: 'c@3.0.0-rc.1', dependsOn: [] },
    ]);
  });

  test('is the same for the same sources, and has another number for others', () => {
    expect(renderSbom(source)).toBe(renderSbom(source));
    const { serialNumber } = sbomOf(source);
    expect(serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(sbomOf({ ...source, version: '1.0.1' }).serialNumber).not.toBe(serialNumber);
  });

  test('is the same however lines end', () => {
    const text = source.licenses.replaceAll('\n', ' \r\n');
    expect(renderSbom({ ...source, licenses: text })).toBe(renderSbom(source));
  });

  test.each(['b 2.0.0', 'b 2.0.0 ()', 'b  2.0.0 (MIT)', 'b v2.0.0 (MIT)', 'b 2.0.0 (MIT) and more', '/b 2.0.0 (MIT)'])(
    'is refused for the heading %j',
    (heading) => {
      const text = licenses('c 3.0.0-rc.1 (MIT)', heading);
      expect(() => renderSbom({ ...source, licenses: text })).toThrow('is not "<name> <version> (<license>)"');
    },
  );

  test('takes a rule inside a license for a part of it', () => {
    const text = licenses('c 3.0.0-rc.1 (MIT)', 'Copyright 2023 A, Inc.');
    expect(sbomOf({ ...source, licenses: text }).components).toHaveLength(1);
  });

  test('is refused for a package that is not locked in this version', () => {
    expect(() => renderSbom({ ...source, licenses: licenses('b 2.0.1 (MIT)') })).toThrow('b 2.0.1');
  });
});

describe('that of this project', () => {
  const texts = read('dist/licenses.txt');
  const own = sbomOf({
    version: '1.0.0',
    packages: JSON.parse(read('package-lock.json')).packages,
    licenses: texts,
  });

  test('says of each package what npm says', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sbom-'));
    try {
      for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(root, name), join(folder, name));
      const args = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'];
      const isWindows = process.platform === 'win32';
      const options = { cwd: folder, env: gitEnvironment(folder), encoding: 'utf8', maxBuffer: 2 ** 26 } as const;
      const npm: Sbom = JSON.parse(execFileSync('npm', args, { ...options, shell: isWindows }));
      const told = new Map(npm.components.map((component) => [component['bom-ref'], component]));
      expect(own.components.length).toBeGreaterThan(100);
      for (const { licenses: given, ...component } of own.components) {
        const { licenses: theirs, ...known } = told.get(component['bom-ref']) ?? {};
        expect(known).toMatchObject(component);
        // npm leaves out what is no license of the SPDX list.
        if (theirs !== undefined) expect(given?.map(textOf)).toEqual(theirs.map(textOf));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('has every package whose license ships', () => {
    const rule = `\n\n${'-'.repeat(80)}\n\n`;
    const headings = texts.split(rule).map((part) => part.split('\n', 1)[0] ?? '');
    const named = headings.filter((heading) => / \d+\.\d+\.\d+\S* \(/.test(heading));
    expect(own.components.map(({ name, version }) => `${name} ${version}`)).toEqual(
      named.map((heading) => heading.replace(/ \(.*/, '')),
    );
  });
});

/** A license as text, without the parentheses that some composed ones have. */
function textOf({ license, expression }: { readonly license?: object; readonly expression?: string }): string {
  return (expression ?? Object.values(license ?? {}).join()).replace(/^\((.*)\)$/, '$1');
}
