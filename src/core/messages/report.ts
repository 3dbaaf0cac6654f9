import { capitalize } from '../text/capitalize.ts';
import { countOf, formatCount } from '../text/numbers.ts';
import type { KeptOnRunnerBy } from './failures.ts';
import type { DataOf } from './table.ts';

// Words of the report as Markdown: code is in backticks, and every untrusted fact must be escaped before or after.

/** An amount that may be unknown, or only a part. Texts are USD with six decimals. */
export interface PrintedAmounts {
  readonly usd: string | null;
  readonly saved_usd: string | null;
  readonly lower_bound: boolean;
}

/** An amount as every text prints it: `$0.058312`, `at least $0.058312`, `unknown`. */
export function printUsd(amount: string | null, isLowerBound: boolean): string {
  if (amount === null) return 'unknown';
  const sign = amount.startsWith('-') ? '-' : '';
  return `${isLowerBound ? 'at least ' : ''}${sign}$${amount.slice(sign.length)}`;
}

export const HEADINGS = {
  'estimated-before': 'Estimated before submission',
} as const;

/** Titles of columns and names of figures. */
export const LABELS = {
  answered: 'Answered',
  batch: 'Batch',
  'batch-cost': 'In this batch',
  'all-cost': 'All answers',
  /** Where answers were judged. */
  'judged-cost': 'Answers and judge',
  'cache-read': 'Cache read',
  'cache-write': 'Cache write',
  canceled: 'Canceled',
  cost: 'Cost',
  created: 'Created',
  ended: 'Ended',
  errored: 'Errored',
  'estimated-before': 'Estimate',
  expired: 'Expired',
  'for-example': 'For example',
  'highest-estimate': 'Upper bound',
  input: 'Input',
  missing: 'Missing',
  model: 'Model',
  'new-cost': 'New in this step',
  'no-answer': 'No answer',
  output: 'Output',
  requests: 'Requests',
  'results-until': 'Results available until',
  reused: 'Reused',
  round: 'Round',
  'saved-by-batch': 'Saved by the batch',
  'saved-by-reuse': 'Saved by reuse',
  'saved-by-caching': 'Saved by caching',
  sent: 'Submitted',
  'standard-cost': 'Without a batch',
  status: 'Status',
  'the-run': 'the run',
  'the-summary': 'the summary of the run',
  tokens: 'Tokens',
  unknown: 'unknown',
  waiting: 'Waiting',
  'web-searches': 'Web searches',
  'what-happened': 'What happened',
  'what-is-wrong': 'What is wrong',
  'what-to-do': 'What to do',
  where: 'Where',
} as const;

