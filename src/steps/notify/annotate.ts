import { howToGoOn } from '../../core/endings/ending.ts';
import type { Empty, Outcome, Pending } from '../../core/endings/outcome.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { countRest, describeGroup, groupProblems, listProblems } from '../../core/summary/problem-groups.ts';
import { formatCount } from '../../core/text/numbers.ts';
import type { Log, Place } from '../../ports/machine.ts';

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
function annotateProblems(log: Log, problems: readonly Problem[]): void {
  const rest = annotateGroups(problems, MAX_ANNOTATIONS, (text, where) => log.error(text, where));
  const all = formatCount(problems.length);
  if (rest !== undefined) log.error(`${rest}; the log lists all ${all}. Nothing was sent.`);
  if (problems.length > 1) log.group(`All ${all} problems`, listProblems(problems));
}

/** Warnings share the runner's ten annotations with those of the steps that follow. */
const MAX_WARNINGS = 6;

/** What does not keep the requests from being sent: one annotation a cause, and every line in the log. */
export function annotateWarnings(log: Log, warnings: readonly Problem[]): void {
  const rest = annotateGroups(warnings, MAX_WARNINGS, (text, where) => log.warning(text, where), 'warning');
  const all = formatCount(warnings.length);
  if (rest !== undefined) log.warning(`${rest}; the log lists all ${all}.`);
  if (warnings.length > 1) log.group(`All ${all} warnings`, listProblems(warnings));
}

/** One annotation a cause, at its first line. Returns what they leave out, where they leave anything out. */
function annotateGroups(
  problems: readonly Problem[],
  most: number,
  annotateOne: (text: string, where?: Place) => void,
  noun = 'problem',
): string | undefined {
  const groups = groupProblems(problems);
  const fit = groups.length <= most ? groups.length : most - 1;
  for (const group of groups.slice(0, fit)) annotateOne(describeGroup(group), group.first.where);
  return fit === groups.length ? undefined : countRest(groups.slice(fit), noun);
}
