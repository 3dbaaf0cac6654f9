import type { Femto } from '../text/money.ts';

/** What a run took from earlier answers. */
export interface ReuseAccount {
  /** Requests that took an earlier answer. */
  readonly reused: number;
  /** Requests that were sent. */
  readonly sent: number;
  /** What the reused answers cost in their batch. */
  readonly savedCost: Femto;
  /** When the oldest of them was asked for: creation of its batch, in ms since the epoch. */
  readonly oldestMs: number;
  /** Batches that the reused answers are of, newest first. */
  readonly sources: readonly ReuseSource[];
  /** Kept answers that could not be had again, so that their requests were sent. */
  readonly unavailable: number;
}

export interface ReuseSource {
  readonly batchId: string;
  readonly createdAtMs: number;
  /** How many of its answers were taken. */
  readonly answers: number;
}
