import type { ApiError } from '../../ports/api.ts';
import type { GitHubContext } from '../inputs/context.ts';
import { canCallApi } from '../inputs/credential.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Failure } from '../messages/failures.ts';
import type { CreateErrorClass } from '../polling/error-class.ts';
import type { Whereabouts } from '../record/whereabouts.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import {
  type Failed,
  failuresOf,
  type Outcome,
  type Pending,
  type Rejected,
  type Skipped,
  type Underway,
} from './outcome.ts';

/** No credential, because the event comes without secrets: ends quietly. Undefined otherwise, and for a dry run, which needs no credential. */
export function skip(inputs: Pick<Inputs, 'api' | 'dryRun'>, context: GitHubContext): Skipped | undefined {
  const { untrusted } = context;
  if (untrusted === undefined || inputs.dryRun || canCallApi({ inputs, context })) return undefined;
  return { status: 'skipped', why: untrusted };
}

/** The wait timed out while a batch is still running. `cancel-skipped`: none of the batches is this run's to cancel. */
export function waitTimedOut(underway: Underway, onTimeout: Inputs['onTimeout'] | 'cancel-skipped'): Pending {
  if (onTimeout === 'pause') return pending(underway);
  return pending(underway, { code: 'wait-timed-out', waitedMs: underway.waitedMs, onTimeout });
}

/** Submitted, and a later job does the rest. Has no batch if every request takes an earlier answer. */
export function handedOver(underway: Underway): Pending {
  return { ...pending(underway), handedOver: true };
}

/**
 * The job was cancelled, superseded or ran out of time. `isCancelRequested`: the API was asked to cancel what is still running;
 * `isCreating`: a create was in flight and may have made a batch.
 */
export function stopped(
  underway: Underway,
  { isCancelRequested, isCreating }: { isCancelRequested: boolean; isCreating: boolean },
): Pending | Failed {
  if (underway.batches.length > 0) return pending(underway, { code: 'stopped', isCreating, isCancelRequested });
  return failed({ code: isCreating ? 'stopped-during-create' : 'stopped-before-create' });
}

/** A create that certainly made no batch: `rejected` if the key or the batch was refused, else `failed`. */
export function createFailed(
  why: Extract<CreateErrorClass, { kind: 'refused' | 'failed' }>,
  refusal: ApiError,
): Rejected | Failed {
  const { message, requestId, status, reason } = refusal;
  const error = { reason: message, requestId };
  if (why.kind === 'refused') return rejected({ code: 'create-refused', status, ...error });
  const isKeyRefused = why.why === 'not-allowed' && (status === 401 || status === 403);
  if (isKeyRefused) return rejected(keyRefused(refusal));
  const isOfSignIn = reason.code === 'identity-token-failed' || reason.code === 'sign-in-failed';
  const failure = { code: CREATE_FAILURES[why.why], ...error };
  return failed(
    failure.code === 'api-unreachable' && isOfSignIn ? { ...failure, code: failure.code, isOfSignIn } : failure,
  );
}

/** Whether a failure is one of `keyRefused`. */
export function isOfCredential({ code }: Failure): boolean {
  return code === 'key-refused' || code === 'sign-in-denied' || code === 'identity-token-refused';
}

/** The API does not know the key, does not permit it this call, or denied the sign-in. */
export function keyRefused({ status = 0, reason, requestId, isSignedIn }: ApiError): Failure {
  if (reason.code === 'sign-in-denied') return { ...reason, requestId };
  if (reason.code === 'identity-token-refused') return reason;
  const { type, text } = reason.code === 'api-answered' ? reason : { type: '', text: '' };
  const refusal = { status, words: toPlainLine(text, MAX_WORDS), isOfApi: type !== '', requestId };
  return { code: 'key-refused', ...refusal, ...(isSignedIn ? { isSignedIn } : {}) };
}

/** Longest quote of the API's own words in a sentence, in characters. */
export const MAX_WORDS = 200;

const CREATE_FAILURES = {
  'spend-limit': 'spend-limit-reached',
  'not-allowed': 'create-forbidden',
  busy: 'api-busy',
  unreachable: 'api-unreachable',
} as const;

/** Most batches to name for a person to choose from. */
const MAX_NAMED = 20;

/** Several batches may come from one interrupted create: a person must choose. */
export function ambiguousBatch(ids: readonly string[]): Failed {
  return failed({ code: 'lost-batch-ambiguous', ids: ids.slice(0, MAX_NAMED), total: ids.length });
}

