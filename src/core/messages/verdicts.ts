import { countOf, formatCount } from '../text/numbers.ts';
import { printReason, type Reason } from './reasons.ts';
import { type DataOf, wordsOf } from './table.ts';

/** Points and percents are decimal texts, as many digits as people need. */
type DropFacts = { readonly drop: string; readonly maxDrop: number; readonly p: number; readonly significance: number };

type JudgeName = { readonly model: string; readonly prompt: number };

/** Why a baseline's artifact was not used. Names come from that artifact: anybody may have written them. */
export const BASELINE_REFUSALS = {
  expired: () => 'its artifact has expired',
  unread: ({ reason }: { readonly reason: Reason }) => `its artifact could not be read: ${printReason(reason)}`,
  unreadable: () => 'its artifact is not in the form that this action writes',
  'other-version': () => 'it was written by a newer version of this action',
  edited: () => 'its artifact does not match its own digest, so it was edited or damaged',
  'grades-edited': () => 'its grades do not match their own digest, so they were edited or damaged',
  fork: () => 'it is from a fork',
  'other-workflow': ({ workflow }: { readonly workflow: string }) => `it is from another workflow, ${workflow}`,
  'other-name': ({ name }: { readonly name: string }) => `it is from another evaluation, ${name}`,
  'same-run': () => 'it is from this run',
  newer: () => 'it is newer than this run',
  'two-steps': () => 'two steps of that run have the same name; give each a name of its own',
  event: ({ event }: { readonly event: string }) => `a run triggered by ${event} is never a baseline`,
  'pull-request': ({ number }: { readonly number: number }) => `it measured pull request #${number}`,
  'other-branch': ({ ref }: { readonly ref: string }) => `it measured another branch, ${branchName(ref)}`,
  regraded: () => 'it only regraded what an earlier run had collected',
  'other-run': () => 'it is not from the run that the input baseline names',
  incomplete: () => 'that run left too many of its cases ungraded',
};

/** Why an artifact is not the baseline, as data. */
export type BaselineRefusal = DataOf<typeof BASELINE_REFUSALS>;

/** Why there is no baseline, as whole sentences. */
export const NO_BASELINE = {
  'turned-off': () => 'No baseline: the input baseline is none.',
  'none-yet': ({ branch }: { readonly branch: string }) => `No baseline yet: the next run on ${branch} makes one.`,
  /** One on the branch left its grades after this run began. */
  'none-before': ({ branch }: { readonly branch: string }) =>
    `No baseline yet: no run on ${branch} had finished when this one began. One has finished since, so a new push or a new run can be compared with it.`,
  /** Of the input `baseline-workflow`: its runs are looked for, so a run of this one makes none. */
  'none-of-workflow': (facts: { readonly workflow: string; readonly name: string; readonly branch: string }) =>
    `No baseline: no run of ${facts.workflow} on ${facts.branch} has grades for ${facts.name}.`,
  'first-run': ({ branch }: { readonly branch: string }) => `No baseline yet: this is the first run on ${branch}.`,
  'not-in-run': ({ runId }: { readonly runId: number }) =>
    `No baseline: run ${runId} has no grades of this evaluation.`,
  'not-permitted': () =>
    'No baseline: the token is not allowed to list artifacts, which requires the permission actions: read.',
  'not-listed': ({ reason }: { readonly reason: Reason }) =>
    `No baseline: the artifacts could not be listed: ${printReason(reason)}.`,
  'path-incomplete': () =>
    'No baseline: the run whose grades the input baseline points to left too many of its cases ungraded.',
  refused: ({ runId, refusal }: { readonly runId: number; readonly refusal: BaselineRefusal }) =>
    printNotUsed(runId, printRefusal(refusal)),
};

/** Why there is no baseline, as data. */
export type NoBaseline = DataOf<typeof NO_BASELINE>;

/** After what could not be graded. */
const NO_JUDGE = ': llm-rubric needs a judge. Set judge-model.';

