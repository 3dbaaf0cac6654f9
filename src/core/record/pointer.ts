import { createHash } from 'node:crypto';
import { batchId, digest, listOf, object, sha } from './fields.ts';

/** The requests and batches of the newest run of a name on a pull request. */
export interface Pointer {
  readonly fingerprint: string;
  readonly ids: readonly string[];
  readonly sha: string;
}

/** The key under which the runs of a pull request, workflow and name leave their pointer. */
export function pointerKey(pullRequest: number, workflowPath: string, name: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([pullRequest, workflowPath, name]))
    .digest('hex');
  return `name-${hash.slice(0, 32)}`;
}

export function printPointer(pointer: Pointer): string {
  return JSON.stringify(pointer);
}

const pointerOf = object<Pointer>({ fingerprint: digest, ids: listOf(batchId), sha });

/** Undefined for any other text. */
export function parsePointer(json: string): Pointer | undefined {
  try {
    const pointer = pointerOf(JSON.parse(json));
    return { fingerprint: pointer.fingerprint, ids: pointer.ids, sha: pointer.sha };
  } catch {
    return undefined;
  }
}
