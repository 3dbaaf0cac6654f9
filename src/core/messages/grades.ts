import { countOf, formatCount } from '../text/numbers.ts';
import { sayUsd } from './headlines.ts';
import { printUsd } from './report.ts';
import { signedRise } from './verdicts.ts';

// What the report says of grades, as Markdown without untrusted facts, unless a comment says otherwise. Percents and points are decimal texts.

type Outcome = 'pass' | 'fail' | 'ungraded';

/** Titles of columns. */
export const GRADE_LABELS = {
  assert: 'Assert',
  before: 'Before',
  broken: 'Broken',
  cases: 'Cases',
  commit: 'Commit',
  date: 'Date',
  difference: 'Difference',
  failing: 'Failing',
  graded: 'Graded',
  judgements: 'Judgements',
  mean: 'Mean score',
  metric: 'Metric',
  now: 'Now',
  'pass-rate': 'Pass rate',
  reason: 'Reason',
  required: 'Required',
  run: 'Run',
  ungraded: 'Ungraded',
  value: 'Value',
} as const;

/** What became of an answer. */
export const OUTCOMES: Readonly<Record<Outcome, string>> = { pass: 'passes', fail: 'fails', ungraded: 'ungraded' };

/** Lists of cases on the page, as links to them. */
const LISTS = { broken: 'broken', fixed: 'fixed', failing: 'failing', flaky: 'flaky', ungraded: 'ungraded' };

export type CaseList = keyof typeof LISTS;

/** Pieces of the report's lines. */
export const GRADES = {
  'see-list': ({ list, count }: { list: CaseList; count: number }) =>
    count === 1 ? `See the ${LISTS[list]} case` : `See the ${formatCount(count)} ${LISTS[list]} cases`,
  list: ({ list, count }: { list: CaseList; count: number }) => `${formatCount(count)} ${LISTS[list]}`,
  'broken-by-chance': ({ count }: { count: number }) => `${countOf(count, 'broken case')}, which may be chance`,
  'more-cases': ({ count }: { count: number }) => `And ${formatCount(count)} more`,
  'more-rows': ({ count }: { count: number }) => `And ${formatCount(count)} more.`,

  /** With repeats, `rate` is that of the answers. */
  'cases-pass': ({ repeats, rate, ...counts }: CaseCounts & { repeats: number; rate: string | null }) =>
    `${printPassing(counts)}${repeats === 1 ? '' : `, with ${repeats} answers each${rate === null ? '' : `; ${rate} % of the answers pass`}`}`,
  'with-interval': ({ low, high }: { low: string; high: string }) => `(95 % interval ${low}–${high} %)`,
  'rates-beside': (facts: { now: string; before: string; baseline: string }) =>
    `(${facts.now} %; ${facts.baseline} ${facts.before} %)`,
  'rates-over-pairs': (facts: { now: string; before: string; baseline: string; pairs: number; isOfAnswers: boolean }) =>
    `Over the same ${countOf(facts.pairs, 'case')}, ${facts.now} %${facts.isOfAnswers ? ' of the answers' : ''} pass; ${facts.baseline}: ${facts.before} %`,
  ungraded: ({ count }: { count: number }) => `${formatCount(count)} ungraded`,
  'answers-pass': ({ passed, graded }: { passed: number; graded: number }) => `${passed} of ${graded} pass`,
  /** `ids` are the first of them, as Markdown. */
  'required-ungraded': ({ ids, count }: { ids: readonly string[]; count: number }) =>
    `Required, but not graded: ${ids.join(', ')}${count > ids.length ? ` and ${formatCount(count - ids.length)} more` : ''}.`,
  'left-out': ({ count }: { count: number }) => `${formatCount(count)} not compared`,
  flaky: ({ count }: { count: number }) => `${formatCount(count)} flaky`,
  allowed: ({ maxDrop }: { maxDrop: number }) => (maxDrop === 0 ? 'none allowed' : `${maxDrop} allowed`),
  'are-allowed': ({ maxDrop }: { maxDrop: number }) =>
    maxDrop === 0 ? 'No drop is allowed' : `${maxDrop} ${maxDrop === 1 ? 'point is' : 'points are'} allowed`,
  'small-but-real': () => 'within the limit, but probably real',
  'as-chance-does': () => 'which can happen by chance',
  /** `link` is a link to this run. */
  'judge-failed': (facts: { failed: number; judgements: number; kind: string; link: string }) =>
    `${formatCount(facts.failed)} of ${countOf(facts.judgements, 'judgement')} failed${facts.kind === '' ? '' : ` (${facts.kind})`}. The answers are kept: **${facts.link}**, which pays for the judgements alone.`,

  'details-title': ({ rate }: { rate: string }) => `Pass rate ${rate} %`,
  'details-ungraded': () => 'Grading',
  interval: ({ low, high }: { low: string; high: string }) => `95 % interval ${low}–${high} %`,
  /** `p` as a decimal text. */
  pairs: (facts: { pairs: number; broken: number; fixed: number; p: string; test: 'mid-p' | 'sign-flip' }) =>
    `${countOf(facts.pairs, 'case')} in both runs: ${formatCount(facts.broken)} broken, ${formatCount(facts.fixed)} fixed, p = ${facts.p} (${TESTS[facts.test]}).`,
  'drop-interval': ({ low, high }: { low: string; high: string }) =>
    `The change in the pass rate is between ${signedRise(high)} and ${signedRise(low)} points, with 95 % confidence.`,
  /** `link` and `branch` are Markdown; `sha` is empty where it is not known. */
  'baseline-run': ({ link, branch, age, sha }: { link: string; branch: string; age: string; sha: string }) =>
    `Baseline: ${link} on ${branch}, ${age}${sha === '' ? '' : `, commit ${sha}`}.`,
  'run-of': ({ id }: { id: number }) => `run ${id}`,
  'pass-power': ({ powers }: { powers: readonly { k: number; percent: string }[] }) =>
    `Chance that k answers to a case all pass: ${powers.map(({ k, percent }) => `${percent} % for k = ${k}`).join(', ')}.`,
  'flaky-cases': ({ count, repeats }: { count: number; repeats: number }) =>
    `${countOf(count, 'case')} ${count === 1 ? 'is' : 'are'} flaky: some of ${count === 1 ? 'its' : 'their'} ${repeats} answers pass and some fail.`,
  'cost-per-case': ({ usd, isLowerBound }: { usd: string; isLowerBound: boolean }) =>
    `Cost per case: ${printUsd(usd, isLowerBound)}.`,
  /** `model` is Markdown. */
  /** `reused` of the judgements. */
  judged: (
    facts: { model: string; prompt: number; reused: number; usd: string | null; isLowerBound: boolean } & Judgements,
  ) => {
    const { model, prompt, judgements, failed, reused, usd, isLowerBound } = facts;
    const count = failed === 0 ? countOf(judgements, 'answer') : printJudged({ judgements, failed });
    const cost = usd === null || failed === judgements ? '' : `, which is ${printUsd(usd, isLowerBound)} of the cost`;
    const earlier =
      reused === 0 ? '' : `; ${formatCount(reused)} of the judgements ${reused === 1 ? 'was' : 'were'} reused`;
    return `${model} judged ${count} with prompt ${prompt}${cost}${earlier}.`;
  },
  contradictions: ({ count }: { count: number }) =>
    `In ${countOf(count, 'judgement')} the score contradicts the verdict. The verdict counts.`,
  'judge-batches': () => 'Batches of the judge:',
  /** The reason is untrusted. */
  'not-baseline': ({ link, why }: { link: string; why: string }) =>
    `Not used as the baseline: ${link}, because ${why}.`,
  'more-refused': ({ count }: { count: number }) =>
    `${countOf(count, 'more run')} ${count === 1 ? 'was' : 'were'} not used either.`,
  'more-metrics': ({ count }: { count: number }) => `And ${countOf(count, 'more metric')}: see \`summary.json\`.`,
  'more-values': ({ count }: { count: number }) => `And ${countOf(count, 'more value')}: see \`summary.json\`.`,

  'rates-title': ({ count }: { count: number }) => `Pass rate of the last ${formatCount(count)} runs`,
  'rates-axis': () => 'Pass rate (%)',
};

