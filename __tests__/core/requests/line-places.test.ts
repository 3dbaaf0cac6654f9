import { expect, test } from '@jest/globals';
import { createLinePlaces } from '../../../src/core/requests/line-places.ts';

test('a line has one place for all of its answers', () => {
  const { places, add } = createLinePlaces(3);
  const one = { file: 0, line: 1, offset: 0, length: 9 };
  const other = { file: 2, line: 7, offset: 2 ** 40, length: 5 };
  add(one);
  add(other);
  expect([...places]).toEqual([one, one, one, other, other, other]);
});
