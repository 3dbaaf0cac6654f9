import { finisherOf } from '../../core/endings/finisher.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import { countProblems, groupProblems } from '../../core/messages/problem-groups.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { collectBatches, failedStepOf, type Recovery } from '../../core/summary/failed-step.ts';
import { describeGroup, listProblems } from '../../core/summary/problem-groups.ts';
import type { Log } from '../../ports/machine.ts';

/** The annotations of an ending: one error that says what to do, or for bad input one per problem, at most ten. */
export function annotate(log: Log, outcome: Outcome, recovery: Recovery): void {
  if (outcome.status === 'rejected') annotateProblems(log, 'error', outcome.problems);
  const step = failedStepOf(outcome.status === 'rejected' ? { ...outcome, problems: [] } : outcome, recovery);
  if (step !== undefined) log.error({ code: 'step-failed', ...step });
  else if (outcome.status === 'pending') {
    const finisher = finisherOf(outcome, recovery);
    // The log says so: this is how the workflow is meant to continue.
    if (outcome.handedOver === true && finisher?.kind === 'job') return;
    const { batches, judgeBatches } = outcome;
    const of = judgeBatches === undefined ? 'answers' : 'judgements';
    const next = collectBatches(outcome, finisher);
    log.notice({ code: 'still-running', count: (judgeBatches ?? batches).length, of, next });
  } else if (outcome.status === 'skipped') log.notice({ code: 'run-skipped', why: outcome.why });
  else if (outcome.status === 'empty')
    log[outcome.loud ? 'warning' : 'info']({ code: 'no-requests-found', patterns: outcome.patterns });
}

/** Errors, or warnings that do not block the requests. The runner's ten annotations are shared with later steps. */
const LISTS = {
  error: { most: 10, more: 'more-problems', all: 'all-problems' },
  warning: { most: 6, more: 'more-warnings', all: 'all-warnings' },
} as const;

/** Input problems: logs every one, and annotates each cause at its first line; the last annotation counts the rest. */
export function annotateProblems(log: Log, level: keyof typeof LISTS, problems: readonly Problem[]): void {
  const { most, more, all } = LISTS[level];
  const total = countProblems(problems);
  const groups = groupProblems(problems);
  const shown = groups.length <= most ? groups : groups.slice(0, most - 1);
  for (const group of shown) log[level](describeGroup(group), group.first.where);
  const left = groups.slice(shown.length);
  const places = left.reduce((sum, { count }) => sum + count, 0);
  if (left.length > 0) log[level]({ code: more, rest: { places, kinds: left.length }, total });
  if (total > 1) log.group({ code: all, total }, listProblems(problems));
}
