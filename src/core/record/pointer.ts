import { createHash } from 'node:crypto';

/** What the newest run of a name on a pull request left: which requests, in which batches. */
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

/** Undefined for a text that is no pointer. */
export function parsePointer(text: string): Pointer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { fingerprint, ids, sha } = value as Record<string, unknown>;
    if (typeof fingerprint !== 'string' || !/^[0-9a-f]{64}$/.test(fingerprint)) return undefined;
    if (typeof sha !== 'string' || !Array.isArray(ids)) return undefined;
    if (!ids.every((id): id is string => typeof id === 'string' && /^[A-Za-z0-9_-]{1,200}$/.test(id))) return undefined;
    return { fingerprint, ids, sha: sha.slice(0, 64) };
  } catch {
    return undefined;
  }
}
