import type { RunArtifact } from '../../ports/github.ts';

/** Most requests to GitHub's API in one round. */
export const MAX_CALLS = 300;
/** What one run takes, besides its notes and a long list of jobs: the run twice, the job, the branch, the re-run, and tries again. */
export const CALLS_OF_A_RUN = 8;

/** Notes are numbered within a run from 1 on; a matrix has at most 256 jobs. */
const MAX_NUMBER = 256;
/** Numbers that are asked for in every round, as long as there are notes: behind so many without any the others take turns. */
const MAX_FIRST = 40;
const MAX_GAP = 12;
const IN_TURN = 8;

/** Whether to ask for the next number in every round. `counts`: how many notes the numbers before it have, from 1 on. */
export function isWorthAsking(counts: readonly number[]): boolean {
  return counts.length < MAX_FIRST && (counts.length < MAX_GAP || counts.slice(-MAX_GAP).some((count) => count > 0));
}

/** Numbers from `from` on that are asked for in this round, so that each has its turn: jobs that collect leave gaps. */
export function numbersInTurn(round: number, from: number): readonly number[] {
  const left = MAX_NUMBER - from + 1;
  return Array.from({ length: IN_TURN }, (_, turn) => from + ((round * IN_TURN + turn) % left));
}

/** Runs that a round is sure to have the calls for. */
const SURE = 25;

/**
 * The artifacts by their runs, the run first that paused first. Where there are more runs than a round is sure to get to, each round
 * begins elsewhere, so that those that cannot be woken keep no other waiting for ever.
 */
export function orderRuns(artifacts: readonly RunArtifact[], round: number): readonly (readonly RunArtifact[])[] {
  const byRun = new Map<number, RunArtifact[]>();
  for (const one of artifacts.toSorted((a, b) => a.createdAtMs - b.createdAtMs || a.id - b.id)) {
    const others = byRun.get(one.runId);
    if (others === undefined) byRun.set(one.runId, [one]);
    else others.push(one);
  }
  const runs = [...byRun.values()];
  if (runs.length <= SURE) return runs;
  const first = (round * SURE) % runs.length;
  return [...runs.slice(first), ...runs.slice(0, first)];
}

const QUARTER_MS = 15 * 60_000;

/** What one of several wakers claims before it runs a run again. A waker that died keeps the others from it for a quarter of an hour at most. */
export function claimOf({ id, attempt }: { readonly id: number; readonly attempt: number }, nowMs: number): string {
  return `wake-${id}-${attempt}-${Math.floor(nowMs / QUARTER_MS)}`;
}
