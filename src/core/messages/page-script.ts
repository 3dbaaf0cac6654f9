import { countOf, formatCount } from '../text/numbers.ts';
import { OUTCOME_NAMES } from './outcome-names.ts';

/** Fixed words that the script shows. */
export const LABELS = {
  all: 'All',
  answer: 'Answer',
  cacheRead: 'Cache read tokens',
  cacheWrite: 'Cache write tokens',
  caseNotFound: 'This link points to a case that is not on this page.',
  cost: 'Cost',
  dark: 'Dark',
  empty: '(empty)',
  end: 'end',
  error: 'Error',
  failing: 'No complete answer',
  id: 'ID',
  inAndCacheUnit: 'in + cache',
  inUnit: 'in',
  inputTokens: 'Input tokens',
  light: 'Light',
  link: 'Link to this case',
  model: 'Model',
  noModel: 'No model',
  outUnit: 'out',
  outputTokens: 'Output tokens',
  parameters: 'Parameters',
  position: 'Position in the file',
  prompt: 'Prompt',
  /** Text before and after the fragment. */
  shareBefore: ' · To share it, add ',
  shareAfter: ' to the page link in the comment or job summary. The address in your browser expires within minutes.',
  stopReason: 'Stop reason',
  unknown: 'unknown',
} as const;

/** The orders to choose from. */
export const ORDER_NAMES = {
  failures: 'Failures first',
  file: 'File order',
  cost: 'Most expensive first',
  tokens: 'Most tokens first',
  id: 'ID',
} as const;

/** How a case ended, in the words of the overview's chart; `short` for a line of the list. */
export function outcomeWords(kind: keyof typeof OUTCOME_NAMES): { readonly name: string; readonly short: string } {
  const name = OUTCOME_NAMES[kind];
  return { name, short: kind === 'whole' ? 'Complete' : kind === 'cut' ? 'Incomplete' : name };
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

/** A choice of a filter. */
export function choiceText(name: string, count: number): string {
  return `${name} (${formatCount(count)})`;
}

/** How many cases the list shows; `unsearched` of all have texts that a search cannot see in full. */
export function statusText(counts: {
  readonly shown: number;
  readonly total: number;
  readonly unsearched: number;
}): string {
  const { shown, total, unsearched } = counts;
  const count = `${formatCount(shown)} of ${countOf(total, 'case')} shown`;
  return unsearched === 0 ? count : `${count}. Search covers only the text on this page; ${partial(unsearched)}.`;
}

function partial(count: number): string {
  return count === 1 ? '1 case has text that is left out' : `${formatCount(count)} cases have text that is left out`;
}

/** A file, and the artifact that has it; without one it is on the runner only. */
export interface FileLocation {
  readonly file: 'requests.jsonl' | 'results.jsonl';
  readonly artifact: string | undefined;
}

/** Between the head and the tail of a text. */
export function cutText(leftOut: number, location: FileLocation): string {
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
