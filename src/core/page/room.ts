import { cutEnd, cutText, toReadable } from '../text/untrusted-text.ts';
import type { PageText } from './case.ts';

/** Makes texts fit into `room` characters: short ones stay whole, and the longest are cut. */
export function createShortener(texts: readonly string[], room: number): (text: string) => PageText {
  const longest = capOf(texts, room);
  return (text) => shorten(text, longest);
}

/** A whole text, or its two ends: the start shows what it is, and a question or a verdict tends to be at the end. */
export function shorten(text: string, maxLength: number): PageText {
  if (text.length <= maxLength) return { head: toReadable(text), left_out: 0, tail: '' };
  const half = Math.floor(maxLength / 2);
  const [head, tail] = [cutText(text, half), cutEnd(text, half)];
  return { head: toReadable(head), left_out: text.length - head.length - tail.length, tail: toReadable(tail) };
}

/** The length limit at which all texts together fit. */
function capOf(texts: readonly string[], room: number): number {
  const lengths = texts.map(({ length }) => length).sort((one, other) => one - other);
  let left = room;
  for (const [index, length] of lengths.entries()) {
    const share = Math.floor(left / (lengths.length - index));
    if (length > share) return share;
    left -= length;
  }
  return Number.POSITIVE_INFINITY;
}
