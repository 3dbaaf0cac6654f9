import type { StoredArtifact } from '../../ports/github.ts';
import type { Summary } from './summary.ts';

/** The outputs of `action.yml`, in its order. */
export const OUTPUT_NAMES = [
  'status',
  'batch-id',
  'batch-source',
  'batch-created-at',
  'submitted-sha',
  'request-count',
  'succeeded-count',
  'errored-count',
  'canceled-count',
  'expired-count',
  'missing-count',
  'input-tokens',
  'output-tokens',
  'cache-read-tokens',
  'cache-write-tokens',
  'cost-usd',
  'new-cost-usd',
  'standard-cost-usd',
  'saved-usd',
  'estimated-cost-usd',
  'max-estimated-cost-usd',
  'unpriced-count',
  'results-file',
  'summary-file',
  'report-file',
  'page-file',
  'summary-json',
  'artifact-name',
  'artifact-id',
  'artifact-digest',
  'artifact-url',
  'report-url',
  'comment-id',
  'comment-url',
] as const;

export type OutputName = (typeof OUTPUT_NAMES)[number];

/** Where the run's files, artifacts and comment are; undefined where there is none. Paths are absolute. */
export interface Stored {
  readonly resultsFile: string | undefined;
  readonly summaryFile: string | undefined;
  readonly reportFile: string | undefined;
  readonly pageFile: string | undefined;
  readonly artifact: StoredArtifact | undefined;
  /** Where the page opens in a browser. */
  readonly page: { readonly url: string } | undefined;
  readonly comment: { readonly id: number; readonly url: string } | undefined;
}

/**
 * The outputs that are known, whether the step fails or not. The three amounts are there, but empty, when results are
 * in and nothing of them could be priced.
 */
export function outputsOf(summary: Summary, stored: Stored): ReadonlyMap<OutputName, string> {
  const { requests, tokens, cost, estimate } = summary;
  const collected = tokens !== null;
  const values: Record<OutputName, string | number | null | undefined> = {
    status: summary.status,
    'batch-id': joinIds(summary),
    'batch-source': summary.batch_source,
    'batch-created-at': firstCreatedAt(summary),
    'submitted-sha': summary.submitted_sha,
    'request-count': requests.total,
    'succeeded-count': requests.succeeded,
    'errored-count': requests.errored,
    'canceled-count': requests.canceled,
    'expired-count': requests.expired,
    'missing-count': requests.missing,
    'input-tokens': tokens?.input,
    'output-tokens': tokens?.output,
    'cache-read-tokens': tokens?.cache_read,
    'cache-write-tokens': tokens?.cache_write,
    'cost-usd': cost.usd ?? (collected ? '' : null),
    'new-cost-usd': cost.new_usd ?? (collected ? '' : null),
    'standard-cost-usd': cost.standard_usd ?? (collected ? '' : null),
    'saved-usd': cost.saved_usd ?? (collected ? '' : null),
    'estimated-cost-usd': estimate && (estimate.batch?.likely ?? ''),
    'max-estimated-cost-usd': estimate && (estimate.batch?.upper ?? ''),
    'unpriced-count': collected ? cost.unpriced : null,
    'results-file': stored.resultsFile,
    'summary-file': stored.summaryFile,
    'report-file': stored.reportFile,
    'page-file': stored.pageFile,
    'summary-json': printWithoutRequests(summary),
    'artifact-name': stored.artifact?.name,
    'artifact-id': stored.artifact?.id,
    'artifact-digest': stored.artifact?.digest,
    'artifact-url': stored.artifact?.url,
    'report-url': stored.page?.url,
    'comment-id': stored.comment?.id,
    'comment-url': stored.comment?.url,
  };
  const known = new Map<OutputName, string>();
  for (const name of OUTPUT_NAMES) {
    const value = values[name];
    if (value !== null && value !== undefined) known.set(name, String(value));
  }
  return known;
}

/** Ids of all batches, fit for the `batch-id` input; undefined where there is none. */
export function joinIds({ batches }: Pick<Summary, 'batches'>): string | undefined {
  return batches.length === 0 ? undefined : batches.map(({ id }) => id).join(',');
}

function firstCreatedAt({ batches }: Summary): string | undefined {
  const times = batches.map(({ created_at }) => created_at).filter((time) => !Number.isNaN(Date.parse(time)));
  return times.sort((a, b) => Date.parse(a) - Date.parse(b))[0];
}

/** The text of `summary.json`. */
export function printSummary(summary: Summary): string {
  return `${JSON.stringify(summary, null, 2)}\n`;
}

/** Groups kept on the one line: it shares the runner's 1 MiB for all outputs of a job. */
const MAX_GROUPS = 50;

/**
 * The value of `summary-json`: the summary on one line without anything per request. Missing ids, example ids and the
 * problems' list are left out, and of many kinds of failure the most frequent stay.
 */
export function printWithoutRequests(summary: Summary): string {
  const { missing_ids: _ids, problems: _problems, warnings: _warnings, failures, models, ...rest } = summary;
  const groups = failures.slice(0, MAX_GROUPS).map(({ example_id: _id, ...group }) => group);
  const dearest = models.slice(0, MAX_GROUPS);
  return JSON.stringify({
    ...rest,
    models: dearest,
    models_left_out: models.length - dearest.length,
    failures: groups,
    failures_left_out: failures.length - groups.length,
  });
}
