import { describe, expect, test } from '@jest/globals';
import { createPriceBook } from '../../../src/core/cost/book.ts';
import { parseUsage } from '../../../src/core/cost/usage.ts';
import { reuseOf } from '../../../src/core/endings/conclude.ts';
import { knownCost, knownNewCost } from '../../../src/core/results/accounts.ts';
import { createLedger } from '../../../src/core/results/ledger.ts';
import { formatUsd } from '../../../src/core/text/money.ts';

// What earlier runs had paid for is in every sum but in that of what is new.

const AT = Date.parse('2026-11-22T10:00:00Z');

/** Answers of 10 tokens in and 5 out, one for each entry: the model, and the batch of an earlier run. */
function accountsOf(...answers: readonly (readonly [model: string, earlier?: { id: string; createdAtMs: number }])[]) {
  const ledger = createLedger(createPriceBook());
  for (const [i, [model, earlier]] of answers.entries()) {
    const usage = parseUsage({ input_tokens: 10, output_tokens: 5 });
    const message = { model, usage, stopReason: 'end_turn', hasOutput: true, isEmpty: false, ranCode: false };
    const origin = earlier === undefined ? { id: 'own', createdAtMs: AT, round: 0 } : { ...earlier, round: undefined };
    ledger.add({ customId: `q${i}`, ending: { kind: 'succeeded', message } }, origin);
  }
  return ledger.close({ unmatched: 0, repeated: 0, unreadable: 0 }, new Map());
}

const [HAIKU, OPUS, UNKNOWN] = ['claude-haiku-4-5', 'claude-opus-5', 'claude-next-9'];
const OLD = { id: 'old', createdAtMs: AT - 9_000 };
const NEW = { id: 'new', createdAtMs: AT - 1_000 };

test('earlier answers are told apart, with the batches that hold them', () => {
  const accounts = accountsOf([HAIKU, OLD], [OPUS, NEW], [HAIKU], [OPUS, NEW]);
  expect(accounts.reused).toMatchObject({
    count: 3,
    unpriced: 0,
    sources: [
      { ...NEW, count: 2 },
      { ...OLD, count: 1 },
    ],
  });
  expect([formatUsd(knownCost(accounts) ?? -1n), formatUsd(knownNewCost(accounts) ?? -1n)]).toEqual([
    '0.000210',
    '0.000018',
  ]);
  expect(accounts.rounds).toMatchObject([{ round: 0, succeeded: 1 }]);
  expect(reuseOf(accounts)).toMatchObject({ reused: 3, sent: 1, oldestMs: OLD.createdAtMs });
  expect(formatUsd(reuseOf(accounts)?.savedUsd ?? -1n)).toBe('0.000192');
});

test('nothing new costs nothing, and what has no price is not taken for nothing', () => {
  expect(knownNewCost(accountsOf([HAIKU, OLD]))).toBe(0n);
  expect(knownNewCost(accountsOf([HAIKU, OLD], [UNKNOWN]))).toBeUndefined();
  expect(knownNewCost(accountsOf([UNKNOWN, OLD], [HAIKU]))).toBe(18_000_000_000n);
  expect(reuseOf(accountsOf([HAIKU]))).toBeUndefined();
});

describe('whether the cost is known', () => {
  const sums = { succeeded: 2, unpriced: 2, standardCost: 0n, cost: 0n };
  const reused = { count: 0, unpriced: 0, cost: 0n };
  test.each<
    [string, Partial<typeof sums>, Partial<typeof reused>, cost: bigint | undefined, newCost: bigint | undefined]
  >([
    ['no answer has a price', {}, {}, undefined, undefined],
    ['one of two costs nothing', { unpriced: 1 }, {}, 0n, 0n],
    ['both cost nothing', { unpriced: 0 }, {}, 0n, 0n],
    ['both have a price in part', { cost: 5_000_000_000n, standardCost: 1n }, {}, 5_000_000_000n, 5_000_000_000n],
    ['there is no answer', { succeeded: 0, unpriced: 0 }, {}, 0n, 0n],
    ['the earlier one has none', { unpriced: 1 }, { count: 1, unpriced: 1 }, 0n, 0n],
    ['the new one has none', { unpriced: 1 }, { count: 1 }, 0n, undefined],
    [
      'one of two new ones costs nothing, the earlier one has none',
      { succeeded: 3 },
      { count: 1, unpriced: 1 },
      0n,
      0n,
    ],
    ['all are earlier ones', {}, { count: 2, unpriced: 2 }, undefined, 0n],
  ])('%s', (_, some, earlier, cost, newCost) => {
    const { succeeded, ...totals } = { ...sums, ...some };
    const base = accountsOf();
    const accounts = {
      ...base,
      ...totals,
      counts: { ...base.counts, total: succeeded, succeeded },
      reused: { ...base.reused, ...reused, ...earlier },
    };
    expect(knownCost(accounts)).toBe(cost);
    expect(knownNewCost(accounts)).toBe(newCost);
  });
});

test('what was spent and what is saved add up as they are printed', () => {
  const half = accountsOf([OPUS, OLD], [OPUS]);
  const sums = [1n, 2n, 3n, 5n].flatMap((tenths) => {
    const cost = 900_000_000n * tenths;
    return [0n, 400_000_000n, 500_000_000n, 600_000_000n, cost].map((reused) => {
      return { ...half, cost: cost + reused, reused: { ...half.reused, cost: reused } };
    });
  });
  for (const accounts of sums)
    expect((knownNewCost(accounts) ?? -1n) + (reuseOf(accounts)?.savedUsd ?? -1n)).toBe(knownCost(accounts));
});
