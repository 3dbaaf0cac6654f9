import type { Batch } from '../../ports/api.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Accounts } from '../results/accounts.ts';
import { errorRatePercent, exceedsErrorRate } from '../results/gate.ts';
import { kindOf } from '../results/kind.ts';
import { countOf, formatCount } from '../text/numbers.ts';
import { type Keeping, keepingOf, restClause, retryClause } from './kept-back.ts';
import type { Collected, ResultFiles } from './outcome.ts';

/** Who asked for a batch to be stopped, as far as it is known. */
type StoppedBy = 'somebody' | 'newer-push';

/** Results are in: completed, or canceled where somebody stopped the batch; over the limit of failures it fails. */
export function judge(
  collection: { readonly accounts: Accounts; readonly files: ResultFiles },
  batches: readonly Batch[],
  inputs: Pick<Inputs, 'maxErrorRateMicroPercent' | 'artifactContent' | 'artifactName'>,
  stoppedBy: StoppedBy = 'somebody',
): Collected {
  const { accounts, files } = collection;
  const { maxErrorRateMicroPercent } = inputs;
  const keeping = keepingOf(inputs);
  const canceled = accounts.counts.canceled > 0;
  const exceeded = exceedsErrorRate(accounts.counts, maxErrorRateMicroPercent);
  const failure = canceled
    ? canceledText(accounts, files, stoppedBy, keeping)
    : exceeded
      ? exceededText(accounts, files, maxErrorRateMicroPercent, keeping)
      : undefined;
  return {
    status: canceled ? 'canceled' : 'completed',
    batches,
    accounts,
    files,
    tookMs: durationOf(batches),
    failure,
  };
}

function canceledText({ counts }: Accounts, { retry }: ResultFiles, stoppedBy: StoppedBy, keeping: Keeping): string {
  const rest = `${formatCount(counts.canceled)} of ${countOf(counts.total, 'request')} were not answered. What finished was collected and is billed`;
  if (stoppedBy === 'newer-push')
    return `A newer push with other requests stopped the batch (supersede: cancel): ${rest}; a run with these requests sends only the rest.`;
  return `The batch was canceled: ${rest}${retry === undefined ? '' : `; ${restClause(keeping)}`}.`;
}

function exceededText(
  { counts, failures }: Accounts,
  { retry }: ResultFiles,
  maxErrorRateMicroPercent: number,
  keeping: Keeping,
): string {
  const unanswered = formatCount(counts.total - counts.succeeded);
  const limit = maxErrorRateMicroPercent / 1_000_000;
  const kinds = new Map<string, number>();
  for (const group of failures) kinds.set(kindOf(group), (kinds.get(kindOf(group)) ?? 0) + group.count);
  const listed = Array.from(kinds, ([kind, count]) => `${formatCount(count)} × ${kind}`).join(', ');
  return `${unanswered} of ${countOf(counts.total, 'request')} ended without an answer (${errorRatePercent(counts, maxErrorRateMicroPercent)} %, max-error-rate is ${limit} %): ${listed}. The report groups them by cause${retry === undefined ? '' : `; ${retryClause(keeping)}`}.`;
}

function durationOf(batches: readonly Batch[]): number | undefined {
  const starts = batches.map(({ createdAt }) => Date.parse(createdAt));
  const ends = batches.map(({ endedAt }) => (endedAt === null ? Number.NaN : Date.parse(endedAt)));
  const took = Math.max(...ends) - Math.min(...starts);
  return Number.isFinite(took) ? took : undefined;
}
