import { setTimeout as sleep } from 'node:timers/promises';
import { classifyLookError, type FailingSince, noteFailure } from '../../src/core/polling/error-class.ts';
import { nextPause } from '../../src/core/polling/schedule.ts';
import { ApiError, type ApiModel, type Batch, type BatchApi } from '../../src/ports/api.ts';
import { COUNTED, MODEL } from './requests.ts';

/** The results of the calls. */
export interface Live {
  readonly model: ApiModel | undefined;
  readonly countedTokens: number;
  /** Looks at the batch, oldest first. */
  readonly looks: readonly Batch[];
  /** The newest batches once this one was made; undefined where an earlier check made it. */
  readonly listedIds: readonly string[] | undefined;
  /** Result lines. */
  readonly lines: readonly string[];
  /** What the API says about a batch that never existed, and about the deleted one. */
  readonly unknown: ApiError | undefined;
  readonly deleted: ApiError | undefined;
}

/** The id of no batch, in the API's form. */
const NO_BATCH = 'msgbatch_01ThisBatchNeverExisted00';
const PAUSE_MS = 10_000;

export async function askFirst(api: BatchApi): Promise<Pick<Live, 'model' | 'countedTokens' | 'unknown'>> {
  const model = await api.model(MODEL);
  const countedTokens = await api.countTokens(Buffer.from(JSON.stringify(COUNTED)));
  return { model, countedTokens, unknown: await failureOf(api.retrieve(NO_BATCH)) };
}

/** Looks at a batch until it has ended; undefined if the time runs out first. */
export async function waitForEnd(
  api: BatchApi,
  { id, untilMs, signal }: { readonly id: string; readonly untilMs: number; readonly signal: AbortSignal },
): Promise<readonly Batch[] | undefined> {
  const looks: Batch[] = [];
  for (;;) {
    const { batch, retryAfterMs = PAUSE_MS } = await patiently(() => api.retrieve(id), signal);
    looks.push(batch);
    if (batch.status === 'ended') return looks;
    const leftMs = untilMs - Date.now();
    if (leftMs <= 0) return undefined;
    await sleep(Math.min(retryAfterMs, leftMs), undefined, { signal });
  }
}

export async function readLines(api: BatchApi, id: string, signal: AbortSignal): Promise<readonly string[]> {
  const pieces = await patiently(async () => Array.fromAsync(await api.results(id)), signal);
  return Buffer.concat(pieces)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/** Repeats a look for as long as the action does: a new batch is not found everywhere at once, and outages pass. */
async function patiently<T>(look: () => Promise<T>, signal: AbortSignal): Promise<T> {
  let failing: FailingSince | undefined;
  const startedAt = Date.now();
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      failing = noteFailure(failing, error, Date.now());
      if (classifyLookError(error, failing, Date.now()).kind !== 'retryable') throw error;
    }
    await sleep(nextPause(Date.now() - startedAt, PAUSE_MS, undefined), undefined, { signal });
  }
}

/** Stops a batch, waits until it has and deletes it. Throws where it cannot. */
export async function discard(api: BatchApi, id: string, waitMs: number): Promise<void> {
  const { batch } = await api.retrieve(id);
  if (batch.status !== 'ended') {
    await api.cancel(id);
    const never = new AbortController().signal;
    if ((await waitForEnd(api, { id, untilMs: Date.now() + waitMs, signal: never })) === undefined)
      throw new Error('It was stopped and has not ended yet');
  }
  await api.remove(id);
}

export async function failureOf(call: Promise<unknown>): Promise<ApiError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}
