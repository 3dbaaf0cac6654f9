/** Numbers, each with the position at which it was seen first. */
export interface FirstSeen {
  /** The position that the number has; -1 where it is new, and has this one from now on. */
  see(number: number, position: number): number;
}

/**
 * Starts with none. A table of its own, since a `Map` spreads an entry over several places of memory, and between two requests
 * whose texts are parsed none of them stays in the processor's cache. `number` is of 32 bits with a sign, `position` from 0 on.
 */
export function createFirstSeen(): FirstSeen {
  let slots = 1_024;
  /** By slot: the number, then its position + 1; 0 where the slot is free. At most half of the slots are taken. */
  let table = new Int32Array(2 * slots);
  let taken = 0;

  /** Where the number is in the table, or where it belongs. */
  function placeOf(number: number): number {
    // What the numbers are made of may differ in few bits: multiplied, these reach the upper ones.
    const mixed = Math.imul(number, 0x9e3779b1);
    let slot = (mixed ^ (mixed >>> 15)) & (slots - 1);
    while (table[2 * slot + 1] !== 0 && table[2 * slot] !== number) slot = (slot + 1) & (slots - 1);
    return 2 * slot;
  }

  function grow(): void {
    const before = table;
    slots *= 4;
    table = new Int32Array(2 * slots);
    for (let at = 0; at < before.length; at += 2) {
      if (before[at + 1] !== 0) table.set(before.subarray(at, at + 2), placeOf(before[at] ?? 0));
    }
  }

  return {
    see(number, position) {
      let at = placeOf(number);
      const known = table[at + 1] ?? 0;
      if (known !== 0) return known - 1;
      if (2 * (taken + 1) > slots) {
        grow();
        at = placeOf(number);
      }
      taken += 1;
      table[at] = number;
      table[at + 1] = position + 1;
      return -1;
    },
  };
}
