import type { FailureGroup } from './accounts.ts';

/**
 * How many requests ended in each kind of failure, in order of first appearance. Error types come from the API's responses, so only names
 * that look like one are shown.
 */
export function countKinds(
  groups: readonly (Pick<FailureGroup, 'outcome' | 'count'> & { readonly type: string | null | undefined })[],
): readonly { readonly kind: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { outcome, type, count } of groups) {
    const kind = outcome === 'errored' && /^[a-z_]{1,60}$/.test(type ?? '') ? (type ?? '') : outcome;
    counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return Array.from(counts, ([kind, count]) => ({ kind, count }));
}

/** A model's name comes from responses, too. */
export function modelNameOf(model: string): string {
  return /^\w[\w.:@-]{0,99}$/.test(model) ? model : 'another model';
}
