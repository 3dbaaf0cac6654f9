import { expect, test } from '@jest/globals';
import { type Message, printMessage } from '../../../src/core/messages/message.ts';

test.each<[Message, string]>([
  [
    { code: 'pause-note-failed', reason: 'no response within 20 s' },
    'Could not upload the artifact that a step with wake-paused looks for: no response within 20 s. Re-run this job once the batch has ended.',
  ],
  [
    { code: 'pause-note-not-removed', reason: 'boom' },
    'Could not delete the artifact of an earlier attempt that paused: boom.',
  ],
  [
    { code: 'pause-job-unknown', reason: '403', isForbidden: true },
    'Could not determine the ID of this job (403), so a step with wake-paused cannot re-run it alone. Add "actions: read" to the permissions of the job.',
  ],
  [
    { code: 'pause-job-unknown', reason: 'boom', isForbidden: false },
    'Could not determine the ID of this job (boom), so a step with wake-paused cannot re-run it alone.',
  ],
  [{ code: 'paused-found', jobs: 0, runs: 0 }, 'Found no paused jobs.'],
  [{ code: 'paused-found', jobs: 1, runs: 1 }, 'Found 1 paused job in 1 run.'],
  [{ code: 'paused-found', jobs: 1200, runs: 500 }, 'Found 1,200 paused jobs in 500 runs.'],
  [
    { code: 'paused-woken', runId: 5, what: 'job', job: 'evals (a)', names: ['a'] },
    'Re-running the job evals (a) of run 5 (a).',
  ],
  [
    { code: 'paused-woken', runId: 5, what: 'failed-jobs', job: undefined, names: ['a', 'b'] },
    'Re-running the failed jobs of run 5 (a, b).',
  ],
  [
    { code: 'paused-woken', runId: 5, what: 'all-jobs', job: undefined, names: ['a', 'b'] },
    'Re-running all jobs of run 5 (a, b).',
  ],
  [
    { code: 'paused-left', because: 'running', count: 2, runs: 1, runIds: [5] },
    'Did not re-run 2 paused jobs: a batch of its workflow run has not ended yet (run 5).',
  ],
  [
    { code: 'paused-left', because: 'fork', count: 3, runs: 2, runIds: [5] },
    'Did not re-run 3 paused jobs: the run belongs to a fork (runs 5, …).',
  ],
  [
    { code: 'paused-left', because: 'other-workspace', count: 1, runs: 1, runIds: [5] },
    'Did not re-run 1 paused job: a batch belongs to another workspace than the key of this step; use a key or sign-in of that workspace (run 5).',
  ],
  [
    { code: 'paused-elsewhere', id: 'b1', belongsTo: 'wrkspc_A', answeredBy: 'wrkspc_B' },
    'Batch b1 belongs to workspace wrkspc_A, and the API key or sign-in of this step answers for wrkspc_B.',
  ],
  [
    { code: 'waking-inputs-idle', inputs: ['comment', 'max-drop'] },
    'wake-paused is true, so comment, max-drop have no effect in this step.',
  ],
  [{ code: 'waking-inputs-idle', inputs: ['comment'] }, 'wake-paused is true, so comment has no effect in this step.'],
  [
    { code: 'waking-pull-request' },
    'wake-paused is meant for a scheduled workflow of the default branch. This one runs for pull requests, each of which can change it.',
  ],
  [
    { code: 'paused-left', because: 'job-unknown', count: 2, runs: 2, runIds: [5, 6] },
    'Did not re-run 2 paused jobs: the job is not known; add "actions: read" to the permissions of the job that pauses (runs 5, 6).',
  ],
  [{ code: 'paused-run-not-read', reason: 'boom' }, 'Could not check a paused run: boom.'],
  [{ code: 'rerun-refused', runId: 5, reason: 'boom' }, 'Could not re-run run 5: boom.'],
  [{ code: 'waking-failed', why: 'list', reason: 'boom' }, 'Could not look for paused runs (boom).'],
  [
    { code: 'waking-failed', why: 'rerun', reason: 'boom' },
    'Could not re-run a job. Add "actions: write" to the permissions of this job (boom).',
  ],
  [
    { code: 'waking-stopped' },
    'The job was stopped before this step was done. The next run of this workflow continues.',
  ],
])('$code', (message, text) => {
  expect(printMessage(message)).toBe(text);
});
