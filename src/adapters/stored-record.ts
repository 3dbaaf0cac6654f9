import type { GitHubContext } from '../core/inputs/context.ts';
import { MAX_RECORD_BYTES } from '../core/record/record.ts';
import { memberOf, textOf } from '../core/text/json.ts';
import type { StateStore } from '../ports/github.ts';
import type { Log } from '../ports/machine.ts';
import type { CaptureOutput } from './capture-output.ts';
import type { RelatedRun } from './related-branches.ts';

/** What a record store needs. */
export interface StoreOptions {
  readonly run: RelatedRun & Pick<GitHubContext, 'owner' | 'repo' | 'runId' | 'runAttempt'>;
  readonly log: Log;
  readonly captureOutput: CaptureOutput;
  /** Longest time of one call of its client. */
  readonly limitMs: number;
}

/** A record store. Nothing in it throws; `save` resolves to whether the text was saved. */
export interface RecordStore extends Pick<StateStore, 'find'> {
  save(key: string, text: string): Promise<boolean>;
}

/** A record artifact as GitHub lists it. */
export interface ListedRecord {
  readonly id: number;
  /** The name without the number at the end. */
  readonly slot: string;
  /** Counts up within a run and slot. */
  readonly number: number;
  readonly runId: number;
  readonly branch: string;
  /** Milliseconds since the epoch; GitHub gives whole seconds. */
  readonly createdAtMs: number;
}

/** The part of the name that all record artifacts with this key share. */
export function slotOf(key: string): string {
  return `claude-batch-record-${key.slice(0, 16)}`;
}

/** A listed artifact, if it is named as a record, not expired, and not from a run of a fork. */
export function parseListed(value: unknown): ListedRecord | undefined {
  const id = memberOf(value, 'id');
  const run = memberOf(value, 'workflow_run');
  const [runId, repositoryId] = [memberOf(run, 'id'), memberOf(run, 'repository_id')];
  if (typeof id !== 'number') return;
  if (memberOf(value, 'expired') !== false || typeof runId !== 'number') return;
  if (typeof repositoryId !== 'number' || memberOf(run, 'head_repository_id') !== repositoryId) return;
  const [, slot, number] = /^(claude-batch-record-.+)-([1-9]\d{0,5})$/.exec(textOf(value, 'name') ?? '') ?? [];
  const createdAtMs = createdAtMsOf(value);
  if (slot === undefined || Number.isNaN(createdAtMs)) return;
  return { id, slot, number: Number(number), runId, branch: textOf(run, 'head_branch') ?? '', createdAtMs };
}

/** When a listed artifact was made, in ms since the epoch; NaN if the list does not say. */
export function createdAtMsOf(value: unknown): number {
  return Date.parse(textOf(value, 'created_at') ?? '');
}

/** The last `most` records of each run and slot, newest first. Jobs of a matrix share the numbers of one run. */
export function lastOfEach(records: readonly ListedRecord[], most: number): ListedRecord[] {
  const kept = new Map<string, ListedRecord[]>();
  for (const record of records.toSorted((a, b) => b.number - a.number)) {
    const place = `${record.runId} ${record.slot}`;
    const held = kept.get(place) ?? [];
    if (held.length < most) kept.set(place, [...held, record]);
  }
  return [...kept.values()].flat().sort((a, b) => b.createdAtMs - a.createdAtMs || b.id - a.id);
}

/** Returned for stored bytes that are not a record: no run saves an empty text. */
export const UNREADABLE = '';

/** Stored bytes as text; `UNREADABLE` if they are too many or not UTF-8. Does not check the content. */
export async function readRecord(body: AsyncIterable<Uint8Array>, maxBytes = MAX_RECORD_BYTES): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > maxBytes) return UNREADABLE;
    pieces.push(piece);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
  } catch {
    return UNREADABLE;
  }
}
