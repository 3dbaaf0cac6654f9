/**
 * A long foreign text as it is shown: line breaks and tabs stay, other control characters, lone surrogates and what turns
 * the direction of writing around become U+FFFD, so that they are seen and do nothing.
 */
export function toReadable(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}

/** The beginning of a text, at most `maxLength` UTF-16 units, with no character split. */
export function cutText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** The end of a text, at most `maxLength` UTF-16 units, with no character split. */
export function cutEnd(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const end = text.slice(text.length - maxLength);
  return /^[\uDC00-\uDFFF]/.test(end) ? end.slice(1) : end;
}
