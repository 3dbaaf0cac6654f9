import { describe, expect, test } from '@jest/globals';
import { finisherOf } from '../../../src/core/endings/finisher.ts';
import type { Pending } from '../../../src/core/endings/outcome.ts';
import type { Failure } from '../../../src/core/messages/failures.ts';
import { batch } from '../summary/samples.ts';

const PENDING: Pending = {
  status: 'pending',
  batches: [batch],
  requestCount: 1,
  waitedMs: 0,
  resumable: true,
  failures: [],
};
const NO_IDS = { batchIds: [] };
const collector = { job: 'collect', runsAfterFailure: false };
const always = { ...collector, runsAfterFailure: true };
const waker = { workflow: 'Wake', schedules: [{ cron: '*/20 * * * *', timezone: null }] };
const timedOut: Failure = { code: 'wait-timed-out', waitedMs: 5, onTimeout: 'fail' };
const stopped: Failure = { code: 'stopped', isCreating: false, isCancelRequested: false };
const inPart: Failure = { code: 'sent-in-part' };

const JOB = { kind: 'job', job: 'collect' };
const WAKER = { kind: 'waker', ...waker };
const RERUN = { kind: 'rerun' };

describe('who goes on', () => {
  test.each<[string, Partial<Pending>, object | undefined]>([
    ['nobody that is known: a re-run', {}, RERUN],
    ['a later job', { later: { collector, waker: undefined } }, JOB],
    ['a later job before a waker', { later: { collector, waker } }, JOB],
    ['a waker', { later: { collector: undefined, waker } }, WAKER],
    [
      'a waker, where the later job is skipped after a failure',
      { later: { collector, waker }, failures: [timedOut] },
      WAKER,
    ],
    [
      'a re-run, where the later job is skipped',
      { later: { collector, waker: undefined }, failures: [timedOut] },
      RERUN,
    ],
    ['a later job that runs after a failure', { later: { collector: always, waker }, failures: [timedOut] }, JOB],
    ['a later job, of what was sent in part', { later: { collector: always, waker }, failures: [inPart] }, JOB],
    ['a re-run, of what a waker leaves alone', { later: { collector: undefined, waker }, failures: [inPart] }, RERUN],
    ['a re-run, of what was stopped', { later: { collector: always, waker }, failures: [stopped] }, RERUN],
    [
      'a later job, where nothing was to be submitted',
      { later: { collector, waker }, batches: [], resumable: false },
      JOB,
    ],
    ['nobody, where no run finds the batch', { later: { collector, waker }, resumable: false }, undefined],
    [
      'nobody, where no run finds the batch of the judge',
      { later: { collector, waker }, batches: [], judgeBatches: [batch], resumable: false },
      undefined,
    ],
  ])('%s', (_, more, expected) => {
    expect(finisherOf({ ...PENDING, ...more }, NO_IDS)).toEqual(expected);
  });

  test('a waker of batches that are given by their IDs', () => {
    const later = { collector, waker };
    expect(finisherOf({ ...PENDING, later, resumable: false }, { batchIds: [batch.id] })).toEqual(WAKER);
  });
});
