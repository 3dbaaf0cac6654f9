import type { RunArtifact, WorkflowRun } from '../../ports/github.ts';
import { sha256 } from '../text/sha256.ts';
import { FIRST_NUMBERS, MAX_NUMBER } from './pause-number.ts';

/** Most requests to GitHub's API in one round. */
export const MAX_CALLS = 300;
/** Requests per run, besides its notes and long lists: the run twice, the job, the branch, the re-run, and retries. */
export const CALLS_OF_A_RUN = 8;
/** Most notes of a run to read in a round, so that enough calls remain for waking it. */
export const MAX_NOTES = 200;

/** Further numbers that a round asks for after the first ones. */
const IN_TURN = 16;

/**
 * The numbers of notes that a round asks for: the first ones, because every run starts with those, and some of the others, so that
 * a run that no longer has any of the first ones is found within sixteen rounds. Once a run is found, all of its notes are listed.
 */
export function numbersToAsk(round: number): readonly number[] {
  const first = Array.from({ length: FIRST_NUMBERS }, (_, i) => i + 1);
  const others = MAX_NUMBER - FIRST_NUMBERS;
  const inTurn = Array.from({ length: IN_TURN }, (_, turn) => FIRST_NUMBERS + 1 + ((round * IN_TURN + turn) % others));
  return [...first, ...inTurn];
}

/** Notes for which a round certainly has enough calls. */
const SURE = 25;
/** Steps of this fraction of a circle soon come close to every point, however many runs there are and whichever rounds are skipped. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Groups the artifacts by run, the run that paused first in front. If there are more notes than a round can be sure to handle, each round
 * starts at a different run, so that jobs that cannot be woken do not block the others forever.
 */
export function orderRuns(artifacts: readonly RunArtifact[], round: number): readonly (readonly RunArtifact[])[] {
  const sorted = artifacts.toSorted((a, b) => a.createdAtMs - b.createdAtMs || a.id - b.id);
  const runs = [...Map.groupBy(sorted, ({ runId }) => runId).values()];
  if (artifacts.length <= SURE) return runs;
  const first = Math.floor(((round * GOLDEN) % 1) * runs.length);
  return [...runs.slice(first), ...runs.slice(0, first)];
}

/** The key shared by runs that may cancel each other: workflow and branch, as in the usual concurrency group. */
export function groupOf({ id, workflowId, branch }: Pick<WorkflowRun, 'id' | 'workflowId' | 'branch'>): string {
  return branch === '' ? `${id}` : `${workflowId}-${sha256(branch).slice(0, 16)}`;
}

const QUARTER_MS = 15 * 60_000;

/** The name that a waker claims before it re-runs one of these runs. A dead waker blocks the others for at most a quarter of an hour. */
export function claimOf(group: string, nowMs: number): string {
  return `wake-${group}-${Math.floor(nowMs / QUARTER_MS)}`;
}
