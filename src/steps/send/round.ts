import { failed } from '../../core/endings/ending.ts';
import type { Failed, Rejected } from '../../core/endings/outcome.ts';
import type { Message } from '../../core/messages/message.ts';
import { isAlike, isBegun } from '../../core/record/merge-records.ts';
import type { RecordReuse, RecordRound, RecordShard } from '../../core/record/record.ts';
import { splitIntoShards } from '../../core/requests/shards.ts';
import { reportBatchCreated } from '../notify/batch-created.ts';
import type { SubmittingRun } from '../run/run.ts';
import type { StepResult } from '../run/step-result.ts';
import { hashShard, lineBytes } from './body.ts';
import { ensureBatch } from './ensure-batch.ts';
import { placeholderOf } from './placeholder.ts';
import { offerShards, takeOverShards } from './shared-shard.ts';
import { yieldToConcurrentRun } from './yield-to-concurrent-run.ts';

/** A round of sending: these requests, as batches of this round of the record. */
export interface Round {
  readonly number: number;
  /** Positions of the requests. */
  readonly selection: readonly number[];
  /** What to call work on recorded batches: `joined` to finish them, `reused` to collect them once more. */
  readonly joining: 'joined' | 'reused';
  /** Why the run submits, to be logged unless it finds a batch of equal requests to continue with. */
  readonly reason: Message | undefined;
  /** For the first round: which requests it leaves out, because they take an earlier answer. */
  readonly reuse?: RecordReuse | null;
}

/**
 * Ensures that every shard of a round has its batch: continues with a known one, looks for the one of a create that
 * broke off, submits what is missing. Returns the ids in the order of the shards.
 */
export async function sendRound(
  run: SubmittingRun,
  round: Round,
): Promise<StepResult<readonly string[], Rejected | Failed>> {
  const { ports, store, requests } = run;
  const shards = splitIntoShards(round.selection, (position) => lineBytes(requests, position));
  const wanted = shards.map((shard) => ({ count: shard.length, sha256: hashShard(ports.files, requests, shard) }));
  const saved = () => store.record.rounds[round.number];
  const isWanted = (one: RecordRound) => isAlike(one, { shards: wanted });
  const before = saved();
  const isWhole = (one: RecordRound | undefined) => one?.shards.every(({ batch }) => batch !== null) ?? false;
  if (store.hidden !== undefined && !isWhole(before))
    return { ok: false, outcome: failed({ code: 'record-unreadable', why: store.hidden }) };
  if (before === undefined || (isWanted(before) && !isWhole(before))) {
    if (run.inputs.resume !== 'never') await yieldToConcurrentRun(run, round.number);
  }
  const known = saved();
  if (known === undefined || !isWanted(known)) {
    // A round with other shards was based on other results: the run collects its batches and sends no more.
    if (known !== undefined && isBegun(known)) return { ok: true, value: resume(run, round, known.shards) };
    store.startRound(round.number, wanted, round.number === 0 ? round.reuse : undefined);
  }

  const isTakenOver = await takeOverShards(run, round.number);
  if (round.reason !== undefined && !isTakenOver && !isWhole(saved())) ports.log.info(round.reason);

  const ids: string[] = [];
  for (const [index, positions] of shards.entries()) {
    const place = { round: round.number, shard: index };
    const shard = store.shard(place);
    if (shard?.batch != null) ids.push(...resume(run, round, [shard]));
    else {
      const made = await ensureBatch(run, place, positions);
      if (!made.ok) {
        if (place.round === 0) await offerShards(run);
        return made;
      }
      ids.push(made.value.id);
    }
  }
  return { ok: true, value: ids };
}

/** Continues with the batches of these shards. */
function resume(run: SubmittingRun, { joining }: Round, shards: readonly RecordShard[]): string[] {
  return shards.flatMap((shard) => {
    if (shard.batch === null) return [];
    reportBatchCreated(run, placeholderOf(shard), joining);
    return shard.batch.id;
  });
}
