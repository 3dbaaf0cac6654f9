import { countOf } from '../text/numbers.ts';
import { ASSERT_PROBLEMS } from './assert-problems.ts';
import type { ProblemWords } from './file-faults.ts';
import { INPUT_PROBLEMS } from './input-problems.ts';
import { PARAMS_PROBLEMS } from './params-problems.ts';
import { REQUEST_PROBLEMS } from './request-problems.ts';
import { type DataOf, wordsOf } from './table.ts';

const PROBLEMS = { ...INPUT_PROBLEMS, ...PARAMS_PROBLEMS, ...REQUEST_PROBLEMS, ...ASSERT_PROBLEMS };

/** What is wrong or doubtful, as data. `clip` keeps names and values in it short and free of API keys. */
export type ProblemData = DataOf<typeof PROBLEMS>;

/** Something that users can fix, and where it is, if known. */
export type Problem = ProblemData & {
  /** File as the user knows it (relative to the workspace, `/`-separated) and the 1-based line. */
  readonly where?: { readonly file: string; readonly line?: number };
  /** The input that is wrong, or that sets the params in question. */
  readonly input?: string;
};

/**
 * What is wrong and what to do, as clauses without a full stop. `isOfMany`: the first of several lines with other facts, so
 * its own are only an example. Facts may hold untrusted text: escape it where it is shown.
 */
export function wordsOfProblem(problem: ProblemData, isOfMany = false): ProblemWords {
  const facts: ProblemData = { ...problem, ...(isOfMany && { isOfMany }) };
  return wordsOf(PROBLEMS, facts);
}

/** `file:line: what; fix`, or `input: what; fix`, on one line. */
export function printProblem(problem: Problem): string {
  const { where, input } = problem;
  const file = where && (where.line === undefined ? where.file : `${where.file}:${where.line}`);
  return [file ?? input, printWords(wordsOfProblem(problem))].filter((part) => part !== undefined).join(': ');
}

/** `412 lines: what; fix (first at evals.jsonl:7)`: a problem of `lines` lines in `files` files. */
export function printProblemOf(problem: Problem, { lines, files }: { lines: number; files: number }): string {
  const { where } = problem;
  if (lines < 2 || where?.line === undefined) return printProblem(problem);
  const within = files < 2 ? '' : ` in ${countOf(files, 'file')}`;
  const words = printWords(wordsOfProblem(problem, true), ` (first at ${where.file}:${where.line})`);
  return `${countOf(lines, 'line')}${within}: ${words}`;
}

/** A command comes last on the line. */
export function printWords({ what, fix, command }: ProblemWords, place = ''): string {
  return `${what}; ${fix}${place}${command === undefined ? '' : `: ${command}`}`;
}
