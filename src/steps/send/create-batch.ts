import { createFailed, failed } from '../../core/endings/ending.ts';
import type { Failed, Rejected } from '../../core/endings/outcome.ts';
import { classifyCreateError } from '../../core/polling/error-class.ts';
import type { Intent } from '../../core/record/record.ts';
import { parseTime } from '../../core/text/numbers.ts';
import { ApiError, type Batch, type BatchBody } from '../../ports/api.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ShardPlace } from '../run/record-store.ts';
import type { SubmittingRun } from '../run/run.ts';
import type { StepResult } from '../run/step-result.ts';
import { findLostBatch } from './find-lost-batch.ts';

type Ended = Rejected | Failed;

/** Most creates that may break off without making a batch: further ones would most likely break off too. */
const MAX_SENDS = 3;
/** Shortest time to wait for a busy API, whatever the deadline says, in ms. */
const LEAST_PATIENCE_MS = 30 * 60_000;

/**
 * Makes one batch of a body and records it: the intent before the create, the id right after it. Sends the POST once.
 * Repeats it only if certainly no batch was made; after an uncertain end it looks for the batch first.
 */
export async function createBatch(
  run: SubmittingRun,
  place: ShardPlace,
  body: BatchBody,
): Promise<StepResult<Batch, Ended>> {
  const { ports, store, runState } = run;
  const patienceMs = Math.max(LEAST_PATIENCE_MS, run.deadline(runState.batches) - ports.clock.now());
  for (let sent = 1; ; sent += 1) {
    const newest = await newestBatch(ports);
    if (!newest.ok) return newest;
    await store.recordIntent(place, newest.value);
    // No create is under way before it begins, nor while it waits for a busy API.
    const whileIdle = async (work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        await store.clearIntent(place);
        throw error;
      }
    };
    await whileIdle(async () => ports.signal.throwIfAborted());
    const created = await createOnce(ports, body, { patienceMs, whileIdle });
    if (created.kind === 'created') {
      await store.recordBatch(place, created.batch, 'created');
      return { ok: true, value: created.batch };
    }
    if (created.kind === 'ended') {
      // Certainly no batch was made: there is nothing to look for.
      await store.clearIntent(place);
      return { ok: false, outcome: created.outcome };
    }
    const reason = created.error.message;
    ports.log.warning({ code: 'create-uncertain', reason });
    // There is a batch, and no list would name it otherwise.
    if (created.error.reason.code === 'batch-id-unusable')
      return { ok: false, outcome: failed({ code: 'lost-batch-unknown', reason }) };
    const found = await findLostBatch(run, place, ports.clock.now());
    if (!found.ok) return found;
    if (found.value !== undefined) return { ok: true, value: found.value };
    if (sent === MAX_SENDS) {
      await store.clearIntent(place);
      return { ok: false, outcome: failed({ code: 'create-broken-off', attempts: sent, reason }) };
    }
    ports.log.info({ code: 'create-repeated' });
  }
}

/** How long the list of batches may fail before the step gives up, in ms. */
const LIST_PATIENCE_MS = 5 * 60_000;

/** The newest existing batch, which later identifies batches made after it. */
async function newestBatch(ports: Ports): Promise<StepResult<Intent['newest'], Ended>> {
  const startedAt = ports.clock.now();
  for (let attempts = 1; ; attempts += 1) {
    try {
      const [first] = (await ports.api.list({ limit: 1 })).batches;
      return { ok: true, value: first === undefined ? null : { id: first.id, createdAt: first.createdAt } };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const lastedMs = ports.clock.now() - startedAt;
      const errorClass = classifyCreateError(error, { attempts, lastedMs, patienceMs: LIST_PATIENCE_MS });
      const isOver = lastedMs > LIST_PATIENCE_MS || errorClass.kind === 'refused';
      if (errorClass.kind === 'failed') return { ok: false, outcome: createFailed(errorClass, error) };
      if (isOver) return { ok: false, outcome: createFailed({ kind: 'failed', why: 'unreachable' }, error) };
      // Listing makes nothing, so an uncertain end is no worse than a refused connection.
      const pauseMs = errorClass.kind === 'wait' ? errorClass.pauseMs : 1_000 * 2 ** Math.min(attempts, 6);
      ports.log.info({ code: 'batch-list-failed', reason: error.message, pauseMs });
      await ports.clock.sleep(pauseMs);
    }
  }
}

type Created =
  | { readonly kind: 'created'; readonly batch: Batch }
  /** A batch may exist. */
  | { readonly kind: 'uncertain'; readonly error: ApiError }
  | { readonly kind: 'ended'; readonly outcome: Ended };

/** `whileIdle` runs work while no create is under way. */
async function createOnce(
  ports: Ports,
  body: BatchBody,
  { patienceMs, whileIdle }: { patienceMs: number; whileIdle: (work: () => Promise<void>) => Promise<void> },
): Promise<Created> {
  const startedAt = ports.clock.now();
  for (let attempts = 1; ; attempts += 1) {
    try {
      const batch = await ports.api.create(body);
      // Without a time that can be read, the batch could be neither priced nor told apart from an old one.
      const createdAt =
        parseTime(batch.createdAt) !== undefined ? batch.createdAt : new Date(ports.clock.date()).toISOString();
      // Whatever this answer says, only a later look may show that the batch has ended: its counts are final only then.
      return { kind: 'created', batch: { ...batch, createdAt, status: 'in_progress' } };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const lastedMs = ports.clock.now() - startedAt;
      const errorClass = classifyCreateError(error, { attempts, lastedMs, patienceMs });
      if (errorClass.kind === 'uncertain') return { kind: 'uncertain', error };
      if (errorClass.kind !== 'wait') return { kind: 'ended', outcome: createFailed(errorClass, error) };
      const { pauseMs } = errorClass;
      ports.log.info({ code: 'create-delayed', reason: error.message, pauseMs });
      await whileIdle(() => ports.clock.sleep(pauseMs));
    }
  }
}
