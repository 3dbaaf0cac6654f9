import type { PriceBook } from '../cost/book.ts';
import type { Femto } from '../cost/money.ts';
import { priceUsage } from '../cost/price.ts';
import { parseUsage } from '../cost/usage.ts';
import type { Accounts, FailureGroup, ModelAccount, RoundAccount, Tokens } from './accounts.ts';
import { isPassing, type Result, type ResultMessage } from './result.ts';

/** Adds up what came back, one request at a time, in the order of the request files. */
export interface Ledger {
  /** The result of a request, from a batch of this round; `createdAtMs` is when that was created, which decides the prices. */
  add(result: Result, createdAtMs: number, round: number): void;
  /** A request for which no result came. */
  addMissing(customId: string): void;
  /** Requests for which no result came and whose ids nobody knows. */
  addUnknown(count: number): void;
  /** `sent`: by round, how many requests went out in it. */
  close(stray: Accounts['stray'], sent: ReadonlyMap<number, number>): Accounts;
}

/** Different failures kept apart; those beyond count under their type alone, without a message. */
const MAX_FAILURE_GROUPS = 200;
const MAX_MESSAGE_CHARACTERS = 500;

export function createLedger(prices: PriceBook): Ledger {
  const counts = { total: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0, missing: 0 };
  const stopReasons = new Map<string, number>();
  const models = new Map<string, Mutable<ModelAccount>>();
  const rounds = new Map<number, Mutable<RoundAccount>>();
  const failures = new Map<string, Mutable<FailureGroup>>();
  const missingIds: string[] = [];
  const notes = { webSearches: 0, codeExecutions: 0, unbilledRefusals: 0 };

  function addFailure(
    outcome: FailureGroup['outcome'],
    exampleId: string,
    type?: string,
    text?: string,
    count = 1,
  ): void {
    const message = text?.slice(0, MAX_MESSAGE_CHARACTERS);
    // Messages that differ in nothing but figures, such as a place or a size, are one cause.
    const exact = JSON.stringify([outcome, type, message?.replace(/\d+/g, '#')]);
    const full = failures.size >= MAX_FAILURE_GROUPS && !failures.has(exact);
    const key = full ? JSON.stringify([outcome, type]) : exact;
    const group = failures.get(key);
    if (group !== undefined) group.count += count;
    else {
      const passing = isPassing(outcome, type);
      failures.set(key, { outcome, type, message: full ? undefined : message, count, exampleId, passing });
    }
  }

  function roundAccount(round: number): Mutable<RoundAccount> {
    const account = rounds.get(round) ?? { round, requests: 0, succeeded: 0, cost: 0n, unpriced: 0 };
    rounds.set(round, account);
    return account;
  }

  function addSuccess(message: ResultMessage, createdAtMs: number, round: Mutable<RoundAccount>): void {
    const { model, stopReason, hasOutput } = message;
    const usage = parseUsage(message.usage);
    const account = models.get(model) ?? emptyAccount(model);
    models.set(model, account);
    account.succeeded += 1;
    round.succeeded += 1;
    if (stopReason !== null) stopReasons.set(stopReason, (stopReasons.get(stopReason) ?? 0) + 1);
    if (message.ranCode) notes.codeExecutions += 1;
    if (usage !== undefined) {
      account.tokens = addTokens(account.tokens, usage);
      notes.webSearches += usage.webSearches;
    }
    const pricing = priceUsage({ model, usage, stopReason, hasOutput, at: createdAtMs, prices });
    if (pricing.kind !== 'priced') {
      account.unpriced += 1;
      round.unpriced += 1;
    }
    if (pricing.kind === 'unpriced') return;
    account.cost += pricing.batch;
    round.cost += pricing.batch;
    account.standardCost += pricing.standard;
    if (pricing.kind !== 'priced') return;
    account.cacheSaving += pricing.cacheSaving;
    if (pricing.unbilled) notes.unbilledRefusals += 1;
  }

  return {
    add({ customId, ending }, createdAtMs, round) {
      counts.total += 1;
      counts[ending.kind] += 1;
      if (ending.kind === 'succeeded') addSuccess(ending.message, createdAtMs, roundAccount(round));
      else if (ending.kind === 'errored') addFailure('errored', customId, ending.type, ending.message);
      else addFailure(ending.kind, customId);
    },
    addMissing(customId) {
      counts.total += 1;
      counts.missing += 1;
      missingIds.push(customId);
      addFailure('missing', customId);
    },
    addUnknown(count) {
      if (count === 0) return;
      counts.total += count;
      counts.missing += count;
      addFailure('missing', '', undefined, undefined, count);
    },
    close(stray, sent) {
      for (const [round, requests] of sent) roundAccount(round).requests = requests;
      const accounts = [...models.values()].sort(byCost);
      return {
        counts,
        tokens: accounts.reduce((sum, account) => addTokens(sum, account.tokens), NO_TOKENS),
        ...notes,
        stopReasons,
        cost: total(accounts, (account) => account.cost),
        standardCost: total(accounts, (account) => account.standardCost),
        cacheSaving: total(accounts, (account) => account.cacheSaving),
        unpriced: accounts.reduce((sum, account) => sum + account.unpriced, 0),
        models: accounts,
        rounds: [...rounds.values()].sort((a, b) => a.round - b.round),
        failures: [...failures.values()].sort((a, b) => b.count - a.count),
        missingIds,
        stray,
      };
    },
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const NO_TOKENS: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };

function emptyAccount(model: string): Mutable<ModelAccount> {
  return { model, succeeded: 0, tokens: NO_TOKENS, cost: 0n, standardCost: 0n, cacheSaving: 0n, unpriced: 0 };
}

function addTokens(a: Tokens, b: Tokens): Tokens {
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite5m: a.cacheWrite5m + b.cacheWrite5m,
    cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
  };
}

function total(accounts: readonly ModelAccount[], of: (account: ModelAccount) => Femto): Femto {
  return accounts.reduce((sum, account) => sum + of(account), 0n);
}

function byCost(a: ModelAccount, b: ModelAccount): number {
  if (a.cost !== b.cost) return a.cost > b.cost ? -1 : 1;
  return a.model < b.model ? -1 : 1;
}
