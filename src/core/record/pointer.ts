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
  /** Whether two steps of that run left a pointer: then nobody knows which of them a later run continues. */
  readonly shared: boolean;
  /** Fingerprint of the judgements of their answers; undefined if none were asked for. */
  readonly judge?: string | undefined;
}

/** What identifies an evaluation from push to push, and tells the evaluations of one run apart as far as GitHub does. */
export interface Evaluation {
  readonly pullRequest: number;
  /** Path of the workflow file that was started, so of the caller of a reusable one. */
  readonly workflow: string;
  readonly name: string;
  /** Job id in the workflow file. */
  readonly job: string;
  /** Id of the step. */
  readonly action: string;
  /** Patterns of the request files: two callers of a reusable workflow may differ in nothing else. */
  readonly requests: readonly string[];
  /** What inputs add to each request: it is the model in many a matrix. */
  readonly params: readonly unknown[];
}

/** The key under which the runs of an evaluation leave their pointer. */
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
