import { createWriteStream, mkdtempSync, readFileSync, rmSync, type WriteStream, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readMember } from '../../src/adapters/zip.ts';
import { ServiceError } from '../../src/ports/service-error.ts';

interface Entry {
  readonly name: string;
  readonly content: string | Buffer;
  readonly stored?: boolean;
  readonly link?: boolean;
}

interface Archive {
  pipe(stream: WriteStream): void;
  append(content: string | Buffer, entry: { readonly name: string; readonly store: boolean }): void;
  symlink(name: string, target: string): void;
  finalize(): Promise<void>;
}
const archiver: (format: 'zip', options: object) => Archive = createRequire(import.meta.url)('archiver');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'claude-batch-zip-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let zips = 0;
/** A zip made by the library that the artifact client packs with. */
async function pack(entries: readonly Entry[], options: object = {}): Promise<string> {
  zips += 1;
  const path = join(folder, `${zips}.zip`);
  const archive = archiver('zip', options);
  const written = createWriteStream(path);
  archive.pipe(written);
  for (const { name, content, stored = false, link = false } of entries) {
    if (link) archive.symlink(name, String(content));
    else archive.append(content, { name, store: stored });
  }
  await archive.finalize();
  await finished(written);
  return path;
}

async function read(path: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readMember(path, 'results.jsonl')) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

const whyNot = (path: string): Promise<unknown> =>
  read(path).then(
    (text) => `it was read: ${text.length}`,
    (error: unknown) => (error instanceof ServiceError ? error.reason : error),
  );

const LINES = '{"custom_id":"a"}\n'.repeat(10_000);
const results: Entry = { name: 'results.jsonl', content: LINES };
const other: Entry = { name: 'summary.json', content: '{}' };

test.each<[string, readonly Entry[], object]>([
  ['deflated', [other, results], {}],
  ['stored', [{ ...results, stored: true }], {}],
  ['in the 64-bit form', [results, other], { forceZip64: true }],
  ['beside what would lead elsewhere', [{ name: '../../x', content: 'x' }, results], {}],
])('%s', async (_, entries, options) => {
  expect(await read(await pack(entries, options))).toBe(LINES);
});

test('an empty one is empty', async () => {
  expect(await read(await pack([{ ...results, content: '' }]))).toBe('');
});

test.each<[string, readonly Entry[], string]>([
  ['a link', [{ name: 'results.jsonl', content: '/etc/passwd', link: true }], 'no-file'],
  ['none', [other], 'no-file'],
  ['two', [results, results], 'no-file'],
  ['one in a folder', [{ ...results, name: 'deep/results.jsonl' }], 'no-file'],
  ['a bomb', [{ ...results, content: Buffer.alloc(64 << 20) }], 'too-large'],
])('%s is not read', async (_, entries, why) => {
  expect(await whyNot(await pack(entries))).toEqual({ code: 'artifact-unfit', why, file: 'results.jsonl' });
});

test('no more than the reader wants', async () => {
  const path = await pack([results]);
  const pieces = await Array.fromAsync(readMember(path, 'results.jsonl', LINES.length));
  expect(Buffer.concat(pieces).toString()).toBe(LINES);
  await expect(Array.fromAsync(readMember(path, 'results.jsonl', LINES.length - 1))).rejects.toMatchObject({
    reason: { code: 'artifact-unfit', why: 'too-large', file: 'results.jsonl' },
  });
});

test('a bomb whose directory lies is left after as many bytes as that says', async () => {
  const zip = readFileSync(await pack([{ ...results, content: Buffer.alloc(64 << 20) }]));
  const entry = zip.lastIndexOf(Buffer.from('PK\x01\x02'));
  zip.writeUInt32LE(1_000, entry + 24);
  const path = join(folder, 'liar.zip');
  writeFileSync(path, zip);
  expect(await whyNot(path)).toEqual({ code: 'artifact-unfit', why: 'damaged' });
});

test.each<[string, (zip: Buffer) => Buffer]>([
  ['nothing', () => Buffer.alloc(0)],
  ['no zip', () => Buffer.from('<html>'.repeat(100))],
  ['half of it', (zip) => zip.subarray(0, zip.length / 2)],
  ['without its beginning', (zip) => zip.subarray(10)],
])('%s is damaged', async (_, spoil) => {
  const path = join(folder, 'spoilt.zip');
  writeFileSync(path, spoil(readFileSync(await pack([results]))));
  expect(await whyNot(path)).toEqual({ code: 'artifact-unfit', why: 'damaged' });
});
