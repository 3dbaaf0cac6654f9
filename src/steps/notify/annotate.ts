import type { Outcome } from '../../core/endings/outcome.ts';
import { printMessage } from '../../core/messages/message.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { collectBatches, failedStepOf, type Recovery } from '../../core/summary/failed-step.ts';
import { describeGroup, groupProblems, listProblems, type ProblemGroup } from '../../core/summary/problem-groups.ts';
import type { Log } from '../../ports/machine.ts';

/** The runner shows so many error annotations of a step. */
const MAX_ANNOTATIONS = 10;

/** The annotations of an ending: one error with what to do, or for bad input one per problem, at most ten. */
export function annotate(log: Log, outcome: Outcome, recovery: Recovery): void {
  if (outcome.status === 'rejected') annotateProblems(log, outcome.problems);
  const step = failedStepOf(outcome.status === 'rejected' ? { ...outcome, problems: [] } : outcome, recovery);
  if (step !== undefined) log.error({ code: 'step-failed', ...step });
  else if (outcome.status === 'pending')
    log.notice({ code: 'still-running', count: outcome.batches.length, next: collectBatches(outcome) });
  else if (outcome.status === 'skipped') log.notice({ code: 'run-skipped', why: outcome.why });
  else if (outcome.status === 'empty') {
    const line = { code: 'no-requests-found', patterns: outcome.patterns } as const;
    if (outcome.loud) log.warning(line);
    else log.info(line);
  }
}

/** The problems of the input: every one in the log, one annotation a cause, the last of which counts the rest. */
function annotateProblems(log: Log, problems: readonly Problem[]): void {
  const { shown, rest } = splitGroups(problems, MAX_ANNOTATIONS);
  const total = problems.length;
  for (const group of shown) log.error(describeGroup(group), group.first.where);
  if (rest !== undefined) log.error({ code: 'more-problems', rest, total });
  if (total > 1) log.group(printMessage({ code: 'all-problems', total }), listProblems(problems));
}

/** Warnings share the runner's ten annotations with those of the steps that follow. */
const MAX_WARNINGS = 6;

/** What does not keep the requests from being sent: one annotation a cause, and every line in the log. */
export function annotateWarnings(log: Log, warnings: readonly Problem[]): void {
  const { shown, rest } = splitGroups(warnings, MAX_WARNINGS);
  const total = warnings.length;
  for (const group of shown) log.warning(describeGroup(group), group.first.where);
  if (rest !== undefined) log.warning({ code: 'more-warnings', rest, total });
  if (total > 1) log.group(printMessage({ code: 'all-warnings', total }), listProblems(warnings));
}

interface SplitGroups {
  /** One annotation each, at its first line. */
  readonly shown: readonly ProblemGroup[];
  /** What they leave out; undefined where they leave nothing out. */
  readonly rest: { readonly places: number; readonly kinds: number } | undefined;
}

function splitGroups(problems: readonly Problem[], most: number): SplitGroups {
  const groups = groupProblems(problems);
  if (groups.length <= most) return { shown: groups, rest: undefined };
  const left = groups.slice(most - 1);
  const places = left.reduce((sum, { count }) => sum + count, 0);
  return { shown: groups.slice(0, most - 1), rest: { places, kinds: left.length } };
}
