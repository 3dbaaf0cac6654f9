import { countOf, formatCount, formatDuration } from '../text/numbers.ts';
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

/** How a run ended, as the end of a sentence about its name. */
export const VERDICTS = {
  completed: 'completed',
  failed: 'failed',
  pending: 'is pending',
  'failed-pending': 'failed while its batch is pending',
  canceled: 'was canceled',
  'dry-run': 'completed a dry run',
  'failed-dry-run': 'failed a dry run',
  rejected: 'was rejected',
  empty: 'had nothing to do',
  skipped: 'was skipped',
} as const;

export const HEADINGS = {
  estimate: 'Estimate',
  'estimated-before': 'Estimated before submission',
  'what-next': 'What to do next',
  problems: 'Problems',
  warnings: 'Warnings',
  'no-answer': 'No answer',
  'incomplete-answer': 'Incomplete answer',
  models: 'Models',
} as const;

/** Titles of columns and names of figures. */
export const LABELS = {
  answered: 'Answered',
  answers: 'Answers',
  batch: 'Batch',
  'batch-cost': 'In this batch',
  'cache-read': 'Cache read',
  'cache-write': 'Cache write',
  canceled: 'Canceled',
  cause: 'Cause',
  cost: 'Cost',
  created: 'Created',
  ended: 'Ended',
  errored: 'Errored',
  'estimated-before': 'Estimate',
  example: 'Example',
  expired: 'Expired',
  'highest-estimate': 'Upper bound',
  input: 'Input',
  meaning: 'What it means',
  missing: 'Missing',
  model: 'Model',
  'new-cost': 'New in this run',
  'no-answer': 'No answer',
  output: 'Output',
  requests: 'Requests',
  'results-until': 'Results available until',
  round: 'Round',
  'saved-by-batch': 'Saved by the batch',
  'saved-by-caching': 'Saved by caching',
  sent: 'Submitted',
  'standard-cost': 'Without a batch',
  status: 'Status',
  'stop-reason': 'Stop reason',
  'the-run': 'the run',
  'the-summary': 'the summary of the run',
  tokens: 'Tokens',
  unknown: 'unknown',
  'web-searches': 'Web searches',
  'what-is-wrong': 'What is wrong',
  'what-to-do': 'What to do',
  where: 'Where',
} as const;

/** Sentences of the report, and pieces of its lines. */
export const REPORT = {
  'batches-running': (batches: Batches) =>
    `${printBatches(batches)} in progress. Most end within an hour, all within 24 hours; results will appear here.`,
  waiting: () => 'is waiting',
  'none-found': ({ patterns }: { patterns: readonly string[] }) =>
    `No requests found${patterns.length === 0 ? '' : ` for ${patterns.join(', ')}`}.`,
  'skipped-fork': () =>
    'This pull request comes from a fork, and runs for forks get no secrets, so nothing was submitted. A maintainer can run it from a branch of this repository.',
  'skipped-dependabot': () =>
    'Runs for Dependabot get no Actions secrets, so nothing was submitted. Add the key to the Dependabot secrets of this repository to run it.',
  'error-rate': ({ percent, maxPercent }: { percent: number; maxPercent: number }) =>
    `${percent}% (${maxPercent}% allowed)`,
  'prices-as-of': ({ date }: { date: string }) => `prices as of ${date}`,

  'some-batches': ({ batches, rounds, tookMs }: { batches: number; rounds: number; tookMs: number | null }) =>
    `${countOf(batches, 'batch', 'batches')}${rounds < 2 ? '' : `, ${countOf(rounds, 'round')}`}${tookMs === null ? '' : `, ${formatDuration(tookMs)} from creation to end`}`,
  round: ({ round }: { round: number }) => (round === 0 ? 'First' : `Retry ${round}`),
  'batches-safe': ({ batches, state }: { batches: number; state: BatchState }) => {
    const [are, have] = batches === 1 ? ['the batch is', 'the batch has'] : ['the batches are', 'the batches have'];
    const what = { running: `${are} still running`, canceling: `${are} being canceled`, ended: `${have} ended` }[state];
    return `Nothing is lost: ${what} at the API.`;
  },
  /** `isListed`: whether `batch-id` follows. */
  'how-to-collect': (facts: { batches: number; isResumable: boolean; isListed: boolean }) => {
    const { batches, isResumable, isListed } = facts;
    const [them, ids] = batches === 1 ? ['it', 'ID'] : ['them', 'IDs'];
    if (!isResumable && !isListed) return `To collect ${them}, use the Claude Console.`;
    return isResumable
      ? `To collect ${them}, re-run this job or run the workflow again with the same requests. You do not pay again for what was submitted.${isListed ? ' In any other workflow, set `batch-id`:' : ''}`
      : `To collect ${them}, run the step again with the ${ids} below, with or without the same \`requests\`. That submits nothing.`;
  },

  'such-as': ({ message }: { message: string }) => `such as: ${message}`,
  'other-causes': ({ kinds, isMore }: { kinds: number; isMore: boolean }) =>
    isMore ? `${formatCount(kinds)} or more other causes` : countOf(kinds, 'other cause'),
  'more-failures': ({ requests, rows }: { requests: number; rows: number }) =>
    `And ${countOf(requests, 'more request')} in ${countOf(rows, 'more row')}: see \`summary.json\`.`,
  'more-models': ({ count }: { count: number }) => `And ${countOf(count, 'more model')}: see \`summary.json\`.`,
  'more-problems': ({ count }: { count: number }) =>
    `And ${countOf(count, 'more kind of problem', 'more kinds of problem')}: see the log.`,
  'more-warnings': ({ count }: { count: number }) =>
    `And ${countOf(count, 'more kind of warning', 'more kinds of warning')}: see the log.`,
  'more-lines': ({ count }: { count: number }) => `and ${countOf(count, 'more line')}`,
  'retry-file': ({ keptBy }: { keptBy: KeptOnRunnerBy }) => {
    const use =
      '`retry.jsonl` contains these requests as they were written. To submit them again, set `requests` to it.';
    if (keptBy === undefined) return use;
    const why =
      keptBy === 'artifact-name'
        ? '`artifact-name` is empty'
        : '`artifact-content` is not `full`, so no artifact holds it';
    return `${use} It stays in \`results-path\` on the runner for later steps of this job, because ${why}.`;
  },

  'open-page': () => 'Open the page',
  artifact: ({ link }: { link: string }) => `Artifact ${link}`,
  run: ({ id, attempt }: { id: number; attempt: number }) => `Run ${id}${attempt === 1 ? '' : `, attempt ${attempt}`}`,
  'rest-in-log': ({ link }: { link: string }) => `The rest did not fit here: the log of ${link} has more.`,
  'rest-in-summary': ({ link }: { link: string }) => `The rest did not fit here: ${link} has the full report.`,
  'rest-in-artifact': ({ link }: { link: string }) =>
    `The rest did not fit here: \`report.md\` in the artifact ${link} has the full report.`,
  'rest-nowhere': ({ link }: { link: string }) =>
    `The rest did not fit here and was not kept. Set \`summary: true\` to get the full report in the summary of ${link}.`,
};

