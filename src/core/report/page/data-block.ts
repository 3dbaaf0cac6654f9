const CODES: ReadonlyMap<string, string> = new Map(
  ['<', '>', '&', '\u2028', '\u2029'].map((mark) => [mark, `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`]),
);

/**
 * A value as a block of data that a browser never runs. No character is left that the HTML parser looks at inside a
 * script, so nothing in a string of the value can end the block or begin a comment; `JSON.parse` gives the same value back.
 */
export function dataBlock(value: unknown): string {
  const json = JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (mark) => CODES.get(mark) ?? '');
  return `<script type="application/json" class="case">${json}</script>\n`;
}
