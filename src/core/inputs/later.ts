import type { Found } from './collector.ts';
import type { Waker } from './waker.ts';

/** Who continues after a run leaves a batch uncollected, according to the workflow files. */
export interface Later extends Found {
  readonly waker: Waker | undefined;
}

/** The later job that writes this step's section: the one that collects, provided its `if` lets it run. */
export function writerOf({ collector, doubt }: Later): string | undefined {
  return collector?.job ?? (doubt?.because.every((why) => why === 'if') === true ? doubt.job : undefined);
}
