import { countOf, formatCount, formatTime } from '../text/numbers.ts';
import { GRADE_NAMES, GRADE_WORDS, OUTCOME_NAMES } from './outcome-names.ts';

/** Fixed words that the script shows. */
export const LABELS = {
  all: 'All',
  answer: 'Answer',
  answers: 'Answers of this case',
  before: "Baseline's answer",
  beforeSame: 'The baseline has the same answer.',
  cacheRead: 'Cache read tokens',
  cacheWrite: 'Cache write tokens',
  changesMarked: 'Changed words are marked.',
  changesMarkedInPart: 'Changed words are marked in some of the texts.',
  changesNotMarked: 'The two have too little in common to mark what changed.',
  caseNotFound: 'This link points to a case that is not on this page.',
  copied: 'Copied',
  copiedLink: 'Copied: add it to the page link in the comment',
  copyAnswer: 'Copy answer',
  copyLink: 'Copy link',
  copyPrompt: 'Copy prompt',
  cost: 'Cost',
  csv: 'Download CSV',
  dark: 'Dark',
  empty: '(empty)',
  error: 'Error',
  id: 'ID',
  image: 'Image',
  incomplete: 'No complete answer',
  inputTokens: 'Input tokens',
  light: 'Light',
  link: 'Link to this case',
  markdown: 'Markdown',
  model: 'Model',
  next: 'Next',
  nextAnswer: 'Next answer',
  noModel: 'No model',
  noneShown: 'No case matches.',
  noStop: 'No stop reason',
  outputTokens: 'Output tokens',
  parameters: 'Parameters',
  position: 'Position in the file',
  previous: 'Previous',
  previousAnswer: 'Previous answer',
  prompt: 'Request',
  required: 'Required',
  reset: 'Clear filters',
  reused: 'Reused answer',
  /** Choices of the filter. */
  reusedAnswers: 'Reused',
  sentNow: 'Submitted',
  selected: 'Selected: copy it with Ctrl+C or ⌘C',
  /** Text before and after the fragment. */
  shareBefore: ' · To share it, add ',
  shareAfter: ' to the page link in the comment or job summary. The address in your browser expires within minutes.',
  showAs: 'Show the answer as',
  source: 'Line',
  stopReason: 'Stop reason',
  text: 'Text',
  unanswered: 'No answer',
  unknown: 'unknown',
} as const;

/** Heads of the columns. */
export const HEADS = {
  id: 'Case',
  outcome: 'Outcome',
  gist: 'Question → answer',
  model: 'Model',
  cost: 'Cost',
} as const;

/** The orders to choose from. */
export const ORDER_NAMES = {
  failures: 'Failures first',
  '-failures': 'Failures last',
  file: 'File order',
  '-file': 'File order, last first',
  id: 'ID',
  '-id': 'ID, last first',
  model: 'Model',
  '-model': 'Model, last first',
  cost: 'Most expensive first',
  '-cost': 'Cheapest first',
  score: 'Lowest score first',
  '-score': 'Highest score first',
  tokens: 'Most tokens first',
  '-tokens': 'Fewest tokens first',
} as const;

/** How a case ended, in the words of the overview's chart; `short` for a line of the list. */
export function outcomeWords(kind: keyof typeof OUTCOME_NAMES): { readonly name: string; readonly short: string } {
  const name = OUTCOME_NAMES[kind];
  return { name, short: kind === 'whole' ? 'Complete' : kind === 'cut' ? 'Incomplete' : name };
}

const INCOMPLETE_WORDS: Readonly<Record<string, string>> = {
  refusal: 'Refused',
  max_tokens: 'Cut off',
  model_context_window_exceeded: 'Cut off',
  pause_turn: 'Paused',
  empty: 'Empty',
};

/** The same in a line of the list, which says what makes an answer incomplete. */
export function outcomeText(kind: keyof typeof OUTCOME_NAMES, incompleteBy: string | undefined): string {
  return (incompleteBy === undefined ? undefined : INCOMPLETE_WORDS[incompleteBy]) ?? outcomeWords(kind).short;
}

