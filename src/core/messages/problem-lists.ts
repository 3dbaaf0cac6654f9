import { countOf, formatCount } from '../text/numbers.ts';
import { type Problem, printProblem, wordsOfProblem } from './problems.ts';

/** Headings of the lists of problems, and of their columns. */
export const PROBLEM_LABELS = {
  problems: 'Problems',
  warnings: 'Warnings',
  place: 'Where',
  what: 'What is wrong',
  fix: 'What to do',
} as const;

/** What a list leaves out. */
export function printMoreKinds(list: 'problems' | 'warnings', count: number): string {
  const noun = list === 'problems' ? 'problem' : 'warning';
  return `And ${countOf(count, `more kind of ${noun}`, `more kinds of ${noun}s`)}: see the log.`;
}

/** The lines that share the cause of the line named before. */
export function printMoreLines(count: number): string {
  return `and ${countOf(count, 'more line')}`;
}

/** Problems in the log and in annotations. */
export const PROBLEM_LISTS = {
  /** A problem of `lines` lines in `files` files: `412 lines: what; fix (first at evals.jsonl:7)`. */
  'problem-found': ({ problem, lines, files }: { problem: Problem; lines: number; files: number }) => {
    const { where } = problem;
    if (lines < 2 || where?.line === undefined) return printProblem(problem);
    const within = files < 2 ? '' : ` in ${countOf(files, 'file')}`;
    const { what, fix } = wordsOfProblem(problem);
    return `${countOf(lines, 'line')}${within}: ${what}; ${fix} (first at ${where.file}:${where.line})`;
  },
  /** `ranges` of its lines: `7-9`, `12`. */
  'problem-lines': ({ problem, file, ranges }: { problem: Problem; file: string; ranges: readonly string[] }) => {
    const { what, fix } = wordsOfProblem(problem);
    return `${file}:${ranges.join(',')}: ${what}; ${fix}`;
  },
  'more-problems': ({ rest, total }: MoreKinds) =>
    `${countMore(rest, 'problem')}; the log lists all ${formatCount(total)}. Nothing was sent.`,
  'more-warnings': ({ rest, total }: MoreKinds) =>
    `${countMore(rest, 'warning')}; the log lists all ${formatCount(total)}.`,
  'all-problems': ({ total }: { total: number }) => `All ${countOf(total, 'problem')}`,
  'all-warnings': ({ total }: { total: number }) => `All ${countOf(total, 'warning')}`,
};

interface MoreKinds {
  /** What the annotations leave out: so many places of so many kinds. */
  rest: { places: number; kinds: number };
  total: number;
}

function countMore({ places, kinds }: MoreKinds['rest'], noun: string): string {
  return `${countOf(places, `more ${noun}`)} of ${countOf(kinds, 'other kind')}`;
}
