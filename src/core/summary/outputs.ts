import type { StoredArtifact } from '../../ports/github.ts';
import { printProbability } from '../statistics/fraction.ts';
import { listIds } from '../text/batch-id.ts';
import { toTwoDecimals } from '../text/decimals.ts';
import { parseTime } from '../text/numbers.ts';
import type { Summary, SummaryGrading } from './summary.ts';

/** Where the run's files, artifacts and comment are; undefined if missing. Paths are absolute. */
export interface Stored {
  readonly resultsFile: string | undefined;
  readonly summaryFile: string | undefined;
  readonly reportFile: string | undefined;
  readonly pageFile: string | undefined;
  readonly gradesFile: string | undefined;
  readonly junitFile: string | undefined;
  readonly artifact: StoredArtifact | undefined;
  /** The address that opens the page in a browser. */
  readonly page: { readonly url: string } | undefined;
  readonly comment: { readonly id: number; readonly url: string } | undefined;
}

/** The outputs of `action.yml`, in its order. If results are in but nothing could be priced, the amounts are present but empty. */
const OUTPUTS = {
  status: ({ status }) => status,
  'batch-id': ({ batches }) => (batches.length === 0 ? null : listIds(batches)),
  'batch-source': ({ batch_source }) => batch_source,
  'batch-created-at': firstCreatedAt,
  'submitted-sha': ({ submitted_sha }) => submitted_sha,
  'request-count': ({ requests }) => requests.total,
  'succeeded-count': ({ requests }) => requests.succeeded,
  'errored-count': ({ requests }) => requests.errored,
  'canceled-count': ({ requests }) => requests.canceled,
  'expired-count': ({ requests }) => requests.expired,
  'missing-count': ({ requests }) => requests.missing,
  'reused-count': ({ reuse, tokens }) => tokens && (reuse?.reused ?? 0),
  'input-tokens': ({ tokens }) => tokens?.input,
  'output-tokens': ({ tokens }) => tokens?.output,
  'cache-read-tokens': ({ tokens }) => tokens?.cache_read,
  'cache-write-tokens': ({ tokens }) => tokens?.cache_write,
  'cost-usd': ({ cost, tokens }) => cost.usd ?? (tokens && ''),
  'new-cost-usd': ({ cost, tokens }) => cost.new_usd ?? (tokens && ''),
  'standard-cost-usd': ({ cost, tokens }) => cost.standard_usd ?? (tokens && ''),
  'saved-usd': ({ cost, tokens }) => cost.saved_usd ?? (tokens && ''),
  'estimated-cost-usd': ({ estimate }) => estimate && (estimate.batch?.likely ?? ''),
  'max-estimated-cost-usd': ({ estimate }) => estimate && (estimate.batch?.upper ?? ''),
  'unpriced-count': ({ cost, tokens }) => tokens && cost.unpriced,
  'waited-minutes': ({ waiting }) => waiting?.minutes,
  verdict: ({ grading }) => grading?.verdict,
  'pass-rate': ({ grading }) => twoDecimals(grading?.pass_rate),
  'baseline-pass-rate': ({ grading }) => twoDecimals(grading?.comparison?.figures?.before),
  drop: ({ grading }) => twoDecimals(grading?.comparison?.figures?.drop),
  'case-count': ({ grading }) => grading?.cases,
  'passed-count': ({ grading }) => grading?.passed,
  'failed-count': ({ grading }) => grading?.failed,
  'ungraded-count': ({ grading }) => grading?.ungraded,
  'flaky-count': ({ grading }) => grading?.flaky,
  'broken-count': ({ grading }) => grading?.comparison?.broken,
  'fixed-count': ({ grading }) => grading?.comparison?.fixed,
  'baseline-run-id': ({ grading }) => (grading?.comparison ? grading.baseline?.run_id : null),
  'p-value': ({ grading }) => {
    const p = grading?.comparison?.figures?.p;
    return p === undefined ? undefined : printProbability(p);
  },
  'judge-batch-id': judgeBatchIds,
  'judge-cost-usd': ({ grading }) => (grading?.judge ? (grading.judge.usd ?? '') : null),
  'results-file': (_, stored) => stored.resultsFile,
  'summary-file': (_, stored) => stored.summaryFile,
  'report-file': (_, stored) => stored.reportFile,
  'page-file': (_, stored) => stored.pageFile,
  'grades-file': (_, stored) => stored.gradesFile,
  'junit-file': (_, stored) => stored.junitFile,
  'summary-json': printWithoutRequests,
  'artifact-name': (_, { artifact }) => artifact?.name,
  'artifact-id': (_, { artifact }) => artifact?.id,
  'artifact-digest': (_, { artifact }) => artifact?.digest,
  'artifact-url': (_, { artifact }) => artifact?.url,
  'report-url': (_, { page }) => page?.url,
  'comment-id': (_, { comment }) => comment?.id,
  'comment-url': (_, { comment }) => comment?.url,
} satisfies Record<string, (summary: Summary, stored: Stored) => string | number | null | undefined>;

