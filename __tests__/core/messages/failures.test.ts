import { expect, test } from '@jest/globals';
import { type Failure, type NextStep, printFailedStep, printNextStep } from '../../../src/core/messages/failures.ts';

const DENIAL = { status: 401, words: 'no', isOfApi: true, requestId: 'req_1' } as const;
const NOT_FOUND = {
  code: 'batch-unreachable',
  id: 'b1',
  why: 'not-found',
  reason: '404',
  isBesideOthers: false,
} as const;

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
        { code: 'not-utf8', where: { file: 'a.jsonl', line: 4 } },
        { code: 'not-utf8', where: { file: 'b.jsonl', line: 3 } },
      ],
    },
    'Nothing was submitted: 3 lines in 2 files: the line is not valid UTF-8; save the file as UTF-8 (first at a.jsonl:3).',
  ],
  [
    {
      code: 'input-rejected',
      problems: [{ code: 'not-utf8', where: { file: 'a.jsonl', line: 3 } }, { code: 'no-api-key' }],
    },
    'Nothing was submitted because of 2 problems. The first: a.jsonl:3: the line is not valid UTF-8; save the file as UTF-8.',
  ],
  [
    { code: 'input-rejected', problems: [{ code: 'not-jsonl', form: 'array', where: { file: 'a.json', line: 1 } }] },
    "Nothing was submitted: a.json:1: the file is a JSON array, not JSON Lines; write one request per line: jq -c '.[]' old.json > requests.jsonl",
  ],
  [
    { code: 'baseline-not-permitted' },
    'Nothing was submitted: max-drop compares with a baseline, and the token may not read the artifacts of other runs. Add "actions: read" to the permissions of the job, or remove max-drop.',
  ],
  [
    { code: 'create-refused', status: 400, reason: '403 no', requestId: 'req_1' },
    'The batch was not submitted: the API refused it: 403 no (request req_1). Fix the problem in the message, then run again.',
  ],
  [
    { code: 'create-refused', status: 413, reason: '413', requestId: undefined },
    'The batch was not submitted: the API refused it: 413. Submit fewer or smaller requests in one batch.',
  ],
  [
    { code: 'key-refused', status: 401, words: 'invalid x-api-key', isOfApi: true, requestId: 'req_1' },
    'Anthropic rejected the API key (401: invalid x-api-key). Nothing was submitted. Check the secret behind anthropic-api-key.',
  ],
  [
    { code: 'key-refused', status: 403, words: 'no', isOfApi: true, requestId: 'req_1' },
    'Anthropic does not allow this API key to do this (403: no (request req_1)). Nothing was submitted. Check in the Claude Console what the key behind anthropic-api-key and its workspace may do.',
  ],
  [
    { code: 'key-refused', status: 401, words: '', isOfApi: false, requestId: undefined },
    'The server at anthropic-base-url rejected the API key (401). Nothing was submitted. Check anthropic-base-url and the secret behind anthropic-api-key.',
  ],
  [
    { code: 'key-refused', status: 401, words: 'no', isOfApi: true, requestId: 'req_1', isSignedIn: true },
    'Anthropic rejected the access token (401: no). Nothing was submitted. It had just issued that token: check in the Claude Console that the federation rule and its service account are not archived.',
  ],
  [
    { code: 'key-refused', status: 403, words: 'no', isOfApi: true, requestId: 'req_1', isSignedIn: true },
    'Anthropic does not allow this access token to do this (403: no (request req_1)). Nothing was submitted. Check in the Claude Console the scope of the federation rule (workspace:developer) and the workspaces of its service account.',
  ],
  [
    { code: 'key-refused', status: 401, words: '', isOfApi: false, requestId: undefined, isSignedIn: true },
    'The server at anthropic-base-url rejected the access token (401). Nothing was submitted. Check anthropic-base-url.',
  ],
  [
    { code: 'sign-in-denied', ...DENIAL, identity: undefined },
    'Anthropic denied the sign-in (401: no (request req_1)). Nothing was submitted. The reason is only in the authentication history of the Claude Console (Settings, Workload identity). See docs/sign-in.md of this action.',
  ],
  [
    {
      code: 'sign-in-denied',
      ...DENIAL,
      identity: { subject: 'repo:o/r:pull_request', audience: 'a', otherSubject: 'repo:o@1/r@2:pull_request' },
    },
    'Anthropic denied the sign-in (401: no (request req_1)). Nothing was submitted. The reason is only in the authentication history of the Claude Console (Settings, Workload identity). This job\'s identity token has the subject "repo:o/r:pull_request" and the audience "a"; a rule for the other form of it, "repo:o@1/r@2:pull_request", does not match. See docs/sign-in.md of this action.',
  ],
  [
    { code: 'sign-in-denied', ...DENIAL, status: 400, identity: undefined },
    'Anthropic did not accept the request to sign in (400: no (request req_1)). Nothing was submitted. Check the inputs to sign in against the IDs in the Claude Console.',
  ],
  [
    { code: 'sign-in-denied', status: 404, words: '', isOfApi: false, requestId: undefined, identity: undefined },
    'The server at anthropic-base-url did not exchange the identity token (404). Nothing was submitted. Check anthropic-base-url: a gateway has to pass on POST /v1/oauth/token.',
  ],
  [
    { code: 'spend-limit-reached', reason: '403 no', requestId: 'req_1' },
    'The organization or workspace has reached its spend limit: 403 no (request req_1). No batch was created. Waiting does not help: raise the limit in the Claude Console, then run again.',
  ],
  [
    { code: 'create-forbidden', reason: '403 no', requestId: 'req_1' },
    'The API did not accept the create request: 403 no (request req_1). No batch was created. Check anthropic-api-key, or what the step signs in with, and anthropic-base-url, then run again.',
  ],
  [
    { code: 'api-busy', reason: '403 no', requestId: 'req_1' },
    'The API was too busy to accept the batch in the time that this step may wait: 403 no (request req_1). No batch was created. Run again later.',
  ],
  [
    { code: 'api-unreachable', reason: '403 no', requestId: 'req_1' },
    'Could not reach the API: 403 no (request req_1). No batch was created. Check anthropic-base-url and the network of the runner, then run again.',
  ],
  [
    { code: 'api-unreachable', reason: 'GitHub did not', requestId: undefined, isOfSignIn: true },
    'Could not sign in: GitHub did not. No batch was created. If that does not pass, check anthropic-base-url and the network of the runner, then run again.',
  ],
  [
    { code: 'identity-token-refused', status: 403, words: '' },
    'GitHub refused to issue an identity token for this job (403). Nothing was submitted. Check that the job has permissions with id-token: write, and on GitHub Enterprise Server that it issues identity tokens (OpenID Connect) to jobs.',
  ],
  [
    { code: 'create-broken-off', attempts: 3, reason: 'reset' },
    'The create request failed 3 times without a response. The last error: reset. No batch was created. Check the network between the runner and the API, then run again.',
  ],
  [
    { code: 'lost-batch-unknown', reason: '503' },
    'A create request failed without a clear response. A batch may exist, but this run could not check: 503. Nothing was submitted again. Run again: the next run looks for that batch first.',
  ],
  [
    { code: 'lost-batch-ambiguous', ids: ['b1', 'b2'], total: 2 },
    'A create request failed without a clear response, and 2 batches may be the one it created: b1, b2. Nothing was submitted again. Check them in the Claude Console, then run again with requests and the right batch-id, or set resume: never to submit the requests again (you pay again).',
  ],
  [
    { code: 'lost-batch-ambiguous', ids: ['b1', 'b2'], total: 2_001 },
    'A create request failed without a clear response, and 2,001 batches may be the one it created: b1, b2, and 1,999 more. Nothing was submitted again. Check them in the Claude Console, then run again with requests and the right batch-id, or set resume: never to submit the requests again (you pay again).',
  ],
  [
    { code: 'sent-in-part' },
    'Some requests have not been submitted yet. The next run submits only those. You can change them: each batch is kept as long as none of its own requests changes.',
  ],
  [{ code: 'judging-left' }, 'The answers are not judged yet (llm-rubric).'],
  [
    {
      code: 'judging-refused',
      judgements: 1,
      problem: { code: 'model-without-batches', name: 'm', input: 'judge-model' },
    },
    'The answers are in, but the judgement was not submitted, so llm-rubric is ungraded: judge-model: the model "m" does not support batches; use a model that does.',
  ],
  [
    {
      code: 'judging-refused',
      judgements: 1_319,
      problem: { code: 'model-without-batches', name: 'm', input: 'judge-model' },
    },
    'The answers are in, but the 1,319 judgements were not submitted, so llm-rubric is ungraded: judge-model: the model "m" does not support batches; use a model that does.',
  ],
  [
    { code: 'reuse-gone', count: 1, problem: { code: 'model-without-batches', name: 'm' } },
    'The earlier answers to 1 request are gone, and it was not submitted again: the model "m" does not support batches; use a model that does. The other answers are kept, and not paid for again.',
  ],
  [
    { code: 'reuse-gone', count: 17, problem: { code: 'model-without-batches', name: 'm' } },
    'The earlier answers to 17 requests are gone, and they were not submitted again: the model "m" does not support batches; use a model that does. The other answers are kept, and not paid for again.',
  ],
  [
    { code: 'record-unreadable', why: 'other-version' },
    'Nothing was submitted: another version of this action saved a record of these requests that this version cannot read. Use one version in all workflows, or set resume: never to submit the requests again (you may pay again).',
  ],
  [
    { code: 'record-unreadable', why: 'unreadable' },
    'Nothing was submitted: the newest stored record of these requests cannot be read, and it may name a batch that is running. Look for that batch in the Claude Console, then run again with requests and its batch-id, or set resume: never to submit the requests again (you may pay again).',
  ],
  [
    { code: 'results-deleted', runId: 41 },
    'Nothing was submitted: run 41 collected these requests and deleted their batch, and no artifact holds the results. Set resume: never to submit them again (you pay again).',
  ],
  [
    { code: 'restore-failed', artifact: 'evals', runId: 41, reason: '404' },
    'Nothing was submitted: the batch was deleted, and this run could not read its results from the artifact evals of run 41 (404). Add "actions: read" to the permissions of the job, download that artifact yourself before it expires, or set resume: never to submit the requests again (you pay again).',
  ],
  [
    {
      code: 'restore-failed',
      artifact: 'evals',
      runId: 41,
      reason: 'results.jsonl unpacks to more than results can be',
      isUnfit: true,
    },
    'Nothing was submitted: the batch was deleted, and this run could not read its results from the artifact evals of run 41 (results.jsonl unpacks to more than results can be). Look at that artifact yourself: it is not what this action stored there, or it is damaged. Or set resume: never to submit the requests again (you pay again).',
  ],
  [
    { code: 'wait-timed-out', waitedMs: 367, onTimeout: 'fail' },
    'The batch did not end at the first check, and on-timeout is fail.',
  ],
  [
    { code: 'wait-timed-out', waitedMs: 367, onTimeout: 'cancel' },
    'This run asked the API to cancel the batch, but the batch had not ended at the first check.',
  ],
  [
    { code: 'wait-timed-out', waitedMs: 90000, onTimeout: 'fail' },
    'The batch did not end within 1 min 30 s of waiting, and on-timeout is fail.',
  ],
  [
    { code: 'wait-timed-out', waitedMs: 90000, onTimeout: 'fail-by-gate' },
    'The batch did not end within 1 min 30 s of waiting, so there are no grades to check yet. To let the step pass meanwhile, set on-timeout: pause.',
  ],
  [
    { code: 'wait-timed-out', waitedMs: 90000, onTimeout: 'cancel' },
    'This run asked the API to cancel the batch, but the batch had not ended after 1 min 30 s of waiting.',
  ],
  [
    { code: 'wait-timed-out', waitedMs: 90000, onTimeout: 'cancel-skipped' },
    'The batch did not end within 1 min 30 s of waiting. It was not canceled: a run cancels only batches that it created itself or that batch-id names. To cancel it, use the Claude Console, or set batch-id.',
  ],
  [
    { code: 'results-short', id: 'b1', came: 2, total: 3, isResumed: true },
    'The API returned results for only 2 of 3 requests of batch b1, so nothing was collected. Run again at least an hour after the batch ended. Results that are still missing then count as missing.',
  ],
  [
    { code: 'results-short', id: 'b1', came: 2, total: 0, isResumed: false },
    'The API did not report how many requests batch b1 has, so the 2 results that it returned may be incomplete. Nothing was collected. Run again at least an hour after the batch ended. Results that are still missing then count as missing.',
  ],
  [
    { code: 'results-short', id: 'b1', came: 0, total: 3, isResumed: true },
    'The API returned results for none of 3 requests of batch b1, so nothing was collected. Check in the Claude Console that the batch belongs to these requests, or set resume: never to submit them in a new batch (you pay again).',
  ],
  [
    { code: 'results-short', id: 'b1', came: 0, total: 3, isResumed: false },
    'The API returned results for none of 3 requests of batch b1, so nothing was collected. Check in the Claude Console that the batch belongs to these requests.',
  ],
  [
    { code: 'batch-unreachable', id: 'b1', reason: '503', isResumed: false, isBesideOthers: false, why: 'unseen' },
    'Could not find batch b1 within the waiting time: 503. Check the ID, and use the key of the workspace that created it. If both are right, run again with a longer wait-minutes.',
  ],
  [
    { code: 'batch-unreachable', id: 'b1', reason: '503', isResumed: false, isBesideOthers: false, why: 'not-found' },
    'The API does not know batch b1: it was deleted, or it belongs to a different workspace than this key. Check the ID, and use the key of the workspace that created it.',
  ],
  [
    { code: 'batch-unreachable', id: 'b1', reason: '503', isResumed: false, isBesideOthers: false, why: 'not-allowed' },
    'The API does not let this run read batch b1: 503. Check anthropic-api-key, or what the step signs in with.',
  ],
  [
    { code: 'batch-unreachable', id: 'b1', reason: '503', isResumed: false, isBesideOthers: false, why: 'outage' },
    'Gave up after repeatedly failing to get the status of batch b1: 503.',
  ],
  [
    { code: 'batch-unreachable', id: 'b1', reason: '503', isResumed: true, isBesideOthers: false, why: 'not-found' },
    'The API does not know batch b1: it was deleted, or it belongs to a different workspace than this key. Use the key of the workspace that created it, or set resume: never to submit these requests in a new batch (you pay again).',
  ],
  [
    { ...NOT_FOUND, isResumed: true, belongsTo: 'wrkspc_A', answeredBy: 'wrkspc_B' },
    'The API does not know batch b1: it belongs to workspace wrkspc_A, and this key or sign-in answers for wrkspc_B. Set anthropic-workspace-id: wrkspc_A, with a key or sign-in that may use it, or set resume: never to submit these requests in a new batch (you pay again).',
  ],
  [
    { ...NOT_FOUND, isResumed: false, belongsTo: 'wrkspc_A', answeredBy: 'wrkspc_B' },
    'The API does not know batch b1: it belongs to workspace wrkspc_A, and this key or sign-in answers for wrkspc_B. Set anthropic-workspace-id: wrkspc_A, with a key or sign-in that may use it.',
  ],
  [
    { ...NOT_FOUND, isResumed: true, belongsTo: 'wrkspc_A', answeredBy: 'wrkspc_A' },
    'The API does not know batch b1 in workspace wrkspc_A, which it belongs to: it was deleted. If you need the answers, set resume: never to submit these requests in a new batch (you pay again).',
  ],
  [
    { ...NOT_FOUND, isResumed: false, belongsTo: 'wrkspc_A', answeredBy: 'wrkspc_A' },
    'The API does not know batch b1 in workspace wrkspc_A, which it belongs to: it was deleted.',
  ],
  [
    { ...NOT_FOUND, isResumed: false, belongsTo: undefined, answeredBy: 'wrkspc_B' },
    'The API does not know batch b1: it was deleted, or it belongs to a different workspace than wrkspc_B, which this key or sign-in answers for. Check the ID, and use the key of the workspace that created it.',
  ],
  [
    { ...NOT_FOUND, isResumed: true, belongsTo: 'wrkspc_A', answeredBy: undefined },
    'The API does not know batch b1: it was deleted, or this key has no access to workspace wrkspc_A, which it belongs to. Use the key of the workspace that created it, or set resume: never to submit these requests in a new batch (you pay again).',
  ],
  [
    { code: 'batch-unreachable', id: 'b1', reason: '503', isResumed: false, isBesideOthers: true, why: 'unseen' },
    'Could not find batch b1 within the waiting time: 503. Check the ID, and use the key of the workspace that created it. If both are right, run again with a longer wait-minutes. Add b1 to batch-id to look for it again.',
  ],
  [
    { code: 'results-expired', id: 'b1' },
    'The results of batch b1 have expired: the API keeps them for 29 days. Set resume: never to submit the requests again (you pay again).',
  ],
  [{ code: 'results-unavailable', id: 'b1', reason: '503' }, 'Could not download the results of batch b1: 503.'],
  [
    { code: 'reuse-unavailable', id: 'b1', reason: '503', isNew: true },
    'Could not read batch b1 of an earlier run, whose results this run reuses: 503. Nothing was submitted. Run again later, or set reuse-answers: save to submit all requests (you pay again for the reused ones).',
  ],
  [
    { code: 'reuse-unavailable', id: 'b1', reason: '503', isNew: false },
    'Could not read batch b1 of an earlier run, whose results this run reuses: 503. Nothing was submitted in their place. Run again later.',
  ],
  [{ code: 'stopped', isCreating: false, isCancelRequested: false }, 'The job was stopped.'],
  [
    { code: 'stopped', isCreating: true, isCancelRequested: true },
    'The job was stopped while it was creating a batch, so one more may exist. This run asked the API to cancel the batch. Answers that it produces before then are billed and kept.',
  ],
  [
    { code: 'stopped-before-create' },
    'The job was stopped before it created a batch. Nothing was submitted. Run again.',
  ],
  [
    { code: 'stopped-during-create' },
    'The job was stopped while it was creating a batch, so one may exist. Run again with the same requests: the next run looks for it before it submits anything.',
  ],
  [
    { code: 'stopped-before-report', artifact: undefined },
    'The job was stopped after it collected the results but before it reported them. Re-run the job to get the report; you do not pay again.',
  ],
  [
    { code: 'stopped-before-report', artifact: 'evals' },
    'The job was stopped after it collected the results but before it reported them. They are in the artifact evals. Re-run the job to get the report; you do not pay again.',
  ],
  [{ code: 'unexpected-failure', reason: 'no space left. \n' }, 'The step failed unexpectedly: no space left.'],
  [
    {
      code: 'batch-canceled',
      unanswered: 6,
      total: 10,
      by: 'unknown',
      rerunSubmits: 'rest',
      hasRetryFile: false,
      keptBy: undefined,
    },
    'The batch was canceled: 6 of 10 requests have no answer. Everything that finished was collected and is billed. Re-running this job reuses the answers that came, and submits the rest.',
  ],
  [
    {
      code: 'batch-canceled',
      unanswered: 6,
      total: 10,
      by: 'unknown',
      rerunSubmits: 'everything',
      hasRetryFile: true,
      keptBy: undefined,
    },
    'The batch was canceled: 6 of 10 requests have no answer. Everything that finished was collected and is billed. If you need the rest, submit retry.jsonl (docs/results.md of this action shows how). Re-running this job submits everything again.',
  ],
  [
    {
      code: 'batch-canceled',
      unanswered: 6,
      total: 10,
      by: 'newer-push',
      rerunSubmits: 'everything',
      hasRetryFile: true,
      keptBy: undefined,
    },
    'A newer push with other requests canceled the batch (supersede: cancel): 6 of 10 requests have no answer. Everything that finished was collected and is billed. A run with these requests submits only the rest.',
  ],
  [
    {
      code: 'batch-canceled',
      unanswered: 6,
      total: 10,
      by: 'unknown',
      rerunSubmits: 'nothing',
      hasRetryFile: false,
      keptBy: undefined,
    },
    'The batch was canceled: 6 of 10 requests have no answer. Everything that finished was collected and is billed.',
  ],
  [
    {
      code: 'batch-canceled',
      unanswered: 6,
      total: 10,
      by: 'unknown',
      rerunSubmits: 'everything',
      hasRetryFile: true,
      keptBy: 'artifact-name',
    },
    'The batch was canceled: 6 of 10 requests have no answer. Everything that finished was collected and is billed. If you need the rest, submit retry.jsonl in a later step of this job, because artifact-name is empty and the file stays in results-path on the runner. Re-running this job submits everything again.',
  ],
  [
    {
      code: 'error-rate-exceeded',
      unanswered: 1,
      total: 1,
      percent: 100,
      maxPercent: 0,
      kinds: [{ kind: 'missing', count: 1 }],
      hasRetryFile: false,
      keptBy: undefined,
    },
    '1 of 1 request has no answer (100%, max-error-rate is 0%): 1 × missing. The report groups them by cause and says what to do about each.',
  ],
  ...(
    [
      [
        'failed',
        'Re-run the job: what failed for a temporary reason, or for one that you fixed, is judged again, and nothing else is paid for again.',
      ],
      ['canceled', 'Re-running the job submits only judgements again.'],
      ['all', 'Re-running the job submits all requests and judgements again, because resume is never.'],
      [
        'no-rounds',
        'Re-running the job does not ask for them again, because retry-rounds is 0. Set retry-rounds: 1 and resume: always, and run again: you pay only for these judgements.',
      ],
      ['final', 'Re-running the job does not ask for them again.'],
    ] as const
  ).map(([again, words]): [Failure, string] => [
    {
      code: 'judgements-missing',
      unjudged: 2,
      total: 8,
      percent: 25,
      maxPercent: 0,
      kinds: [{ kind: 'overloaded_error', count: 2 }],
      words: 'Busy',
      again,
    },
    `2 of 8 judgements have no result (25%, max-error-rate is 0%): 2 × overloaded_error: Busy. ${words}`,
  ]),
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
    '3 of 10 requests have no answer (30%, max-error-rate is 10%): 2 × api_error, 1 × expired. The report groups them by cause and says what to do about each.',
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
      advice: { remedy: 'retryable', again: 'requests' },
      hasRetryFile: false,
      keptBy: undefined,
    },
    '3 of 10 requests have no answer (30%, max-error-rate is 10%): 2 × api_error, 1 × expired. The report groups them by cause. Submit these requests again.',
  ],
  [
    {
      code: 'error-rate-exceeded',
      unanswered: 5,
      total: 5,
      percent: 100,
      maxPercent: 0,
      kinds: [{ kind: 'invalid_request_error', count: 5 }],
      words: 'Your credit balance is too low.',
      advice: { remedy: 'low-credit', again: 'rerun' },
      hasRetryFile: false,
      keptBy: undefined,
    },
    '5 of 5 requests have no answer (100%, max-error-rate is 0%): 5 × invalid_request_error: Your credit balance is too low. Buy credits in the Claude Console, then re-run this job.',
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
      advice: { remedy: 'missing', again: 'retry-file' },
      hasRetryFile: true,
      keptBy: 'artifact-content',
    },
    '3 of 10 requests have no answer (30%, max-error-rate is 10%): 2 × api_error, 1 × expired. The report groups them by cause. Submit retry.jsonl in a later step of this job, because artifact-content is not full and the file stays in results-path on the runner.',
  ],
  [
    { code: 'verdict-failed', because: { code: 'required-failed', first: 'refund-017', count: 1 } },
    'refund-017 is required and fails. The report lists the cases that fail.',
  ],
  [
    {
      code: 'verdict-inconclusive',
      because: { code: 'may-be-chance', drop: '2.3', maxDrop: 2, p: 0.13, significance: 0.05 },
    },
    "The pass rate is 2.3 points below the baseline's, which may be chance: 2 points are allowed, but a run that is no worse looks like this in 13 of 100 runs. The verdict is inconclusive at significance 0.05, and on-inconclusive is fail.",
  ],
  [
    {
      code: 'verdict-not-comparable',
      because: { code: 'nothing-graded', cases: 4, lacksJudge: true },
      isAlways: true,
    },
    'None of the 4 cases could be graded: llm-rubric needs a judge. Set judge-model.',
  ],
  [
    {
      code: 'verdict-not-comparable',
      because: { code: 'nothing-graded', cases: 12, lacksJudge: false },
      isAlways: true,
    },
    'None of the 12 cases could be graded. The report says why.',
  ],
  [
    {
      code: 'verdict-not-comparable',
      because: { code: 'no-baseline', why: { code: 'not-permitted' } },
      isAlways: false,
    },
    'No baseline: the token is not allowed to list artifacts, which requires the permission actions: read. The runs cannot be compared, and on-inconclusive is fail.',
  ],
  [
    { code: 'upload-failed', reason: 'quota' },
    'Collected the results, but could not upload them as an artifact: quota.',
  ],
  [{ code: 'report-not-written', folder: '/r', reason: 'ENOSPC' }, 'Could not write the report to /r: ENOSPC.'],
  [
    { code: 'files-not-moved', from: '/r/own', to: '/r', reason: 'EISDIR' },
    'Could not move the files of this step from /r/own to /r: EISDIR.',
  ],
  [{ code: 'outputs-not-set', names: [], reason: 'ENOSPC' }, 'Could not set the outputs: ENOSPC.'],
  [{ code: 'outputs-not-set', names: ['a', 'b'], reason: 'ENOSPC' }, 'Could not set the outputs a, b: ENOSPC.'],
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
      endsBy: '2026-11-23T11:20:00.000Z',
      resultsUntil: '2026-12-21T11:20:00.000Z',
    },
    'Nothing is lost. To collect them, run again with the same requests or with batch-id: b1,b2. The last batch ends by 2026-11-23 11:20 UTC. Results are available until 2026-12-21 11:20 UTC.',
  ],
  [
    {
      code: 'collect-batches',
      count: 1,
      ids: ['b1'],
      isResumable: true,
      endsBy: '2026-11-23T11:20:00.000Z',
      resultsUntil: '2026-12-21T11:20:00.000Z',
    },
    'Nothing is lost. To collect it, run again with the same requests or with batch-id: b1. The batch ends by 2026-11-23 11:20 UTC. Results are available until 2026-12-21 11:20 UTC.',
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
    'Nothing is lost. To collect them, run again with batch-id: b1,b2. Results are available for 29 days.',
  ],
  [
    {
      code: 'collect-batches',
      count: 2,
      ids: ['a,b', 'b2'],
      isResumable: false,
      endsBy: undefined,
      resultsUntil: undefined,
    },
    'Nothing is lost. To collect them, run again with batch-id: b2. Results are available for 29 days.',
  ],
  [
    {
      code: 'collect-batches',
      count: 1,
      ids: ['a b'],
      isResumable: true,
      endsBy: undefined,
      resultsUntil: undefined,
    },
    'Nothing is lost. To collect it, run again with the same requests. Results are available for 29 days.',
  ],
  [
    {
      code: 'collect-batches',
      count: 1,
      ids: ['a b'],
      isResumable: false,
      endsBy: undefined,
      resultsUntil: undefined,
    },
    'Nothing is lost. To collect it, use the Claude Console. Results are available for 29 days.',
  ],
  [
    {
      code: 'finish-judging',
      count: 1,
      ids: ['b1'],
      judgeIds: ['b2'],
      isResumable: true,
      endsBy: '2026-11-23T11:20:00.000Z',
      resultsUntil: undefined,
    },
    "Nothing is lost: the answers are in. To get the grades from the judge's batch b2, run again with the same requests. The batch ends by 2026-11-23 11:20 UTC. The judge's results are available for 29 days.",
  ],
  [
    {
      code: 'finish-judging',
      count: 2,
      ids: ['b1'],
      judgeIds: ['b2', 'b3'],
      isResumable: false,
      endsBy: undefined,
      resultsUntil: undefined,
    },
    "Nothing is lost: the answers are in. To get the grades from the judge's batches b2, b3, run again with the same requests and batch-id: b1. The judge's results are available for 29 days.",
  ],
  [
    {
      code: 'finish-judging',
      count: 0,
      ids: ['b1'],
      judgeIds: [],
      isResumable: true,
      endsBy: undefined,
      resultsUntil: undefined,
    },
    'Nothing is lost: the answers are in. To get them judged, run again with the same requests: only the judgements are submitted then. Results are available for 29 days.',
  ],
  [
    {
      code: 'later-job-collects',
      job: 'collect',
      count: 1,
      endsBy: '2026-11-23T11:20:00.000Z',
      resultsUntil: undefined,
    },
    'Nothing is lost: the job collect of this run collects the results. The batch ends by 2026-11-23 11:20 UTC. Results are available for 29 days.',
  ],
  [
    {
      code: 'waker-collects',
      workflow: 'Wake',
      isScheduled: true,
      count: 1,
      endsBy: undefined,
      resultsUntil: undefined,
    },
    'Nothing is lost: the workflow Wake re-runs this job once the batch has ended. Results are available for 29 days.',
  ],
  [
    {
      code: 'waker-collects',
      workflow: 'Wake',
      isScheduled: false,
      count: 2,
      endsBy: undefined,
      resultsUntil: undefined,
    },
    'Nothing is lost: start the workflow Wake once the batches have ended, and it re-runs this job. Results are available for 29 days.',
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
