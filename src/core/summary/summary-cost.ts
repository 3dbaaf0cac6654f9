import type { Tokens } from '../cost/tokens.ts';
import { type Accounts, isUnpriced, type ModelAccount } from '../results/accounts.ts';
import { type Femto, formatMicro, roundToMicro } from '../text/money.ts';
import type { Summary, SummaryModel, SummaryTokens } from './summary.ts';

/** Tokens by kind, in the summary's words. */
export function tokensOf({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: Tokens): SummaryTokens {
  return {
    input,
    output,
    cache_read: cacheRead,
    cache_write: cacheWrite5m + cacheWrite1h,
    cache_write_5m: cacheWrite5m,
    cache_write_1h: cacheWrite1h,
  };
}

interface Priced {
  readonly succeeded: number;
  readonly cost: Femto;
  readonly standardCost: Femto;
  readonly cacheSaving: Femto;
  readonly tokens: Tokens;
  readonly unpriced: number;
}

/** What all answers cost. */
export function amountsOf(
  accounts: Accounts | undefined,
): Omit<Summary['cost'], 'new_usd' | 'unbilled_refusals' | 'prices_as_of'> {
  return accounts === undefined
    ? { usd: null, standard_usd: null, saved_usd: null, cache_saved_usd: null, lower_bound: false, unpriced: 0 }
    : amounts({ ...accounts, succeeded: accounts.counts.succeeded });
}

function amounts({ succeeded, tokens, cost, standardCost, cacheSaving, unpriced }: Priced) {
  const nothingPriced = isUnpriced({ succeeded, unpriced, standardCost });
  const micro = roundToMicro(cost);
  const standardMicro = roundToMicro(standardCost);
  return {
    usd: nothingPriced ? null : formatMicro(micro),
    standard_usd: nothingPriced ? null : formatMicro(standardMicro),
    saved_usd: nothingPriced ? null : formatMicro(standardMicro - micro),
    cache_saved_usd: nothingPriced || !isCached(tokens) ? null : formatMicro(roundToMicro(cost + cacheSaving) - micro),
    lower_bound: unpriced > 0,
    unpriced,
  };
}

function isCached({ cacheRead, cacheWrite5m, cacheWrite1h }: Tokens): boolean {
  return cacheRead + cacheWrite5m + cacheWrite1h > 0;
}

/** What the answers of one model cost. */
export function modelOf(account: ModelAccount): SummaryModel {
  const { model, succeeded, tokens } = account;
  return { model, succeeded, tokens: tokensOf(tokens), ...amounts(account) };
}

/** What each round of sending came to; empty where there was only one. */
export function roundsOf(accounts: Accounts | undefined): Summary['rounds'] {
  if (accounts === undefined || accounts.rounds.length < 2) return [];
  return accounts.rounds.map(({ round, requests, succeeded, cost, unpriced }) => ({
    round,
    requests,
    succeeded,
    usd: unpriced > 0 && unpriced >= succeeded && cost === 0n ? null : formatMicro(roundToMicro(cost)),
    lower_bound: unpriced > 0,
  }));
}
