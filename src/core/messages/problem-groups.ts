import type { Problem } from './problems.ts';

/** Problems of one cause: the first of them, and how many places have it. */
export interface ProblemGroup {
  readonly first: Problem;
  /** Different lines, or problems that are of no line. */
  readonly count: number;
  /** By file: its lines, 1-based, ascending, each once. */
  readonly lines: ReadonlyMap<string, readonly number[]>;
}

/** Groups problems by cause, in the order of their first. Names and limits separate causes, places and sizes do not. */
export function groupProblems(problems: readonly Problem[]): readonly ProblemGroup[] {
  return [...Map.groupBy(problems, causeOf).values()].flatMap((group) => {
    const [first] = group;
    const placed = group.flatMap(({ where }) => (where?.line === undefined ? [] : [{ ...where, line: where.line }]));
    const files = Map.groupBy(placed, ({ file }) => file);
    const lines = new Map(Array.from(files, ([file, at]) => [file, [...new Set(at.map(({ line }) => line))]]));
    const count = [...lines.values()].reduce((sum, ofFile) => sum + ofFile.length, group.length - placed.length);
    return first === undefined ? [] : [{ first, count, lines }];
  });
}

/** How many problems these are, with those that were only counted. */
export function countProblems(problems: readonly Problem[]): number {
  const unlisted = problems.find((problem) => problem.code === 'unlisted-problems');
  return problems.length + (unlisted === undefined ? 0 : unlisted.kinds.reduce((sum, { count }) => sum + count, -1));
}

/** Facts that differ from line to line for the same cause. */
const FACTS_OF_LINES = new Set(['line', 'column', 'position', 'length', 'tokens', 'customId', 'first']);

/** Kinds of lines, whose facts are only about how to mend the first of them. */
const KINDS_OF_LINES: ReadonlySet<Problem['code']> = new Set(['foreign-form', 'prompt-line', 'bare-params']);

/** The code and the facts that identify a cause. A problem of a whole file counts once per file. */
function causeOf({ where, ...problem }: Problem): string {
  if (KINDS_OF_LINES.has(problem.code)) return problem.code;
  const whole = where?.line === undefined ? [where?.file ?? null] : [];
  return JSON.stringify([problem, ...whole], (name, value: unknown) => {
    if (FACTS_OF_LINES.has(name)) return undefined;
    // Indexes of a path.
    if (typeof value === 'number' && /^\d+$/.test(name)) return '#';
    return typeof value === 'bigint' ? String(value) : value;
  });
}