/** What the results cost and what the batch saved, as the end of a sentence about them. */
export function atCost({ usd, saved_usd, lower_bound }: PrintedAmounts): string {
  if (usd === null) return 'at unknown cost: no price for that model or token type';
  const saved = saved_usd === null ? '' : `, ${printUsd(saved_usd, lower_bound)} less than without a batch`;
  return `for ${printUsd(usd, lower_bound)}${saved}`;
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

/** What to do about requests without an answer, by outcome or error type. */
export const ADVICE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    expired: 'Submit them again. Their batch ended after 24 hours, before they were processed',
    canceled: 'Submit them again if you need them. Their batch was canceled before they were processed',
    missing:
      'Collect the batch again, and submit them again if they are still missing. The API returned no readable result for them',
    'low-credit': 'Buy credits in the Claude Console, then submit them again',
    invalid_request_error: 'Correct their `params`: the API refuses these requests as they are',
    authentication_error: 'Check the API key and its workspace, then submit them again',
    permission_error: 'Allow the key to use this model or feature in the Claude Console, then submit them again',
    not_found_error: 'Check the name of the model, and that the workspace may use it',
    request_too_large: 'Make these requests smaller',
    billing_error: 'Fix the billing of the organization, then submit them again',
    api_error: 'Submit them again. The API failed internally',
    overloaded_error: 'Submit them again. The API was overloaded',
    rate_limit_error: 'Submit them again. A rate limit was hit',
    timeout_error: 'Submit them again. The API timed out',
    retryable: 'Submit them again',
    other: 'See the message',
  }),
);

/** What an incomplete answer means and what to do, by stop reason. */
export const STOP_REASONS = {
  refusal: ({ count, unbilled }: { count: number; unbilled: number }) => {
    const what = 'The model declined to answer';
    if (unbilled === 0) return what;
    return unbilled === count
      ? `${what}, before any output, so it is not billed`
      : `${what}. ${formatCount(unbilled)} of these came before any output and ${unbilled === 1 ? 'is' : 'are'} not billed`;
  },
  max_tokens: () => 'Cut off at `max_tokens`: raise it in these requests',
  pause_turn: () => 'The API paused a turn with server tools: continue it in a new request',
  model_context_window_exceeded: () => 'Cut off at the end of the context window: shorten the prompt',
  unknown: () => 'The API returned no stop reason, or one that this version does not know: check these results',
  empty: () =>
    'The answer has no text and no tool call: check these results, and raise `max_tokens` if the model only produced thinking',
};

/** What qualifies the figures, as plain words. */
export const NOTES = {
  'no-key': () =>
    'Without an API key, this run could not look up models or count prompts. Set anthropic-api-key for a more complete check and a closer estimate.',
  unpriced: ({ count, isAll }: { count: number; isAll: boolean }) =>
    `${countOf(count, 'answered request')} used a model or token type without a known price, so ${isAll ? `${count === 1 ? 'its' : 'their'} cost is unknown` : 'the cost is a lower bound'}. Add the price with the prices input.`,
  'code-executions': ({ count }: { count: number }) =>
    `${countOf(count, 'request')} ran code; container hours are billed separately and not included here.`,
  'unmatched-lines': ({ count }: { count: number }) =>
    `${countOf(count, 'result line')} matched no request and ${count === 1 ? 'is' : 'are'} not counted.`,
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
