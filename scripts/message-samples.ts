import { type Failure, printFailedStep } from '../src/core/messages/failures.ts';
import { type Message, printMessage } from '../src/core/messages/message.ts';
import { printReason } from '../src/core/messages/reasons.ts';

const reason = 'no response within 20 s';

const id = 'msgbatch_01Ab';
const disconnected = 'the connection to the API failed (connect ETIMEDOUT)';

/** Messages with typical facts, for the documents that list them by code. */
const MESSAGES: readonly Message[] = [
  {
    code: 'comment-not-written',
    target: { number: 7, of: 'pull-request' },
    kind: 'forbidden',
    reason: printReason({ code: 'github-forbidden', call: { code: 'create-comment', issue: 7 } }),
  },
  { code: 'comment-not-allowed-for-fork' },
  { code: 'strangers-code', event: 'pull_request_target' },
  { code: 'record-hidden' },
  { code: 'cache-read-only' },
  { code: 'cache-mode-unfit', mode: 'write-only' },
  { code: 'cache-not-read', reason },
  { code: 'cache-not-saved', reason },
  { code: 'answers-not-read', reason },
  { code: 'answers-not-saved', reason: printReason({ code: 'cache-read-only' }) },
  { code: 'answers-dropped', why: 'wrong-form' },
  { code: 'reuse-lost', of: 'answer', id, batches: 1, count: 12, reason: '404 not_found_error' },
  { code: 'reuse-left-out', count: 12, batches: 20 },
  { code: 'reuse-too-many', total: 250_000, most: 200_000 },
  { code: 'reuse-outdated', of: 'answer', id, batches: 1, count: 12 },
  { code: 'reuse-resent', count: 12, usd: 10_000_000_000_000n },
  { code: 'answers-old', days: 9 },
  { code: 'wait-cost-more' },
  { code: 'handed-over', job: 'collect', batches: 1, requests: 1_319 },
  { code: 'collector-in-doubt', job: 'collect', because: ['if'] },
  { code: 'green-without-evidence', gates: ['min-pass-rate'], because: 'on-timeout' },
  { code: 'answers-unavailable', count: 12 },
  { code: 'judgements-unavailable', count: 12 },
  { code: 'record-artifacts-forbidden' },
  { code: 'record-artifacts-not-read', reason },
  { code: 'record-artifact-not-saved', reason },
  {
    code: 'results-path-shared',
    path: '/home/runner/work/_temp/claude-batch/evals',
    folder: '/home/runner/work/_temp/claude-batch/evals/claude-batch-6f1c…',
  },
  { code: 'no-artifact-service', folder: '/home/runner/work/_temp/claude-batch/evals' },
  { code: 'secret-in-results', files: ['results.jsonl'], isUploaded: true },
  { code: 'secret-in-requests' },
  { code: 'grades-name-shared', name: 'evals' },
  { code: 'grades-not-uploaded', reason: 'the artifact service returned 403' },
  { code: 'no-baseline', why: { code: 'not-permitted' } },
  { code: 'baseline-refused', runId: 812, refusal: { code: 'fork' } },
  { code: 'baseline-not-read', reason: 'ENOENT: no such file or directory' },
  { code: 'baseline-answers-not-read', reason: printReason({ code: 'artifact-foreign' }) },
  {
    code: 'pause-job-unknown',
    reason: printReason({ code: 'github-forbidden', call: { code: 'list-jobs' } }),
    isForbidden: true,
  },
  { code: 'pause-note-failed', reason },
  { code: 'paused-left', because: 'running', count: 2, runs: 2, runIds: [812, 815] },
  {
    code: 'waking-failed',
    why: 'rerun',
    reason: printReason({ code: 'github-forbidden', call: { code: 'rerun-job', jobId: 4711 } }),
  },
  { code: 'waking-inputs-idle', inputs: ['min-pass-rate', 'wait-minutes'] },
  { code: 'waking-pull-request' },
  { code: 'run-skipped', why: 'fork' },
  {
    code: 'still-running',
    of: 'answers',
    count: 1,
    next: {
      code: 'collect-batches',
      count: 1,
      ids: ['msgbatch_01Ab'],
      isResumable: true,
      endsBy: '2026-11-23T11:20:00Z',
      resultsUntil: '2026-12-21T11:20:00Z',
    },
  },
  {
    code: 'comment-not-written',
    target: { number: 7, of: 'pull-request' },
    kind: 'forbidden',
    reason: 'the token is not allowed to comment on #7 (403)',
  },
  { code: 'comment-not-allowed-for-fork' },
  { code: 'create-uncertain', reason: disconnected },
  { code: 'batch-list-failed', reason: disconnected, pauseMs: 4_000 },
  { code: 'create-delayed', reason: disconnected, pauseMs: 4_000 },
  { code: 'job-start-unknown', reason: disconnected, isForbidden: true },
  { code: 'results-incomplete', id, reason: disconnected, pauseMs: 4_000 },
];

