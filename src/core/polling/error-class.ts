import type { ApiError } from '../../ports/api.ts';

const MINUTE_MS = 60_000;
/** How long a new or just ended batch may be missing in parts of the API (anthropic-sdk-python#1432), in ms. */
export const NOT_FOUND_FOR_MS = 5 * MINUTE_MS;
/** Longest tolerated outage of the API or the network, in ms. */
const OUTAGE_FOR_MS = 15 * MINUTE_MS;

/** What a failed look at a batch (or at its results) means. */
export type LookErrorClass =
  | { readonly kind: 'retryable' }
  /** The key may not see it, or the batch does not exist: another look would give the same result. */
  | { readonly kind: 'lost'; readonly why: 'not-found' | 'not-allowed' }
  | { readonly kind: 'outage' };

/** Start of the current series of failed looks, and of the 404s at its end. In ms since the epoch. */
export interface FailingSince {
  readonly anyMs: number;
  readonly notFoundMs: number | undefined;
}

/** Whether the API does not know the key: it will answer every call the same way. */
export function isKeyUnknown({ status }: Pick<ApiError, 'status'>): boolean {
  return status === 401;
}

/** Adds a failure. A successful look ends the series; any other error ends the 404s within it. */
export function noteFailure(row: FailingSince | undefined, { status }: ApiError, nowMs: number): FailingSince {
  return { anyMs: row?.anyMs ?? nowMs, notFoundMs: status === 404 ? (row?.notFoundMs ?? nowMs) : undefined };
}

/** Classifies the last failure. Accepts a 404 only after minutes of 404s, however long other failures came before. */
export function classifyLookError({ status }: ApiError, row: FailingSince, nowMs: number): LookErrorClass {
  if (status === 404) {
    const isBelieved = nowMs - (row.notFoundMs ?? nowMs) >= NOT_FOUND_FOR_MS;
    return isBelieved ? { kind: 'lost', why: 'not-found' } : { kind: 'retryable' };
  }
  if (status !== undefined && status < 500 && ![408, 409, 429].includes(status))
    return { kind: 'lost', why: 'not-allowed' };
  return nowMs - row.anyMs < OUTAGE_FOR_MS ? { kind: 'retryable' } : { kind: 'outage' };
}

/** Meaning of a failed create. Only a create that certainly made no batch is repeated. */
export type CreateErrorClass =
  | { readonly kind: 'wait'; readonly pauseMs: number }
  /** The API refused the batch itself. */
  | { readonly kind: 'refused' }
  /** No batch was made, and sending again would not help. */
  | { readonly kind: 'failed'; readonly why: 'spend-limit' | 'not-allowed' | 'busy' | 'unreachable' }
  /** A batch may exist. */
  | { readonly kind: 'uncertain' };

/** Error codes that mean no batch was made, whatever the status. Source: the API's error reference. */
const SPEND_LIMITS = ['enforced_spend_limit_reached', 'contract_spend_limit_reached'];
/** Settings of the workspace or organization that a person must change. */
const FINAL = ['workspace_human_review_disabled', 'cmek_key_disabled', 'organization_on_hold'];
const PASSING = ['ramp_limit_exceeded', 'cmek_key_unreachable', 'cmek_context_unavailable'];
/** After this long, in ms, a refused connection is a wrong address or an outage to report. */
const UNREACHABLE_FOR_MS = 5 * MINUTE_MS;
const MAX_PAUSE_MS = MINUTE_MS;

/**
 * Classifies a failed create. `attempts` counts the creates so far, `lastedMs` the time since the first. Waits for a busy API until
 * `patienceMs` have passed.
 */
export function classifyCreateError(
  error: ApiError,
  {
    attempts,
    lastedMs,
    patienceMs,
  }: { readonly attempts: number; readonly lastedMs: number; readonly patienceMs: number },
): CreateErrorClass {
  const pauseMs = Math.max(Math.min(1_000 * 2 ** (attempts - 1), MAX_PAUSE_MS), error.retryAfterMs ?? 0);
  if (error.reach === 'unsent') {
    return lastedMs + pauseMs < UNREACHABLE_FOR_MS ? { kind: 'wait', pauseMs } : { kind: 'failed', why: 'unreachable' };
  }
  const { status, errorCode = '' } = error;
  if (SPEND_LIMITS.includes(errorCode)) return { kind: 'failed', why: 'spend-limit' };
  if (FINAL.includes(errorCode)) return { kind: 'refused' };
  if (status === 429 || PASSING.includes(errorCode)) {
    return lastedMs + pauseMs < patienceMs ? { kind: 'wait', pauseMs } : { kind: 'failed', why: 'busy' };
  }
  if (status === 400 || status === 413 || status === 422) return { kind: 'refused' };
  if (status === undefined || status >= 500 || status === 408 || status === 409 || status < 400)
    return { kind: 'uncertain' };
  return { kind: 'failed', why: 'not-allowed' };
}
