import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createPriceBook, type PriceBook } from '../../../src/core/cost/book.ts';
import { parseUsage } from '../../../src/core/cost/usage.ts';
import { createLedger } from '../../../src/core/results/ledger.ts';
import type { Ending } from '../../../src/core/results/result.ts';
import { formatUsd } from '../../../src/core/text/money.ts';

const AT = Date.parse('2026-11-22T10:00:00Z');
const UNCOUNTED = { unmatched: 0, repeated: 0, unreadable: 0 };

function answer(model: string, usage: unknown, more: object = {}): Ending {
  return {
    kind: 'succeeded',
    message: {
      model,
      usage: parseUsage(usage),
      stopReason: 'end_turn',
      hasOutput: true,
      isEmpty: false,
      ranCode: false,
      ...more,
    },
  };
}

function account(...given: readonly (Ending | PriceBook)[]) {
  const endings = given.filter((one) => 'kind' in one);
  const ledger = createLedger(given.find((one) => 'models' in one) ?? createPriceBook());
  for (const [i, ending] of endings.entries())
    ledger.add({ customId: `id-${i}`, ending }, { id: 'b', createdAtMs: AT, round: 0 });
  return ledger.close(UNCOUNTED, new Map());
}

const USAGE = {
  input_tokens: 100,
  output_tokens: 50,
  cache_read_input_tokens: 1_000,
  cache_creation_input_tokens: 30,
  cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
};

