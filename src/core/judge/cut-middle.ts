/** A text without its middle; `tail` is empty and `omitted` 0 if it is whole. */
interface Cut {
  readonly head: string;
  readonly tail: string;
  /** Bytes left out. */
  readonly omitted: number;
}

/** The beginning and the end of a well-formed text, together at most this many bytes of UTF-8, without splitting a character. */
export function cutMiddle(text: string, mostBytes: number): Cut {
  if (text.length * 3 <= mostBytes) return { head: text, tail: '', omitted: 0 };
  const bytes = Buffer.from(text);
  if (bytes.length <= mostBytes) return { head: text, tail: '', omitted: 0 };
  let headEnd = Math.ceil(mostBytes / 2);
  let tailStart = bytes.length - Math.floor(mostBytes / 2);
  while (isInside(bytes, headEnd)) headEnd -= 1;
  while (isInside(bytes, tailStart)) tailStart += 1;
  return {
    head: bytes.toString('utf8', 0, headEnd),
    tail: bytes.toString('utf8', tailStart),
    omitted: tailStart - headEnd,
  };
}

/** Whether this byte continues a character that began before it. */
function isInside(bytes: Uint8Array, at: number): boolean {
  return ((bytes[at] ?? 0) & 0xc0) === 0x80;
}