/** Sentences of the report, and pieces of its lines. */
export const REPORT = {
  'none-found': ({ patterns }: { patterns: readonly string[] }) =>
    `${patterns.length === 0 ? '' : `Looked for ${patterns.join(', ')}. `}Check the patterns, which are relative to the workspace, and the step that writes the files. To make this fail the step, set \`if-no-requests-found: error\`.`,
  'skipped-fork': () =>
    'This pull request comes from a fork. Runs for forks get no secrets, and this action signs in for none, so nothing was submitted. A maintainer can run it from a branch of this repository.',
  'skipped-dependabot': () =>
    'Runs for Dependabot get no Actions secrets, so nothing was submitted. Add the key to the Dependabot secrets of this repository to run it, or sign in without a key, with "id-token: write".',
  'error-rate': ({ percent, maxPercent }: { percent: number; maxPercent: number }) =>
    `${percent}% (${maxPercent}% allowed)`,
  /** `usd` is null where the runner's price is not known. */
  'runner-time': ({ minutes, usd }: { minutes: number; usd: string | null }) =>
    `${usd === null ? '' : `$${usd} for `}${minutes.toLocaleString('en-US')} runner ${minutes === 1 ? 'minute' : 'minutes'}`,
  'prices-as-of': ({ date }: { date: string }) => `Prices as of ${date}.`,

  details: ({ cost, estimate, models, batches, isReuse }: DetailsContent) => {
    const names = [
      ...(cost ? ['cost', 'tokens'] : []),
      ...(estimate ? ['estimate'] : []),
      ...(models > 1 ? ['models'] : []),
      ...(batches === 0 ? [] : [batches === 1 ? 'batch' : 'batches']),
      ...(isReuse === true ? ['reused answers'] : []),
    ];
    const list = names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
    return capitalize(list);
  },
  round: ({ round }: { round: number }) => (round === 0 ? 'First' : `Retry ${round}`),
  'reused-answers': () => 'Reused answers come from these earlier batches:',
  'other-ways': () => 'Other ways to get the results',
  'collect-anywhere': ({ isReuse }: { isReuse: boolean }) =>
    isReuse
      ? 'This step collects the results in any workflow, and submits no request again. Reused answers come along if `name` and the inputs that change requests, such as `default-params`, are those of this run:'
      : 'This step collects the results in any workflow, and submits no request again:',

  'such-as': ({ message }: { message: string }) => `such as: ${message}`,
  'other-causes': ({ kinds, isMore }: { kinds: number; isMore: boolean }) =>
    isMore ? `${formatCount(kinds)} or more other causes` : countOf(kinds, 'other cause'),
  'more-failures': ({ requests, rows }: { requests: number; rows: number }) =>
    `And ${countOf(requests, 'more request')} in ${countOf(rows, 'more row')}: see \`summary.json\`.`,
  warnings: ({ count }: { count: number }) => `${countOf(count, 'warning')} about the requests`,
  'more-models': ({ count }: { count: number }) => `And ${countOf(count, 'more model')}: see \`summary.json\`.`,
  'more-problems': ({ count }: { count: number }) =>
    `And ${countOf(count, 'more kind of problem', 'more kinds of problem')}: see the log.`,
  'more-warnings': ({ count }: { count: number }) =>
    `And ${countOf(count, 'more kind of warning', 'more kinds of warning')}: see the log.`,
  'more-lines': ({ count }: { count: number }) => `and ${countOf(count, 'more line')}`,
  'retry-file': ({ keptBy }: { keptBy: KeptOnRunnerBy }) => {
    const use =
      '`retry.jsonl` contains the requests without an answer. "Submitting retry.jsonl" in `docs/results.md` of this action shows how to submit only these.';
    if (keptBy === undefined) return use;
    const why =
      keptBy === 'artifact-name'
        ? '`artifact-name` is empty'
        : '`artifact-content` is not `full`, so no artifact holds it';
    return `${use} It stays in \`results-path\` on the runner for later steps of this job, because ${why}.`;
  },

  'see-answers': () => 'See the answers',
  'see-cases': ({ count }: { count: number }) => (count === 1 ? 'See the case' : `See the ${formatCount(count)} cases`),
  'all-answers': () => 'All answers',
  download: () => 'Download',
  'run-link': () => 'Run',
  run: ({ id, attempt }: { id: number; attempt: number }) => `Run ${id}${attempt === 1 ? '' : `, attempt ${attempt}`}`,
  'rerun-this-job': () => 're-run this job',
  'rest-in-log': ({ link }: { link: string }) => `The rest did not fit here: the log of ${link} has more.`,
  'rest-in-summary': ({ link }: { link: string }) => `The rest did not fit here: ${link} has the full report.`,
  'rest-in-artifact': ({ link }: { link: string }) =>
    `The rest did not fit here: \`report.md\` in the artifact ${link} has the full report.`,
  'rest-nowhere': ({ link }: { link: string }) =>
    `The rest did not fit here and was not kept. Set \`summary: true\` to get the full report in the summary of ${link}.`,
};

/** What the folded details show: `models` and `batches` are how many there are. */
export interface DetailsContent {
  readonly cost: boolean;
  readonly estimate: boolean;
  readonly models: number;
  readonly batches: number;
  /** Whether answers are reused; not unless it says so. */
  readonly isReuse?: boolean;
}

