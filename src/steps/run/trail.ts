import type { Underway } from '../../core/endings/outcome.ts';
import type { Estimate } from '../../core/estimate/estimate.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { sizeOf } from '../../core/polling/size.ts';
import { batchesOf } from '../../core/record/record.ts';
import type { BatchSource, SummaryNotice } from '../../core/summary/summary.ts';
import type { Batch } from '../../ports/api.ts';
import type { Memory } from './record-handle.ts';

/** What must be known if the step breaks down at any moment. Written by the steps, read by `main`. */
export interface Trail {
  /** When the step started, in ms since the epoch. */
  readonly startedAtMs: number;
  /** Tells this process from all others, also from another leg of the same run. */
  readonly nonce: string;
  /** Newest known states of the batches that exist, in the order in which they became known. */
  batches: readonly Batch[];
  source: BatchSource;
  /** Whether this run itself stopped its batches, because its time was over. */
  timedOut: boolean;
  /** Requests of the files; undefined where none were read. */
  requestCount: number | undefined;
  /** What the requests would cost, once it was estimated. */
  estimate: Estimate | undefined;
  /** Doubts about the requests, which do not keep them from being sent. */
  warnings: readonly Problem[];
  /** What runs remember of these requests, once it was read. */
  memory: Memory | undefined;
  /** By batch id: the round it belongs to, 0 for the first. */
  readonly rounds: Map<string, number>;
  /** What else happened that the report has to say. */
  readonly notices: SummaryNotice[];
}

export function createTrail(startedAtMs: number, nonce: string): Trail {
  return {
    startedAtMs,
    nonce,
    batches: [],
    source: 'none',
    timedOut: false,
    requestCount: undefined,
    estimate: undefined,
    warnings: [],
    memory: undefined,
    rounds: new Map(),
    notices: [],
  };
}

/** Keeps for the report what was found before anything is sent. */
export function noteChecks(trail: Trail, { warnings, estimate }: Pick<Trail, 'warnings' | 'estimate'>): void {
  trail.warnings = warnings;
  trail.estimate = estimate;
}

/** Takes newer states over, and batches that were not known yet. */
export function noteBatches(trail: Trail, newer: readonly Batch[]): void {
  const states = new Map(trail.batches.map((batch) => [batch.id, batch]));
  for (const batch of newer) states.set(batch.id, batch);
  trail.batches = [...states.values()];
}

/** Forgets a batch that turned out not to be ours. */
export function dropBatch(trail: Trail, id: string): void {
  trail.batches = trail.batches.filter((batch) => batch.id !== id);
  trail.rounds.delete(id);
  trail.notices.push({ kind: 'let-go', batch_id: id });
}

/** Several sources make a mixed one. */
export function noteSource(trail: Trail, source: BatchSource): void {
  trail.source = trail.source === 'none' || trail.source === source ? source : 'mixed';
}

/** Where the batches stand at `nowMs`, as the endings tell it. */
export function underway({ batches, requestCount, startedAtMs, memory }: Trail, nowMs: number): Underway {
  const counted = batches.reduce((sum, batch) => sum + sizeOf(batch), 0);
  const resumable = memory?.findable ?? false;
  return { batches, requestCount: requestCount ?? counted, waitedMs: nowMs - startedAtMs, resumable };
}

/** Who stopped the batches, where they came back canceled: a newer push says so in the record. */
export function stoppedBy({ memory, timedOut }: Trail): 'unknown' | 'newer-push' {
  const batches = memory === undefined || timedOut ? [] : batchesOf(memory.record);
  return batches.some(({ stopped }) => stopped === 'superseded') ? 'newer-push' : 'unknown';
}
