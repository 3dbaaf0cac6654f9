import type { Collected, Failed, Pending, Rejected, ResultFiles, Skipped } from '../../outcome.ts';
import type { Batch } from '../../ports.ts';
import type { RunContext } from '../inputs/context.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { formatDuration } from '../report/duration.ts';
import { countOf, formatCount } from '../report/numbers.ts';
import type { Accounts, FailureGroup } from './accounts.ts';
import { errorRatePercent, exceedsErrorRate } from './gate.ts';

/** Without a key: quiet where the event comes without secrets, else the user's mistake. */
export function withoutKey(run: RunContext): Skipped | Rejected {
  if (run.untrusted !== undefined) return { status: 'skipped', why: run.untrusted };
  const what = 'there is no API key';
  const cure = 'set anthropic-api-key: ${{ secrets.ANTHROPIC_API_KEY }}, and add that secret to the repository';
  return { status: 'rejected', problems: [{ code: 'no-api-key', what, cure }] };
}

/** What a run knows of its batches when it ends before collecting. */
export interface Underway {
  readonly batches: readonly Batch[];
  readonly requestCount: number;
  readonly waitedMs: number;
}

/** Time is up and a batch is still running. */
export function handOver(underway: Underway, onTimeout: Inputs['onTimeout']): Pending {
  const waited = formatDuration(underway.waitedMs);
  const failure = `The batch had not ended after ${waited} of waiting, and on-timeout is fail. ${howToGoOn(underway.batches)}`;
  return { status: 'pending', ...underway, failure: onTimeout === 'fail' ? failure : undefined };
}

/** A batch that can no longer be looked at: the credential may not, it is not there, or the API is out. */
export function loseSight(
  underway: Underway,
  lost: { readonly id: string; readonly why: 'not-found' | 'not-allowed' | 'outage'; readonly said: string },
): Pending | Failed {
  if (lost.why === 'not-found') {
    return failed(
      `The API does not know the batch ${lost.id}: it was deleted, or it belongs to another workspace than this key. Check the id and use the key of the workspace that made it.`,
    );
  }
  const reason =
    lost.why === 'outage'
      ? `The API gave no answer about the batch ${lost.id} for too long: ${lost.said}.`
      : `The API does not let this key look at the batch ${lost.id}: ${lost.said}. Check anthropic-api-key.`;
  if (underway.batches.length === 0) return failed(reason);
  return { status: 'pending', ...underway, failure: `${reason} ${howToGoOn(underway.batches)}` };
}

/** The batch has ended, but its results cannot be had. */
export function loseResults(
  underway: Underway,
  lost: { readonly id: string; readonly said: string },
): Pending | Failed {
  if (underway.batches.some(({ id, archivedAt }) => id === lost.id && archivedAt !== null)) {
    return failed(
      `The results of the batch ${lost.id} are gone: the API keeps them for 29 days. Submit the requests again.`,
    );
  }
  const reason = `The results of the batch ${lost.id} could not be downloaded: ${lost.said}.`;
  return { status: 'pending', ...underway, failure: `${reason} ${howToGoOn(underway.batches)}` };
}

/** Something nobody foresaw. Batches that exist stay collectable. */
export function breakDown(underway: Underway, said: string): Pending | Failed {
  const sentence = `The step broke down: ${said.replace(/[.\s]+$/, '')}.`;
  if (underway.batches.length === 0) return failed(`${sentence} Mend that and run again.`);
  return { status: 'pending', ...underway, failure: `${sentence} ${howToGoOn(underway.batches)}` };
}

/** Results are in: completed, or canceled where somebody stopped the batch; over the limit of failures it fails. */
export function judge(
  collection: { readonly accounts: Accounts; readonly files: ResultFiles },
  batches: readonly Batch[],
  maxErrorRateMicroPercent: number,
): Collected {
  const { accounts, files } = collection;
  const canceled = batches.some(({ cancelInitiatedAt, counts }) => cancelInitiatedAt !== null && counts.canceled > 0);
  const exceeded = exceedsErrorRate(accounts.counts, maxErrorRateMicroPercent);
  const failure = canceled
    ? canceledText(accounts)
    : exceeded
      ? exceededText(accounts, maxErrorRateMicroPercent)
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

/** What to do with batches that live on, in one sentence. */
export function howToGoOn(batches: readonly Batch[]): string {
  return `Nothing is lost: run again with batch-id: ${batches.map(({ id }) => id).join(',')} to collect it.`;
}

function failed(failure: string): Failed {
  return { status: 'failed', failure };
}

function canceledText({ counts }: Accounts): string {
  const stopped = formatCount(counts.canceled);
  return `The batch was canceled: ${stopped} of ${countOf(counts.total, 'request')} were not answered. What finished was collected and is billed; run again with retry.jsonl as requests for the rest.`;
}

function exceededText({ counts, failures }: Accounts, maxErrorRateMicroPercent: number): string {
  const unanswered = formatCount(counts.total - counts.succeeded);
  const limit = maxErrorRateMicroPercent / 1_000_000;
  const kinds = new Map<string, number>();
  for (const group of failures) kinds.set(kindOf(group), (kinds.get(kindOf(group)) ?? 0) + group.count);
  const listed = Array.from(kinds, ([kind, count]) => `${formatCount(count)} × ${kind}`).join(', ');
  return `${unanswered} of ${countOf(counts.total, 'request')} ended without an answer (${errorRatePercent(counts)} %, max-error-rate is ${limit} %): ${listed}. The report groups them by cause; retry.jsonl holds them ready to be sent again.`;
}

/** Error types are the API's own words, but they come over the wire: only what looks like one is named. */
function kindOf({ outcome, type }: FailureGroup): string {
  return outcome === 'errored' && type !== undefined && /^[a-z_]{1,60}$/.test(type) ? type : outcome;
}

function durationOf(batches: readonly Batch[]): number | undefined {
  const starts = batches.map(({ createdAt }) => Date.parse(createdAt));
  const ends = batches.map(({ endedAt }) => (endedAt === null ? Number.NaN : Date.parse(endedAt)));
  const took = Math.max(...ends) - Math.min(...starts);
  return Number.isFinite(took) ? took : undefined;
}