/** What decided the verdict, as whole sentences. */
export const VERDICT_REASONS = {
  'required-failed': ({ first, count }: { readonly first: string; readonly count: number }) =>
    count === 1 ? `${first} is required and fails.` : `${countOf(count, 'required case')} fail; the first is ${first}.`,
  'below-min-pass-rate': (facts: {
    readonly passed: number;
    readonly graded: number;
    readonly rate: string;
    readonly minPercent: number;
  }) => `${passing(facts)} (${facts.rate} %), below the min-pass-rate of ${facts.minPercent} %.`,
  'nothing-graded': ({ cases, lacksJudge }: { readonly cases: number; readonly lacksJudge: boolean }) =>
    `${cases === 1 ? 'The only case' : `None of the ${countOf(cases, 'case')}`} could ${cases === 1 ? 'not ' : ''}be graded${lacksJudge ? NO_JUDGE : '.'}`,
  'too-many-ungraded': (facts: {
    readonly undecided: number;
    readonly cases: number;
    readonly maxPercent: number;
    readonly lacksJudge: boolean;
  }) =>
    `${formatCount(facts.undecided)} of ${countOf(facts.cases, 'case')} ${facts.undecided === 1 ? 'was' : 'were'} answered but could not be graded; max-ungraded is ${facts.maxPercent} %${facts.lacksJudge ? NO_JUDGE : '.'}`,
  'no-limit': () => 'max-drop is not set, so the comparison does not affect the verdict.',
  'no-baseline': ({ why }: { readonly why: NoBaseline }) => printNoBaseline(why),
  'baseline-incomplete': () => 'The baseline is incomplete.',
  'baseline-unreadable': () => 'The grades of the baseline cannot be read.',
  'no-pairs': () => 'No case was graded with the same asserts in both runs, so there is nothing to compare.',
  'other-judge': ({ now, before }: { readonly now: JudgeName; readonly before: JudgeName }) =>
    `The baseline was judged by ${judgeName(before)}, this run by ${judgeName(now)}.`,
  fell: (facts: DropFacts) =>
    `The pass rate fell by ${points(facts.drop)}; ${allowed(facts.maxDrop)}, and a run that is no worse looks like this ${printChance(facts.p)}.`,
  'may-be-chance': (facts: DropFacts) =>
    `The pass rate is ${points(facts.drop)} below the baseline's, which may be chance: ${allowed(facts.maxDrop)}, but a run that is no worse looks like this ${printChance(facts.p)}.`,
  'small-but-real': (facts: DropFacts) =>
    `The pass rate fell by ${points(facts.drop)}, which is ${withinLimit(facts.maxDrop)}, but probably real: a run that is no worse looks like this ${printChance(facts.p)}.`,
  'within-limit': (facts: DropFacts) =>
    `The pass rate is ${points(facts.drop)} below the baseline's, which can happen by chance; ${allowed(facts.maxDrop)}.`,
  'same-answers': (facts: { readonly pairs: number; readonly regraded: number }) =>
    `${sameAnswers({ count: facts.pairs, regraded: facts.regraded })}.`,
  'not-worse': ({ rise }: { readonly rise: string }) =>
    Number(rise) === 0
      ? "The pass rate is the same as the baseline's."
      : `The pass rate is ${points(rise)} above the baseline's.`,
};

/** Why a verdict is what it is, as data. */
export type VerdictReason = DataOf<typeof VERDICT_REASONS>;

