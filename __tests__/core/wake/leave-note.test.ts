import { describe, expect, test } from '@jest/globals';
import { isLeftToWaker } from '../../../src/core/endings/finisher.ts';
import type { Outcome, Pending } from '../../../src/core/endings/outcome.ts';
import type { Failure } from '../../../src/core/messages/failures.ts';
import { isAnswered, noteOf } from '../../../src/core/wake/leave-note.ts';
import type { PauseNote } from '../../../src/core/wake/pause-note.ts';
import type { Batch } from '../../../src/ports/api.ts';

const batch = (id: string, createdAt = '2026-11-22T10:00:00Z'): Batch => ({
  id,
  status: 'in_progress',
  counts: { processing: 1, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
  createdAt,
  endedAt: null,
  expiresAt: '',
  archivedAt: null,
});

const PENDING: Pending = {
  status: 'pending',
  batches: [batch('b1')],
  requestCount: 1,
  waitedMs: 0,
  resumable: true,
  failures: [],
};

const noted = {
  context: { runId: 5, runAttempt: 2, job: 'evals' },
  inputs: { name: 'evals-0', batchIds: [] as readonly string[] },
};

const failing = (...failures: readonly Failure[]): Pending => ({ ...PENDING, failures });
const timedOut: Failure = { code: 'wait-timed-out', waitedMs: 5, onTimeout: 'fail' };
const LATER = { collector: { job: 'collect', runsAfterFailure: false }, waker: undefined };
const unreachable = (why: 'unseen' | 'not-found' | 'not-allowed' | 'outage'): Failure => {
  return { code: 'batch-unreachable', id: 'b1', why, reason: '', isResumed: false, isBesideOthers: false };
};

describe('a step leaves a note', () => {
  test.each<[string, Outcome, boolean]>([
    ['that paused', PENDING, true],
    ['that failed for the time alone', failing(timedOut), true],
    ['whose judgements wait', failing({ code: 'judging-left' }, timedOut), true],
    ['in an outage of the API', failing(unreachable('outage')), true],
    ['whose batch was never seen', failing(unreachable('unseen')), true],
    ['whose key may not see the batch', failing(unreachable('not-allowed')), false],
    ['that was stopped', failing({ code: 'stopped', isCreating: false, isCancelRequested: false }), false],
    ['that sent a part', failing({ code: 'sent-in-part' }), false],
    ['that broke', failing({ code: 'unexpected-failure', reason: 'disk full' }), false],
    ['that timed out and broke', failing(timedOut, { code: 'unexpected-failure', reason: 'disk full' }), false],
    ['whose record no run finds', { ...PENDING, resumable: false }, false],
    ['that a later job collects', { ...PENDING, later: LATER }, false],
    ['that a later job collects only after success', { ...failing(timedOut), later: LATER }, true],
    ['without a batch', { ...PENDING, batches: [] }, false],
    ['that failed without a batch', { status: 'failed', failures: [{ code: 'stopped-before-create' }] }, false],
  ])('%s: %#', (_, outcome, expected) => {
    expect(isLeftToWaker(outcome, noted.inputs)).toBe(expected);
  });

  test('whose batches are given by their IDs, which needs no record', () => {
    const given = { ...noted.inputs, batchIds: ['b1'] };
    expect(isLeftToWaker({ ...PENDING, resumable: false }, given)).toBe(true);
  });
});

test.each([
  ['that all are in', ['A', 'A'], ['A'], 'A'],
  ['of none where they are in two', ['A', 'B'], [], undefined],
  ['of none where the judge is in another', ['A'], ['B'], undefined],
  ['of none where one is not known', ['A', undefined], [], undefined],
  ['of none where none is known', [undefined], [], undefined],
])('a note names the workspace %s', (_, ofAnswers, ofJudge, expected) => {
  const inThese = (ids: readonly (string | undefined)[]) =>
    ids.map((workspaceId, i) => ({ ...batch(`b${i}`), workspaceId }));
  const outcome = { ...PENDING, batches: inThese(ofAnswers), judgeBatches: inThese(ofJudge) };
  expect(noteOf(outcome, noted, 77).workspace_id).toBe(expected);
});

test('a note names the batches, the job and until when', () => {
  const later = batch('b2', '2026-11-23T10:00:00Z');
  expect(noteOf({ ...PENDING, batches: [later, batch('b1')] }, noted, 77)).toEqual({
    schema: 1,
    batch_ids: ['b2', 'b1'],
    run_id: 5,
    attempt: 2,
    job: { id: 77, name: 'evals' },
    name: 'evals-0',
    until: '2026-12-21T10:00:00.000Z',
  });
  const judging = { ...PENDING, judgeBatches: [batch('j1')] };
  expect(noteOf(judging, noted, undefined)).toMatchObject({ judge_batch_ids: ['j1'], job: { id: null } });
  const many = Array.from({ length: 150 }, (_, i) => batch(`b${i}`, 'soon'));
  const { batch_ids, until } = noteOf({ ...PENDING, batches: many }, noted, 77);
  expect([batch_ids.length, batch_ids.at(-1), until]).toEqual([100, 'b149', '9999-12-31T23:59:59.000Z']);
});

describe('a note is answered', () => {
  const note: PauseNote = { ...noteOf(PENDING, noted, 77), attempt: 1 };
  const failed: Outcome = { status: 'failed', failures: [timedOut], batches: [batch('b9')], requestCount: 1 };
  const collected = { status: 'completed', batches: [batch('b1')] } as unknown as Outcome;

  test.each<[string, Partial<PauseNote>, Outcome, boolean]>([
    ['by a later attempt of its job', {}, PENDING, true],
    ['by one that has other batches', {}, failed, true],
    ['by another job with the same batches', { job: { id: 1, name: 'submit' } }, PENDING, true],
    ['not by another job with other batches', { job: { id: 1, name: 'submit' } }, failed, false],
    ['not by another evaluation', { name: 'evals-1' }, PENDING, false],
    ['not by another run', { run_id: 6 }, PENDING, false],
    ['not by the attempt that leaves it', { attempt: 2 }, PENDING, false],
    ['by the same attempt that collects', { attempt: 2, job: { id: 1, name: 'submit' } }, collected, true],
    ['not by one that collects something else', { attempt: 2, batch_ids: ['b9'] }, collected, false],
  ])('%s', (_, more, outcome, expected) => {
    expect(isAnswered({ ...note, ...more }, outcome, noted)).toBe(expected);
  });
});
