import { join } from 'node:path';
import { parseResult } from '../core/batches/result.ts';
import { sizeOf } from '../core/batches/size.ts';
import { judgeLook } from '../core/batches/trouble.ts';
import { formatDuration } from '../core/report/duration.ts';
import { createLineSplitter, isBlank } from '../core/requests/lines.ts';
import { ApiError, describeCauses } from '../errors.ts';
import type { Batch, World } from '../ports.ts';

/** The results of a batch as received, on disk, and where each readable line stands. */
export interface Download {
  readonly kind: 'downloaded';
  readonly path: string;
  readonly lines: readonly ResultLine[];
  readonly unreadable: number;
}

export interface ResultLine {
  readonly customId: string;
  readonly succeeded: boolean;
  readonly offset: number;
  readonly length: number;
}

/** The results cannot be had now: they stay at the API. */
export interface Undelivered {
  readonly kind: 'undelivered';
  readonly id: string;
  readonly said: string;
}

/** A message is limited far below this by every model; a longer line is unreadable. */
const MAX_LINE_BYTES = 64 << 20;
/** Fetches in all, and the pause before each further one, doubling. */
const MAX_FETCHES = 5;
const PAUSE_MS = 1_000;

/**
 * Brings the results of an ended batch to disk. A stream that is cut or holds fewer lines than the batch has requests is
 * fetched again from the start into a new file; what the last whole stream lacks is lacking at the API. Failures to
 * answer are survived as long as those of a look.
 */
export async function download(
  world: World,
  batch: Batch,
  folder: string,
  name: string,
): Promise<Download | Undelivered> {
  const path = join(folder, name);
  const total = sizeOf(batch);
  const startedAt = world.clock.now();
  let best: Fetched | undefined;
  let said = '';
  let fetches = 0;
  for (let attempt = 1; fetches < MAX_FETCHES; attempt += 1) {
    let pauseMs = PAUSE_MS * 2 ** Math.min(attempt - 1, 5);
    try {
      const stream = await world.api.results(batch.id);
      fetches += 1;
      const fetched = await save(world, stream, path);
      if (fetched.lines.length + fetched.unreadable >= total && fetched.unreadable === 0)
        return { kind: 'downloaded', path, ...fetched };
      said = `${fetched.lines.length} of ${total} lines could be read`;
      best = fetched;
      // Three whole answers that lack the same lines: this is what the API has.
      if (fetches >= 3) break;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      said = error.message;
      if (judgeLook(error, world.clock.now() - startedAt).kind !== 'passing') break;
      pauseMs = Math.max(pauseMs, error.retryAfterMs ?? 0);
    }
    world.log.info(
      `The results of ${batch.id} are not whole yet (${said}); fetching again in ${formatDuration(pauseMs)}.`,
    );
    await world.clock.sleep(pauseMs);
  }
  return best === undefined ? { kind: 'undelivered', id: batch.id, said } : { kind: 'downloaded', path, ...best };
}

interface Fetched {
  readonly lines: readonly ResultLine[];
  readonly unreadable: number;
}

async function save(world: World, stream: AsyncIterable<Uint8Array>, path: string): Promise<Fetched> {
  const writer = await world.files.write(path);
  try {
    const splitter = createLineSplitter(MAX_LINE_BYTES);
    const lines: ResultLine[] = [];
    let unreadable = 0;
    const take = (found: ReturnType<typeof splitter.push>): void => {
      for (const line of found) {
        if (!line.tooLong && isBlank(line.bytes)) continue;
        const result = line.tooLong ? undefined : parseResult(Buffer.from(line.bytes).toString('utf8'));
        if (result === undefined) unreadable += 1;
        else {
          const succeeded = result.ending.kind === 'succeeded';
          lines.push({ customId: result.customId, succeeded, offset: line.offset, length: line.bytes.length });
        }
      }
    };
    for await (const piece of cutAsApiError(stream)) {
      const full = writer.write(piece);
      if (full !== undefined) await full;
      take(splitter.push(piece));
    }
    take(splitter.end());
    await writer.commit();
    return { lines, unreadable };
  } finally {
    await writer.discard();
  }
}

/** Tells a broken stream, which is worth another fetch, from a failing disk, which is not. */
async function* cutAsApiError(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw new ApiError(`the results broke off (${describeCauses(error)})`, { reach: 'unknown', cause: error });
  }
}
