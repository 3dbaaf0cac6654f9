import type { SummaryFailure, SummaryIncomplete } from '../summary/summary.ts';
import { formatCount } from '../text/numbers.ts';

const SEND_AGAIN = 'Send them again';

const CURES: ReadonlyMap<string, string> = new Map([
  ['invalid_request_error', 'The API refuses these requests as they are: correct their `params`'],
  ['authentication_error', 'Check the API key and its workspace, then send them again'],
  ['permission_error', 'The key may not use this model or feature: allow it in the Console, then send them again'],
  ['not_found_error', 'Check the name of the model and that the workspace may use it'],
  ['request_too_large', 'Make these requests smaller'],
  ['billing_error', 'Put the billing of the organization in order, then send them again'],
  ['api_error', `${SEND_AGAIN}. The API failed inside`],
  ['overloaded_error', `${SEND_AGAIN}. The API was overloaded`],
  ['rate_limit_error', `${SEND_AGAIN}. A rate limit was hit`],
  ['timeout_error', `${SEND_AGAIN}. The API ran out of time`],
]);

/** What to do about a group of requests that ended without an answer, as markdown. */
export function cureOf({ outcome, type, message, passing }: SummaryFailure): string {
  if (outcome === 'expired') return `${SEND_AGAIN}. Their batch ended after 24 hours before they were processed`;
  if (outcome === 'canceled')
    return 'Their batch was canceled before they were processed: send them again if they are wanted';
  if (outcome === 'missing')
    return 'The API gave no result line that could be read: collect the batch again, and send them again if they stay away';
  // Low credit comes as invalid_request_error on every line.
  if (message !== null && /credit balance/i.test(message)) return 'Buy credits in the Console, then send them again';
  return CURES.get(type ?? '') ?? (passing ? SEND_AGAIN : 'See the message');
}

/** What an answer that is not whole means and what to do, as markdown, by stop reason. */
export const INCOMPLETE: readonly (readonly [reason: keyof SummaryIncomplete, meaning: string])[] = [
  ['refusal', 'The model declined to answer'],
  ['max_tokens', 'Cut off at `max_tokens`: raise it in these requests'],
  ['pause_turn', 'A turn with server tools was paused: send it on as a new request to have it finished'],
  ['model_context_window_exceeded', "Cut off where the model's context window ended: shorten the prompt"],
];

/** What refusals cost: those before any output are not billed. */
export function billOf(refusals: number, unbilled: number): string {
  if (unbilled === 0) return '';
  return unbilled === refusals
    ? ', before any output, so it is not billed'
    : `; not billed for ${formatCount(unbilled)} of these, which came before any output`;
}
