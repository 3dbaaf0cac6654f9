import { crc32 } from 'node:zlib';

/** Finds requests that ask for the very same. */
export interface Twins {
  /** Position of an earlier request with this text of params; undefined where there is none. */
  see(paramsText: string, position: number): number | undefined;
}

/**
 * Starts a comparison that keeps two numbers a text. `textOf` gives the params of an earlier request once more: it is asked
 * where a few characters agree, once for all that do, and again where checksums agree. Texts are equal or not as they are
 * written.
 */
export function createTwins(textOf: (position: number) => string | undefined): Twins {
  /** By sample: the only position that has it, or positions by checksum. */
  const groups = new Map<number, number | Map<number, number>>();

  function checksumsOf(group: number | Map<number, number>): Map<number, number> {
    return typeof group === 'number' ? new Map([[crc32(textOf(group) ?? ''), group]]) : group;
  }

  return {
    see(paramsText, position) {
      const sample = sampleOf(paramsText);
      const group = groups.get(sample);
      if (group === undefined) {
        groups.set(sample, position);
        return undefined;
      }
      const checksums = checksumsOf(group);
      groups.set(sample, checksums);
      const checksum = crc32(paramsText);
      const earlier = checksums.get(checksum);
      if (earlier === undefined) checksums.set(checksum, position);
      return earlier !== undefined && textOf(earlier) === paramsText ? earlier : undefined;
    },
  };
}

const SAMPLED = 96;

/** A number of the length and some characters, spread over the text: most texts differ in that already. */
function sampleOf(text: string): number {
  const step = 1 + Math.floor(text.length / SAMPLED);
  let mixed = text.length;
  for (let at = 0; at < text.length; at += step) mixed = (Math.imul(mixed, 31) + text.charCodeAt(at)) | 0;
  return mixed;
}
