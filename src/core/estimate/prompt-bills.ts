import type { Rates } from '../cost/rates.ts';
import { type Bill, type Charge, createBill, type TokenKind } from './bill.ts';
import type { RequestStats } from './request-stats.ts';
import type { Tokens } from './request-tokens.ts';

/** What prompts cost, by how much they have and by how the cache does. */
export interface PromptBills {
  /** Fewest tokens and a cache that always hits. */
  readonly lowWarm: Bill;
  /** Likely tokens: the cache always hits, never hits, or no mark stands in any request. */
  readonly pointWarm: Bill;
  readonly pointCold: Bill;
  readonly pointUncached: Bill;
  /** Fewest and most likely tokens and a cache that never hits. */
  readonly lowCold: Bill;
  readonly highCold: Bill;
  readonly highWarm: Bill;
  readonly upper: Bill;
}

/** The charges of one request; they differ where a model has a price for long prompts. */
export type Charges = { readonly [size in keyof Tokens]: Charge };

/**
 * The part up to a mark may have more tokens a byte than the rest, as a glossary before English questions. The bound takes it to
 * have half as many more as the prompt has on average.
 */
const densestPart = 1.5;

/** Starts empty bills. */
export function createPromptBills(): PromptBills {
  return {
    lowWarm: createBill(),
    pointWarm: createBill(),
    pointCold: createBill(),
    pointUncached: createBill(),
    lowCold: createBill(),
    highCold: createBill(),
    highWarm: createBill(),
    upper: createBill(),
  };
}

/** Adds the prompt at `position` to all bills. */
export function addPrompt(
  bills: PromptBills,
  position: number,
  stats: RequestStats,
  tokens: Tokens,
  charges: Charges,
): void {
  const { cold5m, cold1h, read, warm5m, warm1h } = sharesOf(position, stats);
  const cold = { cacheWrite5m: cold5m, cacheWrite1h: cold1h, cacheRead: 0 };
  const warm = { cacheWrite5m: warm5m, cacheWrite1h: warm1h, cacheRead: read };
  addShares(bills.lowWarm, charges.low, tokens.low, warm);
  addShares(bills.lowCold, charges.low, tokens.low, cold);
  addShares(bills.pointWarm, charges.point, tokens.point, warm);
  addShares(bills.pointCold, charges.point, tokens.point, cold);
  bills.pointUncached.add(charges.point, 'input', tokens.point);
  addShares(bills.highWarm, charges.high, tokens.high, warm);
  addShares(bills.highCold, charges.high, tokens.high, cold);

  const long = Math.min(1, cold1h * densestPart);
  const short = Math.min(1 - long, cold5m * densestPart);
  const written1h = Math.ceil(tokens.upper * long);
  const written5m = Math.min(tokens.upper - written1h, Math.ceil(tokens.upper * short));
  const { rates } = charges.upper;
  bills.upper.add(charges.upper, dearest(rates, 'cacheWrite1h'), written1h);
  bills.upper.add(charges.upper, dearest(rates, 'cacheWrite5m'), written5m);
  bills.upper.add(charges.upper, 'input', tokens.upper - written1h - written5m);
}

type Shares = Readonly<Record<'cacheWrite5m' | 'cacheWrite1h' | 'cacheRead', number>>;

function addShares(
  bill: Bill,
  charge: Charge,
  tokens: number,
  { cacheWrite5m, cacheWrite1h, cacheRead }: Shares,
): void {
  if (cacheWrite5m > 0) bill.add(charge, 'cacheWrite5m', tokens * cacheWrite5m);
  if (cacheWrite1h > 0) bill.add(charge, 'cacheWrite1h', tokens * cacheWrite1h);
  if (cacheRead > 0) bill.add(charge, 'cacheRead', tokens * cacheRead);
  bill.add(charge, 'input', tokens * Math.max(0, 1 - cacheWrite5m - cacheWrite1h - cacheRead));
}

function sharesOf(position: number, { cache, weight }: RequestStats) {
  const whole = weight[position] ?? 1;
  return {
    cold5m: (cache.cold5m[position] ?? 0) / whole,
    cold1h: (cache.cold1h[position] ?? 0) / whole,
    read: (cache.read[position] ?? 0) / whole,
    warm5m: (cache.warm5m[position] ?? 0) / whole,
    warm1h: (cache.warm1h[position] ?? 0) / whole,
  };
}

/** Tokens that may be written may also be read, or be plain input where the prefix is too short: the kind that costs most. */
function dearest(rates: Rates, write: 'cacheWrite5m' | 'cacheWrite1h'): TokenKind {
  const kinds: readonly TokenKind[] = ['input', 'cacheRead', write];
  return kinds.reduce((most, kind) => ((rates[kind] ?? 0n) > (rates[most] ?? 0n) ? kind : most));
}

/** The kinds of token that a prompt can be charged as. */
export function kindsOf(position: number, { cache }: RequestStats): readonly TokenKind[] {
  const kinds: TokenKind[] = ['input', 'output'];
  if ((cache.cold5m[position] ?? 0) > 0) kinds.push('cacheWrite5m');
  if ((cache.cold1h[position] ?? 0) > 0) kinds.push('cacheWrite1h');
  return kinds.length > 2 ? [...kinds, 'cacheRead'] : kinds;
}
