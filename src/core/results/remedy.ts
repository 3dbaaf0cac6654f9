import type { Advice, Remedy } from '../messages/advice.ts';
import type { FailureGroup } from './accounts.ts';

/** What a request without an answer ended with. Type and message are of its error; a mixture of kinds has no message. */
export interface Unanswered {
  readonly outcome: FailureGroup['outcome'];
  readonly type?: string | null | undefined;
  readonly message?: string | null | undefined;
}

/** When sending a request again may bring an answer: at once, or only after a person has put the account or the key right. */
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

/** Error types that pass by themselves. */
const PASSING = new Set(['api_error', 'overloaded_error', 'rate_limit_error', 'timeout_error']);

/** Error types with a remedy of their own. */
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

/** These come as invalid_request_error, like all that is wrong with a request. */
const KNOWN_MESSAGES: readonly (readonly [RegExp, Remedy])[] = [
  [/credit balance is too low/i, 'low-credit'],
  [/^max_tokens: \d+ > \d+/, 'max-tokens'],
  [/prompt is too long/i, 'long-prompt'],
];

/** What helps requests that ended so. */
export function remedyOf({ outcome, type, message }: Unanswered): Remedy {
  if (outcome !== 'errored') return outcome;
  const known = KNOWN_MESSAGES.find(([pattern]) => pattern.test(message ?? ''));
  if (known !== undefined) return known[1];
  return PASSING.has(type ?? '') ? 'retryable' : (KNOWN_TYPES.get(type ?? '') ?? 'other');
}

/** What to do about them. `rerunRetries`: whether a re-run of the job begins further rounds. */
export function adviceOf(
  request: Unanswered,
  { rerunRetries, hasRetryFile }: { readonly rerunRetries: boolean; readonly hasRetryFile: boolean },
): Advice {
  const remedy = remedyOf(request);
  // What has no result line is in no further round.
  const isInRound = remedy !== 'missing' && retryOf(request) !== 'never';
  return { remedy, again: isInRound && rerunRetries ? 'rerun' : hasRetryFile ? 'retry-file' : 'requests' };
}
