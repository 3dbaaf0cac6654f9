import type { FailedStep, JudgedAgain } from '../../src/core/messages/failures.ts';
import type { Message } from '../../src/core/messages/message.ts';
import { type Problem, wordsOfProblem } from '../../src/core/messages/problems.ts';
import type { LeftBecause } from '../../src/core/messages/waking.ts';
import { failurePattern, logPattern, textPattern } from '../log-pattern.ts';

const any = '…';
const error = { reason: any };
const quoted = { code: 'quoted', text: any } as const;
const answer = { ...error, requestId: undefined };
const target = { number: 7, of: 'pull-request' } as const;
const batch = { id: any, ...error };
const unanswered = { unanswered: 2, total: 2, hasRetryFile: true, keptBy: undefined };
const rate = { ...unanswered, percent: 100, maxPercent: 0, kinds: [{ kind: any, count: 2 }] };
const unjudged = { unjudged: 2, total: 2, percent: 100, maxPercent: 0, kinds: [{ kind: any, count: 2 }] };
const AGAIN = ['failed', 'canceled', 'all', 'no-rounds', 'final'] as const satisfies readonly JudgedAgain[];
const identity = { subject: any, audience: any, otherSubject: any };
const unknown = { code: 'unknown-model', name: any, meant: undefined, examples: [], isForeign: false } as const;

/** Messages by which a run names what it does without, with any text for their facts. */
const MESSAGES = [
  { code: 'records-not-read' },
  { code: 'record-not-saved' },
  { code: 'record-foreign' },
  { code: 'record-hidden' },
  { code: 'cache-not-read', ...error },
  { code: 'cache-not-saved', ...error },
  { code: 'cache-read-only' },
  { code: 'record-artifacts-forbidden' },
  { code: 'record-artifacts-not-read', ...error },
  { code: 'record-artifact-not-saved', ...error },
  { code: 'comment-not-written', target, kind: undefined, ...error },
  { code: 'comment-not-written', target: undefined, kind: undefined, ...error },
  { code: 'comment-not-updated', target, kind: undefined, ...error },
  { code: 'comment-not-read-again', ...error },
  { code: 'job-start-unknown', ...error, isForbidden: false },
  { code: 'job-start-unknown', ...error, isForbidden: true },
  { code: 'count-incomplete', counted: 0, reason: any },
  { code: 'count-incomplete', counted: 1, reason: any },
  { code: 'batch-list-failed', ...error, pauseMs: 1_000 },
  { code: 'create-delayed', ...error, pauseMs: 1_000 },
  { code: 'create-uncertain', ...error },
  { code: 'other-run-silent', runId: 1, name: any, silentMs: 1_000 },
  { code: 'other-run-silent', runId: undefined, name: undefined, silentMs: 1_000 },
  { code: 'run-yielded', runId: 1, name: any },
  { code: 'results-incomplete', ...batch, pauseMs: 1_000 },
  { code: 'page-not-uploaded', path: any, ...error },
  { code: 'deletion-failed', ...error },
  { code: 'cancel-failed', ...batch },
  { code: 'collected-not-recorded', ...error },
  { code: 'answers-not-read', ...error },
  { code: 'answers-not-saved', ...error },
  { code: 'answers-dropped', why: 'wrong-form' },
  { code: 'answers-dropped', why: 'unreadable' },
  { code: 'answers-dropped', why: 'other-version' },
  { code: 'reuse-lost', of: 'answer', id: any, batches: 1, count: 1, reason: '' },
  { code: 'reuse-lost', of: 'answer', id: any, batches: 1, count: 1, reason: any },
  { code: 'reuse-lost', of: 'judgement', id: any, batches: 1, count: 1, reason: '' },
  { code: 'reuse-lost', of: 'judgement', id: any, batches: 1, count: 1, reason: any },
  { code: 'no-baseline', why: { code: 'not-listed', reason: quoted } },
  { code: 'no-baseline', why: { code: 'not-permitted' } },
  { code: 'baseline-refused', runId: 1, refusal: { code: 'unread', reason: quoted } },
  { code: 'baseline-not-read', ...error },
  { code: 'baseline-answers-not-read', ...error },
  { code: 'grades-not-uploaded', ...error },
  { code: 'pause-note-failed', ...error },
  { code: 'pause-job-unknown', ...error, isForbidden: false },
  { code: 'pause-job-unknown', ...error, isForbidden: true },
  { code: 'pause-note-not-removed', ...error },
  { code: 'paused-run-not-read', ...error },
  { code: 'rerun-refused', runId: 1, ...error },
  { code: 'waking-failed', why: 'list', ...error },
  { code: 'waking-failed', why: 'key', ...error },
  { code: 'waking-failed', why: 'api', ...error },
  { code: 'waking-failed', why: 'rerun', ...error },
] as const satisfies readonly Message[];

