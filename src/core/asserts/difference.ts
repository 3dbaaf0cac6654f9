import type { Difference } from '../messages/asserts.ts';

/** Maps texts that differ in one respect only to the same text. */
export type Fold = (text: string) => string;

const FOLDS: Readonly<Record<Difference, Fold>> = {
  'code-fence': stripFence,
  // Most white space is single blanks, which need no change.
  'white-space': (text) => text.replace(/[^\S ]\s*| \s+/g, ' ').trim(),
  case: (text) => text.toLowerCase(),
};

const SINGLE: readonly (readonly Difference[])[] = [['white-space'], ['code-fence'], ['case']];
const ALL: readonly Difference[] = ['code-fence', 'white-space', 'case'];

/** Fewest folds first, each list in the order of application. */
const COMBINATIONS: readonly (readonly Difference[])[] = [
  ...SINGLE,
  ['code-fence', 'white-space'],
  ['white-space', 'case'],
  ['code-fence', 'case'],
  ALL,
];

/** In longer texts a difference is hard to miss, and folding takes too long. */
const MAX_LENGTH = 20_000;

/**
 * White space, a surrounding code fence or letter case, if only these keep a text from passing; else nothing. A text that fails with all
 * of them folded fails with any: most texts need only that one try.
 */
export function differenceOf(text: string, passes: (fold: Fold) => boolean): readonly Difference[] {
  if (text.length > MAX_LENGTH || !passes(foldOf(ALL))) return [];
  return COMBINATIONS.find((names) => passes(foldOf(names))) ?? [];
}

/** The same for a check that cannot be folded itself, such as a pattern. Only tries folds that change the text. */
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

/** The text between the fence lines if a code fence surrounds the whole text; otherwise the text unchanged. */
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

/** Excerpts of two texts that start shortly before they differ. */
export function whereTheyDiffer(a: string, b: string): readonly [string, string] {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const from = same > SHOWN / 2 ? same - 20 : 0;
  const cut = (text: string): string => startOf(`${from > 0 ? '…' : ''}${text.slice(from, from + 2 * SHOWN)}`);
  return [cut(a), cut(b)];
}
