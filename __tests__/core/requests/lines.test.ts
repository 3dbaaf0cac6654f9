import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createLineSplitter } from '../../../src/core/requests/lines.ts';

interface Seen {
  readonly text: string;
  readonly offset: number;
  readonly number: number;
  readonly tooLong: boolean;
}

function split(whole: Uint8Array, pieceBytes: number, maxBytes = 1_000): Seen[] {
  const splitter = createLineSplitter(maxBytes);
  const seen: Seen[] = [];
  const take = (lines: ReturnType<typeof splitter.push>): void => {
    for (const { bytes, ...line } of lines) seen.push({ text: Buffer.from(bytes).toString('utf8'), ...line });
  };
  for (let at = 0; at < whole.length; at += pieceBytes) {
    const piece = Buffer.from(whole.subarray(at, at + pieceBytes));
    take(splitter.push(piece));
    piece.fill(0x21);
  }
  take(splitter.end());
  return seen;
}

const texts = (content: string, pieceBytes = 3): string[] =>
  split(Buffer.from(content), pieceBytes).map(({ text }) => text);

describe('createLineSplitter', () => {
  test.each([
    ['nothing', '', []],
    ['one line without end', 'abc', ['abc']],
    ['LF', 'a\nb\n', ['a', 'b']],
    ['CRLF', 'a\r\nb\r\n', ['a', 'b']],
    ['only the last CR goes', 'a\r\r\n', ['a\r']],
    ['blank lines stay, with their number', 'a\n\nb', ['a', '', 'b']],
    ['a byte order mark at the start', '\ufeffa\nb', ['a', 'b']],
    ['a byte order mark later is text', 'a\n\ufeffb', ['a', '\ufeffb']],
    ['U+2028 and U+2029 end no line', 'a\u2028b\u2029c\n', ['a\u2028b\u2029c']],
    ['letters of several bytes across pieces', 'é€😀é€😀\nü', ['é€😀é€😀', 'ü']],
  ])('%s', (_, content, expected) => {
    for (const pieceBytes of [1, 2, 3, 5, 100]) expect(texts(content, pieceBytes)).toEqual(expected);
  });

  test('lines know where they start and which they are', () => {
    expect(split(Buffer.from('\ufeffab\r\n\ncd'), 2)).toEqual([
      { text: 'ab', offset: 3, number: 1, tooLong: false },
      { text: '', offset: 7, number: 2, tooLong: false },
      { text: 'cd', offset: 8, number: 3, tooLong: false },
    ]);
  });

  test('a line over the limit is named, not held, and the next one is read', () => {
    const lines = split(Buffer.from(`${'x'.repeat(50)}\nok\n${'y'.repeat(11)}`), 7, 10);
    expect(lines).toEqual([
      { text: '', offset: 0, number: 1, tooLong: true },
      { text: 'ok', offset: 51, number: 2, tooLong: false },
      { text: '', offset: 54, number: 3, tooLong: true },
    ]);
  });

  test('lines are the same wherever the pieces end', () => {
    const part = fc.constantFrom('a', 'é', '\r', '\n', '\r\n', '\ufeff', 'x'.repeat(9), '');
    fc.assert(
      fc.property(
        fc.array(part),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 12 }),
        (parts, bytes, max) => {
          const whole = Buffer.from(parts.join(''));
          expect(split(whole, bytes, max)).toEqual(split(whole, whole.length || 1, max));
        },
      ),
    );
  });

  test('offset and length always point at the line in the file', () => {
    const part = fc.constantFrom('a', 'é', '\r', '\n', '\r\n', '😀', '');
    fc.assert(
      fc.property(fc.array(part), fc.integer({ min: 1, max: 9 }), (parts, pieceBytes) => {
        const whole = Buffer.from(parts.join(''));
        for (const { text, offset } of split(whole, pieceBytes)) {
          expect(whole.subarray(offset, offset + Buffer.byteLength(text)).toString('utf8')).toBe(text);
        }
      }),
    );
  });
});
