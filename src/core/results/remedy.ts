import type { Advice, Remedy } from '../messages/advice.ts';
import type { FailureGroup } from './accounts.ts';

/** How an unanswered request ended. Type and message belong to its error; a mixture of kinds has no message. */
export interface Unanswered {
  readonly outcome: FailureGroup['outcome'];
  readonly type?: string | null | undefined;
  readonly message?: string | null | undefined;
}

/** When resending a request may bring an answer: at once, or only after a person has fixed the account or the key. */
export type Retry = 'soon' | 'after-fix' | 'never';

const RETRIES: Partial<Record<Remedy, Retry>> = {
  expired: 'soon',
  missing: 'soon',
  retryable: 'soon',
  'low-credit': 'after-fix',
  authentication_error: 'after-fix',
  billing_error: 'after-fix',
  permission_error: 'after-fix',
};

export function retryOf(request: Unanswered): Retry {
  return RETRIES[remedyOf(request)] ?? 'never';
}

/** Temporary error types. */
const PASSING = new Set(['api_error', 'overloaded_error', 'rate_limit_error', 'timeout_error']);

/** Error types with their own remedy. */
const KNOWN_TYPES: ReadonlyMap<string, Remedy> = new Map(
  (
    [
      'authentication_error',
      'billing_error',
      'invalid_request_error',
      'not_found_error',
      'permission_error',
      'request_too_large',
    ] as const
  ).map((type) => [type, type]),
);

/** These come as invalid_request_error, like all faults of a request. */
const KNOWN_MESSAGES: readonly (readonly [RegExp, Remedy])[] = [
  [/credit balance is too low/i, 'low-credit'],
  [/^max_tokens: \d+ > \d+/, 'max-tokens'],
  [/prompt is too long/i, 'long-prompt'],
];

/** The remedy for requests that ended like this. */
export function remedyOf({ outcome, type, message }: Unanswered): Remedy {
  if (outcome !== 'errored') return outcome;
  const known = KNOWN_MESSAGES.find(([pattern]) => pattern.test(message ?? ''));
  if (known !== undefined) return known[1];
  return PASSING.has(type ?? '') ? 'retryable' : (KNOWN_TYPES.get(type ?? '') ?? 'other');
}

/** What to do about them. `rerunRetries`: whether re-running the job starts further rounds. */
export function adviceOf(
  request: Unanswered,
  { rerunRetries, hasRetryFile }: { readonly rerunRetries: boolean; readonly hasRetryFile: boolean },
): Advice {
  const remedy = remedyOf(request);
  // Requests without a result line are in no further round.
  const isInRound = remedy !== 'missing' && retryOf(request) !== 'never';
  return { remedy, again: isInRound && rerunRetries ? 'rerun' : hasRetryFile ? 'retry-file' : 'requests' };
}