const notListed = { code: 'not-listed', reason: quoted } as const;
const notRead = { code: 'refused', runId: 1, refusal: { code: 'unread', reason: quoted } } as const;
const lost = { ...batch, isResumed: true, isBesideOthers: false };

/** Reasons for which a run fails. */
const FAILURES = [
  { code: 'create-refused', status: 400, ...answer },
  { code: 'create-refused', status: 413, ...answer },
  { code: 'key-refused', status: 401, words: any, isOfApi: true, requestId: undefined },
  { code: 'key-refused', status: 401, words: '', isOfApi: false, requestId: undefined },
  { code: 'key-refused', status: 403, words: any, isOfApi: true, requestId: undefined },
  { code: 'key-refused', status: 403, words: '', isOfApi: false, requestId: undefined },
  { code: 'sign-in-denied', status: 401, words: any, isOfApi: true, requestId: undefined, identity },
  { code: 'sign-in-denied', status: 400, words: any, isOfApi: true, requestId: undefined, identity },
  { code: 'sign-in-denied', status: 401, words: '', isOfApi: false, requestId: undefined, identity },
  { code: 'identity-token-refused', status: 403, words: '' },
  { code: 'identity-token-refused', status: 403, words: any },
  { code: 'create-forbidden', ...answer },
  { code: 'api-busy', ...answer },
  { code: 'api-unreachable', ...answer },
  { code: 'api-unreachable', ...answer, isOfSignIn: true },
  { code: 'create-broken-off', attempts: 3, ...error },
  { code: 'lost-batch-unknown', ...error },
  { code: 'restore-failed', artifact: any, runId: 1, ...error },
  { code: 'restore-failed', artifact: any, runId: 1, ...error, isUnfit: true },
  { code: 'results-deleted', runId: 1 },
  { code: 'wait-timed-out', waitedMs: 1_000, onTimeout: 'cancel' },
  { code: 'batch-unreachable', why: 'unseen', ...lost },
  { code: 'batch-unreachable', why: 'unseen', ...lost, isResumed: false },
  { code: 'batch-unreachable', why: 'not-found', ...lost },
  { code: 'batch-unreachable', why: 'not-found', ...lost, belongsTo: any, answeredBy: any },
  { code: 'batch-unreachable', why: 'not-found', ...lost, belongsTo: any, answeredBy: undefined },
  { code: 'batch-unreachable', why: 'not-allowed', ...lost },
  { code: 'batch-unreachable', why: 'outage', ...lost },
  { code: 'results-expired', id: any },
  { code: 'results-unavailable', ...batch },
  { code: 'reuse-unavailable', ...batch, isNew: true },
  { code: 'reuse-unavailable', ...batch, isNew: false },
  { code: 'results-short', id: any, came: 0, total: 2, isResumed: true },
  { code: 'results-short', id: any, came: 0, total: 2, isResumed: false },
  { code: 'unexpected-failure', ...error },
  { code: 'batch-canceled', by: 'unknown', rerunSubmits: 'everything', ...unanswered },
  { code: 'batch-canceled', by: 'unknown', rerunSubmits: 'rest', ...unanswered },
  { code: 'error-rate-exceeded', ...rate },
  { code: 'error-rate-exceeded', ...rate, advice: { remedy: 'missing', again: 'retry-file' } },
  { code: 'error-rate-exceeded', ...rate, advice: { remedy: 'expired', again: 'rerun' } },
  { code: 'error-rate-exceeded', ...rate, words: any },
  { code: 'error-rate-exceeded', ...rate, words: any, advice: { remedy: 'retryable', again: 'rerun' } },
  {
    code: 'error-rate-exceeded',
    ...rate,
    words: any,
    advice: { remedy: 'invalid_request_error', again: 'retry-file' },
  },
  ...AGAIN.map((again) => ({ code: 'judgements-missing' as const, ...unjudged, again })),
  { code: 'judging-left' },
  { code: 'reuse-gone', count: 1, problem: unknown },
  { code: 'reuse-gone', count: 2, problem: unknown },
  { code: 'judging-refused', judgements: 1, problem: unknown },
  { code: 'judging-refused', judgements: 2, problem: unknown },
  { code: 'baseline-not-permitted' },
  { code: 'verdict-not-comparable', because: { code: 'no-baseline', why: notListed }, isAlways: false },
  { code: 'verdict-not-comparable', because: { code: 'no-baseline', why: notRead }, isAlways: false },
  { code: 'upload-failed', ...error },
] as const satisfies readonly FailedStep['failures'][number][];

