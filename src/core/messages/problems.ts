import { ASSERT_PROBLEMS } from './assert-problems.ts';
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

/** What is wrong and what to do, as clauses without a full stop. Facts may hold untrusted text: escape it where it is shown. */
export function wordsOfProblem(problem: ProblemData): { readonly what: string; readonly fix: string } {
  return wordsOf(PROBLEMS, problem);
}

/** `file:line: what; fix`, or `input: what; fix`, on one line. */
export function printProblem(problem: Problem): string {
  const { where, input } = problem;
  const file = where && (where.line === undefined ? where.file : `${where.file}:${where.line}`);
  const { what, fix } = wordsOfProblem(problem);
  return [file ?? input, `${what}; ${fix}`].filter((part) => part !== undefined).join(': ');
}
