import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { compareFolders } from '../../scripts/compare-folders.ts';
import { LICENSE_EXCEPTIONS } from '../../scripts/license-exceptions.ts';
import { bundledPackages, renderLicenses } from '../../scripts/licenses.ts';
import { read } from './pages.ts';
import { root } from './process.ts';

// What makes `dist/` the code that people can read: everything that CI runs bundles the sources anew and compares.

describe('the comparison', () => {
  let folder: string;
  const [dist, fresh] = [() => join(folder, 'dist'), () => join(folder, 'fresh')];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'claude-batch-bundle-'));
    mkdirSync(dist());
    writeFileSync(join(dist(), 'index.js'), Buffer.from([0x61, 0xff]));
    writeFileSync(join(dist(), 'licenses.txt'), 'MIT');
    cpSync(dist(), fresh(), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('of equal folders finds nothing', () => {
    expect(compareFolders(dist(), fresh())).toEqual([]);
  });

  test.each<[string, string, () => void]>([
    // Neither is UTF-8: as text they would be the same.
    ['another byte', 'index.js', () => writeFileSync(join(dist(), 'index.js'), Buffer.from([0x61, 0xfe]))],
    ['a file that nothing makes', 'more.js', () => writeFileSync(join(dist(), 'more.js'), '')],
    ['a folder that nothing makes', 'more', () => mkdirSync(join(dist(), 'more'))],
    ['a file that is gone', 'licenses.txt', () => rmSync(join(dist(), 'licenses.txt'))],
  ])('finds %s', (_, name, change) => {
    change();
    expect(compareFolders(dist(), fresh())).toEqual([name]);
  });
});

test('it is part of what CI runs, on every push and pull request', () => {
  expect(JSON.parse(read('package.json')).scripts['check:dist']).toBe(
    'node scripts/node24.js scripts/bundle.ts --check',
  );
  expect(read('.ci/run')).toMatch(/^step "bundle" npm run --silent check:dist$/m);
  expect(read('.github/workflows/ci.yml')).toMatch(/^on:\n {2}push:\n {4}branches: \[main\]\n {2}pull_request:\n/m);
  expect(read('.github/workflows/ci.yml')).toMatch(/^ {8}run: npm run check:dist$/m);
});

test('the licenses of all packages that the maps of a bundle name are in it, the nested ones as well', () => {
  const sources = [
    '../src/index.ts',
    '../node_modules/undici/index.js',
    '../node_modules/@actions/core/lib/core.js',
    '../node_modules/@actions/core/lib/utils.js',
  ];
  const packages = bundledPackages(sources);
  expect(packages).toEqual(['node_modules/@actions/core', 'node_modules/undici']);
  expect(bundledPackages(['../node_modules/a/node_modules/@b/c/d.js'])).toEqual(['node_modules/a/node_modules/@b/c']);
  const text = renderLicenses(root, packages);
  for (const name of ['@actions/core', 'undici'])
    expect(text).toMatch(new RegExp(`^${name} [\\d.]+ \\(MIT\\)\\n\\n.*MIT`, 'ms'));
});

describe('a package in the bundle', () => {
  let folder: string;
  const write = (name: string, text: string) => writeFileSync(join(folder, 'node_modules', 'a', name), text);
  const writePackage = (license?: string) =>
    write('package.json', JSON.stringify({ name: 'a', version: '1.2.3', license }));
  const render = (key?: string) =>
    renderLicenses(
      `${folder}/`,
      ['node_modules/a'],
      new Map(key === undefined ? [] : [[key, { copyright: 'By A', source: 'x' }]]),
    );

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'licenses-'));
    mkdirSync(join(folder, 'node_modules', 'a'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('has its license and text', () => {
    writePackage('ISC');
    write('LICENSE', 'Free.\r\n');
    expect(render()).toBe('a 1.2.3 (ISC)\n\nFree.\n');
  });

  test('is refused without a license, and without its text', () => {
    writePackage('ISC');
    expect(() => render()).toThrow('a 1.2.3 comes without the text of its license');
    writePackage();
    write('LICENSE', 'Free.');
    expect(() => render()).toThrow('a 1.2.3 comes without a license');
  });

  test('may be looked up by hand, in one version', () => {
    writePackage();
    expect(render('a 1.2.3')).toMatch(/^a 1\.2\.3 \(MIT\)\n\nMIT License\n\nBy A\n\nPermission is hereby granted/);
    expect(() => render('a 1.2.2')).toThrow('a 1.2.3');
  });
});

test('all packages that are bundled have a license and its text', () => {
  const names = new Set(
    Array.from(read('dist/licenses.txt').matchAll(/^(\S+ \d+\.\d+\.\S+) \(/gm), ([, key = '']) => key),
  );
  const lock: Record<string, { version?: string }> = JSON.parse(read('package-lock.json')).packages;
  const folders = Object.entries(lock).flatMap(([path, { version }]) =>
    names.has(`${path.replace(/^.*node_modules\//, '')} ${version}`) ? [path] : [],
  );
  expect(folders.length).toBeGreaterThanOrEqual(names.size);
  expect(() => renderLicenses(root, folders)).not.toThrow();
  expect([...LICENSE_EXCEPTIONS.keys()].filter((key) => !names.has(key))).toEqual([]);
});
