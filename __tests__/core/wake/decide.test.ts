import { describe, expect, test } from '@jest/globals';
import {
  areAllFailed,
  findJob,
  onlyJob,
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
  hasFailed: false,
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
  hasFailed: false,
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
  [{ attempt: 45 }, 'too-many-attempts'],
  [{ attempt: 44 }, undefined],
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
    ['shares its name with another', [JOB, { ...other, name: JOB.name }], { left: 'job-unknown' }],
  ])('%s', (_, executions, expected) => {
    expect(findJob(NOTE, { ...RUN, attempt: 2 }, executions)).toEqual(expected);
  });

  test.each<[string, readonly RunJob[], RunJob | undefined]>([
    ['is the only one of its run', [JOB], JOB],
    ['is not known where there are two', [JOB, other], undefined],
    ['nor where there is none', [], undefined],
    ['nor while it runs', [{ ...JOB, isCompleted: false }], undefined],
  ])('without an ID %s', (_, executions, expected) => {
    expect(onlyJob(RUN, executions)).toEqual(expected);
  });

  test('runs again with the other failed jobs where all of them are meant', () => {
    const [a, b] = [
      { ...JOB, hasFailed: true },
      { ...other, hasFailed: true },
    ];
    const lint = { ...JOB, id: 60, name: 'lint', hasFailed: true };
    expect(areAllFailed([a, b], [a, b])).toBe(true);
    expect(areAllFailed([a, b], [a, b, { ...lint, hasFailed: false }])).toBe(true);
    expect(areAllFailed([a, b], [a, b, lint])).toBe(false);
    expect(areAllFailed([a], [a, b])).toBe(false);
    expect(areAllFailed([a, b], [a, b, lint, { ...lint, attempt: 2, id: 61, hasFailed: false }])).toBe(true);
  });
});
