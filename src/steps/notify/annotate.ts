import type { Outcome } from '../../core/endings/outcome.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { collectBatches, failedStepOf, type Recovery } from '../../core/summary/failed-step.ts';
import { describeGroup, groupProblems, listProblems } from '../../core/summary/problem-groups.ts';
import type { Log } from '../../ports/machine.ts';

/** The annotations of an ending: one error with what to do, or for bad input one per problem, at most ten. */
export function annotate(log: Log, outcome: Outcome, recovery: Recovery): void {
  if (outcome.status === 'rejected') annotateAll(log, 'problems', outcome.problems);
  const step = failedStepOf(outcome.status === 'rejected' ? { ...outcome, problems: [] } : outcome, recovery);
  if (step !== undefined) log.error({ code: 'step-failed', ...step });
  else if (outcome.status === 'pending')
    log.notice({ code: 'still-running', count: outcome.batches.length, next: collectBatches(outcome) });
  else if (outcome.status === 'skipped') log.notice({ code: 'run-skipped', why: outcome.why });
  else if (outcome.status === 'empty')
    log[outcome.loud ? 'warning' : 'info']({ code: 'no-requests-found', patterns: outcome.patterns });
}

/** What does not keep the requests from being sent. */
export function annotateWarnings(log: Log, warnings: readonly Problem[]): void {
  annotateAll(log, 'warnings', warnings);
}

/** The runner shows ten error annotations of a step, and ten warnings, which the steps that follow want as well. */
const LISTS = { problems: { level: 'error', most: 10 }, warnings: { level: 'warning', most: 6 } } as const;

/** One annotation a cause at its first line, the last of which counts the rest; every problem in the log. */
function annotateAll(log: Log, list: keyof typeof LISTS, problems: readonly Problem[]): void {
  const { level, most } = LISTS[list];
  const groups = groupProblems(problems);
  const shown = groups.length <= most ? groups : groups.slice(0, most - 1);
  const rest = groups.slice(shown.length);
  const places = rest.reduce((sum, { count }) => sum + count, 0);
  const total = problems.length;
  for (const group of shown) log[level](describeGroup(group), group.first.where);
  if (rest.length > 0) log[level]({ code: `more-${list}`, rest: { places, kinds: rest.length }, total });
  if (total > 1) log.group({ code: `all-${list}`, total }, listProblems(problems));
}
