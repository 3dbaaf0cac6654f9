import { join } from 'node:path';
import type { RequestSet } from '../../core/intake/request-set.ts';
import { isAlike, isBegun } from '../../core/record/merge-records.ts';
import { batchesOf, type RecordRound, type RecordShard } from '../../core/record/record.ts';
import { type Shard, splitIntoShards } from '../../core/requests/shards.ts';
import { countOf, formatBytes, parseTime } from '../../core/text/numbers.ts';
import type { Batch } from '../../ports/api.ts';
import { reportBatchCreated } from '../notify/batch-created.ts';
import type { Job } from '../run/job.ts';
import type { Memory, ShardPlace } from '../run/record-handle.ts';
import { hashShard, lineBytes, writeBody } from './body.ts';
import { settle } from './settle.ts';
import { type Ended, look, type Several, type Submission, submit } from './submit.ts';

/** A round of sending: these requests, as batches of this round of the record. */
export interface Round {
  readonly number: number;
  /** Positions of the requests. */
  readonly selection: readonly number[];
  /** What going on with batches of the record is called: finishing them, or collecting them once more. */
  readonly joining: 'joined' | 'reused';
}

/** What sending a round came to: its batches in the order of its shards, or why it could not be sent whole. */
export type Sent =
  | { readonly kind: 'sent'; readonly ids: readonly string[] }
  | (Several & { readonly place: ShardPlace })
  | Ended;

/**
 * Sees to it that every shard of a round has its batch: a known one is gone on with, a broken create is looked for, what is
 * missing is submitted.
 */
export async function sendRound(job: Job, memory: Memory, requests: RequestSet, round: Round): Promise<Sent> {
  const shards = splitIntoShards(round.selection, (position) => lineBytes(requests, position));
  const wanted = begin(job, requests, shards);
  let saved = memory.record.rounds[round.number];
  if (saved === undefined || (isAlike(saved, wanted) && saved.shards.some(({ batch }) => batch === null))) {
    if (job.inputs.resume !== 'never') await settle(job.world, memory, round.number, requests.lines.bytes);
    saved = memory.record.rounds[round.number];
  }
  // A later round that was cut differently had other results to go by: what it has made is collected, and no more is sent.
  if (saved !== undefined && !isAlike(saved, wanted) && isBegun(saved)) return joinMade(job, round, saved);
  if (saved === undefined || !isAlike(saved, wanted)) {
    memory.record = {
      ...memory.record,
      phase: 'open',
      rounds: [...memory.record.rounds.slice(0, round.number), wanted],
    };
  }

  const ids: string[] = [];
  for (const [index, positions] of shards.entries()) {
    const place = { round: round.number, shard: index };
    const known = memory.record.rounds[round.number]?.shards[index];
    if (known?.batch != null) {
      reportBatchCreated(job, placeholderOf(known), round.number, round.joining);
      ids.push(known.batch.id);
      continue;
    }
    const done = await settleShard(job, memory, requests, place, positions);
    if (done.kind === 'ended') return done;
    if (done.kind === 'several') return { ...done, place };
    ids.push(done.batch.id);
  }
  return { kind: 'sent', ids };
}

function begin({ world }: Job, requests: RequestSet, shards: readonly Shard[]): RecordRound {
  return {
    shards: shards.map((shard): RecordShard => {
      const sha256 = hashShard(world.files, requests, shard);
      return { count: shard.length, sha256, intent: null, batch: null, letGo: [] };
    }),
  };
}

function joinMade(job: Job, { number, joining }: Round, { shards }: RecordRound): Sent {
  const made = shards.flatMap((shard) => (shard.batch === null ? [] : placeholderOf(shard)));
  for (const batch of made) reportBatchCreated(job, batch, number, joining);
  return { kind: 'sent', ids: made.map(({ id }) => id) };
}

/** A busy API is waited for at least this long, whatever the deadline says, in ms. */
const LEAST_PATIENCE_MS = 30 * 60_000;

async function settleShard(
  job: Job,
  memory: Memory,
  requests: RequestSet,
  place: ShardPlace,
  positions: Shard,
): Promise<Submission> {
  const { world, inputs, trail } = job;
  const saved = memory.record.rounds[place.round]?.shards[place.shard];
  if (saved?.intent != null) {
    const found = await look(world, memory, place, saved.intent, Date.parse(saved.intent.at));
    if (found?.kind === 'adopted') reportBatchCreated(job, found.batch, place.round, 'joined');
    if (found !== undefined) return found;
    world.log.info('The create that an earlier run began made no batch.');
    // Should that run be alive and send after all, both have to be told and counted apart.
    const { record, self } = memory;
    if (batchesOf(record).length === 0 && saved.intent.nonce !== self.nonce)
      memory.record = {
        ...record,
        generation: self.nonce,
        absorbed: [...record.absorbed, record.generation],
        submittedSha: self.sha,
      };
  }
  if (job.refusal !== undefined && batchesOf(memory.record).length === 0)
    return { kind: 'ended', outcome: job.refusal };
  const body = await writeBody(world.files, requests, positions, join(inputs.resultsPath, '.body.json'));
  try {
    const patienceMs = Math.max(LEAST_PATIENCE_MS, job.deadline(trail.batches) - world.clock.now());
    const done = await submit(world, memory, place, body, patienceMs);
    if (done.kind === 'created' || done.kind === 'adopted') {
      const again = place.round === 0 ? '' : ` again, round ${place.round}`;
      world.log.info(
        `Sent ${countOf(positions.length, 'request')}${again} (${formatBytes(body.bytes)}) as batch ${done.batch.id}`,
      );
      reportBatchCreated(job, done.batch, place.round, 'submitted');
    }
    return done;
  } finally {
    // The id of the batch matters more than a file that stays.
    await world.files.remove(body.path).catch(() => undefined);
  }
}

/** What is known of a saved batch before the first look at it. */
export function placeholderOf({ batch, count }: RecordShard): Batch {
  const createdAt = batch?.createdAt ?? '';
  return {
    id: batch?.id ?? '',
    status: 'in_progress',
    counts: { processing: count, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
    createdAt,
    endedAt: null,
    expiresAt: endOf(createdAt),
    archivedAt: null,
    cancelInitiatedAt: null,
  };
}

/** A batch ends by itself a day after its creation. */
function endOf(createdAt: string): string {
  const ms = parseTime(createdAt);
  return ms === undefined ? '' : new Date(ms + 86_400_000).toISOString();
}
