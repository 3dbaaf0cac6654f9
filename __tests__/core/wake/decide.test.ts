import { describe, expect, test } from '@jest/globals';
import {
  findJob,
  findOnlyJob,
  refuseBatch,
  refuseListed,
  refuseNote,
  refuseRun,
} from '../../../src/core/wake/decide.ts';
import type { PauseNote } from '../../../src/core/wake/pause-note.ts';
import type { Batch } from '../../../src/ports/api.ts';
import type { RunArtifact, RunJob, WorkflowRun } from '../../../src/ports/github.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const DAY = 86_400_000;

const ARTIFACT: RunArtifact = {
  id: 1,
  name: 'claude-batch-paused-1',
  runId: 5,
  branch: 'topic',
  createdAtMs: NOW,
  isExpired: false,
  isFromFork: false,
  bytes: 10,
  digest: '',
};
const NOTE: PauseNote = {
  schema: 1,
  batch_ids: ['b1'],
  run_id: 5,
  attempt: 1,
  job: { id: 77, name: 'evals' },
  name: 'evals-0',
  until: '2026-12-21T10:00:00Z',
};
const RUN: WorkflowRun = {
  id: 5,
  attempt: 1,
  isCompleted: true,
  createdAtMs: NOW,
  isFromFork: false,
  workflowId: 3,
  branch: 'topic',
};
const JOB: RunJob = {
  id: 77,
  runId: 5,
  attempt: 1,
  name: 'evals (a)',
  isCompleted: true,
  conclusion: 'success',
  startedAt: '2026-11-22T09:00:00Z',
};
const COUNTS = { processing: 0, succeeded: 1, errored: 0, canceled: 0, expired: 0 };
const BATCH: Batch = {
  id: 'b1',
  status: 'ended',
  counts: COUNTS,
  createdAt: '2026-11-22T09:00:00Z',
  endedAt: '2026-11-22T09:30:00Z',
  expiresAt: '2026-11-23T09:00:00Z',
  archivedAt: null,
};

test.each<[Partial<RunArtifact>, string | undefined]>([
  [{}, undefined],
  [{ isFromFork: true }, 'fork'],
  [{ isExpired: true }, 'too-old'],
  [{ createdAtMs: NOW - 30 * DAY }, 'too-old'],
  [{ createdAtMs: NOW - 30 * DAY + 1 }, undefined],
])('an artifact %j: %s', (more, expected) => {
  expect(refuseListed({ ...ARTIFACT, ...more }, NOW)).toBe(expected);
});

test.each<[Partial<PauseNote>, number, string | undefined]>([
  [{}, 6, undefined],
  [{ job: { id: null, name: 'evals' } }, 6, 'record-gone'],
  [{ job: { id: null, name: 'evals' } }, 5, undefined],
])('a note %j after %d days: %s', (more, days, expected) => {
  expect(refuseNote({ ...NOTE, ...more }, { ...ARTIFACT, createdAtMs: NOW - days * DAY }, NOW)).toBe(expected);
});

test.each<[Partial<PauseNote>, string | undefined]>([
  [{}, undefined],
  [{ run_id: 6 }, 'other-run'],
  [{ until: '2026-11-22T10:00:00Z' }, 'too-old'],
])('a note %j: %s', (more, expected) => {
  expect(refuseNote({ ...NOTE, ...more }, ARTIFACT, NOW)).toBe(expected);
});

test.each<[Partial<Batch>, string | undefined]>([
  [{}, undefined],
  [{ counts: { ...COUNTS, succeeded: 0, expired: 5 } }, undefined],
  [{ counts: { ...COUNTS, errored: 5 } }, undefined],
  [{ status: 'in_progress' }, 'running'],
  [{ status: 'paused' }, 'running'],
  [{ status: 'canceling' }, 'batch-canceled'],
  [{ counts: { ...COUNTS, canceled: 1 } }, 'batch-canceled'],
  [{ archivedAt: '2026-11-22T09:59:00Z' }, 'results-gone'],
  [{ createdAt: '2026-10-24T10:00:00Z' }, 'results-gone'],
  [{ createdAt: '2026-10-24T10:00:01Z' }, undefined],
  [{ createdAt: '' }, undefined],
])('a batch %j: %s', (more, expected) => {
  expect(refuseBatch({ ...BATCH, ...more }, NOW)).toBe(expected);
});

