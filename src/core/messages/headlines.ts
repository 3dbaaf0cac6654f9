import { capitalize } from '../text/capitalize.ts';
import type { Often } from '../text/cron.ts';
import { shortenUsd } from '../text/money.ts';
import { countOf, formatCount, formatDuration } from '../text/numbers.ts';
import type { Range } from './estimate.ts';
import { type Batches, type BatchState, printUsd } from './report.ts';

/** An amount as prose says it: `$0.57`, `$0.0041`, `at least $0.57`, `unknown`. */
export function sayUsd(amount: string | null, isLowerBound = false): string {
  return printUsd(amount === null ? null : shortenUsd(amount), isLowerBound);
}

/** A likely amount, or what is likely for a part: `about $0.57`, `about $0.57 or more`. */
export function sayAbout(usd: string, isLowerBound: boolean): string {
  return `about ${sayUsd(usd)}${isLowerBound ? ' or more' : ''}`;
}

interface Answered {
  readonly answered: number;
  readonly total: number;
}

/** What went wrong in a few words, as `causeOf` has it; undefined where there are none. */
interface Cause {
  readonly cause: string | undefined;
}

/** How a run ended or stands, as the end of a heading after the name of the workflow, as plain words. */
export const HEADLINES = {
  answered: (counts: Answered) => printAnswered(counts),
  'answered-in-part': ({ incomplete, ...counts }: Answered & { incomplete: number }) =>
    `${printAnswered(counts)}, ${formatCount(incomplete)} incomplete`,
  'paid-twice': (counts: Answered) => `${printAnswered(counts)}, but paid twice`,
  'cost-unknown': ({ isAll, ...counts }: Answered & { isAll: boolean }) =>
    `${printAnswered(counts)}, ${isAll ? 'cost unknown' : 'cost known only in part'}`,
  /** Behind what the grades say. */
  'also-no-answer': ({ count, repeats }: { count: number; repeats: number }) =>
    repeats === 1 ? `${formatCount(count)} without an answer` : `${countOf(count, 'answer')} missing`,
  'also-required-ungraded': ({ count }: { count: number }) =>
    count === 1 ? 'a required case is ungraded' : `${countOf(count, 'required case')} are ungraded`,
  'also-not-judged': ({ failed, judgements }: { failed: number; judgements: number }) =>
    `${formatCount(failed)} of ${countOf(judgements, 'judgement')} failed`,
  /** They were not submitted. */
  'also-unjudged': () => 'some answers were not judged',
  'also-paid-twice': () => 'paid twice',
  'also-cost-unknown': ({ isAll }: { isAll: boolean }) => (isAll ? 'cost unknown' : 'cost known only in part'),
  'no-answer': ({ answered, total }: Answered) => {
    const count = total - answered;
    return `${formatCount(count)} of ${countOf(total, 'request')} ${count === 1 ? 'has' : 'have'} no answer`;
  },
  'step-failed': ({ cause, ...counts }: Answered & Cause) =>
    `${printAnswered(counts)}, but ${cause ?? 'the step failed'}`,
  canceled: (counts: Answered) => `canceled with ${printAnswered(counts)}`,
  /** `waitedMs` is null where the run did not wait. */
  pending: ({ state, waitedMs }: { state: BatchState; waitedMs: number | null }) => {
    if (state === 'ended') return 'ended at Anthropic, not collected yet';
    const what = state === 'running' ? 'still running at Anthropic' : 'being canceled at Anthropic';
    return waitedMs === null || waitedMs < 60_000 ? what : `${what} after ${formatDuration(waitedMs)} of waiting`;
  },
  /** Of a run that only submitted. */
  'handed-over': ({ batches }: { batches: number }) =>
    batches === 0 ? 'nothing to submit, to be reported by a later job' : 'submitted, to be collected by a later job',
  /** The same of the judge's batches, where the answers are in. */
  'pending-judge': ({ state, waitedMs }: { state: BatchState; waitedMs: number | null }) => {
    if (state === 'ended') return 'answered and judged, not collected yet';
    const what = state === 'running' ? 'answered, still being judged' : 'answered, judging is being canceled';
    return waitedMs === null || waitedMs < 60_000 ? what : `${what} after ${formatDuration(waitedMs)} of waiting`;
  },
  /** `judgements`: once the answers are in. */
  waiting: ({ requests, judgements }: { requests: number | undefined; judgements?: number | undefined }) =>
    judgements === undefined
      ? `waiting for ${requests === undefined ? 'the answers' : countOf(requests, 'answer')}`
      : `answered, waiting for ${countOf(judgements, 'judgement')}`,
  /** `isUnchecked`: the API answered neither for a model nor for a prompt. */
  'dry-run': (facts: DryRun) => {
    const { requests, total, usd, isLowerBound, isUnchecked } = facts;
    const them = requests === total ? countOf(requests, 'request') : printPart({ requests, total });
    const cost = usd === null ? `${them} checked, cost unknown` : `${them} would cost ${sayAbout(usd, isLowerBound)}`;
    return isUnchecked ? `${cost}, but the API checked nothing` : cost;
  },
  /** Where all answers would be reused, and some of them are still to be judged. */
  'dry-run-judgements': ({ judgements, usd }: { judgements: number; usd: string | null }) => {
    const them = countOf(judgements, 'judgement');
    return `${them} of reused answers would cost ${usd === null ? 'an unknown amount' : sayAbout(usd, false)}`;
  },
  'dry-run-reused': ({ requests }: { requests: number }) =>
    `nothing to submit, ${requests === 1 ? 'the answer' : `all ${countOf(requests, 'answer')}`} would be reused`,
  'dry-run-failed': () => 'the dry run failed',
  /** The sentence on a single problem says that nothing was submitted; for several there is only their table. */
  rejected: ({ problems, cause }: { problems: number } & Cause) => {
    if (problems === 1) return 'one problem to fix';
    return problems === 0 ? (cause ?? 'rejected') : `nothing was submitted, ${countOf(problems, 'problem')}`;
  },
  empty: () => 'no requests found',
  'skipped-fork': () => 'not run for a pull request from a fork',
  'skipped-dependabot': () => 'not run for Dependabot',
  failed: ({ cause }: Cause) => cause ?? 'no results',
} as const;

