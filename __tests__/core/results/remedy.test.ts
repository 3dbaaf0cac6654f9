import { describe, expect, test } from '@jest/globals';
import type { Remedy } from '../../../src/core/messages/advice.ts';
import { adviceOf, type Retry, remedyOf, retryOf, type Unanswered } from '../../../src/core/results/remedy.ts';

const of = (type: string | null | undefined, message = 'x'): Unanswered => ({ outcome: 'errored', type, message });
const INVALID = 'invalid_request_error';

describe('what helps, and when to send again', () => {
  test.each<[Unanswered, Remedy, Retry]>([
    [of('api_error'), 'retryable', 'soon'],
    [of('overloaded_error'), 'retryable', 'soon'],
    [of('rate_limit_error'), 'retryable', 'soon'],
    [of('timeout_error'), 'retryable', 'soon'],
    [of('authentication_error'), 'authentication_error', 'after-fix'],
    [of('billing_error'), 'billing_error', 'after-fix'],
    [of('permission_error'), 'permission_error', 'after-fix'],
    [of(INVALID, 'Your credit balance is too low to access the API.'), 'low-credit', 'after-fix'],
    [of('billing_error', 'Your credit balance is too low to access the API.'), 'low-credit', 'after-fix'],
    [of(INVALID, 'tools.0.name: credit balance'), INVALID, 'never'],
    [of(INVALID, 'max_tokens: 9000 > 8192, which is the maximum'), 'max-tokens', 'never'],
    [of(INVALID, 'max_tokens: must be at least 1'), INVALID, 'never'],
    [of(INVALID, 'messages: max_tokens: 9 > 8'), INVALID, 'never'],
    [of(INVALID, 'prompt is too long: 212000 tokens > 200000 maximum'), 'long-prompt', 'never'],
    [{ outcome: 'errored', type: INVALID, message: undefined }, INVALID, 'never'],
    [of('not_found_error', 'model: x'), 'not_found_error', 'never'],
    [of('request_too_large'), 'request_too_large', 'never'],
    [of('some_new_error'), 'other', 'never'],
    [of('toString'), 'other', 'never'],
    [of('expired'), 'other', 'never'],
    [of(null), 'other', 'never'],
    [of(undefined), 'other', 'never'],
    [{ outcome: 'expired' }, 'expired', 'soon'],
    [{ outcome: 'missing' }, 'missing', 'soon'],
    [{ outcome: 'canceled' }, 'canceled', 'never'],
  ])('%j: %s, %s', (request, remedy, retry) => {
    expect(remedyOf(request)).toBe(remedy);
    expect(retryOf(request)).toBe(retry);
  });
});

test.each<[Unanswered, withRounds: string]>([
  [of('overloaded_error'), 'rerun'],
  [of('billing_error'), 'rerun'],
  [{ outcome: 'expired' }, 'rerun'],
  [{ outcome: 'canceled' }, 'retry-file'],
  [{ outcome: 'missing' }, 'retry-file'],
  [of(INVALID), 'retry-file'],
])('%j is submitted again by %s, where a re-run has rounds', (request, withRounds) => {
  expect(adviceOf(request, { rerunRetries: true, hasRetryFile: true }).again).toBe(withRounds);
  expect(adviceOf(request, { rerunRetries: false, hasRetryFile: true }).again).toBe('retry-file');
  expect(adviceOf(request, { rerunRetries: false, hasRetryFile: false }).again).toBe('requests');
});
