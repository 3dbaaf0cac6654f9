import { once } from 'node:events';
import type { RunningStep } from '../../simulator/runner.ts';
import type { Signal } from './plan.ts';

/** A moment of a run, as far as a signal can be aimed at it. `line` is any text that holds lines of the log. */
export type Moment = { readonly kind: 'log'; readonly line: string } | Exclude<Signal['at'], { readonly kind: 'log' }>;

/** Hits a process once, at the moment of the signal, and waits for the end of one that is killed. */
export function aim({ how, at }: Signal, { child, cancel, lose }: RunningStep, hit: () => void) {
  let done = false;
  return async (moment: Moment): Promise<void> => {
    const isIt =
      at.kind === 'log' && moment.kind === 'log'
        ? moment.line.includes(at.line)
        : at.kind === 'create' && moment.kind === 'create'
          ? at.stage === moment.stage
          : at.kind === 'request' && moment.kind === 'request' && at.count === moment.count;
    if (done || !isIt || child.exitCode !== null || child.signalCode !== null) return;
    done = true;
    hit();
    const end = once(child, 'exit');
    if (how === 'cancel') cancel();
    else if (how === 'lose') lose();
    else child.kill('SIGKILL');
    if (how !== 'cancel') await end;
  };
}
