import { howToGoOn } from '../core/batches/ending.ts';
import { describeProblem, type Problem } from '../errors.ts';
import type { Empty, Outcome, Pending } from '../outcome.ts';
import type { Log } from '../ports.ts';

/** The runner shows so many error annotations of a step. */
const MAX_ANNOTATIONS = 10;

/** The annotations of an ending: one error with what to do, or for bad input one per problem, at most ten. */
export function annotate(log: Log, outcome: Outcome): void {
  if (outcome.status === 'rejected') annotateProblems(log, outcome.problems);
  else if ('failure' in outcome && outcome.failure !== undefined) log.error(outcome.failure);
  else if (outcome.status === 'pending') log.notice(`${stillRunning(outcome)} ${howToGoOn(outcome)}`);
  else if (outcome.status === 'skipped') log.notice(SKIPPED[outcome.why]);
  else if (outcome.status === 'empty') annotateEmpty(log, outcome);
}

function stillRunning({ batches }: Pending): string {
  return batches.length === 1 ? 'The batch is still running.' : `Not all of the ${batches.length} batches have ended.`;
}

function annotateEmpty(log: Log, { patterns, loud }: Empty): void {
  const line = `No request was found by ${patterns.map((p) => JSON.stringify(p)).join(', ')}; nothing was sent.`;
  if (loud) log.warning(line);
  else log.info(line);
}

const SKIPPED = {
  fork: 'Skipped: a pull request from a fork gets no secrets, so there is no API key. A maintainer can run this from a branch of the repository.',
  dependabot:
    'Skipped: a run for Dependabot gets no Actions secrets, so there is no API key. Add the key to the Dependabot secrets to run this.',
} as const;

/** The problems of the input: all of them in the log, the first as annotations, the last of which counts the rest. */
export function annotateProblems(log: Log, problems: readonly Problem[]): void {
  const fit = problems.length <= MAX_ANNOTATIONS ? problems.length : MAX_ANNOTATIONS - 1;
  for (const problem of problems.slice(0, fit)) log.error(describeProblem(problem), problem.where);
  if (fit === problems.length) return;
  const rest = problems.length - fit;
  log.error(`${rest} more problems of this kind or others; the log lists all ${problems.length}. Nothing was sent.`);
  log.group(`All ${problems.length} problems`, problems.map(describeProblem));
}
