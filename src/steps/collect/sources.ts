import { sizeOf } from '../../core/polling/size.ts';
import { parseTime } from '../../core/text/numbers.ts';
import { type RunState, roundOfBatch } from '../run/run-state.ts';
import type { Downloads } from './collect-batches.ts';
import type { Download } from './download.ts';

/** The results of a batch, with what pricing and counting need to know of it. */
export interface Source {
  readonly id: string;
  readonly download: Download;
  /** Undefined for answers that an earlier run had paid for. */
  readonly round: number | undefined;
  /** Since the epoch; not a number where the API did not say. */
  readonly createdAtMs: number;
  /** How many requests the batch holds. */
  readonly size: number;
}

/** Later rounds after earlier ones, and within a round in the order of creation: the later one replaces failures. */
export function sourcesOf(runState: RunState, downloads: Downloads): readonly Source[] {
  const sources = Array.from(downloads, ([key, download]): Source => {
    const { reused } = download;
    const batch = runState.batches.find((one) => one.id === key);
    const { id, createdAt } = reused ?? batch ?? { id: key, createdAt: '' };
    const createdAtMs = parseTime(createdAt) ?? Number.NaN;
    const size = batch === undefined ? 0 : sizeOf(batch);
    const round = reused === undefined ? roundOfBatch(runState, id) : undefined;
    return { id, download, round, createdAtMs, size };
  });
  return sources.sort((a, b) => (a.round ?? -1) - (b.round ?? -1) || a.createdAtMs - b.createdAtMs);
}

/** By round, how many requests went out in it. */
export function sentByRound(runState: RunState): ReadonlyMap<number, number> {
  const sent = new Map<number, number>();
  // An artifact does not tell which round a result came from.
  if (runState.notices.some(({ kind }) => kind === 'restored')) return sent;
  for (const batch of runState.batches) {
    const round = roundOfBatch(runState, batch.id);
    sent.set(round, (sent.get(round) ?? 0) + sizeOf(batch));
  }
  return sent;
}
