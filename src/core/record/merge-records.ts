import { larger } from '../text/money.ts';
import { joinBaselines } from './baselines.ts';
import {
  addRun,
  batchesOf,
  holdsAll,
  type Intent,
  type RecordRound,
  type RecordShard,
  type SavedRecord,
} from './record.ts';
import { inWorkspace } from './whereabouts.ts';

/**
 * Picks the record that a run follows among all found for its requests, the newest first: that of the submission this run took part in,
 * so that a re-run finds its own; else an unfinished one; else the newest. With `ids` of given batches, the one that holds them. Its
 * revision is the highest of all.
 */
export function pickRecord(
  records: readonly SavedRecord[],
  runId: number,
  ids: readonly string[] = [],
): SavedRecord | undefined {
  const replaced = new Set(records.flatMap(({ replacedGenerations }) => replacedGenerations));
  const names = new Set(records.map(({ generation }) => generation).filter((name) => !replaced.has(name)));
  const generations = joinFinished(
    [...names].flatMap((name) => mergeRecords(records.filter(({ generation }) => generation === name)) ?? []),
  );
  const finished = new Set(records.flatMap(({ finishedGenerations }) => finishedGenerations));
  const picked =
    (ids.length > 0 ? generations.find((record) => holdsAll(record, ids)) : undefined) ??
    generations.find(({ runs }) => runs.some(({ id }) => id === runId)) ??
    generations.find(({ phase, generation }) => phase === 'open' && !finished.has(generation)) ??
    generations.find(({ generation }) => !finished.has(generation)) ??
    generations[0];
  return picked && { ...picked, revision: Math.max(...records.map(({ revision }) => revision)) };
}

/**
 * Two submissions may name the same batches if one adopted what the other had made. When one of them is finished, so is the other, and
 * both lists of runs are joined.
 */
function joinFinished(generations: readonly SavedRecord[]): readonly SavedRecord[] {
  const isOver = (open: SavedRecord, other: SavedRecord): boolean => {
    const ids = batchesOf(open).map(({ id }) => id);
    return open.phase === 'open' && other.phase !== 'open' && ids.length > 0 && holdsAll(other, ids);
  };
  return generations
    .filter((one) => !generations.some((other) => isOver(one, other)))
    .map((one) => {
      const runs = generations.filter((other) => isOver(other, one)).flatMap((other) => other.runs);
      return { ...one, runs: runs.reduce(addRun, one.runs) };
    });
}

/**
 * The first record plus the additions of the others of its generation: two runs that continue the same batches write one after the other,
 * and neither may lose what the other has started. Undefined if there are none.
 */
export function mergeRecords(records: readonly SavedRecord[]): SavedRecord | undefined {
  const [first, ...others] = records;
  if (first === undefined) return undefined;
  return others.filter(({ generation }) => generation === first.generation).reduce(mergeTwo, first);
}

function mergeTwo(ours: SavedRecord, theirs: SavedRecord): SavedRecord {
  const length = Math.max(ours.rounds.length, theirs.rounds.length);
  const rounds = Array.from({ length }, (_, i) => mergeRounds(ours.rounds[i], theirs.rounds[i]));
  return {
    // Keeps members that this version does not know from both.
    ...theirs,
    ...ours,
    revision: Math.max(ours.revision, theirs.revision),
    replacedGenerations: [...new Set([...ours.replacedGenerations, ...theirs.replacedGenerations])],
    finishedGenerations: [...new Set([...ours.finishedGenerations, ...theirs.finishedGenerations])],
    // Deleted batches do not come back, whoever saves later.
    phase: theirs.phase === 'deleted' ? 'deleted' : ours.phase,
    runs: theirs.runs.reduce(addRun, ours.runs),
    rounds: rounds.filter((round) => round !== undefined),
    reportedUsd: larger(ours.reportedUsd, theirs.reportedUsd),
    artifact: ours.artifact ?? theirs.artifact,
    collectedBy: ours.collectedBy ?? theirs.collectedBy,
    judge: ours.judge ?? theirs.judge,
    baselines: joinBaselines(ours.baselines, theirs.baselines),
    reuse: mergeReuse(ours, theirs),
    unfinished: [...ours.unfinished, ...theirs.unfinished].filter(
      ({ generation }, i, all) => i === all.findIndex((one) => one.generation === generation),
    ),
  };
}

/** Takes the reuse from the side whose first round is kept: that round holds the remaining requests. */
function mergeReuse(ours: SavedRecord, theirs: SavedRecord): SavedRecord['reuse'] {
  const [own, other] = [ours.rounds[0], theirs.rounds[0]];
  const isShared = own === undefined ? other === undefined : other !== undefined && isAlike(own, other);
  if (isShared) return ours.reuse === undefined ? theirs.reuse : ours.reuse;
  return mergeRounds(own, other) === other ? theirs.reuse : ours.reuse;
}

/** Merges rounds with equal shards shard by shard; if the shards differ, the round that started creating batches wins. */
function mergeRounds(ours: RecordRound | undefined, theirs: RecordRound | undefined): RecordRound | undefined {
  if (ours === undefined || theirs === undefined) return ours ?? theirs;
  if (!isAlike(ours, theirs)) return isBegun(ours) || !isBegun(theirs) ? ours : theirs;
  return { ...theirs, ...ours, shards: ours.shards.map((shard, i) => mergeShards(shard, theirs.shards[i] ?? shard)) };
}

function mergeShards(ours: RecordShard, theirs: RecordShard): RecordShard {
  const rejected = [...new Set([...ours.rejected, ...theirs.rejected])];
  const held = [ours, theirs].filter(({ batch }) => batch !== null && !rejected.includes(batch.id));
  const batch = held[0]?.batch ?? null;
  const same = held.filter((one) => one.batch?.id === batch?.id);
  const batches = same.flatMap((one) => one.batch ?? []);
  const stopped = batches.find((one) => one.stopped !== null)?.stopped ?? null;
  const workspace = batches.find(({ workspaceId }) => workspaceId !== undefined)?.workspaceId;
  return {
    ...theirs,
    ...ours,
    intent: later(ours.intent, theirs.intent),
    batch: batch === null ? null : inWorkspace({ ...batch, stopped }, workspace),
    rejected,
    shared: same.some(({ shared }) => shared),
  };
}

/** Whether a create was started for any of its shards. */
export function isBegun({ shards }: RecordRound): boolean {
  return shards.some(({ intent, batch }) => intent !== null || batch !== null);
}

/** How a round's requests are split into batches. */
interface Cut {
  readonly shards: readonly Pick<RecordShard, 'sha256'>[];
}

/** Whether two rounds hold the same requests in the same batches. */
export function isAlike(one: Cut, other: Cut): boolean {
  return (
    one.shards.length === other.shards.length && one.shards.every(({ sha256 }, i) => sha256 === other.shards[i]?.sha256)
  );
}

function later(a: Intent | null, b: Intent | null): Intent | null {
  if (a === null || b === null) return a ?? b;
  return Date.parse(b.at) > Date.parse(a.at) ? b : a;
}
