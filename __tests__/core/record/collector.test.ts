import { expect, test } from '@jest/globals';
import { collectorOf, isCollectedAgain } from '../../../src/core/record/collector.ts';
import type { SavedRecord } from '../../../src/core/record/record.ts';
import { recordOf } from './records.ts';

const { origin } = recordOf();
const submittedBy = (runId: number) => ({
  origin: { ...origin, submitter: { runId, event: 'push', ref: 'refs/heads/main', repository: 'octo/evals' } },
});

test.each<[string, Partial<SavedRecord>, number | undefined]>([
  ['nobody while it is open', { phase: 'open', ...submittedBy(41) }, undefined],
  ['nobody where it was canceled', { phase: 'canceled', ...submittedBy(41) }, undefined],
  ['who is named', { phase: 'collected', collectedBy: 42, ...submittedBy(41) }, 42],
  ['who is named, also where it was opened again', { phase: 'open', collectedBy: 42 }, 42],
  ['in a record of an older version, who submitted', { phase: 'collected', ...submittedBy(41) }, 41],
  ['the same once the batches are deleted', { phase: 'deleted', ...submittedBy(41) }, 41],
  ['some run where an older version did not say', { phase: 'collected' }, 0],
  ['some run, of deleted batches', { phase: 'deleted' }, 0],
])('has collected: %s', (_, record, runId) => {
  expect(collectorOf(recordOf(record))).toBe(runId);
});

test.each<[string, Partial<SavedRecord>, boolean]>([
  ['what nobody has collected', { phase: 'open', ...submittedBy(41) }, false],
  ['what it has collected itself', { phase: 'collected', collectedBy: 43, ...submittedBy(41) }, false],
  ['what another one has collected', { phase: 'collected', collectedBy: 42, ...submittedBy(41) }, true],
  ['what another one has collected and nobody is known to have submitted', { collectedBy: 42 }, true],
  ['what it submitted and another one finished', { phase: 'collected', collectedBy: 42, ...submittedBy(43) }, false],
  ['what some run of an older version has collected', { phase: 'collected' }, true],
])('run 43 collects again: %s', (_, record, isAgain) => {
  expect(isCollectedAgain(recordOf(record), 43)).toBe(isAgain);
});
