import type { Message } from '../../core/messages/message.ts';
import { classifyLookError, type FailingSince, noteFailure } from '../../core/polling/error-class.ts';
import { firstPause, nextPause } from '../../core/polling/schedule.ts';
import { parseTime } from '../../core/text/numbers.ts';
import { ApiError, type Batch } from '../../ports/api.ts';
import type { Ports } from '../../ports/ports.ts';
import type { CollectingRun } from '../run/run.ts';
import { noteBatches, noteWaited } from '../run/run-state.ts';

/** Outcome of waiting; the run state has the newest known states of the batches. */
export type Waiting = { readonly kind: 'ended' } | { readonly kind: 'running' } | Blind;

/** A batch that can no longer be read; it may still be running. */
export interface Blind {
  readonly kind: 'blind';
  readonly id: string;
  readonly why: Blindness;
  /** Message of the last failed look. */
  readonly reason: string;
  /** The workspace that the API answered for, if it says. */
  readonly workspaceId: string | undefined;
}

/** `unseen`: the time ran out before any look found it, so that it may not exist at all. */
export type Blindness = 'unseen' | 'not-found' | 'not-allowed' | 'outage';

interface PollInput {
  readonly inputs: Pick<CollectingRun['inputs'], 'pollIntervalMs'>;
}

interface Watched {
  readonly id: string;
  /** Newest known state; undefined for a given id that no look has found yet. */
  batch: Batch | undefined;
  /** Its consecutive failed looks and the last error; undefined after a good look. */
  failing: { readonly row: FailingSince; readonly error: ApiError } | undefined;
}

/** Most batches to look at in parallel: a look that hangs for a minute must not hold up all others. */
const LOOKS_AT_ONCE = 8;

type Watch = Pick<CollectingRun, 'ports' | 'runState' | 'deadline'> & PollInput;

/**
 * Looks at the batches, at least once, until all have ended or the deadline has come. First looks at a new batch when it is a second
 * old, and at a given ID or an older batch at once. Passes the known states to the deadline, which depends on when the last batch was
 * made. Notes how long that took, however it ends.
 */
export async function waitForEnd(run: Watch, ids: readonly string[]): Promise<Waiting> {
  const { clock } = run.ports;
  const startedAt = clock.now();
  try {
    return await lookUntilEnd(run, ids);
  } finally {
    noteWaited(run.runState, clock.now() - startedAt);
  }
}

async function lookUntilEnd(
  { ports, runState, deadline, inputs: { pollIntervalMs } }: Watch,
  ids: readonly string[],
): Promise<Waiting> {
  const { clock, log } = ports;
  const startedAt = clock.now();
  const known = new Map(runState.batches.map((batch) => [batch.id, batch]));
  const watched = ids.map((id): Watched => ({ id, batch: known.get(id), failing: undefined }));
  if (watched.every(({ batch }) => batch !== undefined)) {
    const pause = firstPause(ageOf(watched, clock.date()), pollIntervalMs);
    await clock.sleep(Math.min(pause, Math.max(0, deadline(runState.batches) - startedAt)));
  }
  let logged: string | undefined;

  for (;;) {
    const retryAfterMs = await lookAtAll(ports, watched);
    const seen = watched.flatMap(({ batch }) => batch ?? []);
    noteBatches(runState, seen);
    runState.store?.noteWorkspaces(seen);
    const now = clock.now();
    const waitedMs = now - startedAt;
    if (watched.every(({ batch }) => batch?.status === 'ended')) {
      log.info({ code: 'batches-ended', waitedMs, total: watched.length });
      return { kind: 'ended' };
    }
    const lost = findLost(watched, now);
    if (lost !== undefined) return lost;
    // Only a look shows whether an old batch is still running: until one is answered, its age does not end the waiting.
    const isAnswered = watched.every(({ failing }) => failing === undefined);
    const left = deadline(isAnswered ? runState.batches : []) - now;
    // The last look comes right at the deadline, unless the API asked for a longer pause than that.
    const ageMs = Math.max(waitedMs, ageOf(watched, clock.date()));
    const pause = Math.max(Math.min(nextPause(ageMs, pollIntervalMs, undefined), left), retryAfterMs);
    if (left <= 0 || pause > left) return findUnseen(watched) ?? { kind: 'running' };
    const state = describe(watched);
    const { total, running, isCanceling, failing } = state;
    const isOrdinary = running === total && !isCanceling && failing.length === 0;
    const isFirst = logged === undefined;
    if (isFirst && !isCanceling) log.info({ code: 'waiting-begins', total, leftMs: left });
    const printed = JSON.stringify(state);
    if (isFirst ? !isOrdinary : printed !== logged) log.info({ ...state, waitedMs, pauseMs: pause });
    logged = printed;
    await clock.sleep(pause);
  }
}

/**
 * Age of the youngest running batch by the machine's time, in ms; 0 if unknown, and if a batch is being stopped, since its stop
 * has only begun.
 */
function ageOf(watched: readonly Watched[], nowMs: number): number {
  const ages = watched
    .filter(({ batch }) => batch?.status !== 'ended')
    .map(({ batch }) => (batch?.status === 'canceling' ? 0 : nowMs - (parseTime(batch?.createdAt ?? '') ?? nowMs)));
  return Math.max(0, Math.min(...ages));
}

/** Looks once at each running batch, whatever fails. Returns the longest pause that the API asks for. */
async function lookAtAll(ports: Ports, watched: readonly Watched[]): Promise<number> {
  const open = watched.filter(({ batch }) => batch?.status !== 'ended');
  let retryAfterMs = 0;
  for (let at = 0; at < open.length; at += LOOKS_AT_ONCE) {
    const asked = await Promise.all(open.slice(at, at + LOOKS_AT_ONCE).map((one) => lookAt(ports, one)));
    retryAfterMs = Math.max(retryAfterMs, ...asked);
  }
  return retryAfterMs;
}

/** Looks once at one batch. Returns the pause that the API asks for before the next look. */
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

/** The first batch whose failures have become final. */
function findLost(watched: readonly Watched[], nowMs: number): Blind | undefined {
  for (const { id, failing } of watched) {
    if (failing === undefined) continue;
    const errorClass = classifyLookError(failing.error, failing.row, nowMs);
    if (errorClass.kind === 'retryable') continue;
    const why = errorClass.kind === 'lost' ? errorClass.why : errorClass.kind;
    const { message: reason, workspaceId } = failing.error;
    return { kind: 'blind', id, why, reason, workspaceId };
  }
  return undefined;
}

/** The first batch that no look has found and that was not known before. */
function findUnseen(watched: readonly Watched[]): Blind | undefined {
  const one = watched.find(({ batch }) => batch === undefined);
  const { message: reason = 'no answer', workspaceId } = one?.failing?.error ?? {};
  return one && { kind: 'blind', id: one.id, why: 'unseen', reason, workspaceId };
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