export type OutputName = keyof typeof OUTPUTS;
export const OUTPUT_NAMES = Object.keys(OUTPUTS) as readonly OutputName[];

/** The remaining outputs of `action.yml`, which only a step that wakes paused jobs sets. */
export type WakeOutput = 'woken' | 'waiting-count';
export const WAKE_OUTPUTS: readonly WakeOutput[] = ['woken', 'waiting-count'];

/** The outputs known so far, whether the step fails or not. */
export function outputsOf(summary: Summary, stored: Stored): ReadonlyMap<OutputName, string> {
  const known = new Map<OutputName, string>();
  for (const name of OUTPUT_NAMES) {
    const value = OUTPUTS[name](summary, stored);
    if (value !== null && value !== undefined) known.set(name, String(value));
  }
  return known;
}

function twoDecimals(decimal: string | null | undefined): string | null {
  return decimal == null ? null : toTwoDecimals(decimal);
}

/** Also while the judge's batches run. */
function judgeBatchIds({ grading, judge_batches: running }: Summary): string | null {
  const batches = grading?.judge?.batches ?? running;
  return batches.length === 0 ? null : listIds(batches);
}

function firstCreatedAt({ batches }: Summary): string | undefined {
  const times = batches.flatMap(({ created_at: text }) => {
    const ms = parseTime(text);
    return ms === undefined ? [] : [{ text, ms }];
  });
  return times.sort((a, b) => a.ms - b.ms)[0]?.text;
}

export function printSummary(summary: Summary): string {
  return `${JSON.stringify(summary, null, 2)}\n`;
}

/** Most groups in the one-line output, which shares the runner's limit of 1 MiB for all outputs of a job. */
const MAX_GROUPS = 50;

/**
 * The value of `summary-json`: the summary on one line without anything per request. Leaves out missing ids, example ids and the list of
 * problems, and keeps only the most frequent kinds of failure.
 */
export function printWithoutRequests(summary: Summary): string {
  const {
    missing_ids: _ids,
    incomplete_examples: _examples,
    problems: _problems,
    warnings: _warnings,
    ...all
  } = summary;
  const { failures, models, grading, ...rest } = all;
  const groups = failures.slice(0, MAX_GROUPS).map(({ example_id: _id, ...group }) => group);
  const dearest = models.slice(0, MAX_GROUPS);
  return JSON.stringify({
    ...rest,
    models: dearest,
    models_left_out: models.length - dearest.length,
    failures: groups,
    failures_left_out: failures.length - groups.length,
    grading: grading && withoutCases(grading),
  });
}

/** The grades without IDs and reasons; of many metrics and values, only the first. */
function withoutCases(grading: SummaryGrading) {
  const {
    examples: _examples,
    required_failed: required,
    required_ungraded: open,
    comparison,
    judge,
    ...rest
  } = grading;
  const { broken_ids: _broken, fixed_ids: _fixed, ...compared } = comparison ?? {};
  return {
    ...rest,
    required_failed_count: required.length,
    required_ungraded_count: open.length,
    metrics: grading.metrics.slice(0, MAX_GROUPS),
    labels: grading.labels.slice(0, MAX_GROUPS),
    judge: judge && {
      ...judge,
      failures: judge.failures.slice(0, MAX_GROUPS).map(({ example_id: _id, ...group }) => group),
    },
    comparison: comparison && compared,
  };
}
