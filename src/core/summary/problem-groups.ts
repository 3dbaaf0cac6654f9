import type { Message } from '../messages/message.ts';
import type { Problem } from '../messages/problems.ts';

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

export function describeGroup({ first, count, lines }: ProblemGroup): Message {
  return { code: 'problem-found', problem: first, lines: count, files: lines.size };
}

/** Line by line up to this many problems; a longer list names the lines of each cause together. */
const MAX_LISTED = 1000;
/** Lines of the log for problems, however many there are. */
const MAX_LOGGED = 1000;
/** Rows of lines in one line of the log. */
const MAX_RANGES = 100;

/** How many problems these are, with those that were only counted. */
export function countProblems(problems: readonly Problem[]): number {
  const unlisted = problems.find((problem) => problem.code === 'unlisted-problems');
  return problems.length + (unlisted === undefined ? 0 : unlisted.kinds.reduce((sum, { count }) => sum + count, -1));
}

/** Every problem with its line, for the log, as far as it has room. */
export function listProblems(problems: readonly Problem[]): Message[] {
  const isOneCause = groupProblems(problems).length === 1;
  if (problems.length <= MAX_LISTED && !isOneCause) return problems.map(alone);
  const lines = listGroups(problems);
  if (lines.length <= MAX_LOGGED) return lines;
  return [...lines.slice(0, MAX_LOGGED), { code: 'problems-not-logged', count: lines.length - MAX_LOGGED }];
}

function listGroups(problems: readonly Problem[]): Message[] {
  return groupProblems(problems).flatMap(({ first: problem, count, lines }) => {
    if (count < 2 || lines.size === 0) return [alone(problem)];
    return [...lines].flatMap(([file, ofFile]) => {
      const ranges = rangesOf(ofFile);
      return Array.from({ length: Math.ceil(ranges.length / MAX_RANGES) }, (_, at): Message => {
        const some = ranges.slice(at * MAX_RANGES, (at + 1) * MAX_RANGES);
        return { code: 'problem-lines', problem, file, ranges: some };
      });
    });
  });
}

function alone(problem: Problem): Message {
  return { code: 'problem-found', problem, lines: 1, files: 1 };
}

/** Ascending line numbers, rows of neighbours as ranges: `7-9`, `12`. */
export function rangesOf(lines: readonly number[]): string[] {
  const ranges: { from: number; to: number }[] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last !== undefined && line <= last.to + 1) last.to = Math.max(last.to, line);
    else ranges.push({ from: line, to: line });
  }
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`));
}

/** Facts that differ from line to line for the same cause. */
const PLACES_AND_SIZES = new Set(['line', 'column', 'position', 'length', 'tokens']);

/** Kinds of lines, whose facts are only about how to mend the first of them. */
const KINDS_OF_LINES: ReadonlySet<Problem['code']> = new Set(['foreign-form', 'prompt-line', 'bare-params']);

/** The code and the facts that identify a cause. A problem of a whole file counts once per file. */
function causeOf({ where, ...problem }: Problem): string {
  if (KINDS_OF_LINES.has(problem.code)) return problem.code;
  const whole = where?.line === undefined ? [where?.file ?? null] : [];
  return JSON.stringify([problem, ...whole], (name, value: unknown) => {
    if (PLACES_AND_SIZES.has(name)) return undefined;
    // Indexes of a path.
    if (typeof value === 'number' && /^\d+$/.test(name)) return '#';
    return typeof value === 'bigint' ? String(value) : value;
  });
}
