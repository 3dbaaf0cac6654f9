import { member } from './github-shapes.ts';
import { MAX_RECORD_BYTES } from './record-text.ts';

/** A record artifact as GitHub lists it. */
export interface ListedRecord {
  readonly id: number;
  /** Its name without the number at the end. */
  readonly slot: string;
  /** Counts up within a run and slot. */
  readonly number: number;
  readonly runId: number;
  readonly branch: string;
  /** Milliseconds since the epoch; GitHub tells whole seconds. */
  readonly createdAtMs: number;
}

const PREFIX = 'claude-batch-record-';

/** The part of a record artifact's name that all with this key have in common. */
export function slotOf(key: string): string {
  return `${PREFIX}${key.slice(0, 16)}`;
}

/** A listed artifact, if it is a record that can be read: not expired, not too large, and not of a fork's run. */
export function parseListed(value: unknown): ListedRecord | undefined {
  const [id, name, size] = [member(value, 'id'), member(value, 'name'), member(value, 'size_in_bytes')];
  const run = member(value, 'workflow_run');
  const runId = member(run, 'id');
  const repositoryId = member(run, 'repository_id');
  if (typeof id !== 'number' || typeof name !== 'string' || typeof size !== 'number' || size > MAX_RECORD_BYTES) return;
  if (member(value, 'expired') !== false || typeof runId !== 'number') return;
  if (typeof repositoryId !== 'number' || member(run, 'head_repository_id') !== repositoryId) return;
  const [, slot, number] = /^(claude-batch-record-.+)-([1-9]\d{0,5})$/.exec(name) ?? [];
  const createdAtMs = createdAtMsOf(value);
  if (slot === undefined || Number.isNaN(createdAtMs)) return;
  return { id, slot, number: Number(number), runId, branch: String(member(run, 'head_branch')), createdAtMs };
}

/** When a listed artifact was made; NaN where that is not said. */
export function createdAtMsOf(value: unknown): number {
  return Date.parse(String(member(value, 'created_at')));
}

/** Of every run and slot the last ones, newest first: legs of one run count up together, so the last is one leg's. */
export function lastOfEach(records: readonly ListedRecord[], most: number): ListedRecord[] {
  const kept = new Map<string, ListedRecord[]>();
  for (const record of records.toSorted((a, b) => b.number - a.number)) {
    const place = `${record.runId} ${record.slot}`;
    const held = kept.get(place) ?? [];
    if (held.length < most) kept.set(place, [...held, record]);
  }
  return [...kept.values()].flat().sort((a, b) => b.createdAtMs - a.createdAtMs || b.id - a.id);
}
