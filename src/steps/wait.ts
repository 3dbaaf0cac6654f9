import { nextPause } from '../core/batches/schedule.ts';
import { judgeLook } from '../core/batches/trouble.ts';
import { formatDuration } from '../core/report/duration.ts';
import { ApiError } from '../errors.ts';
import type { Batch, World } from '../ports.ts';
import type { Deadline } from './deadline.ts';
import type { Trail } from './trail.ts';

/** What waiting came to; the newest known states of the batches are in the trail. */
export type Waiting =
  | { readonly kind: 'ended' }
  | { readonly kind: 'running' }
  /** A batch cannot be looked at any more; it may still be alive. */
  | { readonly kind: 'blind'; readonly id: string; readonly why: Blindness; readonly said: string };

export type Blindness = 'not-found' | 'not-allowed' | 'outage';

interface Watched {
  readonly id: string;
  batch: Batch | undefined;
}

/** So many looks are told one by one, which is the first quarter of an hour. */
const TOLD_LOOKS = 30;
/** How often an unchanged state is told in the log once the looks have settled, in ms. */
const TELL_EVERY_MS = 5 * 60_000;

/**
 * Looks at the batches until all have ended or the deadline has come; it looks at least once. A batch just made is first
 * looked at after a short pause, a given id at once. The deadline is asked with the states known so far, because it
 * depends on when the last batch was made.
 */
export async function waitForEnd(
  world: World,
  trail: Trail,
  ids: readonly string[],
  pollIntervalMs: number,
  deadline: Deadline,
): Promise<Waiting> {
  const { clock, log } = world;
  const startedAt = clock.now();
  const watched: Watched[] = ids.map((id) => ({ id, batch: trail.batches.find((batch) => batch.id === id) }));
  if (watched.every(({ batch }) => batch !== undefined)) {
    await clock.sleep(
      Math.min(nextPause(0, pollIntervalMs, undefined), Math.max(0, deadline(trail.batches) - startedAt)),
    );
  }
  let goodAt = clock.now();
  let toldAt = Number.NEGATIVE_INFINITY;

  for (let looks = 1; ; looks += 1) {
    const { failure, retryAfterMs } = await lookAtAll(world, watched);
    trail.batches = watched.flatMap(({ batch }) => (batch === undefined ? [] : [batch]));
    const now = clock.now();
    const elapsed = formatDuration(now - startedAt);
    if (failure === undefined) {
      goodAt = now;
      if (watched.every(({ batch }) => batch?.status === 'ended')) {
        log.info(`${elapsed} · ended`);
        return { kind: 'ended' };
      }
    } else {
      const trouble = judgeLook(failure.error, now - goodAt);
      const said = failure.error.message;
      if (trouble.kind === 'outage') return { kind: 'blind', id: failure.id, why: 'outage', said };
      if (trouble.kind === 'lost') return { kind: 'blind', id: failure.id, why: trouble.why, said };
    }
    const left = deadline(trail.batches) - now;
    // A last look comes right at the deadline, unless the API asked for a longer pause than is left.
    const pause = Math.max(Math.min(nextPause(looks, pollIntervalMs, undefined), left), retryAfterMs ?? 0);
    if (left <= 0 || pause > left) return { kind: 'running' };
    if (looks <= TOLD_LOOKS || failure !== undefined || now - toldAt >= TELL_EVERY_MS) {
      const state = failure === undefined ? describe(watched) : `no answer (${failure.error.message})`;
      log.info(`${elapsed} · ${state} · next look in ${formatDuration(pause)}`);
      toldAt = now;
    }
    await clock.sleep(pause);
  }
}

interface Look {
  readonly retryAfterMs: number | undefined;
  readonly failure: { readonly id: string; readonly error: ApiError } | undefined;
}

/** One look at each batch that has not ended. The first failure ends the round; the others are looked at next time. */
async function lookAtAll(world: World, watched: readonly Watched[]): Promise<Look> {
  let retryAfterMs: number | undefined;
  for (const one of watched) {
    if (one.batch?.status === 'ended') continue;
    try {
      const look = await world.api.retrieve(one.id);
      one.batch = look.batch;
      retryAfterMs = longest(retryAfterMs, look.batch.status === 'ended' ? undefined : look.retryAfterMs);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { retryAfterMs: longest(retryAfterMs, error.retryAfterMs), failure: { id: one.id, error } };
    }
  }
  return { retryAfterMs, failure: undefined };
}

function longest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.max(a, b);
}

function describe(watched: readonly Watched[]): string {
  const open = watched.filter(({ batch }) => batch?.status !== 'ended');
  const canceling = open.some(({ batch }) => batch?.status === 'canceling');
  const state = canceling ? 'being canceled' : 'running';
  return watched.length === 1 ? state : `${open.length} of ${watched.length} batches ${state}`;
}