const requestId = 'req_01Ab';
const counts = { unanswered: 12, total: 1_319, hasRetryFile: true, keptBy: undefined };

/** Failures with typical facts. */
const FAILURES: readonly Failure[] = [
  { code: 'baseline-not-permitted' },
  {
    code: 'create-refused',
    status: 400,
    reason: '400 invalid_request_error: max_tokens: 99999 > 64000',
    requestId,
  },
  { code: 'key-refused', status: 401, words: 'invalid x-api-key', isOfApi: true, requestId },
  {
    code: 'sign-in-denied',
    status: 401,
    words: 'Authentication failed',
    isOfApi: true,
    requestId,
    identity: {
      subject: 'repo:octo-org@9919/evals@100200:pull_request',
      audience: 'https://api.anthropic.com',
      otherSubject: 'repo:octo-org/evals:pull_request',
    },
  },
  { code: 'lost-batch-unknown', reason: disconnected },
  { code: 'lost-batch-ambiguous', total: 2, ids: [id, 'msgbatch_01Cd'] },
  { code: 'create-broken-off', attempts: 3, reason: disconnected },
  { code: 'spend-limit-reached', reason: '429 rate_limit_error: spend limit reached', requestId },
  { code: 'create-forbidden', reason: '404 not_found_error: Not Found', requestId },
  { code: 'api-busy', reason: '429 rate_limit_error: too many requests', requestId },
  { code: 'api-unreachable', reason: disconnected, requestId: undefined },
  { code: 'sent-in-part' },
  { code: 'wait-timed-out', waitedMs: 3_600_000, onTimeout: 'fail' },
  { code: 'stopped', isCreating: false, isCancelRequested: false },
  {
    code: 'batch-unreachable',
    id,
    why: 'not-found',
    reason: '404 not_found_error',
    isResumed: true,
    isBesideOthers: false,
  },
  { code: 'results-unavailable', id, reason: disconnected },
  { code: 'reuse-unavailable', id, reason: disconnected, isNew: true },
  { code: 'results-short', id, came: 1_312, total: 1_319, isResumed: true },
  { code: 'results-expired', id },
  {
    code: 'error-rate-exceeded',
    percent: 0.91,
    maxPercent: 0,
    kinds: [{ kind: 'overloaded_error', count: 12 }],
    words: 'Overloaded',
    advice: { remedy: 'retryable', again: 'rerun' },
    ...counts,
  },
  { code: 'batch-canceled', by: 'unknown', rerunSubmits: 'everything', ...counts },
  {
    code: 'verdict-failed',
    because: { code: 'fell', drop: '3.67', maxDrop: 2, p: 0.0059, significance: 0.05 },
  },
  {
    code: 'verdict-inconclusive',
    because: { code: 'may-be-chance', drop: '2.33', maxDrop: 2, p: 0.13, significance: 0.05 },
  },
  {
    code: 'verdict-not-comparable',
    because: { code: 'too-many-ungraded', undecided: 300, cases: 300, maxPercent: 5, lacksJudge: false },
    isAlways: true,
  },
  { code: 'judging-left' },
  {
    code: 'reuse-gone',
    count: 12,
    problem: {
      code: 'over-budget',
      input: 'max-cost-usd',
      basis: 'upper',
      requests: 12,
      worstUsd: 30_000_000_000_000n,
      likelyUsd: 10_000_000_000_000n,
      maxCostUsd: 5_000_000_000_000n,
      maxTokens: undefined,
    },
  },
  {
    code: 'judging-refused',
    judgements: 1_319,
    problem: {
      code: 'over-budget',
      input: 'max-cost-usd',
      basis: 'upper',
      requests: 0,
      judgements: 1_319,
      worstUsd: 3_000_000_000_000_000n,
      likelyUsd: 1_200_000_000_000_000n,
      maxCostUsd: 1_000_000_000_000_000n,
      maxTokens: undefined,
    },
  },
  {
    code: 'judgements-missing',
    unjudged: 300,
    total: 300,
    percent: 100,
    maxPercent: 0,
    kinds: [{ kind: 'overloaded_error', count: 300 }],
    words: 'Overloaded',
    again: 'failed',
  },
  { code: 'upload-failed', reason: 'the artifact service returned 403' },
  { code: 'unexpected-failure', reason: 'ENOSPC: no space left on device' },
];

/** Code → its sentence. */
export const SENTENCES: ReadonlyMap<string, string> = new Map([
  ...MESSAGES.map((message) => [message.code, printMessage(message)] as const),
  ...FAILURES.map((failure) => [failure.code, printFailedStep({ failures: [failure], next: undefined })] as const),
]);
