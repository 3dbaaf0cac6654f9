/** The longest text that is read as a record. Real ones have a few kilobytes; whatever is longer is something else. */
export const MAX_RECORD_BYTES = 1 << 20;

/** Stored bytes as text; undefined where they are too many or no UTF-8. What the text says is for the reader to judge. */
export function decodeRecord(bytes: Uint8Array): string | undefined {
  if (bytes.length > MAX_RECORD_BYTES) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** All bytes; undefined where there are more. */
export async function readUpTo(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer | undefined> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > maxBytes) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
