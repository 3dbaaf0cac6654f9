import type { Batch } from '../../ports/api.ts';
import type { Tokens } from '../cost/tokens.ts';
import { resultsUntil } from '../polling/lifetime.ts';
import { type Accounts, type FailureGroup, isUnpriced, type ModelAccount } from '../results/accounts.ts';
import { FEMTO_PER_MICRO, type Femto, formatMicro, formatUsd, roundToMicro } from '../text/money.ts';
import type { Amounts, Summary, SummaryBatch, SummaryModel, SummaryNotice, SummaryTokens } from './summary.ts';

export function batchOf({ id, status, createdAt, endedAt, expiresAt, counts }: Batch): SummaryBatch {
  return {
    id,
    status,
    created_at: createdAt,
    ended_at: endedAt,
    expires_at: expiresAt,
    results_until: resultsUntil(createdAt),
    counts,
  };
}

/**
 * The batch with its notices. The API deletes results together with their batch. Restoring results does not look at their batches, so
 * none has counts.
 */
function asNoticed(batch: SummaryBatch, notices: readonly SummaryNotice[]): SummaryBatch {
  const isDeleted = notices.some(
    (notice) =>
      (notice.kind === 'deleted' && notice.batch_id === batch.id) ||
      (notice.kind === 'restored' && notice.batch_ids.includes(batch.id)),
  );
  return {
    ...batch,
    ...(isDeleted ? { status: 'deleted', results_until: null } : {}),
    ...(notices.some(({ kind }) => kind === 'restored') ? { counts: null } : {}),
  };
}

/** Batches of answers, or of judgements, with their notices: one kind may be restored and the other not. */
export function batchesOf(batches: readonly Batch[], notices: readonly SummaryNotice[]): readonly SummaryBatch[] {
  const ids = new Set(batches.map(({ id }) => id));
  const own = notices.filter((notice) => notice.kind !== 'restored' || notice.batch_ids.some((id) => ids.has(id)));
  return batches.map((batch) => asNoticed(batchOf(batch), own));
}

/** Merges the restoring of answers and of judgements from one artifact into one event. */
export function joinRestored(notices: readonly SummaryNotice[]): readonly SummaryNotice[] {
  const joined: SummaryNotice[] = [];
  for (const notice of notices) {
    const same = joined.findIndex(
      (one) =>
        one.kind === 'restored' &&
        notice.kind === 'restored' &&
        one.artifact === notice.artifact &&
        one.run_id === notice.run_id,
    );
    const earlier = joined[same];
    if (earlier?.kind !== 'restored' || notice.kind !== 'restored') joined.push(notice);
    else joined[same] = { ...earlier, batch_ids: [...earlier.batch_ids, ...notice.batch_ids] };
  }
  return joined;
}

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

/** The cost of answers, including their judgements if given. The caching saving covers only the requests themselves. */
export function amountsOf(accounts: Accounts | undefined, judgements?: Accounts): Amounts {
  if (accounts === undefined)
    return { usd: null, standard_usd: null, saved_usd: null, cache_saved_usd: null, lower_bound: false, unpriced: 0 };
  const own = { ...accounts, succeeded: accounts.counts.succeeded };
  const ofAnswers = amounts(own);
  if (judgements === undefined) return ofAnswers;
  return { ...amounts(together(own, judgements)), cache_saved_usd: ofAnswers.cache_saved_usd };
}

/** Sums amounts as printed, since runs report them separately. */
function together(account: Omit<ModelAccount, 'model'>, judgements: Accounts): Omit<ModelAccount, 'model'> {
  const { cost, standardCost, unpriced, counts } = judgements;
  const sum = (a: Femto, b: Femto): Femto => (roundToMicro(a) + roundToMicro(b)) * FEMTO_PER_MICRO;
  return {
    ...account,
    cost: sum(account.cost, cost),
    standardCost: sum(account.standardCost, standardCost),
    unpriced: account.unpriced + unpriced,
    succeeded: account.succeeded + counts.succeeded,
  };
}

function amounts(account: Omit<ModelAccount, 'model'>): Amounts {
  const { tokens, cost, standardCost, cacheSaving, unpriced } = account;
  const [micro, standardMicro] = [roundToMicro(cost), roundToMicro(standardCost)];
  const isCached = tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h > 0;
  const isKnown = !isUnpriced(account);
  return {
    usd: isKnown ? formatMicro(micro) : null,
    standard_usd: isKnown ? formatMicro(standardMicro) : null,
    saved_usd: isKnown ? formatMicro(standardMicro - micro) : null,
    cache_saved_usd: isKnown && isCached ? formatMicro(roundToMicro(cost + cacheSaving) - micro) : null,
    lower_bound: unpriced > 0,
    unpriced,
  };
}

export function modelOf(account: ModelAccount): SummaryModel {
  const { model, succeeded, tokens } = account;
  return { model, succeeded, tokens: tokensOf(tokens), ...amounts(account) };
}

/** Outcome of each sending round; empty if there was only one. */
export function roundsOf(accounts: Accounts | undefined): Summary['rounds'] {
  if (accounts === undefined || accounts.rounds.length < 2) return [];
  return accounts.rounds.map(({ round, requests, succeeded, cost, unpriced }) => ({
    round,
    requests,
    succeeded,
    usd: isUnpriced({ succeeded, unpriced, standardCost: cost }) ? null : formatUsd(cost),
    lower_bound: unpriced > 0,
  }));
}

export function groupOf(group: FailureGroup): Summary['failures'][number] {
  const { outcome, type = null, message = null, count, exampleId: example_id, varies, mixed, retryable } = group;
  return {
    ...{ outcome, type, message, count, example_id, retryable },
    ...(varies && { varies }),
    ...(mixed && { mixed: { kinds: mixed.kinds, is_more: mixed.isMore } }),
  };
}
