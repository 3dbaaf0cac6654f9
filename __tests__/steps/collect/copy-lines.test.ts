import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createLineSplitter } from '../../../src/core/requests/lines.ts';
import { copyLines } from '../../../src/steps/collect/copy-lines.ts';
import { BLOCK_BYTES, openSpans } from '../../../src/steps/run/span-reader.ts';
import { createFakeFiles } from '../../fakes/files.ts';

const OUT = '/r/out';

/** The lines of a text with their places, as they are found when it is read. */
function placesOf(text: string) {
  const splitter = createLineSplitter(1 << 20);
  const found = [...splitter.push(Buffer.from(text)), ...splitter.end()];
  return found.map(({ bytes, offset }) => ({ offset, length: bytes.length, text: Buffer.from(bytes).toString() }));
}

/** What is written when these lines of these files are copied in this order, with the bytes that were told before each. */
async function copy(texts: readonly string[], order: readonly (readonly [file: number, line: number])[]) {
  const paths = texts.map((_, i) => `/t/${i}`);
  const files = createFakeFiles(Object.fromEntries(texts.map((text, i) => [`/t/${i}`, text])));
  const reads: number[] = [];
  const counting = {
    ...files,
    open(path: string) {
      const reader = files.open(path);
      const readAt: typeof reader.readAt = (offset, length, into) => {
        reads.push(length);
        return reader.readAt(offset, length, into);
      };
      return { ...reader, readAt };
    },
  };
  const readers = paths.map((path) => openSpans(counting, path));
  const places = texts.map(placesOf);
  const writer = await files.write(OUT);
  const copier = copyLines(writer);
  const starts: number[] = [];
  for (const [file, line] of order) {
    const [reader, place] = [readers[file], places[file]?.[line]];
    if (reader === undefined || place === undefined) throw new Error('no such line');
    starts.push(copier.bytes);
    await copier.add(reader, place);
  }
  await copier.flush();
  await writer.commit();
  expect(copier.bytes).toBe(writer.bytes);
  const written = String(files.disk.get(OUT));
  expect(written).toBe(order.map(([file, line]) => `${places[file]?.[line]?.text}\n`).join(''));
  const found = placesOf(written).map(({ offset }) => offset);
  expect(starts).toEqual(found);
  return reads;
}

/** Lines 0 to `count` of one file. */
const inOrder = (count: number) => Array.from({ length: count }, (_, line) => [0, line] as const);

describe('lines are copied byte for byte', () => {
  test.each<[string, string[], (readonly [number, number])[]]>([
    ['in the order in which they stand', ['a\nbb\nccc\n'], inOrder(3)],
    ['the last without a line end', ['a\nbb'], inOrder(2)],
    [
      'in another order',
      ['a\nbb\nccc\n'],
      [
        [0, 2],
        [0, 0],
        [0, 1],
        [0, 1],
      ],
    ],
    [
      'of several files',
      ['a\nb\n', 'c\nd\n'],
      [
        [1, 0],
        [0, 0],
        [0, 1],
        [1, 1],
      ],
    ],
    ['with the line ends of Windows between them', ['\ufeffa\r\nbb\r\nccc'], inOrder(3)],
    [
      'with a blank line between them',
      ['a\n\nb\n'],
      [
        [0, 0],
        [0, 2],
      ],
    ],
    ['none', ['a\n'], []],
  ])('%s', async (_, texts, order) => {
    await copy(texts, order);
  });

  test('any lines in any order', async () => {
    const anyText = fc
      .array(
        fc.tuple(
          fc.string({ unit: fc.constantFrom('x', 'ä', '"', '\r'), maxLength: 9 }),
          fc.constantFrom('\n', '\r\n', '\n\n'),
        ),
        {
          minLength: 1,
          maxLength: 12,
        },
      )
      .map((lines) => lines.map(([text, end]) => `x${text}${end}`).join(''));
    const anyOrder = fc.array(fc.tuple(fc.nat(1), fc.nat(11)), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.tuple(anyText, anyText), anyOrder, async (texts, order) => {
        const counts = texts.map((text) => placesOf(text).length);
        await copy(
          texts,
          order.map(([file, line]) => [file, line % (counts[file] ?? 1)] as const),
        );
      }),
    );
  });
});

test('those that follow one another are read together, up to a limit', async () => {
  const line = 'x'.repeat(1_000);
  const reads = await copy([`${line}\n`.repeat(1_000)], inOrder(1_000));
  expect(reads.length).toBeLessThan(20);
  expect(Math.max(...reads)).toBeLessThanOrEqual(BLOCK_BYTES);
  const long = ['y'.repeat(300_000), 'z', 'y'.repeat(300_000)];
  await copy([`${long.join('\n')}\n`], inOrder(3));
});

test('a file that has become shorter is no file to copy from', async () => {
  const files = createFakeFiles({ '/t/0': 'abc\n' });
  const copier = copyLines(await files.write(OUT));
  copier.add(openSpans(files, '/t/0'), { offset: 0, length: 9 });
  expect(() => copier.flush()).toThrow(expect.objectContaining({ fault: 'changed' }));
});

test('waits for a writer that is full', async () => {
  const files = createFakeFiles({ '/t/0': 'abc\n' });
  const writer = await files.write(OUT);
  const full = { ...writer, write: async (piece: Uint8Array | string) => void (await writer.write(piece)) };
  const copier = copyLines(full);
  await copier.add(openSpans(files, '/t/0'), { offset: 0, length: 3 });
  await copier.flush();
  await writer.commit();
  expect(String(files.disk.get(OUT))).toBe('abc\n');
});
