import type { Judge } from '../asserts/judgement.ts';
import type { GitHubContext } from '../inputs/context.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { isCollectedAgain } from '../record/collector.ts';
import { batchesOf, type SavedRecord } from '../record/record.ts';
import { exceeds, toNumber } from '../statistics/fraction.ts';
import { parseTime } from '../text/numbers.ts';
import { sha256 } from '../text/sha256.ts';
import type { Measured, MeasuredResults } from './measured.ts';
import type { Tally } from './tally.ts';

/** A run that graded, as far as its record says what it measured. */
export interface MeasuringRun {
  readonly context: GitHubContext;
  readonly inputs: Inputs;
  /** The record of its requests, which says who submitted them; undefined if it does not name the batches. */
  readonly record: SavedRecord | undefined;
}

/** What a run graded. */
export interface Grades {
  readonly tally: Tally;
  readonly judge: Judge | null;
  readonly model: string;
  /** Hex SHA-256 of `grades.jsonl`. */
  readonly grades: string;
  readonly results: MeasuredResults | null;
  /** Whether it came to its end. */
  readonly isCompleted: boolean;
  /** When the oldest answer it took from an earlier run was created, in ms since the epoch; undefined if it took none. */
  readonly oldestMs: number | undefined;
  readonly nowMs: number;
}

/** Stands in if a record does not say who submitted: no event has this name, so the run can never be a baseline. */
const UNKNOWN = { event: 'unknown', ref: '', repository: '' };

export function measuredOf({ context, inputs, record }: MeasuringRun, graded: Grades): Measured {
  const { tally, judge, model, grades, results, oldestMs, nowMs } = graded;
  const { origin } = record ?? {};
  const { event, ref, repository } = origin?.submitter ?? UNKNOWN;
  const { runId: id, runAttempt: attempt } = context;
  return {
    schema: 1,
    workflow: origin?.workflow ?? context.workflowPath ?? context.workflow,
    // Another step may have submitted the same requests under another name, for example one whose answers a script grades.
    name: inputs.name,
    repository: repository === '' ? 'unknown/unknown' : repository,
    ref,
    commit: record?.submittedSha ?? '',
    event,
    pullRequest: origin?.pullRequest ?? null,
    createdAt: createdAtOf(record, nowMs),
    ...(oldestMs !== undefined && { answersSince: new Date(Math.min(nowMs, oldestMs)).toISOString() }),
    run: { id, attempt },
    step: stepOf(context, inputs),
    shared: false,
    complete: graded.isCompleted && isComplete(tally, inputs),
    regraded: record !== undefined && isCollectedAgain(record, id),
    judge,
    model,
    cases: tally.cases,
    grades,
    results,
    graded: tally.passed + tally.failed,
    passRate: tally.passRate === undefined ? null : toNumber(tally.passRate),
  };
}

/** When its first batch was created, according to the API or a gateway, in a form that can surely be read. */
function createdAtOf(record: SavedRecord | undefined, nowMs: number): string {
  const times = record === undefined ? [] : batchesOf(record).flatMap(({ createdAt }) => parseTime(createdAt) ?? []);
  return new Date(Math.min(nowMs, ...times)).toISOString();
}

/** Two callers of a reusable workflow, or two legs of a matrix, may differ in nothing but their inputs. */
function stepOf({ job, action }: GitHubContext, inputs: Inputs): string {
  const { requests, defaultParams, overrideParams, defaultAsserts, judgeModel, repeats, sample } = inputs;
  const given = [requests, [...defaultParams], [...overrideParams], defaultAsserts, judgeModel, repeats, sample];
  return `${job}/${action} ${sha256(JSON.stringify(given)).slice(0, 16)}`;
}

/** Whether enough cases are graded for the run to count on its own. */
function isComplete(tally: Tally, { maxUngradedMicroPercent, maxErrorRateMicroPercent }: Inputs): boolean {
  const { cases, ungraded, undecided, passRate } = tally;
  if (passRate === undefined) return false;
  const shareOf = (count: number) => ({ numerator: BigInt(count), denominator: BigInt(cases) });
  return (
    !exceeds(shareOf(undecided), maxUngradedMicroPercent) &&
    !exceeds(shareOf(ungraded - undecided), maxErrorRateMicroPercent)
  );
}
