/** A line of a file: its bytes without line end, its offset in the file, and its 1-based number. */
export interface Line {
  /** Valid until the next piece is pushed. Empty for a line over the limit. */
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly number: number;
  /** Whether the line was longer than the limit and its bytes are not kept. */
  readonly tooLong: boolean;
}

/** Place of a line: its bytes in the file without line end. */
export interface LinePlace {
  /** Index into the files. */
  readonly file: number;
  /** 1-based. */
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

export interface LineSplitter {
  /** The lines that this piece of the file completes. */
  push(piece: Uint8Array): Iterable<Line>;
  /** The last line, if the file does not end with a line end. */
  end(): Iterable<Line>;
}

const LF = 0x0a;
const CR = 0x0d;
const BOM = [0xef, 0xbb, 0xbf];
const NOTHING = new Uint8Array(0);

/**
 * Splits bytes into lines at LF, removing one CR before it, and a UTF-8 byte order mark at the very start. Only LF ends a line: U+2028
 * inside a JSON string does not. Linear time whatever the line lengths; does not keep a line over `maxBytes`.
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

  /** The line that ends at `end` of this piece and starts at `start` of it, or in an earlier piece. */
  function finish(piece: Uint8Array, start: number, end: number): Line {
    number += 1;
    const length = heldBytes + end - start;
    const over = tooLong || length > maxBytes;
    // Nearly every line lies within one piece and is a view of it, without a copy.
    const whole = held.length === 0 || over ? piece : Buffer.concat([...held, piece.subarray(start, end)], length);
    const from = over ? end : whole === piece ? start : 0;
    const to = whole === piece ? end : length;
    const skip = number === 1 && BOM.every((byte, i) => from + i < to && whole[from + i] === byte) ? BOM.length : 0;
    const cut = to > from + skip && whole[to - 1] === CR ? 1 : 0;
    const line = { bytes: whole.subarray(from + skip, to - cut), offset: offset + skip, number, tooLong: over };
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
        const line = finish(piece, start, end);
        offset += 1;
        start = end + 1;
        yield line;
      }
      hold(piece.subarray(start));
    },
    *end() {
      if (heldBytes > 0) yield finish(NOTHING, 0, 0);
    },
  };
}

/** Whether a line contains only JSON white space. */
export function isBlank(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== CR) return false;
  return true;
}