interface Judgements {
  readonly judgements: number;
  /** Without a result. */
  readonly failed: number;
}

function printJudged({ judgements, failed }: Judgements): string {
  return `${formatCount(judgements - failed)} of ${countOf(judgements, 'answer')}`;
}

const TESTS = { 'mid-p': "one-sided McNemar's test, mid-p", 'sign-flip': 'one-sided sign-flip test on case means' };

interface CaseCounts {
  readonly passed: number;
  readonly cases: number;
  readonly ungraded: number;
}

/** Of the graded cases, as the pass rate beside it. */
function printPassing({ passed, cases, ungraded }: CaseCounts): string {
  const graded = cases - ungraded;
  const [count, noun] = ungraded === 0 || graded === 0 ? [cases, 'case'] : [graded, 'graded case'];
  return `${formatCount(passed)} of ${countOf(count, noun)} ${passed === 1 || count === 1 ? 'passes' : 'pass'}`;
}

/** The last lines of the log on grades. No text of a request or an answer. */
export const GRADE_LINES = {
  'cases-graded': (facts: CaseCounts & { flaky: number; repeats: number; rate: string | null }) => {
    const { ungraded, flaky, repeats, rate } = facts;
    const percent = repeats === 1 ? ` (${rate} %)` : `, ${rate} % of the answers`;
    const parts = [
      `${printPassing(facts)}${rate === null ? '' : percent}`,
      ...(ungraded === 0 ? [] : [`${formatCount(ungraded)} ungraded`]),
      ...(flaky === 0 ? [] : [`${formatCount(flaky)} flaky`]),
    ];
    return `${parts.join(', ')}.`;
  },
  /** `drop` is positive for a fall, `p` a decimal text. */
  'cases-compared': (facts: {
    drop: string;
    pairs: number;
    broken: number;
    fixed: number;
    p: string;
    runId: number | null;
  }) =>
    `${signedRise(facts.drop)} points against ${facts.runId === null ? 'the baseline' : `run ${facts.runId}`} over ${countOf(facts.pairs, 'case')}: ${formatCount(facts.broken)} broken, ${formatCount(facts.fixed)} fixed, p = ${facts.p}.`,
  'answers-judged': (facts: {
    judgements: number;
    reused: number;
    failed: number;
    usd: string | null;
    lower_bound: boolean;
  }) =>
    `${countOf(facts.judgements, 'judgement')}${facts.reused === 0 ? '' : `, ${formatCount(facts.reused)} of them reused`}${facts.failed === 0 ? '' : `, ${formatCount(facts.failed)} of them without a result`}${facts.usd === null ? '' : `, for ${sayUsd(facts.usd, facts.lower_bound)}`}.`,
  'verdict-reached': ({ verdict }: { verdict: keyof typeof VERDICT_NAMES }) => `Verdict: ${VERDICT_NAMES[verdict]}.`,
};

const VERDICT_NAMES = {
  pass: 'pass',
  fail: 'fail',
  inconclusive: 'inconclusive',
  'not-comparable': 'not comparable',
};
