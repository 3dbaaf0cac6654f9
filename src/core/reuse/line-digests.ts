import { hash } from 'node:crypto';
import type { ApiInputs } from '../inputs/inputs.ts';
import { roomFor } from '../text/room.ts';

/** Half of a SHA-256: nobody can find two lines with the same digest, and a hundred thousand of them take 1.6 MB. */
export const DIGEST_BYTES = 16;

const FIRST_ROOM = 256 * DIGEST_BYTES;
const FIRST_LINE_BYTES = 4_096;

/** Takes a run's request lines in order. */
export interface LineDigests {
  /** The whole line as sent, without its line break. */
  add(line: Uint8Array | string): void;
  /** The digests so far, by position, `DIGEST_BYTES` each. */
  finish(): Uint8Array;
}

/**
 * Digests of request lines at this API: the first 128 bits of the SHA-256 over origin, version, betas and the line. Equal
 * digests are requests that send the same bytes, custom ID included, to the same place.
 */
export function createLineDigests({ baseUrl, version, betas }: Pick<ApiInputs, 'baseUrl' | 'version' | 'betas'>) {
  // JSON text here contains no line break, so the request line starts after the first one.
  const place = Buffer.from(`${JSON.stringify([baseUrl, version, betas])}\n`);
  // The bytes to hash, assembled in reused memory.
  let hashed = Buffer.concat([place], place.length + FIRST_LINE_BYTES);
  let room = Buffer.alloc(FIRST_ROOM);
  let end = 0;
  const digests: LineDigests = {
    add(line) {
      if (end === room.length) room = Buffer.concat([room], 2 * room.length);
      const bytes = typeof line === 'string' ? Buffer.from(line) : line;
      const length = place.length + bytes.length;
      if (length > hashed.length) hashed = Buffer.concat([place], roomFor(length));
      hashed.set(bytes, place.length);
      hash('sha256', hashed.subarray(0, length), 'buffer').copy(room, end, 0, DIGEST_BYTES);
      end += DIGEST_BYTES;
    },
    finish: () => room.subarray(0, end),
  };
  return digests;
}

/** The number of lines with these digests. */
export function digestCount(digests: Uint8Array): number {
  return Math.floor(digests.length / DIGEST_BYTES);
}

/** Position → its digest as a key of an `AnswerIndex`: one character per byte. */
export function keysOf(digests: Uint8Array): (position: number) => string {
  const bytes = Buffer.from(digests.buffer, digests.byteOffset, digests.byteLength);
  return (position) => bytes.toString('latin1', position * DIGEST_BYTES, (position + 1) * DIGEST_BYTES);
}
