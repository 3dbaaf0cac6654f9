/**
 * A number for each of very many things: whole, at least 0, and 0 until put. Allocates memory only from the first nonzero number on, and
 * for each as many bytes as the largest needs: 1, 2, 4 or 8.
 */
export interface Column {
  get(at: number): number;
  put(at: number, value: number): void;
}

const FIRST_ROOM = 256;

export function createColumn(): Column {
  let values = arrayFor(0, 0);
  let limit = limitOf(values);
  return {
    get: (at) => values[at] ?? 0,
    put(at, value) {
      const isBehind = at >= values.length;
      if (isBehind && value === 0) return;
      if (isBehind || value >= limit) {
        const room = isBehind ? Math.max(FIRST_ROOM, 2 * values.length, at + 1) : values.length;
        const wider = arrayFor(Math.max(value, limit - 1), room);
        wider.set(values);
        values = wider;
        limit = limitOf(values);
      }
      values[at] = value;
    },
  };
}

function arrayFor(largest: number, room: number): Uint8Array | Uint16Array | Uint32Array | Float64Array {
  if (largest < 2 ** 8) return new Uint8Array(room);
  if (largest < 2 ** 16) return new Uint16Array(room);
  return largest < 2 ** 32 ? new Uint32Array(room) : new Float64Array(room);
}

/** The exclusive limit for numbers that fit; all fit into 8 bytes. */
function limitOf({ BYTES_PER_ELEMENT: bytes }: { readonly BYTES_PER_ELEMENT: number }): number {
  return 2 ** (8 * bytes);
}
