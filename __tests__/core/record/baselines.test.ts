import { expect, test } from '@jest/globals';
import { findBaseline, joinBaselines } from '../../../src/core/record/baselines.ts';
import { mergeRecords } from '../../../src/core/record/merge-records.ts';
import type { RecordBaseline } from '../../../src/core/record/record.ts';
import { recordOf } from './records.ts';

const pin = (runId: number, id: number, key = 'a'): RecordBaseline => ({ runId, key, artifact: { runId: 1, id } });

test('the first list says what a run compares with', () => {
  expect(joinBaselines([pin(5, 1)], [pin(5, 2), pin(6, 3), pin(5, 4, 'b')])).toEqual([
    pin(6, 3),
    pin(5, 4, 'b'),
    pin(5, 1),
  ]);
  expect(joinBaselines(undefined, [])).toBeUndefined();
  expect(findBaseline([pin(5, 1), pin(5, 4, 'b')], { runId: 5, key: 'b' })).toEqual(pin(5, 4, 'b'));
  expect(findBaseline(undefined, { runId: 5, key: 'b' })).toBeUndefined();
});

test('the latest are kept', () => {
  const many = Array.from({ length: 200 }, (_, runId) => pin(runId, 1));
  const kept = joinBaselines([pin(999, 2)], many) ?? [];
  expect([kept.length, kept.at(-1)]).toEqual([50, pin(999, 2)]);
});

test('what another run of the same submission compares with survives a merge', () => {
  const [ours, theirs] = [recordOf({ baselines: [pin(5, 1)] }), recordOf({ baselines: [pin(5, 2), pin(6, 3)] })];
  expect(mergeRecords([ours, theirs])?.baselines).toEqual([pin(6, 3), pin(5, 1)]);
});