interface DryRun {
  /** Those that would be sent. */
  readonly requests: number;
  readonly total: number;
  readonly usd: string | null;
  readonly isLowerBound: boolean;
  readonly isUnchecked: boolean;
}

/** So many of all requests: the others take earlier answers. */
export function printPart({ requests, total }: { readonly requests: number; readonly total: number }): string {
  return `${formatCount(requests)} of ${countOf(total, 'request')}`;
}

function printAnswered({ answered, total }: Answered): string {
  return `${formatCount(answered)} of ${formatCount(total)} answered`;
}

/** What stands below the heading, as Markdown without untrusted facts. */
export const LEADS = {
  'error-rate': ({ percent, maxPercent }: { percent: number; maxPercent: number }) =>
    `${percent}% failed, ${maxPercent}% is allowed.`,
  spent: ({ waiting, ...cost }: Spent & { waiting?: Waited | undefined }) => `**${printSpent(cost, waiting)}**`,
  /** `isEach`: what was sent is what has changed since the baseline. */
  'spent-with-reuse': ({ sent, total, spent, saved, isEach, waiting }: SpentWithReuse) => {
    const less = isZero(saved) ? '' : `${sayUsd(saved)} saved by reuse`;
    const both = `**${[printSpentOf(spent), ...(less === '' ? [] : [less])].join(', ')}${printWaitedBehind(waiting)}**`;
    const all = total === 1 ? 'the answer was reused' : `all ${countOf(total, 'answer')} were reused`;
    // What it spent then, a judge cost.
    if (sent === 0 && spent.usd !== null && !isZero(spent.usd)) return `${all}: ${both}`;
    if (sent === 0) return `${all}: nothing was submitted${less === '' ? '' : `, **${less}**`}`;
    const what = isEach ? 'changed' : sent === 1 ? 'was submitted' : 'were submitted';
    return `${formatCount(sent)} of ${countOf(total, 'request')} ${what}: ${both}`;
  },
  'saved-by-reuse': ({ requests, usd }: { requests: number; usd: string }) =>
    `${countOf(requests, 'earlier answer')} reused${isZero(usd) ? '' : `, which saves about ${sayUsd(usd)}`}`,
  models: ({ count }: { count: number }) => countOf(count, 'model'),
  /** `input`: a number or a percentage. */
  sampled: ({ requests, of, input }: { requests: number; of: number; input: string }) =>
    `${formatCount(requests)} of ${countOf(of, 'request')}, by \`sample: ${input}\``,
  commit: ({ sha }: { sha: string }) => `commit ${sha}`,
  /** `unpriced`: how many requests the amounts leave out. */
  'in-a-batch': ({ batch: { low, high, upper }, unpriced }: { batch: Range<string>; unpriced: number }) => {
    const without = unpriced === 0 ? '' : `, without ${countOf(unpriced, 'request')} of unknown price`;
    const most = sayLimit(upper);
    const range = sayUsd(low) === sayUsd(high) ? sayUsd(low) : `${sayUsd(low)} to ${sayUsd(high)}`;
    if (most === sayUsd(high))
      return `${sayUsd(low) === most ? '' : `likely ${sayUsd(low)} to `}at most ${most} in a batch${without}`;
    return `likely ${range} in a batch${most === undefined ? '' : `, at most ${most}`}${without}`;
  },
  'without-a-batch': ({ likely }: Range<string>) => `about ${sayUsd(likely)} without a batch`,
  'nothing-submitted': () => 'nothing was submitted',
  'in-batches': ({ batches, requests }: Batches) => {
    const them = requests == null ? '' : countOf(requests, 'request');
    if (batches === 0 && them !== '') return them;
    const count = countOf(batches, 'batch', 'batches');
    return them === '' ? count : `${them} in ${batches === 1 ? 'one batch' : count}`;
  },
  'about-to-cost': ({ batch: { likely, upper }, isLowerBound }: { batch: Range<string>; isLowerBound: boolean }) => {
    const most = sayLimit(upper);
    if (most === sayUsd(likely)) return `at most ${most}`;
    return `${sayAbout(likely, isLowerBound)}${most === undefined ? '' : `, at most ${most}`}`;
  },
  /** `usd` is null where the runner's price is not known. */
  'waited-so-far': ({ minutes, usd }: Waited) => `waiting took ${sayRunnerTime({ minutes, usd })} so far`,
  'will-appear': () => 'Most batches end within an hour, all within 24 hours. The results will appear here.',
  /** `rerun` is a link to this run. */
  'rerun-to-collect': ({ rerun, until }: { rerun: string; until: string | undefined }) =>
    `Nothing is lost, and nothing is paid twice. **To get the results, ${rerun}**${until === undefined ? '' : ` any time until ${until}`}. Any later run with the same requests does it too.`,
  /** After a limit kept requests from being submitted again. */
  'rerun-to-send': ({ rerun }: { rerun: string }) =>
    `**To get the results, correct this and ${rerun}.** It submits only the requests without an answer.`,
  /** `job` as code. */
  'job-to-collect': ({ job, batches }: { job: string; batches: number }) =>
    `This is not a result yet. **The job ${job} of this run ${batches === 0 ? 'reports the earlier answers' : batches === 1 ? 'collects the batch' : 'collects the batches'}**, and its check says how it went.`,
  /** `workflow` as Markdown, `rerun` a link to this run; without schedules somebody has to start it. */
  'waker-to-collect': (facts: {
    workflow: string;
    schedules: readonly Scheduled[];
    batches: number;
    rerun: string;
    until: string | undefined;
  }) => {
    const { workflow, schedules, batches, rerun, until } = facts;
    const ended = `once ${batches === 1 ? 'the batch has' : 'the batches have'} ended`;
    const way =
      schedules.length === 0
        ? `**To get the results, start the workflow ${workflow} ${ended}**: it re-runs this job.`
        : `**The workflow ${workflow} re-runs this job ${ended}**. It looks ${schedules.map(sayWhen).join(' and ')}.`;
    return `Nothing is lost, and nothing is paid twice. ${way} You can also ${rerun}${until === undefined ? '' : ` any time until ${until}`}.`;
  },
  'without-evidence': (open: OpenGates) =>
    `**This check is green without evidence:** ${printGates(open.gates, (gate) => `\`${gate}\``)} before the results are in. ${open.because === 'on-timeout' ? 'To make the step fail instead, set `on-timeout: fail`. ' : ''}To keep a check pending until then, collect in a later job: see \`docs/waiting.md\` of this action.`,
  'step-to-collect': ({ until }: { until: string | undefined }) =>
    `Nothing is lost, but no run finds the batch by itself. **To get the results, run the step below**${until === undefined ? '' : ` any time until ${until}`}. It submits no request again.`,
  'console-to-collect': ({ until }: { until: string | undefined }) =>
    `Nothing is lost, but no run finds the batch. **To get the results, use the Claude Console**${until === undefined ? '' : ` any time until ${until}`}.`,
  'ends-by': ({ batches, endsBy }: { batches: number; endsBy: string }) =>
    `The ${batches === 1 ? 'batch ends' : 'batches end'} by ${endsBy} at the latest, and most end within an hour.`,
} as const;

