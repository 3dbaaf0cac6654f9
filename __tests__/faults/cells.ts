import { CALL_NAMES, type CallName } from './calls.ts';
import { FAULT_NAMES, type FaultName, OFTEN, type Often } from './faults.ts';

/** One call, one fault, once or always. */
export interface Cell {
  readonly call: CallName;
  readonly fault: FaultName;
  readonly often: Often;
}

export const CELLS: readonly Cell[] = CALL_NAMES.flatMap((call) =>
  FAULT_NAMES.flatMap((fault) => OFTEN.map((often) => ({ call, fault, often }))),
);

export function nameOf({ call, fault, often }: Cell): string {
  return `${call}/${fault}/${often}`;
}

/** Calls of which every run plays all cells: where money is spent, and where its results come from. */
const WHOLE: readonly CallName[] = ['create', 'results'];
/** How many cells of every other call a run plays. */
const SHARE = 3;

/**
 * A part of the cells that every call and every fault is in: all of the calls that matter most, and of the others as many
 * as one run can play. Runs with other seeds play others; the same seed chooses the same.
 */
export function chooseCells(seed: number): readonly Cell[] {
  const others = CALL_NAMES.filter((call) => !WHOLE.includes(call));
  const kinds = FAULT_NAMES.length * OFTEN.length;
  return CELLS.filter(({ call, fault, often }) => {
    const place = others.indexOf(call);
    if (place === -1) return true;
    const kind = FAULT_NAMES.indexOf(fault) * OFTEN.length + OFTEN.indexOf(often);
    const first = (seed * SHARE + place * SHARE) % kinds;
    return (kind - first + kinds) % kinds < SHARE;
  });
}
