import { expect, test } from '@jest/globals';
import { type Advice, printAdvice, type Remedy } from '../../../src/core/messages/advice.ts';

test.each<[Remedy, Advice['again'], string]>([
  ['expired', 'rerun', 'Re-run this job'],
  ['retryable', 'rerun', 'Re-run this job'],
  ['retryable', 'retry-file', 'Submit `retry.jsonl` (so)'],
  ['retryable', 'requests', 'Submit these requests again'],
  ['missing', 'retry-file', 'Submit `retry.jsonl` (so)'],
  ['canceled', 'retry-file', 'Submit `retry.jsonl` (so), if you need them'],
  ['low-credit', 'rerun', 'Buy credits in the Claude Console, then re-run this job'],
  ['low-credit', 'retry-file', 'Buy credits in the Claude Console, then submit `retry.jsonl` (so)'],
  ['authentication_error', 'rerun', 'Check the API key and its workspace, then re-run this job'],
  ['permission_error', 'rerun', 'Allow the key this model or feature in the Claude Console, then re-run this job'],
  ['billing_error', 'rerun', 'Fix the billing of the organization, then re-run this job'],
  ['max-tokens', 'retry-file', 'Lower `max_tokens`'],
  ['long-prompt', 'retry-file', 'Shorten the prompt'],
  ['invalid_request_error', 'retry-file', 'Correct their `params`'],
  ['not_found_error', 'retry-file', 'Check the name of the model, and that the workspace may use it'],
  ['request_too_large', 'retry-file', 'Make these requests smaller'],
  ['other', 'retry-file', 'See the message'],
])('%s, %s', (remedy, again, words) => {
  expect(printAdvice({ remedy, again }, ' (so)')).toBe(words);
  expect(words).toMatch(/^[A-Z].*[^.,:;!?]$/);
});