describe('createLedger', () => {
  test('adds up tokens and money per model, dearest first', () => {
    const accounts = account(
      answer('claude-haiku-4-5', USAGE),
      answer('claude-opus-5', USAGE),
      answer('claude-haiku-4-5', USAGE),
    );
    expect(accounts.tokens).toEqual({ input: 300, output: 150, cacheRead: 3_000, cacheWrite5m: 30, cacheWrite1h: 60 });
    // Haiku 4.5: 100×1 + 50×5 + 1000×0.1 + 10×1.25 + 20×2 = 502.5 millionths; Opus 5 five times that; halved.
    expect(
      accounts.models.map(({ model, succeeded, cost, standardCost }) => [
        model,
        succeeded,
        formatUsd(cost),
        formatUsd(standardCost),
      ]),
    ).toEqual([
      ['claude-opus-5', 1, '0.001256', '0.002513'],
      ['claude-haiku-4-5', 2, '0.000503', '0.001005'],
    ]);
    expect([formatUsd(accounts.cost), formatUsd(accounts.standardCost)]).toEqual(['0.001759', '0.003518']);
  });

  test('an unknown model is unpriced, never free, and its tokens still count', () => {
    const accounts = account(answer('claude-next-9', USAGE), answer('claude-haiku-4-5', USAGE));
    expect({ unpriced: accounts.unpriced, input: accounts.tokens.input, cost: formatUsd(accounts.cost) }).toEqual({
      unpriced: 1,
      input: 200,
      cost: '0.000251',
    });
  });

  test('an answer without usage is unpriced', () => {
    expect(account(answer('claude-haiku-4-5', null))).toMatchObject({ unpriced: 1, cost: 0n, tokens: { input: 0 } });
  });

  test('stop reasons, refusals that are not billed, code and searches are counted', () => {
    const accounts = account(
      answer('claude-haiku-4-5', USAGE, { stopReason: 'refusal', hasOutput: false }),
      answer('claude-haiku-4-5', USAGE, { stopReason: 'max_tokens', ranCode: true }),
      answer('claude-haiku-4-5', { ...USAGE, server_tool_use: { web_search_requests: 3 } }),
    );
    expect(accounts).toMatchObject({ unbilledRefusals: 1, codeExecutions: 1, webSearches: 3, unpriced: 0 });
    expect([...accounts.stopReasons]).toEqual([
      ['refusal', 1],
      ['max_tokens', 1],
      ['end_turn', 1],
    ]);
  });

  test('an answer without a stop reason is none of those that have one', () => {
    expect([...account(answer('claude-haiku-4-5', USAGE, { stopReason: null })).stopReasons]).toEqual([]);
  });

  test('models that cost the same stand in the order of their names', () => {
    const names = (...models: string[]) =>
      account(...models.map((model) => answer(model, USAGE))).models.map(({ model }) => model);
    expect(names('x-b', 'x-c', 'x-a')).toEqual(['x-a', 'x-b', 'x-c']);
    expect(names('x-a', 'x-b', 'x-c')).toEqual(['x-a', 'x-b', 'x-c']);
    expect(names('claude-opus-5', 'x-a', 'claude-haiku-4-5')).toEqual(['claude-opus-5', 'claude-haiku-4-5', 'x-a']);
    expect(names('x-a', 'claude-haiku-4-5', 'claude-opus-5')).toEqual(['claude-opus-5', 'claude-haiku-4-5', 'x-a']);
  });

  test('each batch has the sum of its answers, and what caching saved is added up', () => {
    const ledger = createLedger(createPriceBook());
    const ending = answer('claude-haiku-4-5', USAGE);
    for (const [at, id] of ['a', 'b', 'a'].entries())
      ledger.add({ customId: `${at}`, ending }, { id, createdAtMs: AT, round: 0 });
    const { batchCosts, cost, cacheSaving, models } = ledger.close(UNCOUNTED, new Map());
    // Haiku 4.5: 1,130 millionths of prompt without caching, 252.5 with it; halved.
    expect(Array.from(batchCosts, ([id, usd]) => [id, formatUsd(usd)])).toEqual([
      ['a', '0.000503'],
      ['b', '0.000251'],
    ]);
    expect([formatUsd(cost), formatUsd(cacheSaving)]).toEqual(['0.000754', '0.001316']);
    expect(models).toMatchObject([{ cacheSaving }]);
  });

  test('what makes answers incomplete is counted, once for each', () => {
    const accounts = account(
      answer('m', USAGE, { stopReason: 'refusal', isEmpty: true }),
      answer('m', USAGE, { stopReason: null }),
      answer('m', USAGE, { stopReason: 'of_a_later_version', isEmpty: true }),
      answer('m', USAGE, { isEmpty: true }),
      answer('m', USAGE),
    );
    expect(Object.fromEntries(accounts.incomplete)).toEqual({ refusal: 1, unknown: 2, empty: 1 });
    expect(accounts.counts.succeeded).toBe(5);
    // The first of each, and none of a kind that there is not.
    expect(Object.fromEntries(accounts.incompleteExamples)).toEqual({
      refusal: 'id-0',
      unknown: 'id-1',
      empty: 'id-3',
    });
  });

  test('failures are grouped by cause, most frequent first, with the first id', () => {
    const errored = (type: string, message: string): Ending => ({ kind: 'errored', type, message });
    const accounts = account(
      errored('api_error', 'x'),
      { kind: 'expired' },
      errored('api_error', 'y'),
      errored('api_error', 'y'),
      { kind: 'canceled' },
    );
    expect(accounts.counts).toEqual({ total: 5, succeeded: 0, errored: 3, canceled: 1, expired: 1, missing: 0 });
    expect(
      accounts.failures.map(({ outcome, message, count, exampleId, retryable }) => [
        outcome,
        message,
        count,
        exampleId,
        retryable,
      ]),
    ).toEqual([
      ['errored', 'y', 2, 'id-2', true],
      ['errored', 'x', 1, 'id-0', true],
      ['expired', undefined, 1, 'id-1', true],
      ['canceled', undefined, 1, 'id-4', false],
    ]);
  });

  test('a missing column leaves the rest of a request in the cost, which is then a lower bound', () => {
    const rates = { input: 2_000n, output: undefined, cacheRead: 0n, cacheWrite5m: 0n, cacheWrite1h: 0n };
    const accounts = account(
      createPriceBook(new Map([['claude-x', rates]])),
      answer('claude-x', { input_tokens: 100, output_tokens: 50 }),
      answer('claude-x', { input_tokens: 10, output_tokens: 0 }),
    );
    expect(accounts).toMatchObject({ unpriced: 1, cost: 110_000n, standardCost: 220_000n });
    expect(accounts.models).toMatchObject([{ unpriced: 1, cost: 110_000n, standardCost: 220_000n }]);
    expect(accounts.rounds).toMatchObject([{ unpriced: 1, cost: 110_000n, succeeded: 2 }]);
  });

  test('rounds add up exactly to the whole, whatever they hold', () => {
    const models = ['claude-haiku-5-5', 'claude-opus-4-8', 'claude-next-9', 'claude-x'];
    const rates = { input: 2_000n, output: undefined, cacheRead: 0n, cacheWrite5m: 0n, cacheWrite1h: 0n };
    const endings = fc.record({
      round: fc.nat(3),
      ending: fc.oneof(
        fc.constant<Ending>({ kind: 'expired' }),
        fc
          .tuple(fc.constantFrom(...models), fc.nat(300_000), fc.nat(9_000), fc.constantFrom('us', 'global'))
          .map(([model, input, output, geo]) =>
            answer(model, { input_tokens: input, output_tokens: output, inference_geo: geo }),
          ),
      ),
    });
    fc.assert(
      fc.property(fc.array(endings), (results) => {
        const ledger = createLedger(createPriceBook(new Map([['claude-x', rates]])));
        for (const [i, { ending, round }] of results.entries())
          ledger.add({ customId: `${i}`, ending }, { id: `b${round}`, createdAtMs: AT, round });
        const sent = new Map([3, 1, 2, 0].map((round) => [round, 10 + round]));
        const { rounds, cost, counts, unpriced } = ledger.close(UNCOUNTED, sent);
        expect(rounds.map(({ round, requests }) => [round, requests])).toEqual([
          [0, 10],
          [1, 11],
          [2, 12],
          [3, 13],
        ]);
        expect(rounds.reduce((sum, one) => sum + one.cost, 0n)).toBe(cost);
        expect(rounds.reduce((sum, one) => sum + one.succeeded, 0)).toBe(counts.succeeded);
        expect(rounds.reduce((sum, one) => sum + one.unpriced, 0)).toBe(unpriced);
      }),
    );
  });

  test('missing ones whose ids nobody knows are counted, and no id is made up', () => {
    const ledger = createLedger(createPriceBook());
    ledger.addUnknown(0);
    expect(ledger.close(UNCOUNTED, new Map()).failures).toEqual([]);
    ledger.addUnknown(2);
    expect(ledger.close(UNCOUNTED, new Map())).toMatchObject({
      counts: { total: 2, missing: 2 },
      missingIds: [],
      failures: [{ outcome: 'missing', count: 2, exampleId: '', retryable: true }],
    });
    ledger.addMissing('a');
    expect(ledger.close(UNCOUNTED, new Map())).toMatchObject({ counts: { missing: 3 }, missingIds: ['a'] });
  });

  test('missing ones are counted and named in order', () => {
    const ledger = createLedger(createPriceBook());
    for (const id of ['b', 'a']) ledger.addMissing(id);
    expect(ledger.close(UNCOUNTED, new Map())).toMatchObject({
      counts: { total: 2, missing: 2 },
      missingIds: ['b', 'a'],
      failures: [{ outcome: 'missing', count: 2, exampleId: 'b' }],
    });
  });
});
