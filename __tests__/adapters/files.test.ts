import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative, resolve } from 'node:path';
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
    expect(found).toEqual([{ path: join(workspace, 'a.jsonl'), name: '../a.jsonl', isOutside: true }]);
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
    expect((await createFiles(workspace).find(['a.jsonl', 'typo.jsonl', 'x/*', 'sub'])).unmatched).toEqual([
      { pattern: 'typo.jsonl', isFolder: false },
      { pattern: 'x/*', isFolder: false },
      { pattern: 'sub', isFolder: true },
    ]);
  });

  test('a folder with the name of a file is no file', async () => {
    mkdirSync(join(workspace, 'x.jsonl'));
    expect(await names('*.jsonl')).not.toContain('x.jsonl');
    expect((await createFiles(workspace).find(['x.jsonl'])).unmatched).toEqual([
      { pattern: 'x.jsonl', isFolder: true },
    ]);
  });

  test.each([
    ['NUL', '\0'],
    ['NUL in a name', 'a\0.jsonl'],
    ['nothing to exclude', '!'],
    ['no name', ''],
    ['the workspace', '.'],
    ['the root', '/'],
    ['too long a name', 'x'.repeat(300)],
    ['too long a path', 'x/'.repeat(5_000)],
  ])('%s finds nothing and breaks nothing', async (_, pattern) => {
    const { found, refused } = await createFiles(workspace).find(['a.jsonl', pattern]);
    expect({ found: found.map(({ name }) => name), refused }).toEqual({ found: ['a.jsonl'], refused: [] });
  });
});

/** Why files are refused, by name. */
const refusals = async (...patterns: readonly string[]): Promise<Record<string, string>> =>
  Object.fromEntries((await createFiles(workspace).find(patterns)).refused.map(({ name, fault }) => [name, fault]));

const onPosix = process.platform === 'win32' ? describe.skip : describe;

onPosix('what is no regular file', () => {
  const pipe = (name: string): void => void execFileSync('mkfifo', [join(workspace, name)]);
  /** Rejects where a file is waited for that nobody writes. */
  const inTime = <T>(work: Promise<T>): Promise<T> =>
    Promise.race([
      work,
      new Promise<T>((_, reject) => setTimeout(() => reject(new Error('waits without an end')), 4_000).unref()),
    ]);
  const readAll = async (path: string): Promise<number> => {
    let bytes = 0;
    for await (const piece of createFiles(workspace).read(path)) bytes += piece.length;
    return bytes;
  };

  test('a named pipe is refused, by name and among others', async () => {
    put('a.jsonl');
    pipe('p.jsonl');
    expect(await inTime(refusals('p.jsonl'))).toEqual({ 'p.jsonl': 'pipe' });
    expect(await inTime(refusals('*.jsonl'))).toEqual({ 'p.jsonl': 'pipe' });
    expect(await names('*.jsonl')).toEqual(['a.jsonl']);
    expect(await names('*.jsonl', '!p.jsonl')).toEqual(['a.jsonl']);
    expect(await refusals('*.jsonl', '!p.jsonl')).toEqual({});
  });

  test.each([
    ['a pipe', 'p', 'pipe'],
    ['a link to a pipe', 'link', 'pipe'],
    ['a folder', 'sub', 'folder'],
    ['zeros without an end', '/dev/zero', 'device'],
    ['random bytes without an end', '/dev/urandom', 'device'],
    ['nothing', 'none', 'missing'],
    ['a link that leads back to itself', 'loop', 'link-loop'],
  ])('%s is not read', async (_, name, fault) => {
    pipe('p');
    put('sub/x');
    symlinkSync(join(workspace, 'p'), join(workspace, 'link'));
    symlinkSync('loop', join(workspace, 'loop'));
    const path = resolve(workspace, name);
    const files = createFiles(workspace);
    await expect(inTime(readAll(path))).rejects.toMatchObject({ fault });
    await expect(inTime(files.readText(path))).rejects.toMatchObject({ fault });
    expect(() => files.open(path)).toThrow(expect.objectContaining({ fault }));
  });

  test.each([
    ['/dev/zero', 'device'],
    ['/dev/urandom', 'device'],
    ['loop.jsonl', 'link-loop'],
    ['gone.jsonl', 'broken-link'],
  ])('%s is refused', async (name, fault) => {
    symlinkSync('loop.jsonl', join(workspace, 'loop.jsonl'));
    symlinkSync('nowhere', join(workspace, 'gone.jsonl'));
    const shown = relative(workspace, resolve(workspace, name));
    expect(await inTime(refusals(name))).toEqual({ [shown]: fault });
    if (!name.startsWith('/')) expect((await refusals('*.jsonl'))[name]).toBe(fault);
  });

  test('a small text is read, a large one is refused', async () => {
    const files = createFiles(workspace);
    put('ok', 'x'.repeat(1 << 20));
    put('large', 'x'.repeat((1 << 20) + 1));
    expect((await files.readText(join(workspace, 'ok'))).text).toHaveLength(1 << 20);
    await expect(files.readText(join(workspace, 'large'))).rejects.toMatchObject({ fault: 'too-large' });
  });

  test.each<[string, (path: string) => void]>([
    ['grows', (path) => appendFileSync(path, 'more')],
    ['shrinks', (path) => truncateSync(path, 2_500_000)],
    ['is written again', (path) => utimesSync(path, 1, 1)],
  ])('a file that %s while it is read', async (_, change) => {
    put('r', 'a'.repeat(3_000_000));
    let bytes = 0;
    const read = async (): Promise<void> => {
      for await (const piece of createFiles(workspace).read(join(workspace, 'r'))) {
        if (bytes === 0) change(join(workspace, 'r'));
        bytes += piece.length;
      }
    };
    await expect(read()).rejects.toMatchObject({ fault: 'changed' });
    expect(bytes).toBeLessThanOrEqual(3_000_000);
  });

  test.each([
    ['a file', 'a.jsonl', '*.jsonl', 'a.jsonl'],
    ['a folder', 'sub', 'sub/*.jsonl', 'sub'],
    ['a folder below', 'x/y', 'x/**/*.jsonl', 'x/y'],
  ])('%s that may not be read', async (_, name, pattern, shown) => {
    if (process.getuid?.() === 0) return;
    put(name === 'a.jsonl' ? name : `${name}/a.jsonl`, '{}');
    chmodSync(join(workspace, name), 0);
    try {
      if (name === 'a.jsonl')
        await expect(readAll(join(workspace, name))).rejects.toMatchObject({ fault: 'no-permission' });
      else expect(await refusals(pattern)).toEqual({ [shown]: 'no-permission' });
    } finally {
      chmodSync(join(workspace, name), 0o700);
    }
  });
});