/** What the comment says of a comparison, beside the reason of the verdict. */
export const COMPARISON_WORDS = {
  /** Parts of the heading: numbers are decimal texts. */
  'heading-fell': (facts: { readonly before: string; readonly now: string; readonly broken: number }) =>
    `pass rate fell from ${facts.before} % to ${facts.now} %, ${countOf(facts.broken, 'case')} broke`,
  'heading-chance': (facts: { readonly drop: string; readonly baseline: string }) =>
    `${points(facts.drop)} below ${facts.baseline}, which may be chance`,
  'heading-compared': (facts: Rate & { readonly before: string; readonly baseline: string }) =>
    `${printRate(facts)}, ${facts.baseline} ${facts.before} %`,
  /** Of so many graded cases, `pairs` are compared. */
  'heading-few-pairs': (facts: Rate & FewPairs & { readonly baseline: string }) =>
    `${printRate(facts)}, only ${formatCount(facts.pairs)} of ${countOf(facts.graded, 'case')} compared with ${facts.baseline}`,
  'heading-alone': (facts: Rate) => printRate(facts),
  'heading-same': (facts: Rate & { readonly baseline: string }) =>
    `${printRate(facts)}, the same answers as ${facts.baseline}, graded again`,
  'heading-allowed': (facts: Rate & { readonly before: string; readonly baseline: string; readonly maxDrop: number }) =>
    `${printRate(facts)}, ${facts.baseline} ${facts.before} %, ${withinLimit(facts.maxDrop)} but probably a real drop`,
  'heading-uncompared': (facts: Rate & { readonly isFirst: boolean }) =>
    `${printRate(facts)}, ${facts.isFirst ? 'no baseline yet' : 'not compared with a baseline'}`,
  'heading-required': ({ count }: { readonly count: number }) =>
    count === 1 ? 'a required case fails' : `${countOf(count, 'required case')} fail`,
  'heading-below-min': ({ now, minPercent }: { readonly now: string; readonly minPercent: number }) =>
    `${now} % of the cases pass, below the minimum of ${minPercent} %`,
  'heading-ungraded': ({ undecided, cases }: { readonly undecided: number; readonly cases: number }) =>
    `${formatCount(undecided)} of ${countOf(cases, 'case')} could not be graded`,
  'heading-not-graded': ({ isJudge }: { readonly isJudge: boolean }) =>
    isJudge ? 'not graded, the judge gave no answers' : 'no case could be graded',
  'other-model': ({ before, now }: { readonly before: string; readonly now: string }) => `${now} against ${before}`,

  /** `drop` is positive for a fall. */
  against: ({ drop, baseline }: { readonly drop: string; readonly baseline: string }) =>
    `${signedRise(drop)} ${Math.abs(Number(drop)) === 1 ? 'point' : 'points'} against ${baseline}`,
  /** `same` of the pairs have the very same answer. */
  'over-pairs': ({ pairs, same }: { readonly pairs: number; readonly same: number }) => {
    const rest = pairs - same;
    const fresh =
      same === 0 ? '' : rest === 0 ? ', none with a new answer' : `, ${formatCount(rest)} with a new answer`;
    return `${pairs === 1 ? 'over the one case in both runs' : `over the same ${countOf(pairs, 'case')}`}${fresh}`;
  },
  'few-pairs': ({ pairs, graded }: FewPairs) =>
    `Only ${formatCount(pairs)} of ${countOf(graded, 'graded case')} could be compared.`,
  chance: ({ p }: { readonly p: number }) => `a run that is no worse looks like this ${printChance(p)}`,
  findable: ({ drop }: { readonly drop: string }) =>
    `This run could have found a drop of ${points(drop)} in four of five tries.`,
  /** `same`: how many pairs have the very same answer, which cannot change. */
  'findable-assumed': ({ drop, same }: { readonly drop: string; readonly same: number }) =>
    `No case changed. If ${same === 0 ? 'one in ten' : 'one in ten of those with a new answer'} did, this run could have found a drop of ${points(drop)} in four of five tries.`,
  /** `pairs` that do not have the very same answer. */
  'findable-none': ({ pairs }: { readonly pairs: number }) =>
    pairs === 0
      ? 'No case has a new answer, so no drop can be found.'
      : `${countOf(pairs, 'case')} ${pairs === 1 ? 'is' : 'are'} too few to find any drop.`,
  'more-cases': ({ count, isCapped }: { readonly count: number; readonly isCapped: boolean }) =>
    isCapped
      ? `It would take more than ${formatCount(count)} further cases to settle it.`
      : `About ${countOf(roundCount(count), 'more case')} would settle it.`,
  'same-answers': (facts: { readonly count: number; readonly pairs: number; readonly regraded: number }) => {
    const rest = facts.pairs - facts.count;
    const most =
      rest === 0
        ? ''
        : ` The other ${rest === 1 ? 'one' : formatCount(rest)} can lower the pass rate by at most ${points(shareOf(rest, facts.pairs))}.`;
    return `${sameAnswers(facts)}.${most}`;
  },
  'left-out': (facts: {
    readonly added: number;
    readonly removed: number;
    readonly assertsChanged: number;
    readonly ungraded: number;
  }) =>
    `Not compared: ${[
      [facts.added, 'added'],
      [facts.removed, 'removed'],
      [facts.assertsChanged, 'with changed asserts'],
      [facts.ungraded, 'ungraded in one of the runs'],
    ]
      .filter(([count]) => count !== 0)
      .map(([count, words]) => `${formatCount(Number(count))} ${words}`)
      .join(', ')}.`,
  'requests-changed': ({ count }: { readonly count: number }) =>
    `The ${count === 1 ? 'request of 1 case has' : `requests of ${countOf(count, 'case')} have`} changed since the baseline.`,
  baseline: (facts: { readonly runId: number; readonly ref: string; readonly days: number; readonly sha: string }) =>
    `baseline run ${facts.runId} on ${branchName(facts.ref)}, ${ageOf(facts.days)}, commit ${facts.sha.slice(0, 7)}`,
  'baseline-title': (facts: { readonly ref: string; readonly days: number; readonly sha: string }) =>
    `baseline on ${branchName(facts.ref)}, ${ageOf(facts.days)}, commit ${facts.sha.slice(0, 7)}`,
  'baseline-given': () => 'baseline given by the input',
  'baseline-old': ({ days, ref }: { readonly days: number; readonly ref: string }) =>
    `The baseline is ${ageOf(days)}. Models and services change over time: run this evaluation on ${branchName(ref)} again, preferably on a schedule.`,
  'many-gates': ({ gates, percent }: { readonly gates: number; readonly percent: number }) =>
    `${formatCount(gates)} gates test the same change. Even if it makes nothing worse, the chance that at least one of them fails is up to ${percent} %.`,
  'many-runs': ({ run, percent }: { readonly run: number; readonly percent: number }) =>
    `This is run ${formatCount(run)} on this pull request. Even if the change makes nothing worse, each run has a chance of up to ${percent} % of failing.`,
};

