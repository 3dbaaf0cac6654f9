import { Buffer } from 'node:buffer';

const CODES: ReadonlyMap<string, string> = new Map(
  ['<', '>', '&', '\u2028', '\u2029'].map((mark) => [mark, `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`]),
);

/**
 * A value as a block of data that a browser never runs. No character is left that the HTML parser looks at inside a
 * script, so nothing in a string of the value can end the block or begin a comment; `JSON.parse` gives the same value back.
 */
export function dataBlock(value: unknown): string {
  const json = JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (mark) => CODES.get(mark) ?? '');
  return `${START}${json}${END}`;
}

const START = '<script type="application/json" class="case">';
const END = '</script>\n';

/** Bytes of such a block, which is not made for it. */
export function dataBytes(value: unknown): number {
  const json = JSON.stringify(value);
  let bytes = START.length + Buffer.byteLength(json) + END.length;
  for (let index = 0; index < json.length; index += 1) {
    const code = json.charCodeAt(index);
    // `<`, `>` and `&` are one byte, the others three; the code that stands for each of them is six.
    if (code === 0x3c || code === 0x3e || code === 0x26) bytes += 5;
    else if (code === 0x2028 || code === 0x2029) bytes += 3;
  }
  return bytes;
}
