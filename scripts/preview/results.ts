import type { Accounts } from '../../src/core/results/accounts.ts';
import { accountsOf, type FailureRow, failuresOf } from './accounts.ts';

/** What an answer of these models takes. */
export const HAIKU = { model: 'claude-haiku-4-5-20251001', input: 410, output: 92 };
const SONNET = { model: 'claude-sonnet-5', input: 460, output: 118 };

/** Every request answered. */
export const GOOD = accountsOf({ answers: [{ ...HAIKU, count: 1319 }] });

/** Most answered, by two models, some not in full, and failures of three kinds. */
export const MIXED = accountsOf({
  answers: [
    { ...SONNET, count: 640 },
    { ...HAIKU, count: 661 },
  ],
  failures: failuresOf(
    [
      'errored',
      'invalid_request_error',
      'max_tokens: 9000 > 8192, which is the maximum allowed number of output tokens',
      11,
      'math-0041',
    ],
    ['errored', 'overloaded_error', 'Overloaded', 5, 'long-0007'],
    ['expired', undefined, undefined, 2, 'long-0112'],
  ),
  stopped: { max_tokens: 17, refusal: 3 },
  unbilledRefusals: 1,
  cacheRead: 210_000,
});

/** None answered. */
export const ALL_FAILED = accountsOf({
  answers: [],
  failures: failuresOf([
    'errored',
    'invalid_request_error',
    'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
    1319,
    'math-0001',
  ]),
});

/** More models, kinds of failure and long names than fit. */
export const HUGE = accountsOf({
  answers: Array.from({ length: 14 }, (_, n) => ({
    model: n < 4 ? `claude-sonnet-5-${20261001 + n}` : `us.anthropic.claude-haiku-4-5-with-a-rather-long-name-v${n}:0`,
    count: 3_571 * (n + 1),
    input: 2_210,
    output: 640,
  })),
  failures: failuresOf(
    ...Array.from(
      { length: 26 },
      (_, n): FailureRow => [
        'errored',
        n % 3 === 0 ? 'invalid_request_error' : 'api_error',
        `messages.${n}.content.0.text: the text is too long for this model by ${n + 1} tokens; ${'shorten it and '.repeat(12)}try again`,
        120 - n,
        `suite-7/very-long-custom-id-of-a-case-that-somebody-named-with-care-${n}`,
      ],
    ),
  ),
  stopped: { max_tokens: 4_120, refusal: 12, pause_turn: 2, model_context_window_exceeded: 9 },
});

/** The same in two rounds. */
export function withRounds(accounts: Accounts): Accounts {
  const { total, succeeded } = accounts.counts;
  const rest = total - succeeded + 30;
  return {
    ...accounts,
    rounds: [
      { round: 0, requests: total, succeeded: succeeded - 30, cost: accounts.cost - 14_210_000_000_000n, unpriced: 0 },
      { round: 1, requests: rest, succeeded: 30, cost: 14_210_000_000_000n, unpriced: 0 },
    ],
  };
}

/** The same, with this many of the answers from two earlier batches. */
export function reusing(accounts: Accounts, count: number): Accounts {
  const share = (accounts.cost * BigInt(count)) / BigInt(accounts.counts.succeeded);
  const sources = [
    { id: 'msgbatch_01Kc7pLmT2vXQnR8sYbWdE1N', createdAtMs: Date.parse('2026-11-21T03:00:00Z'), count: count - 40 },
    { id: 'msgbatch_01Bx2dLmT2vXQnR8sYbWdE8Q', createdAtMs: Date.parse('2026-11-19T03:00:00Z'), count: 40 },
  ];
  return { ...accounts, reused: { count, cost: share, unpriced: 0, sources } };
}
