import { crc32 } from 'node:zlib';

/**
 * Finds requests with identical params, keeping two numbers per text. `textOf` returns the params of an earlier request; it is called
 * once for each group that agrees in a few characters, and again if checksums agree.
 */
export function findDuplicates(textOf: (position: number) => string | undefined) {
  /** First position by sample. */
  const samples = new Map<number, number>();
  /** By first position with a sample: positions by checksum, if others share that sample. */
  const groups = new Map<number, Map<number, number>>();

  return {
    /** Position of an earlier request with the same params text; undefined if there is none. */
    see(paramsText: string, position: number): number | undefined {
      const sample = sampleOf(paramsText);
      const first = samples.get(sample);
      if (first === undefined) {
        samples.set(sample, position);
        return undefined;
      }
      const checksums = groups.get(first) ?? new Map([[crc32(textOf(first) ?? ''), first]]);
      groups.set(first, checksums);
      const checksum = crc32(paramsText);
      const earlier = checksums.get(checksum);
      if (earlier === undefined) checksums.set(checksum, position);
      return earlier !== undefined && textOf(earlier) === paramsText ? earlier : undefined;
    },
  };
}

const SAMPLED = 96;

/** A hash of the length and some characters spread over the text: most texts already differ there. */
function sampleOf(text: string): number {
  const step = 1 + Math.floor(text.length / SAMPLED);
  let mixed = text.length;
  for (let at = 0; at < text.length; at += step) mixed = (Math.imul(mixed, 31) + text.charCodeAt(at)) | 0;
  return mixed;
}
