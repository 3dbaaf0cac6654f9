import type { Underway } from '../core/batches/ending.ts';
import { sizeOf } from '../core/batches/size.ts';
import type { BatchSource } from '../core/report/summary.ts';
import type { Batch } from '../ports.ts';

/** What must be known if the step breaks down at any moment. Written by the pipeline, read by `main`. */
export interface Trail {
  /** When the step started, in ms since the epoch. */
  readonly startedAtMs: number;
  /** Newest known states of the batches that exist. */
  batches: readonly Batch[];
  source: BatchSource;
  /** Requests of the files; undefined where none were read. */
  requestCount: number | undefined;
}

/** Where the batches stand at `nowMs`, as the endings tell it. */
export function underway({ batches, requestCount, startedAtMs }: Trail, nowMs: number): Underway {
  const counted = batches.reduce((sum, batch) => sum + sizeOf(batch), 0);
  return { batches, requestCount: requestCount ?? counted, waitedMs: nowMs - startedAtMs };
}
