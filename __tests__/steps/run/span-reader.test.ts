import { expect, test } from '@jest/globals';
import { openSpans } from '../../../src/steps/run/span-reader.ts';
import { createFakes } from '../../fakes/ports.ts';

// Lengths around the size of a read, which is 131,072 bytes.
const texts = [3, 131_071, 1, 131_072, 40, 131_073, 0, 70_000, 70_000, 300_000, 5].map((length, i) =>
  `${String.fromCharCode(97 + i)}é`.repeat(length).slice(0, length),
);
const spans: { offset: number; length: number }[] = [];
let offset = 0;
for (const text of texts) {
  const length = Buffer.byteLength(text);
  spans.push({ offset, length });
  offset += length + 1;
}
const positions = texts.map((_, i) => i);

test.each<[string, readonly number[]]>([
  ['in order', positions],
  ['in order, with gaps', [0, 3, 4, 7, 10]],
  ['backwards', positions.toReversed()],
  ['here and there', [7, 2, 10, 0, 8, 8, 7, 1, 9, 3, 6, 5, 4]],
])('lines %s are what stands there', (_, order) => {
  const { files } = createFakes({ '/t/lines': `${texts.join('\n')}\n` });
  const reader = openSpans(files, '/t/lines');
  const read = order.map((position) => reader.read(spans[position] ?? { offset: 0, length: 0 }));
  expect(read.map((text, i) => text === texts[order[i] ?? 0])).toEqual(order.map(() => true));
  reader.close();
});

test('lines in any order are read alone, lines that follow one another together', () => {
  const { files } = createFakes({ '/t/lines': 'x\n'.repeat(10_000) });
  let bytes = 0;
  const { open } = files;
  const counting = {
    ...files,
    open: (path: string) => {
      const reader = open(path);
      return {
        ...reader,
        readAt(at: number, length: number, into?: Uint8Array) {
          bytes += length;
          return reader.readAt(at, length, into);
        },
      };
    },
  };
  const readAll = (order: readonly number[]): number => {
    bytes = 0;
    const reader = openSpans(counting, '/t/lines');
    for (const line of order) expect(reader.read({ offset: 2 * line, length: 1 })).toBe('x');
    return bytes;
  };
  const lines = Array.from({ length: 10_000 }, (_, i) => i);
  expect(readAll(lines)).toBe(131_072);
  expect(readAll(lines.toReversed())).toBeLessThan(2 * 131_072);
});
