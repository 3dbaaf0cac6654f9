import { CALL_NAMES, type CallName, callOf } from './calls.ts';
import { FAULT_NAMES, type FaultName, familyOf, OFTEN, type Often } from './faults.ts';
import type { Scenario } from './scenarios.ts';
import { SURROUNDINGS_NAMES, type SurroundingsName } from './surroundings.ts';

/** One call, one fault, once or always. */
export interface FaultCell {
  readonly call: CallName;
  readonly fault: FaultName;
  readonly often: Often;
}

/** A run in surroundings that are not the usual ones, where no call fails by itself. */
export interface PlaceCell {
  readonly surroundings: SurroundingsName;
}

export type Cell = FaultCell | PlaceCell;

const FAULT_CELLS: readonly FaultCell[] = CALL_NAMES.flatMap((call) =>
  FAULT_NAMES.flatMap((fault) => OFTEN.map((often) => ({ call, fault, often }))),
);
const PLACE_CELLS: readonly PlaceCell[] = SURROUNDINGS_NAMES.map((surroundings) => ({ surroundings }));

export const CELLS: readonly Cell[] = [...FAULT_CELLS, ...PLACE_CELLS];

export function nameOf(cell: Cell): string {
  return 'surroundings' in cell ? `surroundings/${cell.surroundings}` : `${cell.call}/${cell.fault}/${cell.often}`;
}

/** The cell of this name, or all whose name matches the pattern, as it is or as the table has it: `401` for `401-json`. */
export function findCells(wanted: string): readonly Cell[] {
  const named = CELLS.find((cell) => nameOf(cell) === wanted);
  if (named !== undefined) return [named];
  const pattern = new RegExp(wanted);
  return CELLS.filter((cell) => pattern.test(nameOf(cell)) || pattern.test(nameInTable(cell)));
}

function nameInTable(cell: Cell): string {
  return 'surroundings' in cell ? nameOf(cell) : `${cell.call}/${familyOf(cell.fault)}/${cell.often}`;
}

/** What the runs of a cell do. */
export function scenarioOf(cell: Cell): Scenario {
  return 'surroundings' in cell ? 'submit' : callOf(cell.call).scenario;
}

/** The call of which every run plays most cells: where money is spent. */
const WHOLE: CallName = 'create';
/** How many cells of every other call a run plays: more of those to the API. */
const SHARES = { usual: { api: 3, others: 2 }, small: { api: 2, others: 1 } };

/**
 * A part of the cells that every call and every fault is in: all of the call that matters most, and of the others as many
 * as one run can play, and all surroundings. Runs with other seeds play others; the same seed chooses the same. A small part has about
 * half as many: of answers that differ only in their bodies, it plays one for each status.
 */
export function chooseCells(seed: number, size: 'usual' | 'small' = 'usual'): readonly Cell[] {
  const others = CALL_NAMES.filter((call) => call !== WHOLE);
  const kinds = FAULT_NAMES.length * OFTEN.length;
  const chosen = FAULT_CELLS.filter(({ call, fault, often }) => {
    const place = others.indexOf(call);
    if (place === -1) return size === 'usual' || isItsTurn(fault, seed);
    const kind = FAULT_NAMES.indexOf(fault) * OFTEN.length + OFTEN.indexOf(often);
    const share = callOf(call).service === 'API' ? SHARES[size].api : SHARES[size].others;
    const first = ((seed + place) * share) % kinds;
    return (kind - first + kinds) % kinds < share;
  });
  return [...chosen, ...PLACE_CELLS];
}

/** Whether a fault is the one of its family that this seed plays. */
function isItsTurn(fault: FaultName, seed: number): boolean {
  const family = FAULT_NAMES.filter((name) => familyOf(name) === familyOf(fault));
  return family[seed % family.length] === fault;
}
