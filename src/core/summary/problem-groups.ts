import type { Message } from '../messages/message.ts';
import { groupProblems, type ProblemGroup } from '../messages/problem-groups.ts';
import type { Problem } from '../messages/problems.ts';

export function describeGroup({ first, count, lines }: ProblemGroup): Message {
  return { code: 'problem-found', problem: first, lines: count, files: lines.size };
}

/** Up to this many problems are listed line by line; beyond that, lines are grouped by cause. */
const MAX_LISTED = 1000;
/** Most log lines for problems. */
const MAX_LOGGED = 1000;
/** Most line ranges in one line of the log. */
const MAX_RANGES = 100;

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

/** Ascending line numbers, with consecutive ones as ranges: `7-9`, `12`. */
export function rangesOf(lines: readonly number[]): string[] {
  const ranges: { from: number; to: number }[] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last !== undefined && line <= last.to + 1) last.to = Math.max(last.to, line);
    else ranges.push({ from: line, to: line });
  }
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`));
}