export type ComparisonWords = DataOf<typeof COMPARISON_WORDS>;

/** Log lines on the baseline. */
export const COMPARING = {
  'baseline-chosen': (facts: { runId: number; ref: string; days: number; sha: string }) =>
    `Comparing with ${printComparison({ ...facts, code: 'baseline' })}.`,
  'baseline-given': ({ path }: { path: string }) => `Comparing with the grades in ${path}.`,
  'no-baseline': ({ why }: { why: NoBaseline }) => printNoBaseline(why),
  'baseline-refused': ({ runId, refusal }: { runId: number; refusal: BaselineRefusal }) =>
    `Run ${runId} is not the baseline: ${printRefusal(refusal)}.`,
  'baseline-is-old': (facts: { days: number; ref: string }) => printComparison({ ...facts, code: 'baseline-old' }),
  'baseline-not-read': ({ reason }: { reason: string }) => `Could not read the grades of the baseline: ${reason}.`,
  'baseline-answers-not-read': ({ reason }: { reason: string }) =>
    `Could not read the answers of the baseline, so they are not shown and not graded again: ${reason}.`,
  'grades-name-shared': ({ name }: { name: string }) =>
    `Another step of this run is also named ${name}, so later runs cannot use this run as their baseline. Give each step a name of its own.`,
  'grades-not-uploaded': ({ reason }: { reason: string }) =>
    `Could not upload the grades as an artifact: ${reason}. Later runs cannot use this run as their baseline.`,
};

/** To follow "because". May hold untrusted text. */
export function printRefusal(refusal: BaselineRefusal): string {
  return wordsOf(BASELINE_REFUSALS, refusal);
}

/** That there is no baseline, since this run was refused. May hold untrusted text. */
export function printNotUsed(runId: number, why: string): string {
  return `No baseline: run ${runId} was not used, because ${why}.`;
}

