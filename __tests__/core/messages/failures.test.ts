import { expect, test } from '@jest/globals';
import { type Failure, type NextStep, printFailedStep, printNextStep } from '../../../src/core/messages/failures.ts';

test.each<[Failure, string]>([
  [{ code: 'input-rejected', problems: [] }, 'Nothing was submitted.'],
  [
    { code: 'input-rejected', problems: [{ code: 'not-utf8', where: { file: 'a.jsonl', line: 3 } }] },
    'Nothing was submitted: a.jsonl:3: the line is not valid UTF-8; save the file as UTF-8.',
  ],
  [
    {
      code: 'input-rejected',
      problems: [
        { code: 'not-utf8', where: { file: 'a.jsonl', line: 3 } },
        { code: 'not-utf8', where: { file: 'a.jsonl', line: 3 } },
      ],
    },
    'Nothing was submitted: a.jsonl:3: the line is not valid UTF-8; save the file as UTF-8 (the first of 2 problems).',
  ],
  [
    { code: 'create-refused', status: 400, reason: '403 no', requestId: 'req_1' },
    'Nothing was submitted: the API refused the batch: 403 no (request req_1). Fix what the message names and run again.',
  ],
  [
    { code: 'create-refused', status: 413, reason: '413', requestId: undefined },
    'Nothing was submitted: the API refused the batch: 413. Send fewer or smaller requests in one batch.',
  ],
  [
    { code: 'key-refused', reason: '403 no', requestId: 'req_1' },
    'Nothing was submitted: the API refused this key: 403 no (request req_1). Check anthropic-api-key, anthropic-base-url and the workspace of the key, then run again.',
  ],
  [
    { code: 'spend-limit-reached', reason: '403 no', requestId: 'req_1' },
    'The organization or workspace has reached its spend limit, and waiting will not change that: 403 no (request req_1). No batch was created. Raise the limit in the Claude Console, then run again.',
  ],
  [
    { code: 'create-forbidden', reason: '403 no', requestId: 'req_1' },
    'The API did not accept the create request: 403 no (request req_1). No batch was created. Check anthropic-api-key and anthropic-base-url, then run again.',
  ],
  [
    { code: 'api-busy', reason: '403 no', requestId: 'req_1' },
    'The API was too busy to accept the batch for as long as this step may wait: 403 no (request req_1). No batch was created. Run again later.',
  ],
  [
    { code: 'api-unreachable', reason: '403 no', requestId: 'req_1' },
    'The API could not be reached: 403 no (request req_1). No batch was created. Check anthropic-base-url and the network of the runner, then run again.',
  ],
  [
    { code: 'create-broken-off', attempts: 3, reason: 'reset' },
    'The create request failed 3 times without an answer, the last time with: reset. No batch was created. Check the network between the runner and the API, then run again.',
  ],
  [
    { code: 'lost-batch-unknown', reason: '503' },
    'A create request failed without a clear answer, so a batch may exist, and this run could not check: 503. Nothing was sent again. Run again: the next run looks for that batch first.',
  ],
  [
    { code: 'lost-batch-ambiguous', ids: ['b1', 'b2'] },
    'A create request failed without a clear answer, and 2 batches may be the one it created: b1, b2. Nothing was sent again. Look at them in the Claude Console, then run again with requests and the right batch-id, or set resume: never to pay for a new batch.',
  ],
  [{ code: 'sent-in-part' }, 'Some requests were not sent yet: the next run sends only those.'],
  [
    { code: 'record-unreadable' },
    'Nothing was submitted: another version of this action saved a record of these requests that this version cannot read. Use one version in all workflows, or set resume: never to submit the requests again (you may pay again).',
  ],
  [
    { code: 'results-deleted', runId: 41 },
    'Nothing was submitted: run 41 collected these requests and deleted their batch, and no artifact holds the results. Set resume: never to submit them again (you pay again).',
  ],
  [
    { code: 'restore-failed', artifact: 'evals', runId: 41, reason: '404' },
    'Nothing was submitted: the batch was deleted, and its results could not be read from the artifact evals of run 41 (404). Give the job `permissions: actions: read`, download that artifact by hand while it lasts, or set resume: never to submit the requests again (you pay again).',
  ],
  [
    { code: 'wait-timed-out', waitedMs: 90000, onTimeout: 'fail' },
    'The batch had not ended after 1 min 30 s of waiting, and on-timeout is fail.',
  ],
  [
    { code: 'wait-timed-out', waitedMs: 90000, onTimeout: 'cancel' },
    'This run asked the API to cancel the batch, but after 1 min 30 s of waiting it has not ended yet.',
  ],
  [
    { code: 'batch-unreachable', id: 'b1', reason: '503', isResumed: false, isBesideOthers: false, why: 'unseen' },
    'The batch b1 was not found within the waiting time: 503. Check the id, and use the key of the workspace that created it. If both are right, run again with a longer wait-minutes.',
  ],
  [
    { code: 'batch-unreachable', id: 'b1', reason: '503', isResumed: false, isBesideOthers: false, why: 'not-found' },
    'The API does not know the batch b1: it was deleted, or it belongs to another workspace than this key. Check the id, and use the key of the workspace that created it.',
  ],
  [
    { code: 'batch-unreachable', id: 'b1', reason: '503', isResumed: false, isBesideOthers: false, why: 'not-allowed' },
    'The API does not let this key read the batch b1: 503. Check anthropic-api-key.',
  ],
  [
    { code: 'batch-unreachable', id: 'b1', reason: '503', isResumed: false, isBesideOthers: false, why: 'outage' },
    'The API gave no answer about the batch b1 for too long: 503.',
  ],
  [
    { code: 'batch-unreachable', id: 'b1', reason: '503', isResumed: true, isBesideOthers: false, why: 'not-found' },
    'The API does not know the batch b1: it was deleted, or it belongs to another workspace than this key. Use the key of the workspace that created it, or set resume: never to submit these requests in a new batch (you pay again).',
  ],
  [
    { code: 'batch-unreachable', id: 'b1', reason: '503', isResumed: false, isBesideOthers: true, why: 'unseen' },
    'The batch b1 was not found within the waiting time: 503. Check the id, and use the key of the workspace that created it. If both are right, run again with a longer wait-minutes. Add b1 to batch-id to look for it again.',
  ],
  [
    { code: 'results-expired', id: 'b1' },
    'The results of the batch b1 are gone: the API keeps them for 29 days. Set resume: never to submit the requests again (you pay again).',
  ],
  [
    { code: 'results-unavailable', id: 'b1', reason: '503' },
    'The results of the batch b1 could not be downloaded: 503.',
  ],
  [{ code: 'stopped', isCreating: false, isCancelRequested: false }, 'The job was stopped.'],
  [
    { code: 'stopped', isCreating: true, isCancelRequested: true },
    'The job was stopped while a batch was being created, so one more may exist. The API was asked to cancel the batch: what is answered before then is billed and kept.',
  ],
  [{ code: 'stopped-before-create' }, 'The job was stopped before a batch was created. Nothing was sent. Run again.'],
  [
    { code: 'stopped-during-create' },
    'The job was stopped while a batch was being created, so one may exist. Run again with the same requests: the next run looks for it before it sends anything.',
  ],
  [
    { code: 'stopped-before-report', artifact: undefined },
    'The job was stopped after it had collected the results and before it reported them. Re-run the job to get the report; you do not pay again.',
  ],
  [
    { code: 'stopped-before-report', artifact: 'evals' },
    'The job was stopped after it had collected the results and before it reported them. They are in the artifact evals. Re-run the job to get the report; you do not pay again.',
  ],
  [{ code: 'unexpected-failure', reason: 'no space left. \n' }, 'The step failed unexpectedly: no space left.'],
  [
    { code: 'batch-canceled', unanswered: 6, total: 10, by: 'unknown', hasRetryFile: true, keptBy: undefined },
    'The batch was canceled: 6 of 10 requests have no answer. Everything that finished was collected and is billed; run again with retry.jsonl as requests for the rest. A plain re-run submits all requests anew.',
  ],
  [
    { code: 'batch-canceled', unanswered: 6, total: 10, by: 'newer-push', hasRetryFile: true, keptBy: undefined },
    'A newer push with other requests canceled the batch (supersede: cancel): 6 of 10 requests have no answer. Everything that finished was collected and is billed; a run with these requests sends only the rest.',
  ],
  [
    { code: 'batch-canceled', unanswered: 6, total: 10, by: 'unknown', hasRetryFile: false, keptBy: undefined },
    'The batch was canceled: 6 of 10 requests have no answer. Everything that finished was collected and is billed.',
  ],
  [
    { code: 'batch-canceled', unanswered: 6, total: 10, by: 'unknown', hasRetryFile: true, keptBy: 'artifact-name' },
    'The batch was canceled: 6 of 10 requests have no answer. Everything that finished was collected and is billed; for the rest give retry.jsonl as requests in a later step of this job, since artifact-name is empty and the file stays in results-path on the runner. A plain re-run submits all requests anew.',
  ],
  [
    {
      code: 'error-rate-exceeded',
      unanswered: 3,
      total: 10,
      percent: 30,
      maxPercent: 10,
      kinds: [
        { kind: 'api_error', count: 2 },
        { kind: 'expired', count: 1 },
      ],
      hasRetryFile: true,
      keptBy: undefined,
    },
    '3 of 10 requests have no answer (30 %, max-error-rate is 10 %): 2 × api_error, 1 × expired. The report groups them by cause; send them again with retry.jsonl as requests.',
  ],
  [
    {
      code: 'error-rate-exceeded',
      unanswered: 3,
      total: 10,
      percent: 30,
      maxPercent: 10,
      kinds: [
        { kind: 'api_error', count: 2 },
        { kind: 'expired', count: 1 },
      ],
      hasRetryFile: false,
      keptBy: undefined,
    },
    '3 of 10 requests have no answer (30 %, max-error-rate is 10 %): 2 × api_error, 1 × expired. The report groups them by cause.',
  ],
  [
    {
      code: 'error-rate-exceeded',
      unanswered: 3,
      total: 10,
      percent: 30,
      maxPercent: 10,
      kinds: [
        { kind: 'api_error', count: 2 },
        { kind: 'expired', count: 1 },
      ],
      hasRetryFile: true,
      keptBy: 'artifact-content',
    },
    '3 of 10 requests have no answer (30 %, max-error-rate is 10 %): 2 × api_error, 1 × expired. The report groups them by cause; send them again with retry.jsonl as requests in a later step of this job, since artifact-content is not full and the file stays in results-path on the runner.',
  ],
  [
    { code: 'upload-failed', reason: 'quota' },
    'The results were collected but could not be uploaded as an artifact: quota.',
  ],
  [{ code: 'report-not-written', folder: '/r', reason: 'ENOSPC' }, 'The report could not be written to /r: ENOSPC.'],
  [{ code: 'outputs-not-set', names: [], reason: 'ENOSPC' }, 'The outputs could not be set: ENOSPC.'],
  [{ code: 'outputs-not-set', names: ['a', 'b'], reason: 'ENOSPC' }, 'The outputs a, b could not be set: ENOSPC.'],
])('the failure %j', (failure, words) => {
  expect(printFailedStep({ failures: [failure], next: undefined })).toBe(words);
});

