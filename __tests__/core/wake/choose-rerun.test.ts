import { expect, test } from '@jest/globals';
import { chooseRerun, type Ready } from '../../../src/core/wake/choose-rerun.ts';
import type { RunJob } from '../../../src/ports/github.ts';

const job = (id: number, conclusion: string, more: Partial<RunJob> = {}): RunJob => ({
  id,
  runId: 5,
  attempt: 1,
  name: `job ${id}`,
  isCompleted: true,
  conclusion,
  startedAt: '',
  ...more,
});

const readyOf = (one: RunJob | undefined): Ready => ({
  note: {
    schema: 1,
    batch_ids: ['b'],
    run_id: 5,
    attempt: 1,
    job: { id: one?.id ?? null, name: 'evals' },
    name: 'evals',
    until: '2026-12-21T10:00:00Z',
  },
  job: one,
});

const [a, b] = [job(1, 'failure'), job(2, 'failure')];
const [x, y] = [job(3, 'success'), job(4, 'success')];
const lint = job(8, 'success');
const [broken, canceled, skipped] = [job(9, 'failure'), job(9, 'cancelled'), job(9, 'skipped')];

/** What is chosen, and how many notes it answers: `job 1: 1`. */
test.each<[string, readonly (RunJob | undefined)[], readonly RunJob[], string | undefined]>([
  ['one of one', [x], [x], 'job 3: 1'],
  ['one that failed', [a], [a, lint], 'job 1: 1'],
  ['all that failed', [a, b], [a, b, lint], 'failed-jobs: 2'],
  ['all that failed, before those that did not', [x, a, b], [a, b, x, lint], 'failed-jobs: 2'],
  ['all that failed, also beside skipped ones', [a, b], [a, b, skipped, lint], 'failed-jobs: 2'],
  ['no other that failed', [a, b], [a, b, broken], 'job 1: 1'],
  ['no job that was canceled', [a, b], [a, b, canceled], 'job 1: 1'],
  ['no job whose time was up', [a, b], [a, b, job(9, 'timed_out')], 'job 1: 1'],
  ['no other that paused', [a], [a, b], 'job 1: 1'],
  ['all of a green run', [x, y], [x, y], 'all-jobs: 2'],
  ['all, also beside skipped ones', [x, y], [x, y, skipped], 'all-jobs: 2'],
  ['no green job that did not pause', [x, y], [x, y, lint], 'job 3: 1'],
  ['no canceled job with the green ones', [x, y], [x, y, canceled], 'job 3: 1'],
  ['all steps of a job', [x, x], [x, lint], 'job 3: 2'],
  ['what failed, where that is as many as are not known', [undefined], [a, lint], 'failed-jobs: 1'],
  ['known and unknown ones that failed', [a, undefined], [a, b, lint], 'failed-jobs: 2'],
  ['nothing where more failed than are not known', [undefined], [a, broken, lint], undefined],
  ['nothing where one was canceled', [undefined], [a, canceled], undefined],
  ['nothing where an unknown one did not fail', [undefined], [x, lint], undefined],
  ['the known one, where the others are not', [x, undefined], [x, y, lint], 'job 3: 1'],
  [
    'the newest of what ran again',
    [a, b],
    [a, b, broken, { ...lint, id: 10, attempt: 2, name: 'job 9' }],
    'failed-jobs: 2',
  ],
  [
    'jobs of one name together',
    [a, b],
    [
      { ...a, name: 'same' },
      { ...b, name: 'same' },
    ],
    'failed-jobs: 2',
  ],
  [
    'one, where only some of one name ran again',
    [a, b],
    [
      a,
      b,
      { ...job(5, 'cancelled'), name: 'same' },
      { ...lint, name: 'same' },
      job(6, 'success', { name: 'same', attempt: 2 }),
    ],
    'job 1: 1',
  ],
  ['nothing of nothing', [], [], undefined],
])('runs again %s', (_, ready, executions, expected) => {
  const chosen = chooseRerun(ready.map(readyOf), executions);
  expect(chosen && `${chosen.job?.name ?? chosen.what}: ${chosen.of.length}`).toBe(expected);
});

test('without a list of jobs, one runs again', () => {
  expect(chooseRerun([a, b].map(readyOf), undefined)).toMatchObject({ what: 'job', job: a });
  expect(chooseRerun([readyOf(undefined)], undefined)).toBeUndefined();
});
