import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../src/adapters/files.ts';

let workspace: string;

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'claude-batch-files-'));
});

afterEach(() => rmSync(workspace, { recursive: true, force: true }));

function put(name: string, content = ''): void {
  mkdirSync(join(workspace, name, '..'), { recursive: true });
  writeFileSync(join(workspace, name), content);
}

const names = async (...patterns: readonly string[]): Promise<string[]> =>
  (await createFiles(workspace).find(patterns)).found.map(({ name }) => name);

/** Names of a workspace that say something as a pattern; Windows has only some of them. */
const NAMES = [
  ...['repo[1]', 'a[b', '[]', '[!a]', '{a,b}', '!not', '#no', '+(a)'],
  ...(process.platform === 'win32' ? [] : ['what?', 'st*r', 'back\\slash', ' [*] ']),
];

describe('find', () => {
  beforeEach(() => {
    for (const name of ['b.jsonl', 'a.jsonl', 'Z.jsonl', 'sub/c.jsonl', 'sub/deep/d.jsonl', 'note.txt', 'ä.jsonl'])
      put(name);
  });

  test.each([
    ['one file', ['a.jsonl'], ['a.jsonl']],
    ['a glob, sorted by code unit', ['*.jsonl'], ['Z.jsonl', 'a.jsonl', 'b.jsonl', 'ä.jsonl']],
    [
      'a deep glob, paths with slashes',
      ['**/*.jsonl'],
      ['Z.jsonl', 'a.jsonl', 'b.jsonl', 'sub/c.jsonl', 'sub/deep/d.jsonl', 'ä.jsonl'],
    ],
    [
      'several patterns, each file once',
      ['b.jsonl', '*.jsonl', 'sub/*.jsonl'],
      ['Z.jsonl', 'a.jsonl', 'b.jsonl', 'sub/c.jsonl', 'ä.jsonl'],
    ],
    ['what is left out', ['**/*.jsonl', '!**/deep/**', '!Z.jsonl'], ['a.jsonl', 'b.jsonl', 'sub/c.jsonl', 'ä.jsonl']],
    ['a folder left out with all that is in it', ['**/*.jsonl', '!sub'], ['Z.jsonl', 'a.jsonl', 'b.jsonl', 'ä.jsonl']],
    ['what is left out and then named again', ['*.jsonl', '!*.jsonl', 'b.jsonl'], ['b.jsonl']],
    ['what is named after it was left out', ['!a.jsonl', 'a.jsonl'], ['a.jsonl']],
    ['a folder is no file', ['sub'], []],
    ['nothing', ['none/*.jsonl'], []],
  ])('%s', async (_, patterns, expected) => {
    expect(await names(...patterns)).toEqual(expected);
  });

  test('a file whose name looks like a pattern', async () => {
    put('a [1].jsonl');
    put('a 1.jsonl');
    expect(await names('a [1].jsonl')).toEqual(['a [1].jsonl']);
  });

  test('an absolute path and one outside the workspace', async () => {
    const inner = createFiles(join(workspace, 'sub'));
    const { found } = await inner.find([join(workspace, 'a.jsonl')]);
    expect(found).toEqual([{ path: join(workspace, 'a.jsonl'), name: '../a.jsonl' }]);
  });

  test('a link is followed', async () => {
    symlinkSync(join(workspace, 'sub', 'c.jsonl'), join(workspace, 'link.jsonl'));
    expect(await names('link.jsonl')).toEqual(['link.jsonl']);
  });

  test.each(NAMES)('a workspace named %j is a path and no pattern', async (name) => {
    for (const file of ['a.jsonl', 'sub/b.jsonl', 'sub/c.jsonl', 'd[1].jsonl']) put(join(name, file));
    // What a pattern would take it for.
    for (const other of ['repo1', 'whatx', 'staar', 'a', 'b', 'x']) put(join(other, 'a.jsonl'));
    const root = join(workspace, name);
    const find = async (...patterns: readonly string[]): Promise<string[]> =>
      (await createFiles(root).find(patterns)).found.map((file) => file.name);
    expect(await find('a.jsonl')).toEqual(['a.jsonl']);
    expect(await find('**/*.jsonl', '!sub/c.jsonl')).toEqual(['a.jsonl', 'd[1].jsonl', 'sub/b.jsonl']);
    expect(await find('sub/[bx].jsonl')).toEqual(['sub/b.jsonl']);
    expect(await find('./sub/../a.jsonl')).toEqual(['a.jsonl']);
    expect(await find('../x/a.jsonl')).toEqual(['../x/a.jsonl']);
    expect(await find(join(root, '*', '*.jsonl'), `!${join(root, 'sub', 'b.jsonl')}`)).toEqual(['sub/c.jsonl']);
  });

  test('an absolute path with dots in it', async () => {
    expect(await names(`${workspace}/sub/../a.jsonl`)).toEqual(['a.jsonl']);
  });

  test('patterns without a match are told', async () => {
    expect((await createFiles(workspace).find(['a.jsonl', 'typo.jsonl', 'x/*'])).unmatched).toEqual([
      'typo.jsonl',
      'x/*',
    ]);
  });
});

