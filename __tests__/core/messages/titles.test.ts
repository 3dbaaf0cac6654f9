import { expect, test } from '@jest/globals';
import type { Message } from '../../../src/core/messages/message.ts';
import type { Problem } from '../../../src/core/messages/problems.ts';
import { causeOf, titleOf } from '../../../src/core/messages/titles.ts';

const found = (problem: Problem, lines = 1): Message => ({ code: 'problem-found', problem, lines, files: 1 });
const where = { file: 'evals/capitals.jsonl', line: 3 };
const KEY = { code: 'key-refused', words: 'no', isOfApi: true, requestId: undefined } as const;
const rest = { places: 2, kinds: 1 };

test.each<[Message, 'notice' | 'warning' | 'error', string]>([
  [found({ code: 'not-utf8', where }), 'error', 'problem in evals/capitals.jsonl'],
  [found({ code: 'not-utf8', where }, 1_200), 'error', '1,200 problems in evals/capitals.jsonl'],
  [found({ code: 'not-utf8', where }, 3), 'warning', '3 warnings in evals/capitals.jsonl'],
  [found({ code: 'input-boolean', value: 'yes', input: 'dry-run' }), 'error', 'problem with dry-run'],
  [found({ code: 'no-api-key' }), 'error', 'problem with anthropic-api-key'],
  [
    found({ code: 'unknown-price', requests: 1, total: 1, models: [], moreModels: 0 }),
    'error',
    'problem with max-cost-usd',
  ],
  [found({ code: 'judge-without-price', judgements: 1 }), 'error', 'problem with max-cost-usd'],
  [found({ code: 'no-requests', patterns: [], files: [] }), 'error', 'problem with requests'],
  [{ code: 'more-problems', rest, total: 1_200 }, 'error', '1,200 problems'],
  [{ code: 'more-warnings', rest, total: 12 }, 'warning', '12 warnings'],
  [{ code: 'run-skipped', why: 'fork' }, 'notice', 'skipped'],
  [{ code: 'no-requests-found', patterns: [] }, 'warning', 'no requests found'],
  [{ code: 'comment-not-allowed-for-fork' }, 'notice', 'no comment'],
  [
    { code: 'step-failed', failures: [{ code: 'stopped-before-create' }], next: undefined },
    'error',
    'the job was stopped',
  ],
  [{ code: 'step-failed', failures: [{ ...KEY, status: 401 }], next: undefined }, 'error', 'the API key was rejected'],
  [
    { code: 'step-failed', failures: [{ ...KEY, status: 403 }], next: undefined },
    'error',
    'the API key is not allowed to do this',
  ],
  [
    { code: 'step-failed', failures: [{ ...KEY, status: 401, isSignedIn: true }], next: undefined },
    'error',
    'the access token was rejected',
  ],
  [
    {
      code: 'step-failed',
      failures: [{ ...KEY, code: 'sign-in-denied', status: 401, identity: undefined }],
      next: undefined,
    },
    'error',
    'the sign-in was denied',
  ],
  [found({ code: 'no-identity-token' }), 'error', 'problem with permissions'],
  // The first that has a title.
  [
    {
      code: 'step-failed',
      failures: [
        { code: 'unexpected-failure', reason: 'x' },
        { code: 'results-expired', id: 'b' },
      ],
      next: undefined,
    },
    'error',
    'the results have expired',
  ],
])('%j', (message, level, title) => {
  expect(titleOf(message, level)).toBe(`Claude batch: ${title}`);
});

test('what has no title of its own has that of the action', () => {
  expect(titleOf({ code: 'cache-read-only' }, 'warning')).toBe('Claude batch');
});

test.each([
  [['unexpected-failure', 'results-expired', 'stopped'], 'the results have expired'],
  [['constructor', 'unexpected-failure'], undefined],
  [[], undefined],
])('the cause of %j', (codes, cause) => {
  expect(causeOf(codes)).toBe(cause);
});
