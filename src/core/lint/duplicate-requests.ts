import { crc32 } from 'node:zlib';

/**
 * Starts to look for requests with identical params, and keeps two numbers a text. `see` gives the position of an earlier
 * request with this text of params. `textOf` gives the params of an earlier request again: it is called where checksums
 * agree. Texts are compared as written.
 */
export function findDuplicates(textOf: (position: number) => string | undefined) {
  const firsts = new Map<number, number>();
  return {
    see(paramsText: string, position: number): number | undefined {
      const checksum = crc32(paramsText);
      const earlier = firsts.get(checksum);
      if (earlier === undefined) firsts.set(checksum, position);
      return earlier !== undefined && textOf(earlier) === paramsText ? earlier : undefined;
    },
  };
}
