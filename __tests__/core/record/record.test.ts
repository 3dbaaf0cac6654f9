import { expect, test } from '@jest/globals';
import { addRun, batchesOf, roundOf as numberOf, type SavedRecord } from '../../../src/core/record/record.ts';
import { batchOf, recordOf, roundOf } from './records.ts';

test('the batches of a record stand in the order of rounds and shards', () => {
  const b = (id: string | null) => ({ batch: id === null ? null : batchOf(id) });
  const rounds = [roundOf(b('b1'), b(null), b('b3')), roundOf(b(null)), roundOf(b('b2'))];
  expect(batchesOf(recordOf({ rounds })).map(({ id }) => id)).toEqual(['b1', 'b3', 'b2']);
});

test.each<[string, SavedRecord['runs'], [number, number], SavedRecord['runs']]>([
  ['the first', [], [41, 1], [{ id: 41, attempt: 1 }]],
  [
    'another',
    [{ id: 41, attempt: 2 }],
    [42, 1],
    [
      { id: 41, attempt: 2 },
      { id: 42, attempt: 1 },
    ],
  ],
  [
    'a later attempt',
    [
      { id: 41, attempt: 2 },
      { id: 42, attempt: 1 },
    ],
    [41, 3],
    [
      { id: 42, attempt: 1 },
      { id: 41, attempt: 3 },
    ],
  ],
  ['an earlier attempt, late', [{ id: 41, attempt: 3 }], [41, 2], [{ id: 41, attempt: 3 }]],
])('runs with one more: %s', (_, runs, [id, attempt], expected) => {
  expect(addRun(runs, { id, attempt })).toEqual(expected);
});

test.each([
  ['b1', 0],
  ['b2', 0],
  ['b3', 1],
  ['b4', 2],
  ['another', 0],
])('batch %s is of round %i', (id, number) => {
  const b = (name: string | null) => ({ batch: name === null ? null : batchOf(name) });
  const rounds = [roundOf(b('b1'), b('b2')), roundOf(b(null), b('b3')), roundOf(b('b4'))];
  expect(numberOf(recordOf({ rounds }), id)).toBe(number);
});
