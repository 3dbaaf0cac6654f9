import type { Batch } from '../../ports/api.ts';

/** How many requests a batch holds: the sum of its counts. */
export function sizeOf({ counts }: Pick<Batch, 'counts'>): number {
  return counts.processing + counts.succeeded + counts.errored + counts.canceled + counts.expired;
}
