/** Where a line stands: bytes of the file without line end. */
export interface LinePlace {
  /** Index into the files. */
  readonly file: number;
  /** 1-based. */
  readonly line: number;
  readonly offset: number;
  readonly length: number;
}

/** Where the line of every request stands, by position. */
export interface LinePlaces {
  readonly length: number;
  at(position: number): LinePlace | undefined;
}

/** Kept in columns: an object for each of 100,000 lines costs more than all that is checked about a line. */
export function createLinePlaces(): LinePlaces & {
  add(file: number, line: number, offset: number, length: number): void;
} {
  const files: number[] = [];
  const lines: number[] = [];
  const offsets: number[] = [];
  const lengths: number[] = [];
  return {
    get length() {
      return files.length;
    },
    at(position) {
      const file = files[position];
      if (file === undefined) return undefined;
      return { file, line: lines[position] ?? 0, offset: offsets[position] ?? 0, length: lengths[position] ?? 0 };
    },
    add(file, line, offset, length) {
      files.push(file);
      lines.push(line);
      offsets.push(offset);
      lengths.push(length);
    },
  };
}
