/**
 * Text of models, files or the API on one inert line: line breaks and tabs become spaces, control and format characters (bidi overrides,
 * zero-width ones, tags) and lone surrogates become U+FFFD, and piles of combining marks are thinned out. Longer texts end in `…` at
 * `maxLength` code points.
 */
export function toPlainLine(text: string, maxLength = Number.POSITIVE_INFINITY): string {
  const line = PLAIN.test(text) ? text : toOneLine(text);
  if (line.length <= maxLength) return line;
  const points = Array.from(line);
  return points.length <= maxLength ? line : `${points.slice(0, Math.max(0, maxLength - 1)).join('')}…`;
}

/** Most texts need no change: printable ASCII, and the mark of a cut, in words separated by single blanks. */
const PLAIN = /^[!-~…]+(?: [!-~…]+)*$/;

function toOneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .trim();
}

/**
 * A long untrusted text for display: line breaks and tabs stay; other control characters, lone surrogates and characters that change the
 * writing direction become U+FFFD, which is visible and inert.
 */
export function toReadable(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}

/** The start of a text, at most `maxLength` UTF-16 units, without splitting a character. */
export function cutText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** The end of a text, at most `maxLength` UTF-16 units, without splitting a character. */
export function cutEnd(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const end = text.slice(text.length - maxLength);
  return /^[\uDC00-\uDFFF]/.test(end) ? end.slice(1) : end;
}
