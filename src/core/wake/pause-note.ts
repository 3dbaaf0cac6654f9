import {
  batchId,
  count,
  ifReadable,
  line,
  listOf,
  object,
  oneOf,
  optional,
  orNull,
  time,
  workspaceId,
} from '../record/fields.ts';
import { parseJson } from '../text/json.ts';

/** Name of the notes' artifacts, without their number, and of the file in them. */
export const PAUSE_NAME = 'claude-batch-paused';
export const PAUSE_FILE = 'paused.json';

/** Most batches in a note; of more, the latest. */
export const MAX_NOTED = 100;
const MAX_NAME = 300;

/** What a paused step leaves for the waker: its run, its job, and the batches it waits for. */
export interface PauseNote {
  readonly schema: 1;
  readonly batch_ids: readonly string[];
  /** Absent unless the answers are being judged. */
  readonly judge_batch_ids?: readonly string[] | undefined;
  /** The workspace of all these batches; absent if the API did not report it, and in notes of older versions. */
  readonly workspace_id?: string | undefined;
  readonly run_id: number;
  readonly attempt: number;
  /** The ID of this execution of the job, null if unknown; the name is the ID in the workflow file. */
  readonly job: { readonly id: number | null; readonly name: string };
  /** Name of the evaluation. */
  readonly name: string;
  /** RFC 3339: until when the results can be collected. */
  readonly until: string;
}

export function printPauseNote(note: PauseNote): string {
  return `${JSON.stringify(note, null, 2)}\n`;
}

/** Parses a note from untrusted text; undefined for any other text, and for a note without batches. */
export function parsePauseNote(text: string): PauseNote | undefined {
  try {
    const note = readNote(parseJson(text));
    const { schema, batch_ids, judge_batch_ids, workspace_id, run_id, attempt, job, name, until } = note;
    const ids = [...batch_ids, ...(judge_batch_ids ?? [])];
    if (ids.length === 0 || ids.length > 2 * MAX_NOTED) return undefined;
    const ofJob = { id: job.id, name: job.name };
    return { schema, batch_ids, judge_batch_ids, workspace_id, run_id, attempt, job: ofJob, name, until };
  } catch {
    return undefined;
  }
}

const readNote = object<PauseNote>({
  schema: oneOf(1),
  batch_ids: listOf(batchId),
  judge_batch_ids: optional(listOf(batchId)),
  workspace_id: ifReadable(workspaceId),
  run_id: count,
  attempt: count,
  job: object<PauseNote['job']>({ id: orNull(count), name: line(MAX_NAME) }),
  name: line(MAX_NAME),
  until: time,
});

/** The number in the name of a note's artifact; undefined for any other name. */
export function pauseNumber(name: string): number | undefined {
  const [, number] = /^claude-batch-paused-([1-9]\d{0,2})$/.exec(name) ?? [];
  return number === undefined ? undefined : Number(number);
}
