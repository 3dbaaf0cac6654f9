import { sha256 } from '../text/sha256.ts';
import { batchId, count, digest, listOf, object, oneOf, optional, sha, text } from './fields.ts';
import type { RecordRun } from './record.ts';

/** The requests and batches of the newest run of an evaluation. */
export interface Pointer {
  readonly fingerprint: string;
  readonly ids: readonly string[];
  readonly sha: string;
  /** The run that left it. */
  readonly run: Pick<RecordRun, 'id' | 'attempt' | 'nonce'>;
  /** Whether two steps of that run left a pointer; then it is unknown which of them a later run continues. */
  readonly shared: boolean;
  /** Fingerprint of their answers' judgements; undefined if none were requested. */
  readonly judge?: string | undefined;
}

/** Identifies an evaluation from push to push, and tells a run's evaluations apart as far as GitHub does. */
export interface Evaluation {
  readonly pullRequest: number;
  /** Path of the started workflow file, which is the caller if a reusable workflow runs. */
  readonly workflow: string;
  readonly name: string;
  /** Job id in the workflow file. */
  readonly job: string;
  /** Id of the step. */
  readonly action: string;
  /** Patterns of the request files: two callers of a reusable workflow may differ only in these. */
  readonly requests: readonly string[];
  /** What inputs add to each request: in many a matrix, that is the model. */
  readonly params: readonly unknown[];
}

/** The key under which an evaluation's runs leave their pointer. */
export function pointerKey({ pullRequest, workflow, name, job, action, requests, params }: Evaluation): string {
  const hash = sha256(JSON.stringify([pullRequest, workflow, name, job, action, requests, params]));
  return `name-${hash.slice(0, 32)}`;
}

export function printPointer(pointer: Pointer): string {
  return JSON.stringify(pointer);
}

const pointerOf = object<Pointer>({
  fingerprint: digest,
  ids: listOf(batchId),
  sha,
  run: object<Pointer['run']>({ id: count, attempt: count, nonce: text }),
  shared: oneOf(true, false),
  judge: optional(digest),
});

/** Undefined for any other text. */
export function parsePointer(json: string): Pointer | undefined {
  try {
    const { fingerprint, ids, sha: commit, run, shared, judge } = pointerOf(JSON.parse(json));
    const { id, attempt, nonce } = run;
    return { fingerprint, ids, sha: commit, run: { id, attempt, nonce }, shared, judge };
  } catch {
    return undefined;
  }
}