describe('write', () => {
  const folder = (): string => join(workspace, 'out', 'deep');

  test('gives the name only when whole, and replaces an older file', async () => {
    const files = createFiles(workspace);
    put('out/deep/x.jsonl', 'old');
    const writer = await files.write(join(folder(), 'x.jsonl'));
    await writer.write('new ');
    await writer.write(Buffer.from('text é'));
    expect(readFileSync(join(folder(), 'x.jsonl'), 'utf8')).toBe('old');
    await writer.commit();
    await writer.discard();
    expect(readFileSync(join(folder(), 'x.jsonl'), 'utf8')).toBe('new text é');
    expect(writer.bytes).toBe(11);
    expect(readdirSync(folder())).toEqual(['x.jsonl']);
  });

  test('pieces larger and smaller than its buffer keep their order', async () => {
    const files = createFiles(workspace);
    const writer = await files.write(join(folder(), 'y'));
    const pieces = Array.from({ length: 60 }, (_, i) => String(i % 10).repeat(i % 7 === 0 ? 1_500_000 : i * 1_000));
    for (const piece of pieces) await writer.write(piece);
    await writer.commit();
    expect(readFileSync(join(folder(), 'y'), 'utf8') === pieces.join('')).toBe(true);
  });

  test('texts of letters of several bytes fill it to the end and over it', async () => {
    const files = createFiles(workspace);
    const writer = await files.write(join(folder(), 'y'));
    const pieces = Array.from({ length: 80 }, (_, i) => ['a', 'é', '€', '😀', '\ud800'][i % 5]?.repeat(i * 997) ?? '');
    for (const piece of pieces) await writer.write(piece);
    await writer.commit();
    expect(writer.bytes).toBe(pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0));
    expect(readFileSync(join(folder(), 'y')).equals(Buffer.concat(pieces.map((piece) => Buffer.from(piece))))).toBe(
      true,
    );
  });

  test('discarded, it leaves nothing, not even the folders it made', async () => {
    const writer = await createFiles(workspace).write(join(folder(), 'z'));
    await writer.write('half');
    await writer.discard();
    expect(existsSync(join(workspace, 'out'))).toBe(false);
  });

  test('folders that hold something else stay', async () => {
    put('out/keep.txt', 'mine');
    const writer = await createFiles(workspace).write(join(folder(), 'z'));
    await writer.discard();
    expect(readdirSync(join(workspace, 'out'))).toEqual(['keep.txt']);
  });

  test('does not write through a link that waits under the temporary name', async () => {
    put('victim.txt', 'precious');
    mkdirSync(folder(), { recursive: true });
    symlinkSync(join(workspace, 'victim.txt'), join(folder(), 'x.jsonl.partial'));
    const writer = await createFiles(workspace).write(join(folder(), 'x.jsonl'));
    await writer.write('text');
    await writer.commit();
    expect(readFileSync(join(workspace, 'victim.txt'), 'utf8')).toBe('precious');
  });
});

describe('read', () => {
  const content = Buffer.alloc(5_500_000, 'abcdefg');

  test('a piece stays as it is until the next one is asked for, whatever is read meanwhile', async () => {
    put('r', content.toString());
    const seen: Buffer[] = [];
    for await (const piece of createFiles(workspace).read(join(workspace, 'r'))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen.push(Buffer.from(piece));
    }
    expect(Buffer.concat(seen).equals(content)).toBe(true);
  });

  test('an empty file has no pieces', async () => {
    put('r');
    for await (const piece of createFiles(workspace).read(join(workspace, 'r'))) expect(piece).toBeUndefined();
  });

  test.each([
    ['that is not there', 'none', 'open'],
    ['that is a folder', 'sub', 'read'],
  ])('a file %s', async (_, name, syscall) => {
    put('sub/x');
    const all = async () => {
      for await (const piece of createFiles(workspace).read(join(workspace, name))) expect(piece).toBeUndefined();
    };
    await expect(all()).rejects.toMatchObject({ syscall });
  });

  test('who stops early leaves no file open', async () => {
    put('r', content.toString());
    const open = (): number => readdirSync('/proc/self/fd').length;
    const read = async (): Promise<void> => {
      for await (const piece of createFiles(workspace).read(join(workspace, 'r'))) if (piece.length > 0) return;
    };
    if (process.platform !== 'linux') return read();
    await read();
    const before = open();
    for (let i = 0; i < 20; i += 1) await read();
    expect(open() - before).toBeLessThan(10);
  });
});

test('read gives the bytes in pieces, open gives any part of them', async () => {
  const content = 'abc'.repeat(1_000_000);
  put('r', content);
  const files = createFiles(workspace);
  const pieces: string[] = [];
  for await (const piece of files.read(join(workspace, 'r'))) pieces.push(Buffer.from(piece).toString('latin1'));
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.join('') === content).toBe(true);
  const reader = files.open(join(workspace, 'r'));
  expect(Buffer.from(reader.readAt(1, 4)).toString('latin1')).toBe('bcab');
  expect(reader.readAt(content.length - 2, 10)).toHaveLength(2);
  reader.close();
});
