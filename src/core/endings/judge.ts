import type { Batch } from '../../ports/api.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Failure } from '../messages/failures.ts';
import type { Accounts } from '../results/accounts.ts';
import { errorRatePercent, exceedsErrorRate } from '../results/error-rate.ts';
import { countKinds } from '../results/kind.ts';
import type { Collected, ResultFiles } from './outcome.ts';
import { retryFileKeptBy } from './retry-file.ts';

/** Who asked for a batch to be canceled, as far as it is known. */
type CanceledBy = 'unknown' | 'newer-push';

/** Results are in: completed, or canceled where somebody canceled the batch; over the limit of failures it fails. */
export function judge(
  { accounts, files }: { readonly accounts: Accounts; readonly files: ResultFiles },
  batches: readonly Batch[],
  inputs: Pick<Inputs, 'maxErrorRateMicroPercent' | 'artifactContent' | 'artifactName'>,
  by: CanceledBy = 'unknown',
): Collected {
  const { counts } = accounts;
  const { maxErrorRateMicroPercent } = inputs;
  const { total } = counts;
  const file = { hasRetryFile: files.retry !== undefined, keptBy: retryFileKeptBy(inputs) };
  const canceled = counts.canceled > 0;
  const failures: Failure[] = [];
  if (canceled) failures.push({ code: 'batch-canceled', unanswered: counts.canceled, total, by, ...file });
  else if (exceedsErrorRate(counts, maxErrorRateMicroPercent)) {
    failures.push({
      code: 'error-rate-exceeded',
      unanswered: total - counts.succeeded,
      total,
      percent: errorRatePercent(counts, maxErrorRateMicroPercent),
      maxPercent: maxErrorRateMicroPercent / 1_000_000,
      kinds: countKinds(accounts.failures),
      ...file,
    });
  }
  const status = canceled ? 'canceled' : 'completed';
  return { status, batches, accounts, files, tookMs: durationOf(batches), failures };
}

/** From the creation of the first to the end of the last, in ms; undefined where one does not say. */
function durationOf(batches: readonly Batch[]): number | undefined {
  const starts = batches.map(({ createdAt }) => Date.parse(createdAt));
  const ends = batches.map(({ endedAt }) => (endedAt === null ? Number.NaN : Date.parse(endedAt)));
  const took = Math.max(...ends) - Math.min(...starts);
  return Number.isFinite(took) ? took : undefined;
}
