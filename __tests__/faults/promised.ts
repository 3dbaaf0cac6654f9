import type { Code } from './codes.ts';

/** What is promised of a cell. */
export interface Promised {
  /** `waits`: green, retried or continued without; `degrades`: green, and it says so; `ends`: red with one error. */
  readonly how: 'waits' | 'degrades' | 'ends';
  /** Whether it may also end as one that waits: a client retries some of these faults, which the action does not promise. */
  readonly orWaits?: true;
  /** The output `status`. */
  readonly status: 'completed' | 'pending' | 'failed' | 'rejected' | 'canceled' | undefined;
  /** What the run says at least; it warns of nothing else. */
  readonly codes: readonly Code[];
  /** Batches that are made by the run and the next one together. */
  readonly batches: number;
  /** Why that is not one, or why one holds more than what is new. */
  readonly because?: string;
  /** Whether a request is sent although an earlier run was answered it. */
  readonly resends?: true | undefined;
  readonly next: 'collects the batch' | 'collects again' | 'submits' | 'restores' | 'wakes it' | 'leaves it';
}

export const WAITS: Promised = { how: 'waits', status: 'completed', codes: [], batches: 1, next: 'collects again' };
export const degrades = (...codes: readonly Code[]): Promised => ({ ...WAITS, how: 'degrades', codes });
export const pends = (...codes: readonly Code[]): Promised => ({
  ...WAITS,
  how: 'ends',
  status: 'pending',
  codes,
  next: 'collects the batch',
});
export const ends = (status: 'failed' | 'rejected', ...codes: readonly Code[]): Promised => ({
  ...pends(...codes),
  status,
  next: 'submits',
});
