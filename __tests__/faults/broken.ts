import { type Cell, nameOf } from './cells.ts';

/** Cells that do not keep their promise yet, since when that is known, and why. A temporary list: what is mended leaves it. */
const BROKEN: readonly { readonly cells: RegExp; readonly since: string; readonly because: string }[] = [];

/** Why a cell is known not to keep its promise; undefined for all others. */
export function brokenBecause(cell: Cell): string | undefined {
  return BROKEN.find(({ cells }) => cells.test(nameOf(cell)))?.because;
}