/** A batch cannot be read: it does not exist, the key may not read it, the API is down, or it did not show up in time. */
export function batchUnreachable(
  underway: Underway,
  {
    id,
    why,
    reason,
    belongsTo,
    answeredBy,
  }: { id: string; why: 'unseen' | 'not-found' | 'not-allowed' | 'outage'; reason: string } & Partial<Whereabouts>,
  isResumed: boolean,
): Pending | Failed | Rejected {
  const others = underway.batches.filter((batch) => batch.id !== id);
  const batches = why === 'not-found' ? others : underway.batches;
  const isLost = why === 'not-found' && (isResumed || others.length === 0);
  // A batch that nobody ever saw is not in the list, but may exist.
  const isBesideOthers = why !== 'not-found' && batches.length > 0 && others.length === batches.length;
  const whereabouts = why === 'not-found' ? { belongsTo, answeredBy } : {};
  const failure = { code: 'batch-unreachable', id, why, reason, isResumed, isBesideOthers, ...whereabouts } as const;
  if (isLost) return { ...failed(failure), ...goneOf(underway), lostBatch: id };
  if (why === 'not-allowed' && batches.length === 0) return rejected(failure);
  return pendingOrFailed({ ...underway, batches }, failure);
}

export function resultsUnavailable(
  underway: Underway,
  { id, reason }: { id: string; reason: string },
): Pending | Failed {
  const isExpired = underway.batches.some((batch) => batch.id === id && batch.archivedAt !== null);
  if (isExpired) return { ...failed({ code: 'results-expired', id }), ...goneOf(underway) };
  return pendingOrFailed(underway, { code: 'results-unavailable', id, reason });
}

/**
 * A batch of an earlier run, whose answers this run reuses, cannot be read now. Its requests are not sent, since a later run may still
 * get the answers. `isNew`: nothing was decided before this run, so another input lets it send them.
 */
export function reuseUnavailable(
  underway: Underway,
  { id, reason }: { id: string; reason: string },
  isNew: boolean,
): Pending | Failed {
  return pendingOrFailed(underway, { code: 'reuse-unavailable', id, reason, isNew });
}

/** The batch has more requests than results came, which may still change: nothing is collected. */
export function resultsShort(
  underway: Underway,
  { id, came, total, isResumed }: { id: string; came: number; total: number; isResumed: boolean },
): Pending {
  return pending(underway, { code: 'results-short', id, came, total, isResumed });
}

/** A bug or a full disk. Existing batches stay collectable. */
export function unexpectedFailure(underway: Underway, reason: string): Pending | Failed {
  return pendingOrFailed(underway, { code: 'unexpected-failure', reason });
}

/** Earlier answers to this many requests have disappeared since the others were sent, and these may not be sent. */
export function reuseGone(underway: Underway, count: number, refusal: Rejected): Pending | Rejected {
  const [problem] = refusal.problems;
  if (underway.batches.length === 0 || problem === undefined) return refusal;
  return pending(underway, { code: 'reuse-gone', count, problem });
}

/** A round was only partly sent: its existing batches stay, and the next run continues. */
export function sentInPart(underway: Underway, ended: Rejected | Failed): Outcome {
  if (underway.batches.length === 0) return ended;
  const rest: Failure[] = underway.resumable ? [{ code: 'sent-in-part' }] : [];
  return pending(underway, ...failuresOf(ended), ...rest);
}

/** The answers are in, but not the judgements: a later run collects the answers and continues with the judgements. */
export function judgingLeft(underway: Underway, ended: Outcome): Pending {
  const failures = failuresOf(ended);
  return failures.length === 0 ? pending(underway) : pending(underway, { code: 'judging-left' }, ...failures);
}

/** No batch is known to be alive. */
export function failed(...failures: readonly Failure[]): Failed {
  return { status: 'failed', failures };
}

function rejected(failure: Failure): Rejected {
  return { status: 'rejected', problems: [], failures: [failure] };
}

function pending(underway: Underway, ...failures: readonly Failure[]): Pending {
  return { status: 'pending', ...underway, failures };
}

function pendingOrFailed(underway: Underway, failure: Failure): Pending | Failed {
  return underway.batches.length === 0 ? failed(failure) : pending(underway, failure);
}

/** Batches that existed and can no longer be collected. */
function goneOf({ batches, requestCount }: Underway): Pick<Failed, 'batches' | 'requestCount'> {
  return batches.length === 0 ? {} : { batches, requestCount };
}