test.each<[Partial<WorkflowRun>, string | undefined]>([
  [{}, undefined],
  [{ isCompleted: false }, 'run-in-progress'],
  [{ isFromFork: true }, 'fork'],
  [{ createdAtMs: NOW - 30 * DAY, isCompleted: false }, 'too-old'],
  [{ attempt: 46 }, 'too-many-attempts'],
  [{ attempt: 45 }, undefined],
])('a run %j: %s', (more, expected) => {
  expect(refuseRun({ ...RUN, ...more }, NOW)).toBe(expected);
});

describe('the job that left a note', () => {
  const other = { ...JOB, id: 78, name: 'evals (b)' };
  const again = { ...JOB, id: 90, attempt: 2, startedAt: '2026-11-22T09:40:00Z' };

  test.each<[string, readonly RunJob[], { job: RunJob } | { left: string }]>([
    ['is the one of its ID', [JOB], { job: JOB }],
    ['beside others that ran again', [JOB, other, { ...other, id: 91, attempt: 2 }], { job: JOB }],
    ['is left alone where it ran again', [JOB, again], { left: 'run-again' }],
    ['whatever the order of the list', [again, JOB], { left: 'run-again' }],
    [
      'has a new ID where GitHub carried it on',
      [JOB, { ...again, startedAt: JOB.startedAt }],
      { job: { ...again, startedAt: JOB.startedAt } },
    ],
    ['may run again at this moment', [{ ...JOB, isCompleted: false }], { left: 'run-in-progress' }],
    ['is not that of another run', [{ ...JOB, runId: 6 }], { left: 'job-unknown' }],
    ['is not that of another attempt', [{ ...JOB, attempt: 2 }], { left: 'job-unknown' }],
    ['is not listed', [other], { left: 'job-unknown' }],
    ['shares its name with another', [JOB, { ...other, name: JOB.name }], { left: 'same-name' }],
  ])('%s', (_, executions, expected) => {
    expect(findJob(NOTE, { ...RUN, attempt: 2 }, executions)).toEqual(expected);
  });

  const dead = (attempt: number): RunJob => ({
    ...again,
    id: 90 + attempt,
    attempt,
    conclusion: 'failure',
    startedAt: `2026-11-22T09:4${attempt}:00Z`,
  });

  test.each<[string, readonly RunJob[], { job: RunJob } | { left: string }]>([
    ['once it failed without getting to its note', [JOB, dead(2)], { job: dead(2) }],
    ['again', [JOB, dead(2), dead(3)], { job: dead(3) }],
    ['but not for ever', [JOB, dead(2), dead(3), dead(4)], { left: 'tries-used-up' }],
    [
      'whatever else the run ran',
      [JOB, dead(2), { ...dead(2), id: 99, attempt: 4 }, { ...other, attempt: 3 }],
      { job: { ...dead(2), id: 99, attempt: 4 } },
    ],
    ['not where a person canceled it', [JOB, { ...dead(2), conclusion: 'cancelled' }], { left: 'run-again' }],
    ['nor where a later one got through', [JOB, dead(2), { ...dead(3), conclusion: 'success' }], { left: 'run-again' }],
  ])('is woken once more %s', (_, executions, expected) => {
    expect(findJob(NOTE, { ...RUN, attempt: 4 }, executions)).toEqual(expected);
  });

  const noted = { ...NOTE, job: { id: null, name: 'evals' } };

  test.each<[string, number, readonly RunJob[], ReturnType<typeof findOnlyJob>]>([
    ['is the only one of its run', 1, [JOB], { job: JOB }],
    ['also once its next attempt died', 2, [JOB, dead(2)], { job: dead(2) }],
    ['not once that got through', 2, [JOB, again], { left: 'run-again' }],
    ['is not known where there are two', 1, [JOB, other], { job: undefined }],
    ['nor where there is none', 1, [], { job: undefined }],
    ['nor once one of several ran again', 2, [JOB, other, again], { left: 'run-again' }],
    ['may run at this moment', 1, [{ ...JOB, isCompleted: false }], { left: 'run-in-progress' }],
  ])('without an ID %s', (_, attempt, executions, expected) => {
    expect(findOnlyJob(noted, { ...RUN, attempt }, executions)).toEqual(expected);
  });
});
