import { join } from 'node:path';
import { classifyLookError, type FailingSince, noteFailure } from '../../core/polling/error-class.ts';
import { sizeOf } from '../../core/polling/size.ts';
import { createLineSplitter, isBlank } from '../../core/requests/lines.ts';
import { isRetryable, parseResult } from '../../core/results/result.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { ApiError, type Batch } from '../../ports/api.ts';
import type { Ports } from '../../ports/ports.ts';

/** The results of a batch as received, on disk, and the position of each readable line. */
export interface Download {
  readonly path: string;
  readonly lines: readonly ResultLine[];
  /** Models that answered. */
  readonly models: ReadonlySet<string>;
  readonly unreadable: number;
}

export interface ResultLine {
  readonly customId: string;
  readonly succeeded: boolean;
  /** Ended without an answer, for a retryable reason. */
  readonly retryable: boolean;
  readonly canceled: boolean;
  readonly offset: number;
  readonly length: number;
}

/** The results, or why they are not available now: they stay at the API. */
type Delivery = { readonly ok: true; readonly value: Download } | { readonly ok: false; readonly reason: string };

/** Every model limits a message far below this; a longer line is unreadable. */
const MAX_LINE_BYTES = 64 << 20;
/** Most streams to open, and the pause before each further try, doubling. */
const MAX_STREAMS = 5;
const PAUSE_MS = 1_000;
/** How many complete streams prove that missing lines are missing at the API, and how many suffice at the end. */
const ENOUGH_ANSWERS = 3;
const LEAST_ANSWERS = 2;

/**
 * Downloads the results of an ended batch to disk. Fetches a stream that is cut, or that holds fewer ids than the batch
 * has requests, again from the start into its own file, and keeps the file with the most ids. Retries failures as long
 * as when polling, counting anew whenever a stream has opened, but not past `untilMs` (since the epoch).
 */
export async function download(
  ports: Ports,
  batch: Batch,
  { folder, name, untilMs }: { readonly folder: string; readonly name: string; readonly untilMs: number },
): Promise<Delivery> {
  const { clock, log } = ports;
  const total = sizeOf(batch);
  let best: Download | undefined;
  let row: FailingSince | undefined;
  let reason = '';
  let streams = 0;
  let answers = 0;
  let pauseMs = 0;

  async function fetchOnce(): Promise<Download> {
    const stream = await ports.api.results(batch.id);
    streams += 1;
    row = undefined;
    const path = join(folder, `${name}.${streams}`);
    return { path, ...(await readResults(ports, cutAsApiError(stream, ports.signal), path)) };
  }

  for (let tries = 0; streams < MAX_STREAMS && answers < ENOUGH_ANSWERS; tries += 1) {
    try {
      if (tries > 0) await clock.sleep(pauseMs);
      pauseMs = PAUSE_MS * 2 ** Math.min(tries, 5);
      const fetched = await fetchOnce();
      answers += 1;
      best = await keepBetter(ports, best, fetched);
      if (countIds(best) >= total) return { ok: true, value: best };
      reason = `${countIds(best)} of ${total} requests`;
    } catch (error) {
      if (!(error instanceof ApiError)) {
        if (best !== undefined) await ports.files.remove(best.path);
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
  // A stream may be cut unnoticed at a line end: trusting one short answer would pay for requests twice.
  if (best !== undefined && answers >= LEAST_ANSWERS) return { ok: true, value: best };
  if (best !== undefined) await ports.files.remove(best.path);
  return { ok: false, reason };
}

/** The download with more ids; deletes the other one. */
async function keepBetter({ files }: Ports, best: Download | undefined, fetched: Download): Promise<Download> {
  if (best === undefined) return fetched;
  const [better, worse] = countIds(fetched) > countIds(best) ? [fetched, best] : [best, fetched];
  await files.remove(worse.path);
  return better;
}

/** A repeated line is one answer. */
function countIds({ lines }: Fetched): number {
  return new Set(lines.map(({ customId }) => customId)).size;
}

export type Fetched = Pick<Download, 'lines' | 'models' | 'unreadable'>;

/** Writes incoming result lines to a file and returns the place of each. Throws errors of the stream or the disk. */
export async function readResults(
  ports: Pick<Ports, 'files'>,
  stream: AsyncIterable<Uint8Array>,
  path: string,
): Promise<Fetched> {
  const writer = await ports.files.write(path);
  try {
    const splitter = createLineSplitter(MAX_LINE_BYTES);
    const lines: ResultLine[] = [];
    const models = new Set<string>();
    let unreadable = 0;
    const take = (found: ReturnType<typeof splitter.push>): void => {
      for (const line of found) {
        if (!line.tooLong && isBlank(line.bytes)) continue;
        const result = line.tooLong ? undefined : parseResult(Buffer.from(line.bytes).toString('utf8'));
        if (result === undefined) unreadable += 1;
        else {
          const { customId, ending } = result;
          const succeeded = ending.kind === 'succeeded';
          const type = ending.kind === 'errored' ? ending.type : undefined;
          const retryable = ending.kind !== 'succeeded' && isRetryable(ending.kind, type);
          if (ending.kind === 'succeeded') models.add(ending.message.model);
          const canceled = ending.kind === 'canceled';
          lines.push({ customId, succeeded, retryable, canceled, offset: line.offset, length: line.bytes.length });
        }
      }
    };
    for await (const piece of stream) {
      const full = writer.write(piece);
      if (full !== undefined) await full;
      take(splitter.push(piece));
    }
    take(splitter.end());
    await writer.commit();
    return { lines, models, unreadable };
  } finally {
    await writer.discard();
  }
}

/** Separates a broken stream, which is worth another fetch, from a failing disk, which is not. */
async function* cutAsApiError(stream: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of stream) {
      signal.throwIfAborted();
      yield piece;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw new ApiError({ code: 'api-answer-cut', cause: describeCauses(error) }, { reach: 'unknown' });
  }
}
