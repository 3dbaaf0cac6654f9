import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createColumn } from '../../../src/core/text/column.ts';
import { createTextColumn } from '../../../src/core/text/text-column.ts';

/** Numbers on both sides of every width. */
const anyNumber = fc.oneof(
  fc.constantFrom(0, 1, 255, 256, 65_535, 65_536, 4_294_967_295, 4_294_967_296, Number.MAX_SAFE_INTEGER),
  fc.maxSafeNat(),
);

describe('a column', () => {
  test('holds every number exactly, whatever comes after it and in any order', () => {
    const puts = fc.array(fc.tuple(fc.nat(2_000), anyNumber), { maxLength: 40 });
    fc.assert(
      fc.property(puts, (all) => {
        const column = createColumn();
        for (const [at, value] of all) column.put(at, value);
        const last = new Map(all);
        const places = Array.from({ length: 2_002 }, (_, at) => at);
        expect(places.map(column.get)).toEqual(places.map((at) => last.get(at) ?? 0));
      }),
    );
  });

  test('one after the other, more than there was room for at first', () => {
    const column = createColumn();
    for (let at = 0; at < 5_000; at += 1) column.put(at, at);
    expect(Array.from({ length: 5_000 }, (_, at) => column.get(at) - at).every((difference) => difference === 0)).toBe(
      true,
    );
    expect(column.get(5_000)).toBe(0);
  });

  test('a number may be taken back', () => {
    const column = createColumn();
    column.put(3, 7);
    column.put(3, 0);
    expect(column.get(3)).toBe(0);
  });
});

test('a column of texts has each text once, and none where none was put', () => {
  const column = createTextColumn();
  for (const [at, text] of ['b', '', 'b', 'a', '__proto__'].entries()) column.put(2 * at, text);
  expect(Array.from({ length: 10 }, (_, at) => column.get(at))).toEqual([
    ...['b', undefined, '', undefined, 'b', undefined, 'a', undefined, '__proto__', undefined],
  ]);
  expect(column.texts).toEqual(['b', '', 'a', '__proto__']);
});
