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
  /** Requests for which the API gave no readable result line. */
  readonly missing: number;
}

/** What answers used and cost. */
export interface Totals {
  readonly tokens: Tokens;
  /** Batch cost, as far as prices are known. */
  readonly cost: Femto;
  readonly standardCost: Femto;
  /** Of requests with a price: what they would have cost more in a batch without caching; may be below 0. */
  readonly cacheSaving: Femto;
  /** Succeeded requests whose cost is not known, or only in part; never counted as free. */
  readonly unpriced: number;
}

export interface ModelAccount extends Totals {
  readonly model: string;
  readonly succeeded: number;
}

export interface RoundAccount extends Pick<Totals, 'cost' | 'unpriced'> {
  /** 0 for the first. */
  readonly round: number;
  /** Requests that went out in it. */
  readonly requests: number;
  /** Answers of it that count. */
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
  /** Set where other messages differ from it in numbers. */
  readonly varies?: true;
  /** Set for a mixture: how many kinds it holds, or that many and more. */
  readonly mixed?: { readonly kinds: number; readonly isMore: boolean };
  readonly count: number;
  /** Custom id of the first one, in the order of the request files; empty if unknown. */
  readonly exampleId: string;
  /** May succeed when sent again, maybe only after a person has put the account or the key right. */
  readonly retryable: boolean;
}

/** Result lines that are counted nowhere. */
export interface UncountedLines {
  /** Those that no request of this run asked for. */
  readonly unmatched: number;
  /** Those that came twice. */
  readonly repeated: number;
  readonly unreadable: number;
}

/** Of all answers those that earlier runs had paid for: they are in every other sum at what they once cost. */
export interface ReusedAccount extends Pick<Totals, 'cost' | 'unpriced'> {
  readonly count: number;
  /** The batches that hold them, newest first. */
  readonly sources: readonly ReusedSource[];
}

export interface ReusedSource {
  readonly id: string;
  /** In ms since the epoch; not a number where the API did not say. */
  readonly createdAtMs: number;
  /** Answers that were taken from it. */
  readonly count: number;
}

/** Everything counted while collecting: what the report says and nothing per request but the ids that are missing. */
export interface Accounts extends Totals {
  readonly counts: OutcomeCounts;
  readonly webSearches: number;
  /** Stop reason → how many succeeded results ended that way. */
  readonly stopReasons: ReadonlyMap<string, number>;
  /** What makes succeeded results incomplete → how many. */
  readonly incomplete: ReadonlyMap<Incomplete, number>;
  /** What makes succeeded results incomplete → custom ID of the first, in the order of the request files. */
  readonly incompleteExamples: ReadonlyMap<Incomplete, string>;
  /** Succeeded requests that used code execution, whose container hours cannot be computed. */
  readonly codeExecutions: number;
  /** Refusals before any output, which are not billed. */
  readonly unbilledRefusals: number;
  /** Sorted by cost, most expensive first, then by name. */
  readonly models: readonly ModelAccount[];
  /** In their order; a later one replaces failures of those before. */
  readonly rounds: readonly RoundAccount[];
  readonly reused: ReusedAccount;
  /** What the answers of each batch cost that count, by its id. */
  readonly batchCosts: ReadonlyMap<string, Femto>;
  /** Most frequent first, mixtures last. */
  readonly failures: readonly FailureGroup[];
  /** Those that are known, in the order of the request files. */
  readonly missingIds: readonly string[];
  readonly uncounted: UncountedLines;
}

/** Whether there are answers, and for none of them a price is known. */
export function isUnpriced(account: Pick<ModelAccount, 'succeeded' | 'unpriced' | 'standardCost'>): boolean {
  const { succeeded, unpriced, standardCost } = account;
  return unpriced > 0 && unpriced >= succeeded && standardCost === 0n;
}

/** Cost of the answers, rounded as printed, so that amounts of several runs add up; undefined without any price. */
export function knownCost(accounts: Accounts): Femto | undefined {
  if (isUnpriced({ ...accounts, succeeded: accounts.counts.succeeded })) return undefined;
  return roundToMicro(accounts.cost) * FEMTO_PER_MICRO;
}

/** The same without what earlier runs had paid for: undefined if none of the other answers has a price. */
export function knownNewCost(accounts: Accounts): Femto | undefined {
  const { cost, unpriced, counts, reused } = accounts;
  const succeeded = counts.succeeded - reused.count;
  const isUnknown = unpriced - reused.unpriced >= succeeded && succeeded > 0 && cost === reused.cost;
  return isUnknown ? undefined : roundToMicro(cost - reused.cost) * FEMTO_PER_MICRO;
}

/**
 * The part of the cost that earlier runs had paid: what is left of the printed cost without what is new, so that the printed
 * amounts add up.
 */
export function knownSaved({ cost, reused }: Pick<Accounts, 'cost' | 'reused'>): Femto {
  return (roundToMicro(cost) - roundToMicro(cost - reused.cost)) * FEMTO_PER_MICRO;
}

/** What `max-error-rate` is held against, for requests and for judgements: how many were asked, and how many of these succeeded. */
export type Tries = Pick<OutcomeCounts, 'total' | 'succeeded'>;

/**
 * Whether too many requests ended without an answer. The limit is in millionths of a percent; the comparison is exact.
 * No request at all is never too many.
 */
export function exceedsErrorRate(counts: Tries, maxErrorRateMicroPercent: number): boolean {
  const unanswered = counts.total - counts.succeeded;
  return BigInt(unanswered) * 100_000_000n > BigInt(maxErrorRateMicroPercent) * BigInt(counts.total);
}

/**
 * Percent of requests without an answer, rounded up to two decimals, so that one of a million never reads as none; to as many
 * as the limit has where that are more, so that a rate within it never reads as above it.
 */
export function errorRatePercent(counts: Tries, maxErrorRateMicroPercent: number): number {
  const [, limitDecimals = ''] = String(maxErrorRateMicroPercent / 1_000_000).split('.');
  const decimals = Math.max(2, limitDecimals.length);
  const unanswered = counts.total - counts.succeeded;
  return counts.total === 0 ? 0 : Math.ceil((unanswered * 10 ** (decimals + 2)) / counts.total) / 10 ** decimals;
}