onPosix('what lies outside the workspace', () => {
  let inner: string;
  const search = async (...patterns: readonly string[]) => {
    const { found, refused } = await createFiles(inner).find(patterns);
    return {
      found: Object.fromEntries(found.map(({ name, isOutside }) => [name, isOutside])),
      refused: Object.fromEntries(refused.map(({ name, fault }) => [name, fault])),
    };
  };

  beforeEach(() => {
    inner = join(workspace, 'w');
    put('secrets/key.jsonl', '{"password":1}');
    put('w/evals/a.jsonl');
    put('w/deep/b.jsonl');
    symlinkSync('../../secrets/key.jsonl', join(inner, 'evals/leak.jsonl'));
    symlinkSync('../secrets', join(inner, 'out'));
    symlinkSync('../deep/b.jsonl', join(inner, 'evals/near.jsonl'));
    symlinkSync('deep', join(inner, 'too'));
  });

  test('wildcards refuse a link that leaves it, and follow one that stays', async () => {
    expect(await search('evals/*.jsonl')).toEqual({
      found: { 'evals/a.jsonl': false, 'evals/near.jsonl': false },
      refused: { 'evals/leak.jsonl': 'outside' },
    });
    expect((await search('evals/*.jsonl', '!evals/leak.jsonl')).refused).toEqual({});
  });

  test('named in full, a link and a path that leave it are found, and marked', async () => {
    expect(await search('evals/leak.jsonl')).toEqual({ found: { 'evals/leak.jsonl': true }, refused: {} });
    expect(await search('../secrets/key.jsonl')).toEqual({ found: { '../secrets/key.jsonl': true }, refused: {} });
    expect(await search('out/key.jsonl')).toEqual({ found: { 'out/key.jsonl': true }, refused: {} });
    expect(await search(join(workspace, 'secrets/*.jsonl'))).toEqual({
      found: { '../secrets/key.jsonl': true },
      refused: {},
    });
  });

  test.each([
    ['../secrets/*.jsonl', '../secrets'],
    ['out/*.jsonl', 'out'],
    ['ou?/*.jsonl', 'out'],
  ])('%s leads out', async (pattern, name) => {
    expect(await search(pattern)).toEqual({ found: {}, refused: { [name]: 'outside' } });
  });

  test('an absolute pattern stays where it begins, links included', async () => {
    symlinkSync(inner, join(workspace, 'secrets/w'));
    expect((await search(join(workspace, 'secrets/**/*.jsonl'))).found).toEqual({ '../secrets/key.jsonl': true });
    expect((await search(join(inner, 'evals/*.jsonl'))).refused).toEqual({ 'evals/leak.jsonl': 'outside' });
  });

  test('links to folders lead neither out nor in circles nor to a file twice', async () => {
    symlinkSync('..', join(inner, 'deep/up'));
    symlinkSync('/', join(inner, 'deep/root'));
    for (let i = 0; i < 20; i += 1) {
      mkdirSync(join(inner, `many/${i}`), { recursive: true });
      for (const name of ['x', 'y']) symlinkSync(`../${i + 1}`, join(inner, `many/${i}/${name}`));
    }
    const { found, refused } = await search('**/*.jsonl', '!evals/leak.jsonl');
    expect(Object.keys(found)).toEqual(['deep/b.jsonl', 'evals/a.jsonl', 'evals/near.jsonl']);
    expect(refused).toEqual({});
    expect((await search('too/*.jsonl')).found).toEqual({ 'too/b.jsonl': false });
  });

  test.each(['out/x', 'out/new/x', 'deep/up/secrets/x', 'gone/x', 'gone/new/x'])(
    'nothing is written to %s, which a link leads out',
    async (name) => {
      symlinkSync('../..', join(inner, 'deep/up'));
      symlinkSync('../nowhere', join(inner, 'gone'));
      await expect(createFiles(inner).write(join(inner, name))).rejects.toThrow();
      expect(readdirSync(workspace).sort()).toEqual(['secrets', 'w']);
      expect(readdirSync(join(workspace, 'secrets'))).toEqual(['key.jsonl']);
    },
  );

  test('what is written behind a link that stays, or to another place by its own name, is there', async () => {
    for (const path of [join(inner, 'too/x'), join(inner, 'too/new/x'), join(workspace, 'secrets/x')]) {
      const writer = await createFiles(inner).write(path);
      await writer.commit();
      expect(existsSync(path)).toBe(true);
    }
  });

  test('a text tells where it is', async () => {
    const files = createFiles(inner);
    expect((await files.readText(join(inner, 'evals/leak.jsonl'))).isOutside).toBe(true);
    expect((await files.readText(join(inner, 'evals/near.jsonl'))).isOutside).toBe(false);
  });
});

