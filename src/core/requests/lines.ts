/** A line of a file: its bytes without line end, where they start in the file, and its 1-based number. */
export interface Line {
  /** Valid until the next piece is pushed. Empty for a line over the limit. */
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly number: number;
  /** Whether the line was longer than the limit and its bytes were let go. */
  readonly tooLong: boolean;
}

export interface LineSplitter {
  /** The lines that this piece of the file completes. */
  push(piece: Uint8Array): Iterable<Line>;
  /** The last line, where the file does not end with a line end. */
  end(): Iterable<Line>;
}

const LF = 0x0a;
const CR = 0x0d;
const BOM = [0xef, 0xbb, 0xbf];

/**
 * Cuts bytes into lines at LF, with one CR before it taken off, and a UTF-8 byte order mark at the very start. Only LF
 * ends a line: U+2028 inside a JSON string does not. Linear in the input whatever the line lengths; a line over
 * `maxBytes` is not held.
 */
export function createLineSplitter(maxBytes: number): LineSplitter {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let tooLong = false;
  let offset = 0;
  let number = 0;

  function hold(piece: Uint8Array): void {
    if (tooLong || heldBytes + piece.length > maxBytes) {
      tooLong = true;
      held = [];
    } else if (piece.length > 0) {
      held.push(Buffer.from(piece));
    }
    heldBytes += piece.length;
  }

  function finish(last: Uint8Array): Line {
    number += 1;
    const length = heldBytes + last.length;
    const over = tooLong || length > maxBytes;
    const whole = over ? last.subarray(0, 0) : held.length === 0 ? last : Buffer.concat([...held, last], length);
    const skip = number === 1 && BOM.every((byte, i) => whole[i] === byte) ? BOM.length : 0;
    const cut = whole.length > skip && whole[whole.length - 1] === CR ? 1 : 0;
    const line = { bytes: whole.subarray(skip, whole.length - cut), offset: offset + skip, number, tooLong: over };
    held = [];
    heldBytes = 0;
    tooLong = false;
    offset += length;
    return line;
  }

  return {
    *push(piece) {
      let start = 0;
      for (let end = piece.indexOf(LF); end !== -1; end = piece.indexOf(LF, start)) {
        const line = finish(piece.subarray(start, end));
        offset += 1;
        start = end + 1;
        yield line;
      }
      hold(piece.subarray(start));
    },
    *end() {
      if (heldBytes > 0) yield finish(new Uint8Array(0));
    },
  };
}

/** Whether a line holds nothing but JSON white space. */
export function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === CR);
}
