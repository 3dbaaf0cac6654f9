import type { RequestSet } from '../../core/intake/request-set.ts';
import { type Decision, decide } from '../../core/record/decide.ts';
import { fingerprintOf } from '../../core/record/fingerprint.ts';
import { mergeRecords, pickRecord } from '../../core/record/merge-records.ts';
import { isOtherSchema, parseRecords } from '../../core/record/parse-record.ts';
import {
  addRun,
  batchesOf,
  printRecord,
  type RecordBatch,
  type RecordOrigin,
  type RecordRun,
  type SavedRecord,
} from '../../core/record/record.ts';
import type { World } from '../../ports/ports.ts';
import type { Task } from './job.ts';
import type { Memory } from './record-handle.ts';

export interface Recall {
  readonly memory: Memory;
  readonly decision: Decision;
}

/** A record that is there but cannot be read may name a batch that is running. */
const REFUSED: Decision = {
  kind: 'refuse',
  why: 'another version of this action left a record of these requests that this one cannot read',
  cure: 'use one version in all workflows, or set resume: never to submit the requests again, which may be paid again',
};

/** Reads what earlier runs left about these requests and decides what to do about it. */
export async function recall(task: Task, requests: RequestSet): Promise<Recall> {
  const { world, inputs, run, trail } = task;
  const self = selfOf(task);
  const fingerprint = fingerprintOf(inputs.api, requests.lines.sha256);
  const found = await world.state.find(fingerprint);
  const saved = pickRecord(parseRecords(found.texts, fingerprint), run.runId, inputs.batchIds);
  const isUnreadable = saved === undefined && found.texts.some((text) => isOtherSchema(text, fingerprint));
  const decision =
    isUnreadable && inputs.resume !== 'never' && inputs.batchIds.length === 0
      ? REFUSED
      : decide(saved, inputs.resume, self, world.clock.now(), inputs.batchIds);
  // Given batches are of the record that names them, whatever would be done without them.
  const kept = decision.kind === 'given' ? saved : 'record' in decision ? decision.record : undefined;
  const record = kept ?? freshRecord(task, fingerprint, requests, saved);
  const memory = createMemory(world, self, found.readable, record, inputs.resume !== 'never');
  trail.memory = memory;
  world.runner.saveState('fingerprint', fingerprint);
  world.runner.saveState('nonce', self.nonce);
  if (!found.readable)
    world.log.warning(
      'Neither the Actions cache nor artifacts could be asked whether an earlier run submitted these requests.',
    );
  return { memory, decision };
}

/** The record that the main step of this job wrote, for the post step; undefined where it wrote none. */
export async function recallOwn(task: Task, fingerprint: string): Promise<Memory | undefined> {
  const { world, inputs, run, trail } = task;
  const found = await world.state.find(fingerprint);
  const record = pickRecord(parseRecords(found.texts, fingerprint), run.runId);
  if (record === undefined) return undefined;
  trail.memory = createMemory(world, selfOf(task), found.readable, record, inputs.resume !== 'never');
  return trail.memory;
}

/** For whom this run submits: the workflow by its path, or by its name where it is none of this repository. */
export function originOf({ run, inputs }: Pick<Task, 'run' | 'inputs'>): RecordOrigin {
  return {
    pullRequest: run.issue?.kind === 'pull-request' ? run.issue.number : null,
    workflow: run.workflowPath ?? run.workflow,
    name: inputs.name,
  };
}

/** This run as records name it. */
function selfOf({ run, inputs, trail }: Task): RecordRun {
  return {
    id: run.runId,
    attempt: run.runAttempt,
    name: inputs.name,
    nonce: trail.nonce,
  };
}

function freshRecord(
  task: Task,
  fingerprint: string,
  requests: RequestSet,
  saved: SavedRecord | undefined,
): SavedRecord {
  const self = selfOf(task);
  const isUnfinished = saved?.phase === 'open' && batchesOf(saved).length > 0;
  return {
    schema: 1,
    fingerprint,
    generation: self.nonce,
    replacedGenerations: [],
    revision: saved?.revision ?? 0,
    savedAt: new Date(0).toISOString(),
    phase: 'open',
    requestCount: requests.places.length,
    run: self,
    runs: [],
    origin: originOf(task),
    submittedSha: task.run.sha,
    rounds: [],
    reportedUsd: '0.000000',
    artifact: null,
    unfinished: isUnfinished ? [{ ...saved, unfinished: [] }] : [],
  };
}

/** `wanted`: whether later runs are to find this record. */
export function createMemory(
  world: World,
  self: RecordRun,
  readable: boolean,
  record: SavedRecord,
  wanted = true,
): Memory {
  let warned = false;
  let stored = record.revision > 0;

  async function mapBatches(change: (batch: RecordBatch) => RecordBatch): Promise<void> {
    const rounds = memory.record.rounds.map(({ shards }) => ({
      shards: shards.map((shard) => (shard.batch === null ? shard : { ...shard, batch: change(shard.batch) })),
    }));
    await memory.save({ rounds }, false);
  }

  const memory: Memory = {
    fingerprint: record.fingerprint,
    self,
    readable,
    get findable() {
      return stored && wanted;
    },
    record,
    async save(change, durable) {
      const { record: before } = memory;
      const savedAt = new Date(world.clock.now()).toISOString();
      memory.record = {
        ...before,
        ...change,
        revision: before.revision + 1,
        savedAt,
        run: { ...before.run, ...self },
        runs: addRun(before.runs, self),
      };
      const where = await world.state.save(memory.fingerprint, printRecord(memory.record), durable);
      stored = where !== 'nowhere';
      if (stored || warned) return;
      warned = true;
      world.log.warning(
        'What this run knows could be saved neither in the Actions cache nor as an artifact: a later run will not find its batches by itself. Their ids are in the output batch-id, the log, the summary and the comment.',
      );
    },
    async saveShard({ round, shard }, change, durable) {
      const rounds = memory.record.rounds.map((one, r) =>
        r === round ? { shards: one.shards.map((old, s) => (s === shard ? { ...old, ...change } : old)) } : one,
      );
      await memory.save({ rounds }, durable);
    },
    markStopped: (ids, why) => mapBatches((batch) => (ids.has(batch.id) ? { ...batch, stopped: why } : batch)),
    async refresh() {
      const { texts } = await world.state.find(memory.fingerprint);
      const records = parseRecords(texts, memory.fingerprint);
      memory.record = mergeRecords([memory.record, ...records]) ?? memory.record;
      return records;
    },
  };
  return memory;
}
