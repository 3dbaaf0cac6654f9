import type { PriceBook } from '../cost/book.ts';
import { priceUsage } from '../cost/price.ts';
import { addTokens, type Tokens } from '../cost/tokens.ts';
import type { Femto } from '../text/money.ts';
import type { Accounts, ModelAccount, ReusedSource, RoundAccount, UncountedLines } from './accounts.ts';
import { createCauses } from './causes.ts';
import type { Result, ResultMessage } from './result.ts';
import { type Incomplete, incompleteBy } from './whole-answer.ts';

/** Adds up results, one request at a time, in request file order. */
export interface Ledger {
  add(result: Result, from: ResultOrigin): void;
  /** Adds a request without a result. */
  addMissing(customId: string): void;
  /** Adds requests with neither a result nor a known id. */
  addUnknown(count: number): void;
  /** `sent`: how many requests were sent in each round. */
  close(uncounted: UncountedLines, sent: ReadonlyMap<number, number>): Accounts;
}

/** A result's batch. `createdAtMs` is its creation time, which decides the prices. */
export interface ResultOrigin {
  readonly id: string;
  readonly createdAtMs: number;
  /** Undefined for an answer that an earlier run paid for. */
  readonly round: number | undefined;
}

export function createLedger(prices: PriceBook): Ledger {
  const counts = { total: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0, missing: 0 };
  const stopReasons = new Map<string, number>();
  const incomplete = new Map<Incomplete, number>();
  const incompleteExamples = new Map<Incomplete, string>();
  const all = emptyAccount('');
  const models = new Map<string, Mutable<ModelAccount>>();
  const rounds = new Map<number, Mutable<RoundAccount>>();
  const batchCosts = new Map<string, Femto>();
  const causes = createCauses();
  const missingIds: string[] = [];
  const reused = { count: 0, cost: 0n, unpriced: 0 };
  const sources = new Map<string, Mutable<ReusedSource>>();
  const notes = { webSearches: 0, codeExecutions: 0, unbilledRefusals: 0 };

  function roundAccount(round: number): Mutable<RoundAccount> {
    const account = rounds.get(round) ?? { round, requests: 0, succeeded: 0, cost: 0n, unpriced: 0 };
    rounds.set(round, account);
    return account;
  }

  function addSuccess(message: ResultMessage, { id, createdAtMs, round: number }: ResultOrigin): void {
    const round = number === undefined ? undefined : roundAccount(number);
    const spent = round ?? reused;
    const { model, stopReason, hasOutput, usage } = message;
    const account = models.get(model) ?? emptyAccount(model);
    models.set(model, account);
    account.succeeded += 1;
    if (round === undefined) {
      const source = sources.get(id) ?? { id, createdAtMs, count: 0 };
      sources.set(id, source);
      source.count += 1;
      reused.count += 1;
    } else round.succeeded += 1;
    const totals = [account, all];
    const sums = [account, all, spent];
    if (stopReason !== null) stopReasons.set(stopReason, (stopReasons.get(stopReason) ?? 0) + 1);
    if (message.ranCode) notes.codeExecutions += 1;
    if (usage !== undefined) {
      for (const one of totals) one.tokens = addTokens(one.tokens, usage);
      notes.webSearches += usage.webSearches;
    }
    const pricing = priceUsage({ model, usage, stopReason, hasOutput, at: createdAtMs, prices });
    if (pricing.kind !== 'priced') for (const one of sums) one.unpriced += 1;
    if (pricing.kind === 'unpriced') return;
    for (const one of sums) one.cost += pricing.batch;
    batchCosts.set(id, (batchCosts.get(id) ?? 0n) + pricing.batch);
    for (const one of totals) one.standardCost += pricing.standard;
    if (pricing.kind !== 'priced') return;
    for (const one of totals) one.cacheSaving += pricing.cacheSaving;
    if (pricing.unbilled) notes.unbilledRefusals += 1;
  }

  function addIncomplete(customId: string, { stopReason, isEmpty }: ResultMessage): void {
    const state = { outcome: 'succeeded', stop_reason: stopReason, ...(isEmpty && { is_empty: true as const }) };
    const reason = incompleteBy(state);
    if (reason === undefined) return;
    incomplete.set(reason, (incomplete.get(reason) ?? 0) + 1);
    if (!incompleteExamples.has(reason)) incompleteExamples.set(reason, customId);
  }

  function addLost(id: string, count: number): void {
    counts.total += count;
    counts.missing += count;
    causes.add({ outcome: 'missing', id, count });
  }

  return {
    add({ customId, ending }, from) {
      counts.total += 1;
      counts[ending.kind] += 1;
      if (ending.kind === 'succeeded') {
        addSuccess(ending.message, from);
        addIncomplete(customId, ending.message);
      } else if (ending.kind === 'errored') {
        causes.add({ outcome: 'errored', id: customId, type: ending.type, text: ending.message });
      } else causes.add({ outcome: ending.kind, id: customId });
    },
    addMissing(customId) {
      missingIds.push(customId);
      addLost(customId, 1);
    },
    addUnknown(count) {
      if (count > 0) addLost('', count);
    },
    close(uncounted, sent) {
      for (const [round, requests] of sent) roundAccount(round).requests = requests;
      const { tokens, cost, standardCost, cacheSaving, unpriced } = all;
      return {
        counts,
        ...{ tokens, cost, standardCost, cacheSaving, unpriced },
        ...notes,
        stopReasons,
        incomplete,
        incompleteExamples,
        models: [...models.values()].sort(byCost),
        rounds: [...rounds.values()].sort((a, b) => a.round - b.round),
        reused: { ...reused, sources: [...sources.values()].sort((a, b) => b.createdAtMs - a.createdAtMs) },
        batchCosts,
        failures: causes.list(),
        missingIds,
        uncounted,
      };
    },
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const NO_TOKENS: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };

function emptyAccount(model: string): Mutable<ModelAccount> {
  return { model, succeeded: 0, tokens: NO_TOKENS, cost: 0n, standardCost: 0n, cacheSaving: 0n, unpriced: 0 };
}

function byCost(a: ModelAccount, b: ModelAccount): number {
  if (a.cost !== b.cost) return a.cost > b.cost ? -1 : 1;
  return a.model < b.model ? -1 : 1;
}
