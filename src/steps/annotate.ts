import { howToGoOn } from '../core/batches/ending.ts';
import { formatCount } from '../core/report/numbers.ts';
import { describeGroup, groupProblems, listProblems } from '../core/report/problem-groups.ts';
import type { Problem } from '../errors.ts';
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

/** The problems of the input: every one in the log, one annotation a cause, the last of which counts the rest. */
export function annotateProblems(log: Log, problems: readonly Problem[]): void {
  const groups = groupProblems(problems);
  const fit = groups.length <= MAX_ANNOTATIONS ? groups.length : MAX_ANNOTATIONS - 1;
  const shown = groups.slice(0, fit);
  for (const group of shown) log.error(describeGroup(group), group.first.where);
  if (shown.length === problems.length) return;
  const told = shown.reduce((sum, { lines }) => sum + Math.max(1, lines.length), 0);
  if (fit < groups.length)
    log.error(
      `${formatCount(problems.length - told)} more problems of other kinds; the log lists all ${formatCount(problems.length)}. Nothing was sent.`,
    );
  log.group(`All ${formatCount(problems.length)} problems`, listProblems(problems));
}

/** Warnings share the runner's ten annotations with those of the steps that follow. */
const MAX_WARNINGS = 6;

/** What does not keep the requests from being sent: one annotation a cause, and every line in the log. */
export function annotateWarnings(log: Log, warnings: readonly Problem[]): void {
  const groups = groupProblems(warnings);
  const shown = groups.slice(0, MAX_WARNINGS);
  for (const group of shown) log.warning(describeGroup(group), group.first.where);
  if (shown.length < warnings.length) log.group(`All ${formatCount(warnings.length)} warnings`, listProblems(warnings));
}