/** Problems with requests, as warnings or as the reason why nothing is sent. */
const PROBLEMS = [
  { code: 'model-not-checked', names: [any], moreNames: 0, reason: any },
  { code: 'model-not-checked', names: [any], moreNames: 0, reason: any, isForbidden: true },
  unknown,
  {
    code: 'over-budget',
    basis: 'upper',
    requests: 2,
    worstUsd: 326_000_000_000n,
    likelyUsd: 86_000_000_000n,
    maxCostUsd: 200_000_000_000n,
    maxTokens: undefined,
  },
  { code: 'input-folder', ...error },
  { code: 'count-refused', ...error },
  { code: 'counts-refused', ...error },
] as const satisfies readonly Problem[];

const undeleted = { kind: 'not-deleted', batch_id: any, reason: any } as const;

/** Why the waker leaves a job for another round, or for good. */
const LEFT_BECAUSES = [
  'claimed',
  'not-checked',
  'api-failed',
  'github-failed',
  'note-unreadable',
  'run-again',
  'run-gone',
  'one-at-a-time',
  'branch-busy',
  'run-in-progress',
  'job-unknown',
  'batch-gone',
  'refused',
] as const satisfies readonly LeftBecause[];

export type Code =
  | (typeof MESSAGES | typeof FAILURES | typeof PROBLEMS)[number]['code']
  | 'batch-not-deleted'
  | 'paused-left';

const PATTERNS: readonly { readonly code: Code; readonly pattern: RegExp }[] = [
  ...MESSAGES.map((message) => ({ code: message.code, pattern: logPattern(message) })),
  // Whether a 403 means a missing permission is up to GitHub's words.
  { code: 'record-artifacts-not-read', pattern: logPattern({ code: 'record-artifacts-forbidden' }) },
  ...PROBLEMS.map((problem) => {
    const { what } = wordsOfProblem(problem);
    return { code: problem.code, pattern: textPattern(what) };
  }),
  ...(['api-refused', 'artifact-not-verified', 'no-artifact'] as const).map((why) => ({
    code: 'batch-not-deleted' as const,
    pattern: logPattern({ code: 'batch-notice', notice: { ...undeleted, why } }),
  })),
  ...LEFT_BECAUSES.map((because) => ({
    code: 'paused-left' as const,
    pattern: logPattern({ code: 'paused-left', because, count: 1, runs: 1, runIds: [1] }),
  })),
  ...LEFT_BECAUSES.map((because) => ({
    code: 'paused-left' as const,
    pattern: logPattern({ code: 'paused-left', because, count: 2, runs: 1, runIds: [1] }),
  })),
  ...FAILURES.map((failure) => ({ code: failure.code, pattern: failurePattern(failure) })),
];

/** The codes of what a run says, in its log, that it does without or fails for. */
export function codesIn(log: string): readonly Code[] {
  return [...new Set(PATTERNS.flatMap(({ code, pattern }) => (pattern.test(log) ? [code] : [])))];
}