interface Graded {
  readonly outcome: keyof typeof GRADE_WORDS;
  readonly score: number | null;
}

/** How an answer was graded. */
export function gradeText({ outcome, score }: Graded): string {
  return score === null ? GRADE_WORDS[outcome] : `${GRADE_WORDS[outcome]}, score ${scoreText(score)}`;
}

/** What a line of the list says beside the grade; empty for nothing. */
export function gradeNote(facts: {
  readonly change: 'broken' | 'fixed' | null;
  readonly required: boolean;
  /** Of several answers, how many pass. */
  readonly passed: number;
  readonly answers: number;
  /** Why there is no complete answer, in words. */
  readonly incomplete: string | undefined;
}): string {
  const { change, required, passed, answers, incomplete } = facts;
  return [
    ...(required ? [GRADE_NAMES.required.toLowerCase()] : []),
    ...(change === null ? [] : [GRADE_NAMES[change].toLowerCase()]),
    ...(answers < 2 ? [] : [`${passed} of ${answers} pass`]),
    ...(incomplete === undefined ? [] : [incomplete.toLowerCase()]),
  ].join(', ');
}

/** One of several answers to a case: its number and its grade. */
export function answerText(number: number, outcome: keyof typeof GRADE_WORDS | undefined): string {
  return outcome === undefined ? String(number) : `${number} ${GRADE_WORDS[outcome]}`;
}

/** What is to be known of an assert besides what it found; empty where that goes without saying. */
export function assertFacts(of: {
  readonly outcome: keyof typeof GRADE_WORDS;
  readonly score: number | null;
  readonly weight: number;
  readonly judge: { readonly model: string; readonly prompt: number } | null;
  /** Of a set, whose reason says the score. */
  readonly asserts: readonly unknown[];
}): string {
  const { outcome, score, weight, judge, asserts } = of;
  const isPlain = score === null || asserts.length > 0 || score === (outcome === 'pass' ? 1 : 0);
  return [
    ...(isPlain ? [] : [`score ${scoreText(score)}`]),
    ...(weight === 1 ? [] : [`weight ${weight}`]),
    ...(judge === null ? [] : [`judged by ${judge.model}, prompt ${judge.prompt}`]),
  ].join(' · ');
}

/** Passing asserts that are folded. */
export function foldedAssertsText(count: number): string {
  return `${formatCount(count)} passed`;
}

/** Asserts that the page has no room for. */
export function leftOutAssertsText(count: number, location: FileLocation): string {
  return `${countOf(count, 'assert')} left out here. All are in ${locationText(location)}.`;
}

/** A choice of a filter: the cases in which this metric does not pass. */
export function metricFailsText(metric: string): string {
  return `${metric}: not passed`;
}

function scoreText(score: number): string {
  return String(Math.round(score * 100) / 100);
}

/** Who says a part of a request; other roles are named as they are. */
export function roleName(role: string, isToolResult: boolean): string {
  if (isToolResult) return 'Tool result';
  return ROLES.get(role) ?? role;
}

const ROLES: ReadonlyMap<string, string> = new Map([
  ['system', 'System'],
  ['user', 'User'],
  ['assistant', 'Assistant'],
]);

const PART_NAMES: Readonly<Record<string, string>> = {
  citations: 'Citations',
  thinking: 'Thinking',
  'tool-call': 'Tool call',
  'tool-result': 'Tool result',
  other: 'Block',
};

/** A block of a request or an answer: what it is, its name and its id. */
export function partName({
  kind,
  name,
  id,
}: {
  readonly kind: string;
  readonly name?: string;
  readonly id?: string;
}): string {
  return [PART_NAMES[kind] ?? kind, name, id].filter((text) => text !== undefined).join(' · ');
}

