import type { Tokens } from '../cost/tokens.ts';
import { FEMTO_PER_MICRO, type Femto, roundToMicro } from '../text/money.ts';
import type { Incomplete } from './whole-answer.ts';

/** How each request of a run ended. The five counts add up to `total`. */
export interface OutcomeCounts {
  readonly total: number;
  readonly succeeded: number;
  readonly errored: number;
  readonly canceled: number;
  readonly expired: number;
  /** Requests without a readable result line from the API. */
  readonly missing: number;
}

/** Usage and cost of answers. */
export interface Totals {
  readonly tokens: Tokens;
  /** Batch cost, as far as prices are known. */
  readonly cost: Femto;
  readonly standardCost: Femto;
  /** For requests with a price: how much more they would have cost in a batch without caching; may be below 0. */
  readonly cacheSaving: Femto;
  /** Succeeded requests whose cost is unknown or only partly known; never counted as free. */
  readonly unpriced: number;
}

export interface ModelAccount extends Totals {
  readonly model: string;
  readonly succeeded: number;
}

export interface RoundAccount extends Pick<Totals, 'cost' | 'unpriced'> {
  /** 0 for the first. */
  readonly round: number;
  /** Requests sent in it. */
  readonly requests: number;
  /** Its answers that count. */
  readonly succeeded: number;
}

/**
 * Failed requests of one kind: same outcome, error type and, except for numbers in it, message. Above the limit of
 * kinds, the rest is mixed by outcome and error type.
 */
export interface FailureGroup {
  readonly outcome: 'errored' | 'canceled' | 'expired' | 'missing';
  /** `error.error.type` of an errored result, such as `invalid_request_error`. */
  readonly type: string | undefined;
  /** The API's message to the first of them, untrusted text of at most 500 characters; undefined for a mixture. */
  readonly message: string | undefined;
  /** Set if other messages differ from it in numbers. */
  readonly varies?: true;
  /** Set for a mixture: the number of kinds in it; `isMore` if there are more. */
  readonly mixed?: { readonly kinds: number; readonly isMore: boolean };
  readonly count: number;
  /** Custom id of the first one, in the order of the request files; empty if unknown. */
  readonly exampleId: string;
  /** May succeed when sent again, possibly only after a person has fixed the account or the key. */
  readonly retryable: boolean;
}

/** Result lines not counted anywhere else. */
export interface UncountedLines {
  /** Lines that no request of this run asked for. */
  readonly unmatched: number;
  /** Duplicate lines. */
  readonly repeated: number;
  readonly unreadable: number;
}

/** The answers that earlier runs paid for: all other sums include them at their original cost. */
export interface ReusedAccount extends Pick<Totals, 'cost' | 'unpriced'> {
  readonly count: number;
  /** The batches with these answers, newest first. */
  readonly sources: readonly ReusedSource[];
}

export interface ReusedSource {
  readonly id: string;
  /** In ms since the epoch; NaN if the API did not say. */
  readonly createdAtMs: number;
  /** Answers taken from it. */
  readonly count: number;
}

/** Everything counted while collecting: what the report needs, and nothing per request except missing ids. */
export interface Accounts extends Totals {
  readonly counts: OutcomeCounts;
  readonly webSearches: number;
  /** Stop reason → number of succeeded results. */
  readonly stopReasons: ReadonlyMap<string, number>;
  /** Reason for being incomplete → number of succeeded results. */
  readonly incomplete: ReadonlyMap<Incomplete, number>;
  /** Reason for being incomplete → custom ID of the first such result, in request file order. */
  readonly incompleteExamples: ReadonlyMap<Incomplete, string>;
  /** Succeeded requests that used code execution, whose container hours are unknown. */
  readonly codeExecutions: number;
  /** Refusals before any output, which are not billed. */
  readonly unbilledRefusals: number;
  /** Sorted by cost, most expensive first, then by name. */
  readonly models: readonly ModelAccount[];
  /** In order; a later round replaces failures of earlier ones. */
  readonly rounds: readonly RoundAccount[];
  readonly reused: ReusedAccount;
  /** By batch id: the cost of its answers that count. */
  readonly batchCosts: ReadonlyMap<string, Femto>;
  /** Most frequent first, mixtures last. */
  readonly failures: readonly FailureGroup[];
  /** Known ids, in request file order. */
  readonly missingIds: readonly string[];
  readonly uncounted: UncountedLines;
}

/** Whether there are answers but none has a known price. */
export function isUnpriced(account: Pick<ModelAccount, 'succeeded' | 'unpriced' | 'standardCost'>): boolean {
  const { succeeded, unpriced, standardCost } = account;
  return unpriced > 0 && unpriced >= succeeded && standardCost === 0n;
}

/** Cost of the answers, rounded as printed, so that amounts of several runs add up; undefined without any price. */
export function knownCost(accounts: Accounts): Femto | undefined {
  if (isUnpriced({ ...accounts, succeeded: accounts.counts.succeeded })) return undefined;
  return roundToMicro(accounts.cost) * FEMTO_PER_MICRO;
}

/** The same without what earlier runs paid for; undefined if none of the other answers has a price. */
export function knownNewCost(accounts: Accounts): Femto | undefined {
  const { cost, unpriced, counts, reused } = accounts;
  const succeeded = counts.succeeded - reused.count;
  const isUnknown = unpriced - reused.unpriced >= succeeded && succeeded > 0 && cost === reused.cost;
  return isUnknown ? undefined : roundToMicro(cost - reused.cost) * FEMTO_PER_MICRO;
}

/** What earlier runs had paid: the printed cost minus the new cost, so that the printed amounts add up. */
export function knownSaved({ cost, reused }: Pick<Accounts, 'cost' | 'reused'>): Femto {
  return (roundToMicro(cost) - roundToMicro(cost - reused.cost)) * FEMTO_PER_MICRO;
}

/** What `max-error-rate` applies to, for requests and for judgements: how many were sent, and how many of them succeeded. */
export type Tries = Pick<OutcomeCounts, 'total' | 'succeeded'>;

/**
 * Whether too many requests ended without an answer. The limit is in millionths of a percent; the comparison is exact. Without requests,
 * never.
 */
export function exceedsErrorRate(counts: Tries, maxErrorRateMicroPercent: number): boolean {
  const unanswered = counts.total - counts.succeeded;
  return BigInt(unanswered) * 100_000_000n > BigInt(maxErrorRateMicroPercent) * BigInt(counts.total);
}

/**
 * Percent of unanswered requests, rounded up to two decimals, so that one in a million never reads as none; with more decimals if the
 * limit has them, so that a rate within it never reads as above it.
 */
export function errorRatePercent(counts: Tries, maxErrorRateMicroPercent: number): number {
  const [, limitDecimals = ''] = String(maxErrorRateMicroPercent / 1_000_000).split('.');
  const decimals = Math.max(2, limitDecimals.length);
  const unanswered = counts.total - counts.succeeded;
  return counts.total === 0 ? 0 : Math.ceil((unanswered * 10 ** (decimals + 2)) / counts.total) / 10 ** decimals;
}
