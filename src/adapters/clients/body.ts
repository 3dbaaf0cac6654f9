/** Adds the pieces of a body to `pieces`, up to this many bytes. If the body breaks, throws, and what came before it is there. */
export async function readBody(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limitBytes: number,
  pieces: Uint8Array[],
): Promise<'whole' | 'too-long'> {
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > limitBytes) return 'too-long';
    pieces.push(piece);
  }
  return 'whole';
}