/** When a workflow runs; `cron` as code, `zone` as Markdown. */
interface Scheduled {
  /** Undefined where no few words say it. */
  readonly often: Often | undefined;
  readonly cron: string;
  readonly zone: string;
}

/** Most minutes of an hour that are named. */
const MAX_MINUTES = 4;

function sayWhen({ often, cron, zone }: Scheduled): string {
  if (often?.kind === 'daily') return `every day at ${often.times.join(' and ')} (${zone})`;
  if (often === undefined) return `on the schedule ${cron} (${zone})`;
  const { minutes } = often;
  if (minutes.length > MAX_MINUTES) return `${minutes.length} times an hour`;
  return `every hour at ${minutes.length === 1 ? 'minute' : 'minutes'} ${minutes.join(', ')}`;
}

/** Gates that are open where a step ends green, and the input that lets it. */
export interface OpenGates {
  readonly gates: readonly string[];
  readonly because: 'wait-minutes' | 'on-timeout';
}

/** That gates are open. */
export function printGates(gates: readonly string[], print: (gate: string) => string = String): string {
  return `${gates.map(print).join(' and ')} ${gates.length === 1 ? 'is' : 'are'} not decided`;
}

interface Spent {
  readonly usd: string | null;
  readonly saved_usd: string | null;
  readonly new_usd: string | null;
  readonly lower_bound: boolean;
  readonly half_price: boolean;
}

