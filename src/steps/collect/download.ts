import { join } from 'node:path';
import { printReason } from '../../core/messages/reasons.ts';
import { classifyLookError, type FailingSince, noteFailure } from '../../core/polling/error-class.ts';
import { positionsIn, type ResultLines } from '../../core/results/result-lines.ts';
import { digestOf, type ShortList } from '../../core/results/short-list.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { ApiError, type Batch } from '../../ports/api.ts';
import type { Ports } from '../../ports/ports.ts';
import { type Fetched, MAX_LINE_BYTES, readResults } from './read-results.ts';

/** The results of a batch as received, on disk. */
export interface Download extends Fetched {
  readonly path: string;
  /** Whether a readable line came for every request of the batch. */
  readonly isWhole: boolean;
  /** Set where an earlier run had paid for these answers: the batch that holds them. */
  readonly reused?: ReusedBatch;
}

/** A batch of an earlier run. */
export interface ReusedBatch {
  readonly id: string;
  /** As the API wrote it. */
  readonly createdAt: string;
}

/** What the results of a batch should hold. */
export interface Wanted {
  /** How many requests; 0 if unknown. */
  readonly count: number;
  /** Custom ID → position of the requests of the run; undefined where they are not known. */
  readonly ids: ReadonlyMap<string, number> | undefined;
  /** Whether it may hold other requests than these. */
  readonly anyId: boolean;
}

/** The results, or why they are not available now: they stay at the API. A short list is on disk all the same. */
type Delivery =
  | { readonly ok: true; readonly value: Download }
  | { readonly ok: false; readonly reason: string; readonly short?: ShortList & { readonly download: Download } };

/** Most streams to open, and the pause before each further try, doubling. */
const MAX_STREAMS = 5;
const PAUSE_MS = 1_000;
/** After how many complete but short streams to stop, and how many of them make a list to compare with another run's. */
const ENOUGH_ANSWERS = 3;
const LEAST_ANSWERS = 2;
/** A stream may take this long, plus a time for its bytes: 50 KB/s is the slowest line worth waiting for. */
const STREAM_MS = 15 * 60_000;
const LEAST_BYTES_PER_MS = 50;

/**
 * Downloads the results of an ended batch to disk. Fetches a stream that is cut, or that lacks some of the `wanted`
 * requests, again from the start into its own file, and keeps the file with the most ids. Retries failures as long
 * as when polling, counting anew whenever a stream has opened, but not past `untilMs` (since the epoch).
 */
export async function download(
  ports: Ports,
  batch: Batch,
  {
    folder,
    name,
    untilMs,
    wanted,
  }: { readonly folder: string; readonly name: string; readonly untilMs: number; readonly wanted: Wanted },
): Promise<Delivery> {
  const { clock, log } = ports;
  const digests = new Set<string>();
  let best: Try | undefined;
  let row: FailingSince | undefined;
  let reason = '';
  let streams = 0;
  let answers = 0;
  let pauseMs = 0;

  async function fetchOnce(): Promise<Try> {
    const stream = await ports.api.results(batch.id);
    streams += 1;
    row = undefined;
    const path = join(folder, `${name}.${streams}`);
    const fetched = await readResults(ports, limited(ports, stream, wanted.count), { path, ids: wanted.ids });
    const came = countIds(fetched.lines, wanted);
    return { came, download: { path, ...fetched, isWhole: wanted.count > 0 && came >= wanted.count } };
  }

  for (let tries = 0; streams < MAX_STREAMS && answers < ENOUGH_ANSWERS; tries += 1) {
    try {
      if (tries > 0) await clock.sleep(pauseMs);
      pauseMs = PAUSE_MS * 2 ** Math.min(tries, 5);
      const fetched = await fetchOnce();
      answers += 1;
      best = await keepBetter(ports, best, fetched);
      if (best.download.isWhole) return { ok: true, value: best.download };
      digests.add(digestOf(idsIn(fetched.download.lines, wanted)));
      reason = printReason({ code: 'results-short', came: best.came, total: wanted.count });
    } catch (error) {
      if (!(error instanceof ApiError)) {
        if (best !== undefined) await ports.files.remove(best.download.path);
        throw error;
      }
      reason = error.message;
      const now = clock.now();
      row = noteFailure(row, error, now);
      pauseMs = Math.max(pauseMs, error.retryAfterMs ?? 0);
      if (classifyLookError(error, row, now).kind !== 'retryable' || now + pauseMs > untilMs) break;
    }
    log.info({ code: 'results-incomplete', id: batch.id, reason, pauseMs });
  }
  if (best === undefined) return { ok: false, reason };
  if (answers < LEAST_ANSWERS) {
    await ports.files.remove(best.download.path);
    return { ok: false, reason };
  }
  const digest = digestOf(idsIn(best.download.lines, wanted));
  return { ok: false, reason, short: { ...best, total: wanted.count, digest, isSteady: digests.size === 1 } };
}

/** A download with how many of the wanted requests have a line in it. */
interface Try {
  readonly download: Download;
  readonly came: number;
}

/** The one with more of the requests; deletes the other one. */
async function keepBetter({ files }: Ports, best: Try | undefined, fetched: Try): Promise<Try> {
  if (best === undefined) return fetched;
  const [better, worse] = fetched.came > best.came ? [fetched, best] : [best, fetched];
  await files.remove(worse.download.path);
  return better;
}

function countIds(lines: ResultLines, { anyId }: Wanted): number {
  return positionsIn(lines).count + (anyId ? lines.unknownIds.length : 0);
}

function idsIn(lines: ResultLines, { ids, anyId }: Wanted): readonly string[] {
  const came = positionsIn(lines);
  const known = ids === undefined ? [] : [...ids.keys()].filter((_, position) => came.has(position));
  return anyId ? [...known, ...lines.unknownIds] : known;
}

/**
 * Cuts a stream that trickles, or that is longer than results of so many requests can be. Separates a broken stream,
 * which is worth another fetch, from a failing disk, which is not.
 */
async function* limited(
  { clock, signal }: Pick<Ports, 'clock' | 'signal'>,
  stream: AsyncIterable<Uint8Array>,
  count: number,
): AsyncGenerator<Uint8Array> {
  const startedAt = clock.now();
  const limitBytes = (count + 1) * MAX_LINE_BYTES;
  let bytes = 0;
  try {
    for await (const piece of stream) {
      signal.throwIfAborted();
      bytes += piece.length;
      if (bytes > limitBytes) throw new ApiError({ code: 'api-answer-too-long', limitBytes }, { reach: 'unknown' });
      if (clock.now() - startedAt > STREAM_MS + bytes / LEAST_BYTES_PER_MS)
        throw new ApiError({ code: 'api-answer-too-slow' }, { reach: 'unknown' });
      yield piece;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ApiError) throw error;
    throw new ApiError({ code: 'api-answer-cut', cause: describeCauses(error) }, { reach: 'unknown' });
  }
}
