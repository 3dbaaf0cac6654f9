import type { RequestSet } from '../../core/intake/request-set.ts';
import { type Decision, decide, keepsRecord } from '../../core/record/decide.ts';
import { fingerprintOf } from '../../core/record/fingerprint.ts';
import { findHidden } from '../../core/record/hidden-record.ts';
import { pickRecord } from '../../core/record/merge-records.ts';
import { MAX_NAME, parseRecord, parseRecords } from '../../core/record/parse-record.ts';
import { batchesOf, type RecordOrigin, type RecordRun, type SavedRecord } from '../../core/record/record.ts';
import { submitterOf } from '../../core/record/submitter.ts';
import { sha256 } from '../../core/text/sha256.ts';
import { toPlainLine } from '../../core/text/untrusted-text.ts';
import { createRecordStore } from './create-record-store.ts';
import { isGoneFor } from './gone-batches.ts';
import type { RecordStore } from './record-store.ts';
import type { Run } from './run.ts';

/** Longest record that the post step gets as a variable, in characters: Windows has 32,767 for one. */
const MAX_STATE = 16_000;

/** The record of earlier runs with these requests, and the decision on it. */
export interface LoadedRecord {
  readonly store: RecordStore;
  readonly decision: Decision;
}

/** Reads the record of earlier runs with these requests and decides what to do with it. */
export async function loadRecord(run: Run, requests: RequestSet): Promise<LoadedRecord> {
  const { ports, inputs, context, runState } = run;
  const { resume, batchIds } = inputs;
  const self = selfOf(run);
  const fingerprint = fingerprintOf(inputs.api, requests.lines.sha256);
  const found = await ports.state.find(fingerprint);
  const { texts, readable } = found;
  const saved = pickRecord(parseRecords(texts, fingerprint), context.runId, batchIds);
  const asked = { resume, batchIds, run: self };
  const unasked = decide(saved, { ...asked, isGone: false });
  const isGone = saved !== undefined && (await isGoneFor(unasked, saved, ports));
  const decided = decide(saved, { ...asked, isGone });
  const why = findHidden(found, fingerprint);
  if (why === 'foreign') ports.log.warning({ code: 'record-foreign' });
  const hidden = why === 'foreign' || batchIds.length > 0 || resume === 'never' ? undefined : why;
  const foreign = why === 'foreign' && saved === undefined ? sha256(texts.join('\n')).slice(0, 8) : '';
  const decision: Decision =
    hidden !== undefined && decided.kind === 'submit' ? { ...decided, kind: 'refuse', because: hidden } : decided;
  const kept = keepsRecord(decision) ? saved : undefined;
  const record = kept ?? { ...freshRecord(run, requests, { saved, isGone }), fingerprint };
  const isWanted = resume !== 'never';
  const names = LEFT_NAMES[runState.answers === undefined ? 'answers' : 'judgements'];
  const onSave = (text: string) => ports.runner.saveState(names.record, text.length > MAX_STATE ? '' : text);
  const store = createRecordStore({ ports, self, readable, record, isWanted, foreign, hidden, onSave });
  runState.store = store;
  ports.runner.saveState(names.fingerprint, fingerprint);
  ports.runner.saveState('nonce', self.nonce);
  if (!readable && runState.answers === undefined) ports.log.warning({ code: 'records-not-read' });
  return { store, decision };
}

/** Names under which the main step leaves things to the post step. */
const LEFT_NAMES = {
  answers: { fingerprint: 'fingerprint', record: 'record' },
  judgements: { fingerprint: 'judge-fingerprint', record: 'judge-record' },
} as const;

/** What the main step left to the post step, by names. */
export function leftBy(read: (name: string) => string | undefined): LeftStates {
  const left = ({ fingerprint, record }: (typeof LEFT_NAMES)[keyof typeof LEFT_NAMES]): LeftState => {
    return { fingerprint: read(fingerprint) ?? '', record: read(record) ?? '' };
  };
  return { answers: left(LEFT_NAMES.answers), judgements: left(LEFT_NAMES.judgements) };
}

/** Of the answers, and of their judgements. */
export interface LeftStates {
  readonly answers: LeftState;
  readonly judgements: LeftState;
}

/** What the main step leaves to the post step about one record. */
interface LeftState {
  readonly fingerprint: string;
  /** The record as it last saved it; empty if that is too long, or where it saved none. */
  readonly record: string;
}

/**
 * The record that the main step of this job wrote, for the post step; undefined if it wrote none. The copy that it left itself wins
 * over the stored one, which a later record of another run may hide.
 */
export async function loadOwnRecord(run: Run, left: LeftState): Promise<RecordStore | undefined> {
  const { ports, inputs, context, runState } = run;
  const { fingerprint } = left;
  const { texts, readable } = await ports.state.find(fingerprint);
  const own = parseRecord(left.record, fingerprint);
  const stored = parseRecords([left.record, ...texts], fingerprint);
  const record = pickRecord(
    own === undefined ? stored : stored.filter(({ generation }) => generation === own.generation),
    context.runId,
  );
  if (record === undefined || (own ?? record).run.nonce !== runState.nonce) return undefined;
  const isWanted = inputs.resume !== 'never';
  runState.store = createRecordStore({ ports, self: selfOf(run), readable, record, isWanted });
  return runState.store;
}

/** The owner of this run's submissions: the workflow by path, or by name if its file is in another repository. */
export function originOf({ context, inputs }: Pick<Run, 'context' | 'inputs'>): RecordOrigin {
  return {
    pullRequest: context.issue?.kind === 'pull-request' ? context.issue.number : null,
    workflow: context.workflowPath ?? context.workflow,
    name: inputs.name,
    submitter: submitterOf(context),
  };
}

/** This run as records name it. */
function selfOf({ context, inputs, runState }: Run): RecordRun {
  return {
    id: context.runId,
    attempt: context.runAttempt,
    name: toPlainLine(inputs.name, MAX_NAME),
    nonce: runState.nonce,
  };
}

function freshRecord(
  run: Run,
  { places }: RequestSet,
  { saved, isGone }: { readonly saved: SavedRecord | undefined; readonly isGone: boolean },
): Omit<SavedRecord, 'fingerprint'> {
  const self = selfOf(run);
  // No later run could finish what is gone.
  const isUnfinished = saved?.phase === 'open' && batchesOf(saved).length > 0 && !isGone;
  return {
    schema: 1,
    generation: self.nonce,
    replacedGenerations: [],
    finishedGenerations: finishedBy(saved, isGone),
    revision: saved?.revision ?? 0,
    savedAt: new Date(0).toISOString(),
    phase: 'open',
    requestCount: places.length,
    run: self,
    runs: [],
    origin: originOf(run),
    submittedSha: run.context.sha,
    rounds: [],
    reportedUsd: 0n,
    artifact: null,
    judge: null,
    baselines: saved?.baselines,
    unfinished: isUnfinished ? [{ ...saved, unfinished: [] }] : [],
  };
}

/** Most names of finished generations that a record carries on, the latest ones. */
const MAX_FINISHED = 20;

function finishedBy(saved: SavedRecord | undefined, isGone: boolean): readonly string[] {
  if (saved === undefined) return [];
  const isOver = saved.phase !== 'open' || isGone;
  const names = [...saved.finishedGenerations, ...(isOver ? [saved.generation] : [])];
  return names.slice(-MAX_FINISHED);
}
