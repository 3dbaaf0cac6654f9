import type { Underway } from '../core/batches/ending.ts';
import { sizeOf } from '../core/batches/size.ts';
import type { Batch } from '../ports.ts';

/** What must be known if the step breaks down at any moment. Written by the pipeline, read by `main`. */
export interface Trail {
  /** When the step started, in ms since the epoch. */
  readonly startedAtMs: number;
  /** Newest known states of the batches that exist. */
  batches: readonly Batch[];
  requestCount: number;
}

/** Where the batches stand at `nowMs`, as the endings tell it. */
export function underway(trail: Trail, nowMs: number): Underway {
  const counted = trail.batches.reduce((sum, batch) => sum + sizeOf(batch), 0);
  return {
    batches: trail.batches,
    requestCount: trail.requestCount === 0 ? counted : trail.requestCount,
    waitedMs: nowMs - trail.startedAtMs,
  };
}