/** How many batches, of how many requests; null or undefined where that is not known. */
export interface Batches {
  readonly batches: number;
  readonly requests: number | null | undefined;
}

export function printBatches({ batches, requests }: Batches): string {
  const size = requests == null ? '' : ` with ${countOf(requests, 'request')}`;
  return `${countOf(batches, 'batch', 'batches')}${size}`;
}

/** What batches do: at least one runs, at least one is being canceled, or all have ended. */
export type BatchState = 'running' | 'canceling' | 'ended';

/** What became of requests without an answer whose error has no message, by outcome or error type. */
export const CAUSES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    expired: 'Not processed within 24 hours',
    canceled: 'Canceled before they were processed',
    missing: 'The API returned no readable result',
    overloaded_error: 'The API was overloaded',
    api_error: 'The API failed internally',
    rate_limit_error: 'A rate limit was hit',
    timeout_error: 'The API timed out',
  }),
);

/** What an incomplete answer means and what to do, by what makes it so. */
export const STOP_REASONS = {
  refusal: ({ count, unbilled }: { count: number; unbilled: number }) => {
    const rest =
      unbilled === 0
        ? ''
        : unbilled === count
          ? ', before any output, so it is not billed'
          : `. ${formatCount(unbilled)} of these came before any output and ${unbilled === 1 ? 'is' : 'are'} not billed`;
    return { meaning: `The model declined to answer${rest}`, advice: 'Read the prompt' };
  },
  max_tokens: () => ({ meaning: 'Answer cut off at `max_tokens`', advice: 'Raise `max_tokens`' }),
  pause_turn: () => ({
    meaning: 'The API paused a turn with server tools',
    advice: 'Continue it in a new request',
  }),
  model_context_window_exceeded: () => ({
    meaning: 'Answer cut off at the end of the context window',
    advice: 'Shorten the prompt',
  }),
  unknown: () => ({ meaning: 'No stop reason, or one that this version does not know', advice: 'Read these answers' }),
  empty: () => ({
    meaning: 'Neither text nor a tool call',
    advice: 'Read these answers. If there is only thinking, raise `max_tokens`',
  }),
};

/** What qualifies the figures, as plain words. */
export const NOTES = {
  'no-key': () =>
    'Without an API key or a sign-in, this run could not look up models or count prompts. Set anthropic-api-key, or sign in, for a more complete check and a closer estimate.',
  unpriced: ({ count, isAll }: { count: number; isAll: boolean }) =>
    `${countOf(count, 'answered request')} used a model or token type without a known price, so ${isAll ? `${count === 1 ? 'its' : 'their'} cost is unknown` : 'the cost is a lower bound'}. Add the price with the prices input.`,
  'answers-unavailable': ({ count }: { count: number }) =>
    `${countOf(count, 'kept answer')} could not be reused, so ${count === 1 ? 'its request was' : 'their requests were'} submitted and paid for again. The log says why.`,
  /** Beside given batches, where nothing is submitted. */
  'answers-gone': ({ count }: { count: number }) =>
    `${countOf(count, 'kept answer')} could not be reused, so ${count === 1 ? 'its request has' : 'their requests have'} no result here. The log says why.`,
  'judgements-unavailable': ({ count }: { count: number }) =>
    `${countOf(count, 'kept judgement')} could not be reused, so ${count === 1 ? 'it was' : 'they were'} requested and paid for again. The log says why.`,
  'answers-old': ({ days }: { days: number }) =>
    `Reused answers are up to ${countOf(days, 'day')} old. Models and services change meanwhile: submit everything now and then, best on a schedule with reuse-answers: save.`,
  /** The line above it has both amounts. */
  'wait-cost-more': () =>
    'Waiting cost more than the batch saved. To wait for free, let a scheduled workflow with wake-paused re-run this job once the batch has ended or, on GitHub Enterprise, collect in a second job behind a wait timer: see docs/waiting.md of this action.',
  'code-executions': ({ count }: { count: number }) =>
    `${countOf(count, 'request')} ran code; container hours are billed separately and not included here.`,
  /** `sample`: the input, where the batches were given; else undefined. */
  'unmatched-lines': ({ count, sample }: { count: number; sample?: string | undefined }) => {
    const cause =
      sample === undefined
        ? ''
        : ` They may belong to requests that sample: ${sample} leaves out: use the sample that the batch was submitted with.`;
    return `${countOf(count, 'result line')} matched no request and ${count === 1 ? 'is' : 'are'} not counted.${cause}`;
  },
  /** Of given batches. `sample`: the input; undefined where there is none. */
  'not-in-given': ({ count, sample }: { count: number; sample: string | undefined }) => {
    const other = sample === undefined ? 'a sample, set the same one' : `a sample other than ${sample}, set that one`;
    return `The batches in batch-id have no result for ${countOf(count, 'request')}. If they were submitted with ${other}.`;
  },
  'repeated-lines': ({ count }: { count: number }) =>
    `${countOf(count, 'result line')} ${count === 1 ? 'repeats the ID of an earlier line and is' : 'repeat IDs of earlier lines and are'} not counted.`,
  'unreadable-lines': ({ count }: { count: number }) =>
    `Could not read ${countOf(count, 'result line')}, so ${count === 1 ? 'it is' : 'they are'} not counted.`,
};

