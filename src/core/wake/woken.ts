import { type LeftBecause, type LeftGroup, STILL_WAITING } from '../messages/waking.ts';
import type { WakeOutput } from '../summary/outputs.ts';

/** A paused job that was re-run, in the form of the output `woken`. */
export interface Woken {
  readonly run_id: number;
  /** Null if the run's failed jobs were re-run because its job was unknown. */
  readonly job_id: number | null;
  /** Name of the evaluation. */
  readonly name: string;
  readonly batch_ids: readonly string[];
}

/** A paused job, or its artifact, that was not re-run. */
export interface Left {
  readonly runId: number;
  readonly because: LeftBecause;
}

/** The result of a round. */
export interface Round {
  readonly woken: readonly Woken[];
  readonly left: readonly Left[];
}

/** Paused jobs that a later round may wake. */
export function countWaiting({ left }: Round): number {
  return left.filter(({ because }) => STILL_WAITING.has(because)).length;
}

/** Most IDs to name: all outputs of a job share a limit of bytes. */
const MAX_IDS = 20;

/** The outputs of a waking step. */
export function outputsOfRound(round: Round): ReadonlyMap<WakeOutput, string> {
  const woken = round.woken.map((one) => ({ ...one, batch_ids: one.batch_ids.slice(0, MAX_IDS) }));
  return new Map([
    ['woken', JSON.stringify(woken)],
    ['waiting-count', String(countWaiting(round))],
  ]);
}

/** Most runs to name for one reason. */
const MAX_NAMED = 10;

/** The jobs left alone, by reason, the most frequent first. */
export function groupLeft({ left }: Round): readonly LeftGroup[] {
  const groups = Map.groupBy(left, ({ because }) => because);
  return [...groups]
    .map(([because, all]) => {
      const runIds = [...new Set(all.map(({ runId }) => runId))];
      return { because, count: all.length, runs: runIds.length, runIds: runIds.slice(0, MAX_NAMED) };
    })
    .sort((a, b) => b.count - a.count);
}
