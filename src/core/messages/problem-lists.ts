import { countOf } from '../text/numbers.ts';
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

/** A problem of `lines` lines in `files` files: `412 lines: what; fix (first at evals.jsonl:7)`. */
export function printRepeated(first: Problem, { lines, files }: { lines: number; files: number }): string {
  const { where } = first;
  if (lines < 2 || where?.line === undefined) return printProblem(first);
  const within = files < 2 ? '' : ` in ${countOf(files, 'file')}`;
  const { what, fix } = wordsOfProblem(first);
  return `${countOf(lines, 'line')}${within}: ${what}; ${fix} (first at ${where.file}:${where.line})`;
}
