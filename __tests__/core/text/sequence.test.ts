import { expect, test } from '@jest/globals';
import { sequenceOf } from '../../../src/core/text/sequence.ts';

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