test.each<[NextStep, string]>([
  [
    {
      code: 'collect-batches',
      count: 2,
      ids: ['b1', 'b2'],
      isResumable: true,
      endsBy: '2026-11-23 11:20 UTC',
      resultsUntil: '2026-12-21 11:20 UTC',
    },
    'Nothing is lost: run again with the same requests, or with batch-id: b1,b2 to collect them. The last batch ends by 2026-11-23 11:20 UTC at the latest. Results last until 2026-12-21 11:20 UTC.',
  ],
  [
    {
      code: 'collect-batches',
      count: 1,
      ids: ['b1'],
      isResumable: true,
      endsBy: '2026-11-23 11:20 UTC',
      resultsUntil: '2026-12-21 11:20 UTC',
    },
    'Nothing is lost: run again with the same requests, or with batch-id: b1 to collect it. The batch ends by 2026-11-23 11:20 UTC at the latest. Results last until 2026-12-21 11:20 UTC.',
  ],
  [
    {
      code: 'collect-batches',
      count: 2,
      ids: ['b1', 'b2'],
      isResumable: false,
      endsBy: undefined,
      resultsUntil: undefined,
    },
    'Nothing is lost: run again with batch-id: b1,b2 to collect them. Results last 29 days.',
  ],
  [{ code: 'download-artifact', artifact: 'evals' }, 'The results are in the artifact evals.'],
  [{ code: 'fix-and-rerun' }, 'Fix this and run again.'],
])('the next step %j', (next, words) => {
  expect(printNextStep(next)).toBe(words);
});

test('a failed step says each failure once, then what to do next', () => {
  const failure: Failure = { code: 'upload-failed', reason: 'quota' };
  const words = printFailedStep({ failures: [failure], next: undefined });
  const next: NextStep = { code: 'fix-and-rerun' };
  expect(printFailedStep({ failures: [failure, { code: 'sent-in-part' }, failure], next })).toBe(
    `${words} ${printFailedStep({ failures: [{ code: 'sent-in-part' }], next: undefined })} ${printNextStep(next)}`,
  );
});