export type Note = DataOf<typeof NOTES>;

/** What happened to batches beside the results, as plain words. Facts are named as in `summary.json`. */
const NOTICES = {
  superseded: ({ batch_id, sha }: { batch_id: string; sha: string }) =>
    `Batch ${batch_id} of the earlier commit ${sha.slice(0, 7)} was canceled because it contained other requests. Its answers up to then are billed.`,
  'duplicate-submission': ({ batch_ids, run_id }: { batch_ids: readonly string[]; run_id: number }) =>
    `Run ${run_id} submitted the same requests at the same time (${batch_ids.join(', ')}), so you pay for them twice. Add a concurrency group to the workflow to prevent this.`,
  'rejected-batch': ({ batch_id }: { batch_id: string }) =>
    `After a create request without a clear response, batch ${batch_id} seemed to belong to this run. It contains other requests, so its results do not count here.`,
  restored: ({ batch_ids, artifact, run_id }: { batch_ids: readonly string[]; artifact: string; run_id: number }) =>
    `These results come from the artifact ${artifact} of run ${run_id}, because the API no longer has ${batch_ids.join(', ')}.`,
  deleted: ({ batch_id }: { batch_id: string }) => `Batch ${batch_id} and its results were deleted from the API.`,
  /** `reason`: what the API answered, or the name of the artifact. */
  'not-deleted': ({ batch_id, why, reason }: { batch_id: string; why: keyof typeof NOT_DELETED; reason: string }) =>
    `Batch ${batch_id} was not deleted from the API: ${NOT_DELETED[why](reason)}.`,
};

const NOT_DELETED = {
  'no-artifact': () => 'no artifact holds its results',
  'results-differ': () =>
    'some of its results are missing, could not be read, or belong to other requests. Delete it in the Claude Console if you do not need them',
  'artifact-not-verified': (artifact: string) => `could not verify the artifact ${artifact}`,
  'judgements-missing': () =>
    'some answers have no judgement yet. A re-run asks for the missing ones and deletes the batch once it has them',
  'api-refused': (reason: string) => reason,
};

/** Something that happened to a batch and that users should know. */
export type Notice = {
  [Kind in keyof typeof NOTICES]: { readonly kind: Kind } & Parameters<(typeof NOTICES)[Kind]>[0];
}[keyof typeof NOTICES];

export function printNotice(notice: Notice): string {
  const print = NOTICES[notice.kind] as (facts: Notice) => string;
  return print(notice);
}
