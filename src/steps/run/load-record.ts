import type { RequestSet } from '../../core/intake/request-set.ts';
import { type Decision, decide, keepsRecord } from '../../core/record/decide.ts';
import { fingerprintOf } from '../../core/record/fingerprint.ts';
import { pickRecord } from '../../core/record/merge-records.ts';
import { isOtherSchema, parseRecords } from '../../core/record/parse-record.ts';
import { batchesOf, type RecordOrigin, type RecordRun, type SavedRecord } from '../../core/record/record.ts';
import type { Task } from './job.ts';
import { createRecordStore, type RecordStore } from './record-store.ts';

/** What earlier runs left of these requests, and what is done about it. */
export interface LoadedRecord {
  readonly store: RecordStore;
  readonly decision: Decision;
}

/** Reads what earlier runs left of these requests and decides what to do about it. */
export async function loadRecord(task: Task, requests: RequestSet): Promise<LoadedRecord> {
  const { world, inputs, run, trail } = task;
  const { resume, batchIds } = inputs;
  const self = selfOf(task);
  const fingerprint = fingerprintOf(inputs.api, requests.lines.sha256);
  const { texts, readable } = await world.state.find(fingerprint);
  const saved = pickRecord(parseRecords(texts, fingerprint), run.runId, batchIds);
  const decided = decide(saved, { resume, batchIds, run: self, nowMs: world.clock.now() });
  // A record that is there but cannot be read may name a batch that is running.
  const isUnreadable = saved === undefined && texts.some((text) => isOtherSchema(text, fingerprint));
  const decision: Decision =
    isUnreadable && decided.because === 'no-record'
      ? { ...decided, kind: 'refuse', because: 'other-version' }
      : decided;
  const kept = keepsRecord(decision) ? saved : undefined;
  const record = kept ?? { ...freshRecord(task, requests, saved), fingerprint };
  const store = createRecordStore({ world, self, readable, record, isWanted: resume !== 'never' });
  trail.store = store;
  world.runner.saveState('fingerprint', fingerprint);
  world.runner.saveState('nonce', self.nonce);
  if (!readable) world.log.warning({ code: 'records-not-read' });
  return { store, decision };
}

/** The record that the main step of this job wrote, for the post step; undefined where it wrote none. */
export async function loadOwnRecord(task: Task, fingerprint: string): Promise<RecordStore | undefined> {
  const { world, inputs, run, trail } = task;
  const { texts, readable } = await world.state.find(fingerprint);
  const record = pickRecord(parseRecords(texts, fingerprint), run.runId);
  if (record === undefined || record.run.nonce !== trail.nonce) return undefined;
  const isWanted = inputs.resume !== 'never';
  trail.store = createRecordStore({ world, self: selfOf(task), readable, record, isWanted });
  return trail.store;
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
  return { id: run.runId, attempt: run.runAttempt, name: inputs.name, nonce: trail.nonce };
}

function freshRecord(
  task: Task,
  { places }: RequestSet,
  saved: SavedRecord | undefined,
): Omit<SavedRecord, 'fingerprint'> {
  const self = selfOf(task);
  const isUnfinished = saved?.phase === 'open' && batchesOf(saved).length > 0;
  return {
    schema: 1,
    generation: self.nonce,
    replacedGenerations: [],
    revision: saved?.revision ?? 0,
    savedAt: new Date(0).toISOString(),
    phase: 'open',
    requestCount: places.length,
    run: self,
    runs: [],
    origin: originOf(task),
    submittedSha: task.run.sha,
    rounds: [],
    reportedUsd: 0n,
    artifact: null,
    unfinished: isUnfinished ? [{ ...saved, unfinished: [] }] : [],
  };
}
