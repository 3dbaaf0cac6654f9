import type { Difference } from '../messages/asserts.ts';

/** Makes texts alike that differ only in something. */
export type Fold = (text: string) => string;

const FOLDS: Readonly<Record<Difference, Fold>> = {
  'code-fence': stripFence,
  // Single blanks, which are most of it, need nothing.
  'white-space': (text) => text.replace(/[^\S ]\s*| \s+/g, ' ').trim(),
  case: (text) => text.toLowerCase(),
};

const SINGLE: readonly (readonly Difference[])[] = [['white-space'], ['code-fence'], ['case']];
const ALL: readonly Difference[] = ['code-fence', 'white-space', 'case'];

/** In the order in which they are applied; the fewest come first. */
const COMBINATIONS: readonly (readonly Difference[])[] = [
  ...SINGLE,
  ['code-fence', 'white-space'],
  ['white-space', 'case'],
  ['code-fence', 'case'],
  ALL,
];

/** Beyond that, nobody overlooks what the difference is, and folding takes its time. */
const MAX_LENGTH = 20_000;

/**
 * What keeps a text from passing, if it is only white space, a code fence around it or the case of letters; else nothing.
 * What does not pass with all of them folded passes with none: most texts need that one try.
 */
export function differenceOf(text: string, passes: (fold: Fold) => boolean): readonly Difference[] {
  if (text.length > MAX_LENGTH || !passes(foldOf(ALL))) return [];
  return COMBINATIONS.find((names) => passes(foldOf(names))) ?? [];
}

/** The same for a check that is not folded itself, such as a pattern. It is tried only with what is in the text. */
export function singleDifferenceOf(text: string, passes: (folded: string) => boolean): readonly Difference[] {
  if (text.length > MAX_LENGTH) return [];
  return (
    SINGLE.find((names) => {
      const folded = foldOf(names)(text);
      return folded !== text && passes(folded);
    }) ?? []
  );
}

function foldOf(names: readonly Difference[]): Fold {
  return (text) => names.reduce((folded, name) => FOLDS[name](folded), text);
}

/** What is between the lines of a code fence that is around all of a text; any other text as it is. */
function stripFence(text: string): string {
  const trimmed = text.trim();
  const fence = /^(`{3,}|~{3,})[^\n]*\n/.exec(trimmed);
  if (fence?.[1] === undefined || !trimmed.endsWith(`\n${fence[1]}`)) return text;
  return trimmed.slice(fence[0].length, -fence[1].length - 1);
}

const SHOWN = 80;

/** The beginning of a text, as a reason shows it. */
export function startOf(text: string, length = SHOWN): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).toWellFormed()}…`;
}

/** The end of a text, as a reason shows it. */
export function endOf(text: string, length = SHOWN): string {
  return text.length <= length ? text : `…${text.slice(1 - length).toWellFormed()}`;
}

/** Two texts from shortly before where they differ. */
export function whereTheyDiffer(a: string, b: string): readonly [string, string] {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const from = same > SHOWN / 2 ? same - 20 : 0;
  const cut = (text: string): string => startOf(`${from > 0 ? '…' : ''}${text.slice(from, from + 2 * SHOWN)}`);
  return [cut(a), cut(b)];
}