test('a workspace that is reached by a link is still the workspace', async () => {
  put('real/a.jsonl');
  symlinkSync(join(workspace, 'real'), join(workspace, 'w'));
  const { found } = await createFiles(join(workspace, 'w')).find(['*.jsonl', join(workspace, 'w', 'a.jsonl')]);
  expect(found).toEqual([{ path: join(workspace, 'w', 'a.jsonl'), name: 'a.jsonl', isOutside: false }]);
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

  test.each([
    ['below a file', 'file/out/x', 'ENOTDIR'],
    ['of too long a name', `${'b'.repeat(300)}/x`, 'ENAMETOOLONG'],
    ['of three thousand folders', `${'a/'.repeat(3_000)}x`, 'ENAMETOOLONG'],
    ...(process.platform === 'linux' ? [['below /proc', '/proc/out/x', 'ENOENT'] as const] : []),
  ])('a path %s is refused at once', async (_, name, code) => {
    put('file');
    const path = isAbsolute(name) ? name : join(workspace, name);
    await expect(createFiles(workspace).write(path)).rejects.toMatchObject({ code });
  });

  test('several writers make one folder', async () => {
    const writers = await Promise.all(
      ['x', 'y', 'z'].map((name) => createFiles(workspace).write(join(folder(), name))),
    );
    for (const writer of writers) await writer.commit();
    expect(readdirSync(folder()).sort()).toEqual(['x', 'y', 'z']);
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
    ['that is not there', 'none', 'missing'],
    ['that is a folder', 'sub', 'folder'],
  ])('a file %s', async (_, name, fault) => {
    put('sub/x');
    const all = async () => {
      for await (const piece of createFiles(workspace).read(join(workspace, name))) expect(piece).toBeUndefined();
    };
    await expect(all()).rejects.toMatchObject({ fault });
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
