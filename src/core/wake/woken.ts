import { type LeftBecause, type LeftGroup, STILL_WAITING } from '../messages/waking.ts';
import type { WakeOutput } from '../summary/outputs.ts';

/** A paused job that was run again, as the output `woken` has it. */
export interface Woken {
  readonly run_id: number;
  /** Null if the failed jobs of the run were re-run, as its job was not known. */
  readonly job_id: number | null;
  /** Name of the evaluation. */
  readonly name: string;
  readonly batch_ids: readonly string[];
}

/** A paused job that was not run again, or its artifact. */
export interface Left {
  readonly runId: number;
  readonly because: LeftBecause;
}

/** What came of a round. */
export interface Round {
  readonly woken: readonly Woken[];
  readonly left: readonly Left[];
}

/** Paused jobs that a later round may wake. */
export function countWaiting({ left }: Round): number {
  return left.filter(({ because }) => STILL_WAITING.has(because)).length;
}

/** All outputs of a job share a limit of bytes: if there are many batches, only the first are named. */
const MAX_IDS = 20;

/** The outputs of a step that wakes. */
export function outputsOfRound(round: Round): ReadonlyMap<WakeOutput, string> {
  const woken = round.woken.map((one) => ({ ...one, batch_ids: one.batch_ids.slice(0, MAX_IDS) }));
  return new Map([
    ['woken', JSON.stringify(woken)],
    ['waiting-count', String(countWaiting(round))],
  ]);
}

/** Most runs to name for one reason. */
const MAX_NAMED = 10;

/** Those left alone by reason, the most frequent first. */
export function groupLeft({ left }: Round): readonly LeftGroup[] {
  const groups = Map.groupBy(left, ({ because }) => because);
  return [...groups]
    .map(([because, all]) => {
      const runIds = [...new Set(all.map(({ runId }) => runId))];
      return { because, count: all.length, runs: runIds.length, runIds: runIds.slice(0, MAX_NAMED) };
    })
    .sort((a, b) => b.count - a.count);
}
