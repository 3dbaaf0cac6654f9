import type { Found } from './collector.ts';
import type { Waker } from './waker.ts';

/** Who goes on where a run leaves a batch to be collected, as the workflow files say. */
export interface Later extends Found {
  readonly waker: Waker | undefined;
}

/** The later job that writes the section of this step: the one that collects, if its `if` lets it run. */
export function writerOf({ collector, doubt }: Later): string | undefined {
  return collector?.job ?? (doubt?.because.every((why) => why === 'if') === true ? doubt.job : undefined);
}
