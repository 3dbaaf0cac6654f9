import { printRepeated } from '../messages/problem-lists.ts';
import { type Problem, printProblem, wordsOfProblem } from '../messages/problems.ts';
import { countOf, formatCount } from '../text/numbers.ts';

/** Problems of one cause: the first of them, and how many places have it. */
export interface ProblemGroup {
  readonly first: Problem;
  /** Different lines, or problems that are of no line. */
  readonly count: number;
  /** By file: its lines, 1-based, ascending, each once. */
  readonly lines: ReadonlyMap<string, readonly number[]>;
}

/**
 * Groups problems by cause, in the order of their first. Facts that only say where something is or how large it is do not
 * tell causes apart; names and limits do.
 */
export function groupProblems(problems: readonly Problem[]): readonly ProblemGroup[] {
  const groups = new Map<string, { first: Problem; count: number; lines: Map<string, number[]> }>();
  for (const problem of problems) {
    const { where } = problem;
    const key = causeOf(problem);
    const group = groups.get(key) ?? { first: problem, count: 0, lines: new Map<string, number[]>() };
    groups.set(key, group);
    if (where?.line === undefined) {
      group.count += 1;
      continue;
    }
    const lines = group.lines.get(where.file) ?? [];
    group.lines.set(where.file, lines);
    if (lines.at(-1) === where.line) continue;
    lines.push(where.line);
    group.count += 1;
  }
  return [...groups.values()];
}

/** A group in one sentence: `412 lines: what; fix (first at evals.jsonl:7)`. */
export function describeGroup({ first, count, lines }: ProblemGroup): string {
  return printRepeated(first, { lines: count, files: lines.size });
}

/** Line by line up to this many problems; a longer list names the lines of each cause together. */
const MAX_LISTED = 1000;
/** Rows of lines in one line of the log. */
const MAX_RANGES = 100;

/** Every problem with its line, for the log. */
export function listProblems(problems: readonly Problem[]): string[] {
  if (problems.length <= MAX_LISTED) return problems.map(printProblem);
  return groupProblems(problems).flatMap((group) => {
    const { first, count, lines } = group;
    if (count < 2 || lines.size === 0) return [printProblem(first)];
    const { what, fix } = wordsOfProblem(first);
    return Array.from(lines, ([file, ofFile]) => ({ file, ranges: rangesOf(ofFile) })).flatMap(({ file, ranges }) =>
      Array.from({ length: Math.ceil(ranges.length / MAX_RANGES) }, (_, at) => {
        const some = ranges.slice(at * MAX_RANGES, (at + 1) * MAX_RANGES);
        return `${file}:${some.join(',')}: ${what}; ${fix}`;
      }),
    );
  });
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

/** What the annotations shown leave out, as the beginning of a sentence. */
export function countRest(groups: readonly ProblemGroup[], noun: string): string {
  const places = groups.reduce((sum, { count }) => sum + count, 0);
  return `${formatCount(places)} more ${noun}${places === 1 ? '' : 's'} of ${countOf(groups.length, 'other kind')}`;
}

/** Facts that differ from line to line though the cause is one. */
const PLACES_AND_SIZES = new Set(['line', 'column', 'position', 'length', 'tokens']);

/** The code and the facts that tell causes apart. A problem of a file as a whole is one for each file. */
function causeOf({ where, ...problem }: Problem): string {
  const whole = where?.line === undefined ? [where?.file ?? null] : [];
  return JSON.stringify([problem, ...whole], (name, value: unknown) => {
    if (PLACES_AND_SIZES.has(name)) return undefined;
    // Indexes of a path.
    if (typeof value === 'number' && /^\d+$/.test(name)) return '#';
    return typeof value === 'bigint' ? String(value) : value;
  });
}
