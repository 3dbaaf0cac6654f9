import { countOf, formatCount, formatDuration } from '../text/numbers.ts';
import type { Range } from './estimate.ts';
import { type FailedStep, type NextStep, printFailedStep, printNextStep } from './failures.ts';
import { type OpenGates, printGates, printPart, sayRunnerTime, sayUsd, type Waited } from './headlines.ts';
import { type Problem, printProblemOf, printWords, wordsOfProblem } from './problems.ts';
import { type Batches, NOTES, type Notice, type PrintedAmounts, printBatches, printNotice } from './report.ts';

/** Log lines and warnings on files, artifacts, outputs and deletion, the last lines of the log, and the annotations that end a run. */
export const PUBLISHING = {
  'no-artifact-service': ({ folder }: { folder: string }) =>
    `There is no artifact service here: the results are in ${folder}. To keep them, copy them in a later step.`,
  /** `files`: those of the API's own lines that hold it, one or both. */
  'secret-in-results': ({ files, isUploaded }: { files: readonly string[]; isUploaded: boolean }) =>
    `A result repeats the API key or a token of this run. This action shows it as ***, but ${files.join(' and ')} ${files.length === 1 ? 'is' : 'are'} unchanged. ${isUploaded ? 'Delete the artifact with the results, and replace that key.' : `Do not publish ${files.length === 1 ? 'that file' : 'those files'}, and replace that key.`}`,
  'secret-in-requests': () =>
    'The request files contain the API key or a token of this run, so the artifact has no requests.jsonl and no retry.jsonl. Remove it from the request files, and replace that key.',
  'collected-not-recorded': ({ reason }: { reason: string }) =>
    `Could not record that these results were collected: ${reason}.`,
  'results-path-shared': ({ path, folder }: { path: string; folder: string }) =>
    `Another step that ran at the same time wrote its files to ${path}, so those of this step are in ${folder}. Give each step its own results-path.`,
  'page-not-written': ({ folder, reason }: { folder: string; reason: string }) =>
    `Could not write the page to ${folder}: ${reason}.`,
  'page-not-uploaded': ({ path, reason }: { path: string; reason: string }) =>
    `Could not upload the page: ${reason}. It is in ${path} on the runner.`,
  'batch-deleted': ({ id }: { id: string }) => `Deleted batch ${id} and its results from the API.`,
  'deletion-failed': ({ reason }: { reason: string }) => `Could not delete the batch from the API: ${reason}.`,
  'batch-notice': ({ notice }: { notice: Notice }) => printNotice(notice),
  'job-summary-not-written': ({ reason }: { reason: string }) => `Could not write the job summary: ${reason}.`,

  'requests-answered': (facts: PrintedAmounts & { answered: number; total: number; tookMs: number | null }) => {
    const { answered, total, tookMs, ...cost } = facts;
    const took = tookMs === null ? '' : ` The batch took ${formatDuration(tookMs)}.`;
    if (answered === 0) return `0 of ${countOf(total, 'request')} answered, so nothing is billed.${took}`;
    return `${formatCount(answered)} of ${countOf(total, 'request')} answered ${atCost(cost)}.${took}`;
  },
  'answers-reused': ({ reused, sent, saved_usd, age_days: days, judge }: Reused) => {
    const age = days === null || days === 0 ? '' : `, up to ${countOf(days, 'day')} old`;
    const judged =
      judge === null || judge.reused === 0
        ? ''
        : ` and ${formatCount(judge.reused)} of ${countOf(judge.judgements, 'judgement')}`;
    // Judgements may have been submitted all the same.
    const submitted =
      sent > 0 ? ` ${countOf(sent, 'request')} submitted.` : judge === null ? ' Nothing was submitted.' : '';
    return `${formatCount(reused)} of ${countOf(reused + sent, 'answer')}${judged} reused${age}, which saves ${sayUsd(saved_usd)}.${submitted}`;
  },
  'requests-failed': ({ count, kind }: { count: number; kind: string }) => `${formatCount(count)} × ${kind}`,
  'answers-incomplete': ({ count, reason }: { count: number; reason: string }) =>
    reason === 'empty'
      ? `${countOf(count, 'answer')} without text or tool call`
      : `${countOf(count, 'incomplete answer')}, stopped by ${reason === 'unknown' ? 'an unknown reason' : reason}`,
  'model-answered': ({ model, answers, ...cost }: PrintedAmounts & { model: string; answers: number }) =>
    `${model}: ${countOf(answers, 'answer')} ${atCost(cost)}`,
  'round-answered': (
    facts: Omit<PrintedAmounts, 'saved_usd'> & { round: number; answered: number; requests: number },
  ) => {
    const { round, answered, requests, usd, lower_bound } = facts;
    const cost = usd === null ? '' : ` for ${sayUsd(usd, lower_bound)}`;
    const name = round === 0 ? 'First round' : `Retry ${round}`;
    return `${name}: ${formatCount(answered)} of ${countOf(requests, 'request')} answered${cost}`;
  },
  'no-results-yet': ({ waitedMs, ...batches }: Batches & { waitedMs: number | null }) =>
    `${printBatches(batches)}: no results ${waitedMs === null ? 'yet' : waitedMs < 1_000 ? 'at the first check' : `yet after ${formatDuration(waitedMs)} of waiting`}.`,
  'handed-over': ({ job, ...sent }: Batches & { job: string }) =>
    sent.batches === 0
      ? `Nothing to submit: the job ${job} of this run reports the earlier answers.`
      : `${printBatches(sent)}: the job ${job} of this run collects the results.`,
  /** `because`: `if`, `strategy.matrix` and names of inputs. */
  'collector-in-doubt': ({ job, because }: { job: string; because: readonly string[] }) =>
    `The job ${job} has a step with the same name, but it may be skipped or submit another batch, because of its ${because.join(', ')}. So this step does not leave the batch to it. Let that job run whenever this one has run, with the same requests and params: see docs/waiting.md of this action.`,
  'green-without-evidence': ({ gates, because }: OpenGates) =>
    `This step is green without evidence: ${printGates(gates)} before the results are in. ${because === 'on-timeout' ? 'To make it fail instead, set on-timeout: fail. ' : ''}To keep a check pending until then, collect in a later job: see docs/waiting.md of this action.`,
  /** `runner`: its kind, null where it has no list price. */
  'runner-time': ({ runner, ...waited }: Waited & { runner: string | null }) =>
    `Waiting took ${sayRunnerTime(waited)}${runner === null ? '' : ` at GitHub's list price of ${runner}`}.`,
  /** `batch` is null where no request has a known price. */
  'dry-run-ended': ({ requests, total, batch, unpriced }: DryRun) => {
    const them = requests === total ? countOf(requests, 'request') : printPart({ requests, total });
    if (batch === null)
      return `The cost of ${them} is unknown: no price for that model or token type. Nothing was submitted.`;
    const { low, likely, high, upper } = batch;
    const about = unpriced > 0 ? 'at least about' : 'about';
    const most = upper === null ? '' : `, upper bound $${upper}`;
    const rest = unpriced > 0 ? `, excluding ${formatCount(unpriced)} without a known price` : most;
    return `${requests === total ? 'The ' : ''}${them} would cost ${about} $${likely} in a batch (likely $${low} to $${high}${rest}). Nothing was submitted.`;
  },
  /** `batch` is null where the judge has no known price. */
  'dry-run-judgements': ({
    requests,
    judgements,
    batch,
  }: Pick<DryRun, 'requests' | 'batch'> & { judgements: number }) => {
    const reused = `${countOf(requests, 'answer')} would be reused.`;
    const them = countOf(judgements, 'judgement');
    if (batch === null)
      return `${reused} The cost of ${them} is unknown: no price for that model. Nothing was submitted.`;
    const { low, likely, high, upper } = batch;
    const most = upper === null ? '' : `, upper bound $${upper}`;
    return `${reused} ${them} of them would cost about $${likely} in a batch (likely $${low} to $${high}${most}). Nothing was submitted.`;
  },
  'dry-run-reused': ({ requests }: { requests: number }) =>
    `${requests === 1 ? 'The answer' : `All ${countOf(requests, 'answer')}`} would be reused. Nothing was submitted.`,
  /** The last lines of the log. */
  'link-page': ({ url }: { url: string }) => `Answers: ${url}`,
  'link-artifact': ({ url }: { url: string }) => `Artifact: ${url}`,
  'link-comment': ({ url }: { url: string }) => `Comment: ${url}`,
  ...NOTES,
  estimate: () => 'Estimate',

  'step-failed': (step: FailedStep) => printFailedStep(step),
  'step-broken': ({ reason }: { reason: string }) => `The step failed unexpectedly: ${reason}. Nothing was submitted.`,
  /** `of`: what the batches bring. */
  'still-running': ({ count, of, next }: { count: number; of: 'answers' | 'judgements'; next: NextStep }) => {
    const one = of === 'answers' ? 'The batch is still running.' : "The judge's batch is still running.";
    const many = `At least 1 of ${count} ${of === 'answers' ? 'batches' : 'judge batches'} has not ended.`;
    return `${count === 1 ? one : many} ${printNextStep(next)}`;
  },
  'run-skipped': ({ why }: { why: 'fork' | 'dependabot' }) =>
    why === 'fork'
      ? 'Skipped: a pull request from a fork gets no secrets, and this action signs in for none, so there is no way to call the API. A maintainer can run this from a branch of the repository.'
      : 'Skipped: a run for Dependabot gets no Actions secrets, so there is no API key. Add the key to the Dependabot secrets to run this, or sign in without a key, with "id-token: write".',
  'no-requests-found': ({ patterns }: { patterns: readonly string[] }) =>
    `No requests found for ${patterns.map((pattern) => JSON.stringify(pattern)).join(', ')}. Nothing was submitted.`,

  /** A problem of `lines` lines in `files` files. */
  'problem-found': ({ problem, ...group }: { problem: Problem; lines: number; files: number }) =>
    printProblemOf(problem, group),
  /** `ranges` of its lines: `7-9`, `12`. */
  'problem-lines': ({ problem, file, ranges }: { problem: Problem; file: string; ranges: readonly string[] }) =>
    `${file}:${ranges.join(',')}: ${printWords(wordsOfProblem(problem, true))}`,
  'more-problems': ({ rest, total }: MoreKinds) =>
    `${countMore(rest, 'problem')}; the log has the list (${formatCount(total)} in all). Nothing was submitted.`,
  'more-warnings': ({ rest, total }: MoreKinds) =>
    `${countMore(rest, 'warning')}; the log has the list (${formatCount(total)} in all).`,
  /** Beyond what the log has room for. */
  'problems-not-logged': ({ count }: { count: number }) =>
    `… and ${countOf(count, 'more line')}, which summary.json lists under problems and warnings.`,
  'all-problems': ({ total }: { total: number }) => `All ${countOf(total, 'problem')}`,
  'all-warnings': ({ total }: { total: number }) => `All ${countOf(total, 'warning')}`,
};

interface Reused {
  reused: number;
  sent: number;
  saved_usd: string;
  age_days: number | null;
  /** Null where nothing was judged. */
  judge: { reused: number; judgements: number } | null;
}

interface DryRun {
  /** Those that would be sent. */
  requests: number;
  total: number;
  batch: Range<string> | null;
  unpriced: number;
}

interface MoreKinds {
  /** What the annotations leave out: how many places, of how many kinds. */
  rest: { places: number; kinds: number };
  total: number;
}

function countMore({ places, kinds }: MoreKinds['rest'], noun: string): string {
  return `${countOf(places, `more ${noun}`)} of ${countOf(kinds, 'other kind')}`;
}

/** What the results cost and what the batch saved, as the end of a sentence about them. */
function atCost({ usd, saved_usd, lower_bound }: PrintedAmounts): string {
  if (usd === null) return 'at unknown cost: no price for that model or token type';
  const saved = saved_usd === null ? '' : `, ${sayUsd(saved_usd, lower_bound)} less than without a batch`;
  return `for ${sayUsd(usd, lower_bound)}${saved}`;
}
