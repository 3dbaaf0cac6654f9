import type { Message } from '../../core/messages/message.ts';
import { classifyLookError, type FailingSince, noteFailure } from '../../core/polling/error-class.ts';
import { nextPause } from '../../core/polling/schedule.ts';
import { ApiError, type Batch } from '../../ports/api.ts';
import type { Ports } from '../../ports/ports.ts';
import type { CollectingRun } from '../run/run.ts';
import { noteBatches } from '../run/run-state.ts';

/** What waiting came to; the newest known states of the batches are in the runState. */
export type Waiting = { readonly kind: 'ended' } | { readonly kind: 'running' } | Blind;

/** A batch cannot be looked at any more; it may still be alive. */
export interface Blind {
  readonly kind: 'blind';
  readonly id: string;
  readonly why: Blindness;
  /** What the last look was told. */
  readonly said: string;
}

/** `unseen`: the time was over before any look had found it, so that nobody knows whether it is there at all. */
export type Blindness = 'unseen' | 'not-found' | 'not-allowed' | 'outage';

interface PollInput {
  readonly inputs: Pick<CollectingRun['inputs'], 'pollIntervalMs'>;
}

interface Watched {
  readonly id: string;
  /** Newest known state; undefined for a given id that no look has found yet. */
  batch: Batch | undefined;
  /** The row of failed looks it is in, and what the last one failed with; undefined after a good look. */
  failing: { readonly row: FailingSince; readonly error: ApiError } | undefined;
}

/** So many looks are logged one by one, which is the first quarter of an hour. */
const LOGGED_LOOKS = 30;
/** How often an unchanged state is logged once the looks have settled, in ms. */
const LOG_EVERY_MS = 5 * 60_000;
/** So many batches are looked at side by side: a look that hangs for a minute must not hold up all others. */
const LOOKS_AT_ONCE = 8;

/**
 * Looks at the batches until all have ended or the deadline has come; it looks at least once. A batch just made is first
 * looked at after a short pause, a given id at once. The deadline is asked with the states known so far, because it
 * depends on when the last batch was made.
 */
export async function waitForEnd(
  {
    ports,
    runState,
    deadline,
    inputs: { pollIntervalMs },
  }: Pick<CollectingRun, 'ports' | 'runState' | 'deadline'> & PollInput,
  ids: readonly string[],
): Promise<Waiting> {
  const { clock, log } = ports;
  const startedAt = clock.now();
  const known = new Map(runState.batches.map((batch) => [batch.id, batch]));
  const watched = ids.map((id): Watched => ({ id, batch: known.get(id), failing: undefined }));
  if (watched.every(({ batch }) => batch !== undefined)) {
    await clock.sleep(
      Math.min(nextPause(0, pollIntervalMs, undefined), Math.max(0, deadline(runState.batches) - startedAt)),
    );
  }
  let loggedAt = Number.NEGATIVE_INFINITY;

  for (let looks = 1; ; looks += 1) {
    const retryAfterMs = await lookAtAll(ports, watched);
    noteBatches(
      runState,
      watched.flatMap(({ batch }) => batch ?? []),
    );
    const now = clock.now();
    const waitedMs = now - startedAt;
    if (watched.every(({ batch }) => batch?.status === 'ended')) {
      log.info({ code: 'batches-ended', waitedMs });
      return { kind: 'ended' };
    }
    const lost = findLost(watched, now);
    if (lost !== undefined) return lost;
    const left = deadline(runState.batches) - now;
    // A last look comes right at the deadline, unless the API asked for a longer pause than is left.
    const pause = Math.max(Math.min(nextPause(looks, pollIntervalMs, undefined), left), retryAfterMs);
    if (left <= 0 || pause > left) return findUnseen(watched) ?? { kind: 'running' };
    const hasFailed = watched.some(({ failing }) => failing !== undefined);
    if (looks <= LOGGED_LOOKS || hasFailed || now - loggedAt >= LOG_EVERY_MS) {
      log.info({ ...describe(watched), waitedMs, pauseMs: pause });
      loggedAt = now;
    }
    await clock.sleep(pause);
  }
}

/** One look at each batch that has not ended, whatever becomes of the others. Gives the longest pause that the API asks for. */
async function lookAtAll(ports: Ports, watched: readonly Watched[]): Promise<number> {
  const open = watched.filter(({ batch }) => batch?.status !== 'ended');
  let retryAfterMs = 0;
  for (let at = 0; at < open.length; at += LOOKS_AT_ONCE) {
    const asked = await Promise.all(open.slice(at, at + LOOKS_AT_ONCE).map((one) => lookAt(ports, one)));
    retryAfterMs = Math.max(retryAfterMs, ...asked);
  }
  return retryAfterMs;
}

/** One look at one batch. Gives the pause that the API asks for before the next. */
async function lookAt({ api, clock }: Ports, one: Watched): Promise<number> {
  try {
    const { batch, retryAfterMs } = await api.retrieve(one.id);
    one.batch = batch;
    one.failing = undefined;
    return batch.status === 'ended' ? 0 : (retryAfterMs ?? 0);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    one.failing = { row: noteFailure(one.failing?.row, error, clock.now()), error };
    return error.retryAfterMs ?? 0;
  }
}

/** The first batch whose failures have to be believed. */
function findLost(watched: readonly Watched[], nowMs: number): Blind | undefined {
  for (const { id, failing } of watched) {
    if (failing === undefined) continue;
    const errorClass = classifyLookError(failing.error, failing.row, nowMs);
    if (errorClass.kind === 'retryable') continue;
    const why = errorClass.kind === 'lost' ? errorClass.why : errorClass.kind;
    return { kind: 'blind', id, why, said: failing.error.message };
  }
  return undefined;
}

/** The first batch that no look has found, and that nobody knew before. */
function findUnseen(watched: readonly Watched[]): Blind | undefined {
  const one = watched.find(({ batch }) => batch === undefined);
  return one && { kind: 'blind', id: one.id, why: 'unseen', said: one.failing?.error.message ?? 'no answer' };
}

type LookMessage = Extract<Message, { readonly code: 'batches-checked' }>;

function describe(watched: readonly Watched[]): Omit<LookMessage, 'waitedMs' | 'pauseMs'> {
  const open = watched.filter(({ batch }) => batch?.status !== 'ended');
  const failing = watched.flatMap(({ id, failing: one }) =>
    one === undefined ? [] : [{ id, reason: one.error.message }],
  );
  const isCanceling = open.some(({ batch }) => batch?.status === 'canceling');
  return { code: 'batches-checked', total: watched.length, running: open.length, isCanceling, failing };
}
