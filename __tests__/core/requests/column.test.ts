import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createColumn, sequenceOf } from '../../../src/core/requests/column.ts';
import { createLinePlaces } from '../../../src/core/requests/line-places.ts';

const number = fc.oneof(
  fc.constant(0),
  fc.nat({ max: 9 }),
  fc.maxSafeNat(),
  fc.constantFrom(2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1),
);

test('a column has every number that was set, and 0 elsewhere', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat({ max: 5_000 }), number), { maxLength: 40 }), (given) => {
      const column = createColumn();
      const known = new Map<number, number>();
      for (const [position, value] of given) {
        column.set(position, value);
        known.set(position, value);
        for (const [at, one] of known) expect(column.at(at)).toBe(one);
      }
      for (const at of [0, 1, 1_023, 1_024, 4_999, 9_000]) expect(column.at(at)).toBe(known.get(at) ?? 0);
    }),
  );
});

test('a sequence is like a list, also while it grows', () => {
  const list = [3, 1, 2];
  const sequence = sequenceOf(
    () => list.length,
    (position) => list[position] ?? Number.NaN,
  );
  expect([...sequence]).toEqual([3, 1, 2]);
  list.push(4);
  expect([sequence.length, sequence.at(3), sequence.at(4), sequence.at(-1)]).toEqual([4, 4, undefined, undefined]);
});

test('a line has one place for all of its answers', () => {
  const { places, add } = createLinePlaces(3);
  const one = { file: 0, line: 1, offset: 0, length: 9 };
  const other = { file: 2, line: 7, offset: 2 ** 40, length: 5 };
  add(one);
  add(other);
  expect([...places]).toEqual([one, one, one, other, other, other]);
});