/** May hold untrusted text. */
export function printNoBaseline(why: NoBaseline): string {
  return wordsOf(NO_BASELINE, why);
}

/** May hold untrusted text. */
export function printVerdictReason(reason: VerdictReason): string {
  return wordsOf(VERDICT_REASONS, reason);
}

/** May hold untrusted text. */
export function printComparison(words: ComparisonWords): string {
  return wordsOf(COMPARISON_WORDS, words);
}

/** How often something of this probability happens: `in 13 of 100 runs`, `about 6 times in 1,000`. */
export function printChance(p: number): string {
  if (p >= 0.1) return `in ${Math.round(p * 100)} of 100 runs`;
  if (p < 0.95e-6) return 'less than once in a million';
  // The first power of ten in which it happens about three times, or nearly just once or twice.
  for (let runs = 100; ; runs *= 10) {
    const times = Math.round(p * runs);
    const isClose = times >= 3 || Math.abs(p * runs - times) < 0.05;
    if (times > 0 && isClose) return `about ${TIMES[times - 1] ?? `${times} times`} in ${formatCount(runs)}`;
  }
}

const TIMES = ['once', 'twice'];

/** The name that people know a ref by: `main` of `refs/heads/main`, `pull request 7` of `refs/pull/7/merge`. */
export function branchName(ref: string): string {
  const [, pull] = /^refs\/pull\/(\d{1,9})\/(?:merge|head)$/.exec(ref) ?? [];
  if (pull !== undefined) return `pull request ${pull}`;
  return ref.replace(/^refs\/(?:heads|tags)\//, '');
}

function passing({ passed, graded }: { readonly passed: number; readonly graded: number }): string {
  return `${formatCount(passed)} of ${countOf(graded, 'graded case')} ${passed === 1 || graded === 1 ? 'passes' : 'pass'}`;
}

function sameAnswers({ count, regraded }: { readonly count: number; readonly regraded: number }): string {
  const isOne = count === 1;
  const some = isOne ? 'it' : `${formatCount(regraded)} of them`;
  const differently = `; ${some} ${regraded === 1 ? 'was' : 'were'} graded differently`;
  return `${countOf(count, 'case')} ${isOne ? 'has' : 'have'} exactly the same answer as in the baseline, which says nothing about a change${regraded === 0 ? '' : differently}`;
}

function points(amount: string): string {
  return `${amount} ${Number(amount) === 1 ? 'point' : 'points'}`;
}

function withinLimit(maxDrop: number): string {
  return `within the ${points(String(maxDrop))} allowed`;
}

/** A pass rate as decimal text; with repeats, it is of answers and not of cases. */
interface Rate {
  readonly now: string;
  readonly isOfAnswers: boolean;
}

interface FewPairs {
  readonly pairs: number;
  readonly graded: number;
}

function printRate({ now, isOfAnswers }: Rate): string {
  return isOfAnswers ? `${now} % of the answers pass` : `${now} % pass`;
}

function allowed(maxDrop: number): string {
  return maxDrop === 0 ? 'no drop is allowed' : `${points(String(maxDrop))} ${maxDrop === 1 ? 'is' : 'are'} allowed`;
}

/** A fall, which is positive, as a change: `−3.7`, `+0.4`, `±0`. */
export function signedRise(drop: string): string {
  if (Number(drop) === 0) return '±0';
  return drop.startsWith('-') ? `+${drop.slice(1)}` : `−${drop}`;
}

function judgeName({ model, prompt }: JudgeName): string {
  return `${model} with prompt ${prompt}`;
}

/** How old a baseline is. */
export function ageOf(days: number): string {
  return days === 0 ? 'less than a day old' : `${countOf(days, 'day')} old`;
}

/** In percent to one decimal, and two digits below that; rounded up, since it is a limit. */
function shareOf(part: number, all: number): string {
  const percent = (part / all) * 100;
  return String(percent >= 0.1 ? Math.ceil(percent * 10 - 1e-9) / 10 : Number(percent.toPrecision(2)));
}

/** An estimate to three significant digits. */
function roundCount(count: number): number {
  return Number(count.toPrecision(3));
}
