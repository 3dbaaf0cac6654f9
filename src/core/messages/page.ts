import { countOf, formatCount, formatDuration } from '../text/numbers.ts';
import { sayRunnerTime, type Waited } from './headlines.ts';
import { locationText } from './page-script.ts';
import { LABELS } from './report.ts';
import { type DataOf, wordsOf } from './table.ts';

/** Headings, column titles and other fixed words of the page. Some are shorter than those of the report. */
export const PAGE_LABELS = {
  ...LABELS,
  about: 'About this list',
  answers: 'Answers',
  artifact: 'Download',
  baseline: 'Baseline',
  'batch-price': 'As a batch',
  cases: 'Cases',
  cause: 'Cause',
  citations: 'citations',
  commit: 'commit',
  empty: '(empty)',
  example: 'Example',
  figures: 'Figures',
  'figures-of-failure': 'Why it failed, figures',
  graded: 'Graded',
  incomplete: 'Incomplete answers',
  labels: 'By metadata',
  'mean-score': 'Mean score',
  meaning: 'What it means',
  metadata: 'Metadata',
  metric: 'Metric',
  metrics: 'Metrics',
  models: 'Models',
  order: 'Sort by',
  outcome: 'Outcome',
  'pass-rate': 'Pass rate',
  'results-until': 'Results available until',
  reuse: 'Reuse',
  'reused-batches': 'Reused answers',
  rounds: 'Rounds',
  search: 'Search',
  stop: 'Stop reason',
  'standard-price': 'Without a batch',
  'stop-reason': 'Stop reason',
  warnings: 'Warnings',
} as const;

/** Keys that the case list listens to, and what they do. */
export const PAGE_KEYS = [
  ['/', 'search'],
  ['j', 'next'],
  ['k', 'previous'],
  ['Enter', 'open; in the search box: open the first hit'],
  ['Esc', 'close, then clear the search'],
] as const;

/** Sentences of the page, as plain text. Facts may hold untrusted text: escape the result where it is shown. */
export const PAGE_TEXTS = {
  'verdict-answered': (counts: Counts) => `${answeredOf(counts)}${partlyIncomplete(counts)}`,
  'verdict-unanswered': (counts: Counts) => `${unansweredOf(counts)}${partlyIncomplete(counts)}`,
  'verdict-failed': (counts: Counts) => `failed; ${answeredOf(counts)}${partlyIncomplete(counts)}`,
  'verdict-canceled': (counts: Counts) => `canceled; ${answeredOf(counts)}${partlyIncomplete(counts)}`,
  sampled: ({ requests, of, input }: { requests: number; of: number; input: string }) =>
    `${formatCount(requests)} of ${countOf(of, 'request')}, by sample: ${input}`,
  'cost-unknown': () => 'The cost is unknown.',
  /** `saved` is printed money. */
  saved: ({ saved }: { saved: string }) => `Saved ${saved}`,
  waited: (waited: Waited) => `Waiting took ${sayRunnerTime(waited)}`,
  'prices-as-of': ({ date }: { date: string }) => `Prices as of ${date}.`,
  'batch-duration': ({ tookMs }: { tookMs: number }) => `Took ${formatDuration(tookMs)} from creation to end.`,
  'more-failures': ({ requests, causes }: { requests: number; causes: number }) =>
    `${countOf(requests, 'more request')} with ${countOf(causes, 'more cause')}: see summary.json.`,
  'more-problems': ({ count }: { count: number }) => `${countOf(count, 'more kind')} of problem: see the log.`,

  'shows-full': () => 'Open a case to see its answer, prompt and parameters.',
  'shows-answers-of-batch-id': () =>
    'Open a case to see its answer. Prompts are unknown because only batch-id was set. To see them, set requests as well.',
  'shows-answers': () =>
    'Open a case to see its answer. Prompts are left out of this page, but an answer may quote its prompt.',
  'shows-none': () =>
    'This page has only numbers, IDs, file names, model names and error messages: no prompts and no answers. An error message may quote part of a request.',
  'search-full': () => 'IDs, answers, prompts, errors',
  'search-answers': () => 'IDs, answers, errors',
  'search-none': () => 'IDs, errors',
  'needs-javascript': ({ artifact }: { artifact: ArtifactName }) =>
    `The case list needs JavaScript, which is off. All results are in ${locationText({ file: 'results.jsonl', artifact })}.`,
  'cases-left-out': ({ shown, total, unanswered, incomplete, artifact }: CasesLeftOut) =>
    `${formatCount(shown)} of ${countOf(total, 'case')} are listed: first those with no answer (${formatCount(unanswered)}), then incomplete answers (${formatCount(incomplete)}), then complete answers (${formatCount(total - unanswered - incomplete)}). The rest are in ${locationText({ file: 'results.jsonl', artifact })}.`,
  'graded-cases-left-out': ({ shown, total, required, broken, failing, ungraded, artifact }: GradedLeftOut) =>
    `${formatCount(shown)} of ${countOf(total, 'case')} are listed: first ${required === 0 ? 'those that broke' : `required ones that fail (${formatCount(required)}), then others that broke`} (${formatCount(broken)}), then others that fail (${formatCount(failing)}), then ungraded ones (${formatCount(ungraded)}), then the rest. The others are in ${locationText({ file: 'grades.jsonl', artifact })}.`,
  'missing-left-out': () => 'Cases with no readable result line are listed in summary.json.',

  'parts-left-out': ({ count }: { count: number }) => `${countOf(count, 'more block')} left out here.`,
  elided: ({ characters }: { characters: number }) => `(${countOf(characters, 'character')})`,
  'nested-too-deeply': () => '(nested too deeply to show)',
  'cited-pages': ({ first, last }: Span) => spanOf('page', first, last),
  'cited-blocks': ({ first, last }: Span) => spanOf('block', first, last),
  'cited-characters': ({ first, last }: Span) => spanOf('character', first, last),
  'cited-document': ({ index }: { index: number }) => `document ${formatCount(index)}`,
  'cited-search-result': ({ index }: { index: number }) => `search result ${formatCount(index)}`,
};

/** A sentence of the page as data: its code and facts. */
export type PageMessage = DataOf<typeof PAGE_TEXTS>;

/** The sentence as plain text. */
export function printPageText(message: PageMessage): string {
  return wordsOf(PAGE_TEXTS, message);
}

/** Name of the artifact that holds a file, on one line; undefined for a file that is on the runner only. */
type ArtifactName = string | undefined;

type CasesLeftOut = { shown: number; total: number; unanswered: number; incomplete: number; artifact: ArtifactName };

type GradedLeftOut = {
  shown: number;
  total: number;
  required: number;
  broken: number;
  failing: number;
  ungraded: number;
  artifact: ArtifactName;
};

/** Both ends are part of the span. */
type Span = { first: number; last: number };

function spanOf(noun: string, first: number, last: number): string {
  return last > first ? `${noun}s ${formatCount(first)} to ${formatCount(last)}` : `${noun} ${formatCount(first)}`;
}

/** `incomplete` of the answered. */
type Counts = { answered: number; total: number; incomplete: number };

function answeredOf({ answered, total }: Counts): string {
  return `${formatCount(answered)} of ${countOf(total, 'request')} answered`;
}

function unansweredOf({ answered, total }: Counts): string {
  const count = total - answered;
  return `${formatCount(count)} of ${countOf(total, 'request')} ${count === 1 ? 'has' : 'have'} no answer`;
}

function partlyIncomplete({ incomplete }: Counts): string {
  return incomplete === 0 ? '' : `, ${countOf(incomplete, 'incomplete answer')}`;
}
