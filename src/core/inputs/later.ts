import type { Found } from './collector.ts';
import type { Waker } from './waker.ts';

/** Who goes on where a run leaves a batch to be collected, as the workflow files say. */
export interface Later extends Found {
  readonly waker: Waker | undefined;
}