/** An image that the page does not have. */
export function imageNote(what: string): string {
  return `Image, not on this page: ${what}`;
}

/** What is cut out of a text that is copied. */
export function leftOutText(count: number): string {
  return `[${countOf(count, 'character')} left out]`;
}

/** The button that shows the filters on a narrow screen; so many are set. */
export function filtersText(count: number): string {
  return count === 0 ? 'Filter, sort' : `Filter, sort (${count})`;
}

/** What a case cost; undefined if it has no answer, and so no cost. */
export function costText({
  usd,
  outcome,
}: {
  readonly usd: string | null;
  readonly outcome: string;
}): string | undefined {
  if (usd !== null) return `$${usd}`;
  return outcome === 'succeeded' ? LABELS.unknown : undefined;
}

/** Where a reused answer is from, and how old it was when the run ended. */
export function reusedText(of: {
  readonly batch_id: string;
  readonly answered_at: string;
  readonly age_days: number;
}): string {
  const age = of.age_days === 0 ? 'less than a day old' : `${countOf(of.age_days, 'day')} old`;
  return `${age}: ${formatTime(of.answered_at) ?? of.answered_at}, batch ${of.batch_id}`;
}

/** A choice of a filter, with the cases on the page; `total` counts those that are not on it as well. */
export function choiceText(name: string, count: number, total = count): string {
  return `${name} (${formatCount(count)}${total > count ? ` of ${formatCount(total)}` : ''})`;
}

/**
 * How many cases the list shows; `leftOut` more are not on the page, and `unsearched` of those on it have texts that a search
 * cannot see in full.
 */
export function statusText(counts: {
  readonly shown: number;
  readonly total: number;
  readonly leftOut: number;
  readonly unsearched: number;
  /** Whether those left out are only the ones that the filter is about. */
  readonly isOfFilter?: boolean;
  /** Whether some of them are requests without asserts, beside cases with some. */
  readonly isMixed?: boolean;
}): string {
  const { shown, total, leftOut, unsearched, isOfFilter = false, isMixed = false } = counts;
  const listed = isMixed ? `${formatCount(total)} cases and other requests` : countOf(total, 'case');
  const parts = [
    `${formatCount(shown)} of ${listed} shown`,
    ...(leftOut === 0 ? [] : [`${formatCount(leftOut)} more ${isOfFilter ? 'of these ' : ''}not on this page`]),
    ...(unsearched === 0 ? [] : [`long texts of ${countOf(unsearched, 'case')} searched only in part`]),
  ];
  return parts.join(' · ');
}

/** A file, and the artifact that has it; without one it is on the runner only. */
export interface FileLocation {
  readonly file: 'requests.jsonl' | 'results.jsonl' | 'grades.jsonl';
  readonly artifact: string | undefined;
}

/** Between the head and the tail of a text. */
export function cutNote(leftOut: number, location: FileLocation): string {
  return `${countOf(leftOut, 'character')} left out here. The full text is in ${locationText(location)}.`;
}

/** For a case whose texts do not fit on the page. */
export function textlessText(places: {
  readonly answer: FileLocation | undefined;
  readonly prompt: FileLocation | undefined;
}): string {
  const parts = [
    ...(places.answer === undefined ? [] : [`The answer is in ${locationText(places.answer)}.`]),
    ...(places.prompt === undefined ? [] : [`The prompt is in ${locationText(places.prompt)}.`]),
  ];
  return ['The texts of this case are left out to keep the page small.', ...parts].join(' ');
}

/** The same, for the whole list. */
export function textlessCasesText(count: number, total: number): string {
  return `The texts of ${formatCount(count)} of the ${countOf(total, 'case')} listed are left out to keep the page small. Each case says where to find them.`;
}

/** Where a file is. */
export function locationText({ file, artifact }: FileLocation): string {
  return artifact === undefined
    ? `${file} in results-path on the runner, where later steps of the job can read it`
    : `${file} in the artifact ${artifact}`;
}
