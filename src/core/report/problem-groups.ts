import { describeProblem, type Problem } from '../../errors.ts';
import { countOf } from './numbers.ts';

/** Problems of one cause in one file: the first of them, and the lines of all. */
export interface ProblemGroup {
  readonly first: Problem;
  /** 1-based, in their order; empty where the problem is of no line. */
  readonly lines: readonly number[];
}

/**
 * Groups problems by file and cause, in the order of their first. Texts that differ in nothing but figures (a column, a
 * line referred to) are one cause.
 */
export function groupProblems(problems: readonly Problem[]): readonly ProblemGroup[] {
  const groups = new Map<string, { first: Problem; lines: number[] }>();
  for (const problem of problems) {
    const { code, where, what, cure } = problem;
    // What is of no line stands alone: there is nothing to count.
    const own = where?.line === undefined ? String(groups.size) : '';
    const key = JSON.stringify([code, where?.file, withoutFigures(what), withoutFigures(cure), own]);
    const group = groups.get(key) ?? { first: problem, lines: [] };
    groups.set(key, group);
    if (where?.line !== undefined) group.lines.push(where.line);
  }
  return [...groups.values()];
}

/** A group in one sentence, for a place that is named elsewhere: `412 lines: what, cure; first at line 7`. */
export function describeGroup({ first, lines }: ProblemGroup): string {
  if (lines.length < 2) return describeProblem(first);
  const where = first.where?.file ?? '';
  return `${where}: ${countOf(lines.length, 'line')}: ${first.what}; ${first.cure} (first at line ${lines[0]})`;
}

/** Where the problems of a group stand: `requests.jsonl:7 and 411 more lines`; undefined where they are of no file. */
export function placeOfGroup({ first: { where }, lines }: ProblemGroup): string | undefined {
  if (where === undefined) return undefined;
  const [line] = lines;
  const place = line === undefined ? where.file : `${where.file}:${line}`;
  return lines.length < 2 ? place : `${place} and ${countOf(lines.length - 1, 'more line', 'more lines')}`;
}

/** Line by line up to this many problems; a longer list names the lines of each cause together. */
const MAX_LISTED = 1000;

/** Every problem with its line, for the log. */
export function listProblems(problems: readonly Problem[]): string[] {
  if (problems.length <= MAX_LISTED) return problems.map(describeProblem);
  return groupProblems(problems).map((group) => {
    const { first, lines } = group;
    if (lines.length < 2) return describeProblem(first);
    return `${first.where?.file ?? ''}:${rangesOf(lines)}: ${first.what}; ${first.cure}`;
  });
}

/** Ascending line numbers, rows of neighbours as ranges: `7-9,12`. */
export function rangesOf(lines: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last !== undefined && line <= last.to + 1) last.to = Math.max(last.to, line);
    else ranges.push({ from: line, to: line });
  }
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}

function withoutFigures(text: string): string {
  return text.replace(/\d+/g, '#');
}
