import type { Place } from '../../ports/machine.ts';
import { countOf, formatCount } from '../text/numbers.ts';
import { describeProblem, type Problem } from '../text/problem.ts';

/** Problems of one cause: the first of them, and how many places have it. */
export interface ProblemGroup {
  readonly first: Problem;
  /** Different lines, or problems that are of no line. */
  readonly count: number;
  /** By file: its lines, 1-based, ascending, each once. */
  readonly lines: ReadonlyMap<string, readonly number[]>;
}

/**
 * Groups problems by cause, in the order of their first. Texts that differ only in a column, a place or an index are one
 * cause; names and limits tell causes apart. What is of no line is grouped where its cause has no name in it.
 */
export function groupProblems(problems: readonly Problem[]): readonly ProblemGroup[] {
  const groups = new Map<string, { first: Problem; count: number; lines: Map<string, number[]> }>();
  for (const problem of problems) {
    const { code, where, what, cure } = problem;
    // What is wrong with a file as a whole is told of each.
    const whole = where?.line === undefined ? [where?.file] : [];
    const key = JSON.stringify([code, withoutPlaces(what), withoutPlaces(cure), ...whole]);
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

/** A group in one sentence: `412 lines: what; cure (first at evals.jsonl:7)`. */
export function describeGroup({ first, count, lines }: ProblemGroup): string {
  const { where, what, cure } = first;
  if (count < 2 || where?.line === undefined) return describeProblem(first);
  const files = lines.size < 2 ? '' : ` in ${countOf(lines.size, 'file')}`;
  return `${countOf(count, 'line')}${files}: ${what}; ${cure} (first at ${printPlace(where)})`;
}

function printPlace({ file, line }: Place): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** Line by line up to this many problems; a longer list names the lines of each cause together. */
const MAX_LISTED = 1000;
/** Rows of lines in one line of the log. */
const MAX_RANGES = 100;

/** Every problem with its line, for the log. */
export function listProblems(problems: readonly Problem[]): string[] {
  if (problems.length <= MAX_LISTED) return problems.map(describeProblem);
  return groupProblems(problems).flatMap((group) => {
    const { first, count, lines } = group;
    if (count < 2 || lines.size === 0) return [describeProblem(first)];
    return Array.from(lines, ([file, ofFile]) => ({ file, ranges: rangesOf(ofFile) })).flatMap(({ file, ranges }) =>
      Array.from({ length: Math.ceil(ranges.length / MAX_RANGES) }, (_, at) => {
        const some = ranges.slice(at * MAX_RANGES, (at + 1) * MAX_RANGES);
        return `${file}:${some.join(',')}: ${first.what}; ${first.cure}`;
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

function withoutPlaces(text: string): string {
  return text.replace(/\b(?:column|position) \d+|\[\d+\]|:\d+(?=[,;) ]|$)/g, '#');
}
