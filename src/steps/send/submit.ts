import { createFailed, failed } from '../../core/endings/ending.ts';
import type { Failed, Rejected } from '../../core/endings/outcome.ts';
import type { Failure } from '../../core/messages/failures.ts';
import { type CreateTrouble, judgeCreate } from '../../core/polling/trouble.ts';
import type { Intent, RecordBatch } from '../../core/record/record.ts';
import { formatDuration } from '../../core/text/numbers.ts';
import { ApiError, type Batch, type BodyFile } from '../../ports/api.ts';
import type { World } from '../../ports/ports.ts';
import type { Memory, ShardPlace } from '../run/record-handle.ts';
import { reconcile } from './reconcile.ts';

/** What submitting a shard came to. */
export type Submission = Submitted | Several | Ended;

export interface Submitted {
  readonly kind: 'created' | 'adopted';
  readonly batch: Batch;
}

/** Several batches may be the one that the create made: only their results can tell. */
export interface Several {
  readonly kind: 'several';
  readonly batches: readonly Batch[];
}

/** No batch was made, or none may be made now. */
export interface Ended {
  readonly kind: 'ended';
  readonly outcome: Rejected | Failed;
}

/** Creates that broke off without making a batch: more of them would break off as well. */
const MAX_SENDS = 3;

/**
 * Makes one batch of a body and remembers it: the intent before the create, the id right after it. The POST is sent once.
 * It is repeated only where no batch was made for certain; after an uncertain end the batch is looked for first.
 */
export async function submit(
  world: World,
  memory: Memory,
  place: ShardPlace,
  body: BodyFile,
  patienceMs: number,
): Promise<Submission> {
  for (let sent = 1; ; sent += 1) {
    const intent = await intend(world, memory, place);
    if ('kind' in intent) return intent;
    const created = await createOnce(world, body, patienceMs);
    if (created.kind === 'created') {
      await learn(memory, place, created.batch, false);
      return created;
    }
    if (created.kind === 'ended') {
      // For certain no batch was made: nothing is left to look for.
      await memory.saveShard(place, { intent: null }, false);
      return created;
    }
    world.log.warning(
      `Creating the batch broke off (${created.error.message}): it is looked for before anything is sent again.`,
    );
    const found = await look(world, memory, place, intent, world.clock.now());
    if (found !== undefined) return found;
    if (sent === MAX_SENDS) {
      await memory.saveShard(place, { intent: null }, false);
      return ended({ code: 'create-broken-off', attempts: sent, reason: created.error.message });
    }
    world.log.info('No batch was made. Sending again.');
  }
}

/**
 * Looks for the batch of an intent. Undefined where none exists, so that sending again pays nothing twice; an adopted one
 * is remembered.
 */
export async function look(
  world: World,
  memory: Memory,
  place: ShardPlace,
  intent: Intent,
  sinceMs: number,
): Promise<Submission | undefined> {
  const shard = memory.record.rounds[place.round]?.shards[place.shard];
  if (shard === undefined) return undefined;
  const found = await reconcile(world, shard, intent, sinceMs, memory.record);
  switch (found.kind) {
    case 'none':
      return undefined;
    case 'one':
      world.log.info(`Found the batch ${found.batch.id} that a broken create had made; its results will prove it.`);
      await learn(memory, place, found.batch, true);
      return { kind: 'adopted', batch: found.batch };
    case 'several':
      return found;
    case 'blind':
      return ended({ code: 'lost-batch-unknown', reason: found.said });
  }
}

/** Remembers the batch of a shard, where every later run finds it. */
export async function learn(
  memory: Memory,
  place: ShardPlace,
  { id, createdAt }: Batch,
  adopted: boolean,
): Promise<void> {
  const batch: RecordBatch = { id, createdAt, adopted, stopped: null };
  await memory.saveShard(place, { batch }, true);
}

/** Notes the newest batch there is and that a create begins now. */
async function intend(world: World, memory: Memory, place: ShardPlace): Promise<Intent | Ended> {
  const newest = await newestBatch(world);
  if ('kind' in newest) return newest;
  const intent: Intent = {
    at: new Date(world.clock.now()).toISOString(),
    newest: newest.batch,
    nonce: memory.self.nonce,
  };
  await memory.saveShard(place, { intent }, false);
  if (world.stop.requested) return STOPPED;
  return intent;
}

/** How long the list of batches may fail before the step gives up, in ms. */
const LIST_PATIENCE_MS = 5 * 60_000;

async function newestBatch(world: World): Promise<{ readonly batch: Intent['newest'] } | Ended> {
  const startedAt = world.clock.now();
  for (let attempts = 1; ; attempts += 1) {
    try {
      const { batches } = await world.api.list({ limit: 1 });
      const [first] = batches;
      return { batch: first === undefined ? null : { id: first.id, createdAt: first.createdAt } };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const trouble = judgeCreate(error, attempts, world.clock.now() - startedAt, LIST_PATIENCE_MS);
      // A list makes nothing, so an uncertain end of it is as good as a refused connection.
      const pauseMs =
        trouble.kind === 'wait'
          ? trouble.pauseMs
          : trouble.kind === 'uncertain'
            ? 1_000 * 2 ** Math.min(attempts, 6)
            : undefined;
      const over = world.clock.now() - startedAt > LIST_PATIENCE_MS || world.stop.requested;
      if (pauseMs === undefined || over) {
        const refusal = trouble.kind === 'failed' ? trouble : ({ kind: 'failed', why: 'unreachable' } as const);
        return { kind: 'ended', outcome: createFailed(refusal, error) };
      }
      world.log.info(`The batches could not be listed: ${error.message}. Trying again in ${formatDuration(pauseMs)}.`);
      await world.clock.sleep(pauseMs);
    }
  }
}

type Created =
  | { readonly kind: 'created'; readonly batch: Batch }
  | { readonly kind: 'uncertain'; readonly error: ApiError }
  | Ended;

async function createOnce(world: World, body: BodyFile, patienceMs: number): Promise<Created> {
  const startedAt = world.clock.now();
  for (let attempts = 1; ; attempts += 1) {
    try {
      return { kind: 'created', batch: await world.api.create(body) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const trouble: CreateTrouble = judgeCreate(error, attempts, world.clock.now() - startedAt, patienceMs);
      if (trouble.kind === 'uncertain') return { kind: 'uncertain', error };
      if (trouble.kind !== 'wait') return { kind: 'ended', outcome: createFailed(trouble, error) };
      if (world.stop.requested) return STOPPED;
      world.log.info(`No batch was made: ${error.message}. Trying again in ${formatDuration(trouble.pauseMs)}.`);
      await world.clock.sleep(trouble.pauseMs);
    }
  }
}

function ended(failure: Failure): Ended {
  return { kind: 'ended', outcome: failed(failure) };
}

const STOPPED = ended({ code: 'stopped-before-create' });