interface SpentWithReuse {
  readonly sent: number;
  readonly total: number;
  readonly spent: Pick<Spent, 'usd' | 'new_usd' | 'lower_bound'>;
  /** USD with six decimals. */
  readonly saved: string;
  readonly isEach: boolean;
  readonly waiting?: Waited | undefined;
}

/** Runner time, at least a minute of it, and what it costs in USD with six decimals; null where that is not known. */
export interface Waited {
  readonly minutes: number;
  readonly usd: string | null;
}

/** Runner time as prose says it: `42 runner minutes, about $0.25`. */
export function sayRunnerTime({ minutes, usd }: Waited): string {
  return `${countOf(Math.round(minutes), 'runner minute')}${usd === null ? '' : `, about ${sayUsd(usd)}`}`;
}

function printWaitedBehind(waiting: Waited | undefined): string {
  return waiting === undefined ? '' : `; waiting took ${sayRunnerTime(waiting)}`;
}

/** A limit is rounded up, so that it stays one. */
function sayLimit(upper: string | null): string | undefined {
  return upper === null ? undefined : `$${shortenUsd(upper, 'up')}`;
}

/** Next to what waiting cost, the saving is an amount as well. */
function printSpent({ usd, saved_usd, new_usd, lower_bound, half_price }: Spent, waiting: Waited | undefined): string {
  const waited = printWaitedBehind(waiting);
  if (usd === null) return `Cost unknown: no price for that model or token type${waited}`;
  const isSaving = saved_usd !== null && !isZero(saved_usd);
  if (waiting !== undefined) {
    const saved = isSaving ? `, ${sayUsd(saved_usd, lower_bound)} saved` : '';
    return `${printSpentOf({ usd, new_usd, lower_bound })}${saved}${waited}`;
  }
  const isHalf = half_price || (isSaving && sayUsd(saved_usd) === sayUsd(usd));
  const less = isSaving ? `, ${sayUsd(saved_usd)} less than without a batch` : '';
  const saved = isHalf ? ', half of what it costs without a batch' : less;
  return printSpentOf({ usd, new_usd, lower_bound }, saved);
}

/** `saved` follows the amount. */
function printSpentOf({ usd, new_usd, lower_bound }: SpentWithReuse['spent'], saved = ''): string {
  if (usd === null) return 'Cost unknown';
  const spent = `${capitalize(sayUsd(usd, lower_bound))} spent`;
  if (new_usd === null || sayUsd(new_usd) === sayUsd(usd)) return `${spent}${saved}`;
  return isZero(new_usd)
    ? `${spent} before this step${saved}`
    : `${spent}${saved}, ${sayUsd(new_usd)} of it by this step`;
}

function isZero(usd: string): boolean {
  return /^0\.0+$/.test(usd);
}
