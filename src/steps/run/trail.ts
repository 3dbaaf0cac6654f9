import type { Underway } from '../../core/endings/outcome.ts';
import type { Estimate } from '../../core/estimate/estimate.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { sizeOf } from '../../core/polling/size.ts';
import { batchesOf, roundOf } from '../../core/record/record.ts';
import type { BatchSource, SummaryNotice } from '../../core/summary/summary.ts';
import type { Batch } from '../../ports/api.ts';
import type { RecordStore } from './record-store.ts';

/** What must be known if the step fails at any moment. Written by the steps, read by `main` and what reports the ending. */
export interface Trail {
  /** When the step started, in ms since the epoch. */
  readonly startedAtMs: number;
  /** Tells this process from all others, also from another job of the same run. */
  readonly nonce: string;
  /** Newest known states of the batches that exist, in the order in which they became known. */
  batches: readonly Batch[];
  source: BatchSource;
  /** Whether this run itself canceled its batches, because its waiting time was over. */
  timedOut: boolean;
  /** Requests of the files; undefined where none were read. */
  requestCount: number | undefined;
  /** What the requests would cost, once it was estimated. */
  estimate: Estimate | undefined;
  /** Doubts about the requests, which do not keep them from being sent. */
  warnings: readonly Problem[];
  /** The record of these requests, once it was loaded. */
  store: RecordStore | undefined;
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
    store: undefined,
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
  trail.notices.push({ kind: 'let-go', batch_id: id });
}

/** Several sources make a mixed one. */
export function noteSource(trail: Trail, source: BatchSource): void {
  trail.source = trail.source === 'none' || trail.source === source ? source : 'mixed';
}

/** The round of the record that a batch belongs to, 0 for the first and for batches that no record names. */
export function roundOfBatch({ store }: Trail, id: string): number {
  return store === undefined ? 0 : roundOf(store.record, id);
}

/** Where the batches are at `nowMs`, for the endings. */
export function underway({ batches, requestCount, startedAtMs, store }: Trail, nowMs: number): Underway {
  const counted = batches.reduce((sum, batch) => sum + sizeOf(batch), 0);
  const resumable = store?.findable ?? false;
  return { batches, requestCount: requestCount ?? counted, waitedMs: nowMs - startedAtMs, resumable };
}

/** Who canceled the batches, where they came back canceled: a newer push says so in the record. */
export function canceledBy({ store, timedOut }: Trail): 'unknown' | 'newer-push' {
  const batches = store === undefined || timedOut ? [] : batchesOf(store.record);
  return batches.some(({ stopped }) => stopped === 'superseded') ? 'newer-push' : 'unknown';
}
