import { expect, test } from '@jest/globals';
import { BATCHES } from '../../../src/core/messages/batches.ts';
import { type Message, printMessage } from '../../../src/core/messages/message.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const [id, reason] = ['msgbatch_1', '503 overloaded'];
const checked = { code: 'batches-checked', waitedMs: MINUTE, pauseMs: 30 * SECOND, total: 1, running: 1 } as const;
const failing = [{ id, reason }];

const SAMPLES: readonly (readonly [Message, string])[] = [
  [
    { code: 'answers-dropped', why: 'wrong-form' },
    'Skipped an index of earlier answers in the Actions cache: it is not one that this action writes.',
  ],
  [
    { code: 'reuse-planned', of: 'answer', count: 1_307, total: 1_319, batches: 1 },
    'Reusing 1,307 of 1,319 answers, from 1 earlier batch. The other 12 are to be submitted.',
  ],
  [
    { code: 'reuse-planned', of: 'answer', count: 3, total: 3, batches: 2 },
    'Reusing 3 of 3 answers, from 2 earlier batches.',
  ],
  [
    { code: 'reuse-planned', of: 'judgement', count: 4, total: 5, batches: 1 },
    'Reusing 4 of 5 judgements, from 1 earlier batch. The other one is to be submitted.',
  ],
  [
    { code: 'reuse-saves', usd: 1_030_000_000_000_000n },
    'Reusing earlier answers saves about $1.030000, which is not in the estimate.',
  ],
  [
    { code: 'reuse-resent', count: 17, usd: 30_000_000_000_000n },
    'Earlier answers to 17 requests are gone since the others were submitted. Submitting them in another round, for about $0.030000.',
  ],
  [
    { code: 'reuse-resent', count: 1, usd: 0n },
    'Earlier answers to 1 request are gone since the others were submitted. Submitting it in another round, for about $0.000000.',
  ],
  [
    { code: 'reuse-lost', of: 'answer', id, batches: 1, count: 12, reason: '404 not_found_error' },
    'The API does not return 12 earlier answers from batch msgbatch_1 (404 not_found_error).',
  ],
  [
    { code: 'reuse-lost', of: 'judgement', id, batches: 20, count: 30, reason: '' },
    'The API does not return 30 earlier judgements from 20 batches, such as msgbatch_1.',
  ],
  [
    { code: 'reuse-lost', of: 'answer', id, batches: 1, count: 1, reason: '' },
    'The API does not return 1 earlier answer from batch msgbatch_1.',
  ],
  [
    { code: 'reuse-left-out', count: 12, batches: 20 },
    'Earlier answers are reused from the 20 batches that hold most of them. Not reusing 12 answers of other batches.',
  ],
  [
    { code: 'reuse-left-out', count: 1, batches: 20 },
    'Earlier answers are reused from the 20 batches that hold most of them. Not reusing 1 answer of other batches.',
  ],
  [
    { code: 'reuse-too-many', total: 250_000, most: 200_000 },
    'Not reusing earlier answers: there are 250,000 requests, and answers are reused for up to 200,000.',
  ],
  [
    { code: 'reuse-outdated', of: 'answer', id, batches: 1, count: 12 },
    'Could not reuse 12 answers of batch msgbatch_1: the model name in the requests now stands for another version of the model.',
  ],
  [
    { code: 'reuse-outdated', of: 'answer', id, batches: 1, count: 1 },
    'Could not reuse 1 answer of batch msgbatch_1: the model name in the request now stands for another version of the model.',
  ],
  [
    { code: 'records-not-read' },
    'Could not check the Actions cache or artifacts for an earlier run that submitted these requests.',
  ],
  [
    { code: 'record-foreign' },
    'Skipped a stored text that has the name of a record of these requests but is not one. Check which workflows save caches or artifacts whose names start with claude-batch-.',
  ],
  [
    { code: 'record-hidden' },
    'The record of this run is not in the Actions cache, and this job may not list the artifact that has it, so a later run will not find its batches and would pay for the requests again. Add "actions: read" to the permissions of the job, or set batch-id to the IDs in the output batch-id, the log, the summary or the comment.',
  ],
  [
    { code: 'record-not-saved' },
    'Could not save the record of this run in the Actions cache or as an artifact, so a later run will not find its batches. Their IDs are in the output batch-id, the log, the summary and the comment.',
  ],
  [
    { code: 'decision-made', action: 'submit', because: 'no-record', runId: undefined },
    'Submitting: found no earlier batch of these requests',
  ],
  [
    { code: 'decision-made', action: 'attach', because: 'unfinished', runId: 41 },
    'Resuming: run 41 did not finish these requests',
  ],
  [
    { code: 'decision-made', action: 'collect', because: 'collected', runId: undefined },
    'Collecting again: this workflow run collected these requests',
  ],
  [
    { code: 'job-start-unknown', reason: 'GitHub returned 500', isForbidden: false },
    'Could not determine when the job started (GitHub returned 500). Counting wait-minutes from this step, and stopping 15 minutes early.',
  ],
  [
    { code: 'job-start-unknown', reason, isForbidden: true },
    'Could not determine when the job started. Counting wait-minutes from this step, and stopping 15 minutes early. Add "actions: read" to the permissions of the job to wait longer.',
  ],
  [
    { code: 'shard-taken-over', id, count: 100_000 },
    'Continuing with batch msgbatch_1: an earlier run submitted 100,000 requests in it that did not change.',
  ],
  [
    { code: 'batch-id-unlisted', id: 'a,b' },
    'The ID of batch a,b cannot stand in the output batch-id, which is a list with commas. Run again with the same requests to collect this batch.',
  ],
  [
    { code: 'pointer-shared', name: 'evals-0' },
    'Another step of this run has the same name (evals-0), job and request files, so supersede: cancel will not stop the batches of either after the next push. Give each step its own name.',
  ],
  [
    { code: 'run-yielded', runId: undefined, name: undefined },
    'Another run is submitting the same requests at the same time. Waiting for its batch.',
  ],
  [
    { code: 'other-run-silent', runId: 42, name: 'evals', silentMs: 3 * MINUTE },
    'Run 42 (evals) has not created its batch and has shown no activity for 3 min, so this run continues without it. If that run still creates its batch, you pay twice. Add a concurrency group to the workflow to prevent this.',
  ],
  [
    { code: 'batch-list-failed', reason, pauseMs: SECOND },
    'Could not list the batches: 503 overloaded. Trying again in 1 s.',
  ],
  [
    { code: 'create-delayed', reason, pauseMs: SECOND },
    'Could not create the batch: 503 overloaded. Trying again in 1 s.',
  ],
  [
    { code: 'create-uncertain', reason },
    'The create request failed without a clear response (503 overloaded). Checking whether a batch exists before retrying.',
  ],
  [{ code: 'create-repeated' }, 'No batch was created. Submitting the requests again.'],
  [{ code: 'lost-batch-absent' }, 'The create request of the earlier run did not create a batch.'],
  [
    { code: 'lost-batch-found', id },
    'Found batch msgbatch_1, which the failed create request may have created. Its results will show whether it belongs to this run.',
  ],
  [
    { code: 'batch-rejected', id },
    'Found batch msgbatch_1 after a failed create request, but it contains other requests. This run does not use it.',
  ],
  [{ code: 'batch-sent', id, count: 1, bytes: 812, round: 0 }, 'Submitted 1 request (812 bytes) as batch msgbatch_1'],
  [
    { code: 'batch-sent', id, count: 1_319, bytes: 4_200, round: 2 },
    'Submitted 1,319 requests again, round 2 (4.2 kB) as batch msgbatch_1',
  ],
  [
    { code: 'batch-resumed', id, createdAt: '2026-11-22T11:20:00Z' },
    'Resuming batch msgbatch_1, created 2026-11-22T11:20:00Z',
  ],
  [{ code: 'batches-given', ids: ['a'] }, 'Collecting 1 batch: a'],
  [{ code: 'batches-given', ids: ['a', 'b'] }, 'Collecting 2 batches: a, b'],
  [
    { code: 'judging-begins', count: 1, model: 'claude-sonnet-4-5' },
    'The answers are in. Their asserts need 1 judgement by claude-sonnet-4-5 (llm-rubric).',
  ],
  [
    { code: 'judge-not-set' },
    'judge-model is not set, so llm-rubric is not judged and its cases stay ungraded. Set judge-model to have these answers judged.',
  ],
  [
    { code: 'judgements-contradict', count: 1 },
    'In 1 judgement the score contradicts the verdict. The verdict counts.',
  ],
  [
    { code: 'judgements-contradict', count: 12 },
    'In 12 judgements the score contradicts the verdict. The verdict counts.',
  ],
  [{ code: 'round-started', count: 1, round: 1 }, 'Submitting 1 unanswered request again, round 1.'],
  [
    { code: 'round-dropped', failures: [{ code: 'unexpected-failure', reason: 'no' }] },
    'Could not submit the unanswered requests again: The step failed unexpectedly: no.',
  ],
  [
    { code: 'waiting-begins', total: 1, leftMs: 90 * MINUTE },
    'Waiting for the batch, up to 1 h 30 min. Half of all batches end within ten minutes, nine in ten within an hour. From here on, the log shows only what changes.',
  ],
  [
    { code: 'waiting-begins', total: 3, leftMs: MINUTE },
    'Waiting for 3 batches, up to 1 min. Half of all batches end within ten minutes, nine in ten within an hour. From here on, the log shows only what changes.',
  ],
  [{ ...checked, isCanceling: false, failing: [] }, '1 min · running · next check in 30 s'],
  [{ ...checked, isCanceling: true, failing: [] }, '1 min · being canceled · next check in 30 s'],
  [{ ...checked, isCanceling: false, failing }, '1 min · no status (503 overloaded) · next check in 30 s'],
  [
    { ...checked, total: 3, running: 2, isCanceling: false, failing },
    '1 min · 2 of 3 batches running, no status for msgbatch_1 (503 overloaded) · next check in 30 s',
  ],
  [
    { ...checked, total: 3, running: 2, isCanceling: false, failing: [...failing, ...failing] },
    '1 min · 2 of 3 batches running, no status for 2 of them (503 overloaded) · next check in 30 s',
  ],
  [{ code: 'batches-ended', waitedMs: 4, total: 1 }, 'Batch ended after 4 ms'],
  [{ code: 'batches-ended', waitedMs: MINUTE, total: 1_200 }, 'All 1,200 batches ended after 1 min'],
  [
    { code: 'timeout-canceling' },
    'The waiting time has ended. Asking the API to cancel the batch and waiting for the answers it already has.',
  ],
  [
    { code: 'results-incomplete', id, reason: '2 of 3 requests', pauseMs: SECOND },
    'The results of batch msgbatch_1 are incomplete (2 of 3 requests). Downloading them again in 1 s.',
  ],
  [
    { code: 'results-restored', artifact: 'evals', runId: 41 },
    'Restored the results from the artifact evals of run 41.',
  ],
  [{ code: 'cancel-requested', id }, 'Asked the API to cancel batch msgbatch_1.'],
  [{ code: 'cancel-failed', id, reason }, 'Could not cancel batch msgbatch_1: 503 overloaded.'],
  [{ code: 'cancel-skipped', id }, 'Not canceling batch msgbatch_1: this run did not create it.'],
  [
    { code: 'earlier-push-not-checked', id, reason },
    'Could not check batch msgbatch_1 of an earlier push: 503 overloaded.',
  ],
  [
    { code: 'earlier-push-not-checked', id, reason: '404', belongsTo: 'wrkspc_A' },
    'Could not check batch msgbatch_1 of an earlier push, which belongs to workspace wrkspc_A: 404.',
  ],
  [
    { code: 'earlier-push-canceled', id, sha: 'c0ffee0123' },
    'Canceled batch msgbatch_1 of the earlier commit c0ffee0, which had other requests.',
  ],
  [
    { code: 'earlier-push-not-canceled', id, reason },
    'Could not cancel batch msgbatch_1 of an earlier push: 503 overloaded.',
  ],
];

test.each(SAMPLES)('%j', (message, words) => {
  expect(printMessage(message)).toBe(words);
});

test('every message is there', () => {
  expect(new Set(SAMPLES.map(([{ code }]) => code))).toEqual(new Set(Object.keys(BATCHES)));
});
