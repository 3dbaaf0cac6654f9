import type { Span } from '../../core/results/case-places.ts';
import { FileError } from '../../ports/file-error.ts';
import type { FileWriter } from '../../ports/machine.ts';
import { BLOCK_BYTES, type SpanReader } from '../run/span-reader.ts';

/** Copies lines of files to the end of another one, byte for byte, each with a line feed. */
export interface LineCopier {
  /** Bytes of the other file once all lines so far are in it. */
  readonly bytes: number;
  /** The promise is that of a writer that is full. */
  add(from: SpanReader, line: Span): Promise<void> | undefined;
  /** Copies the rest. */
  flush(): Promise<void> | undefined;
}

/** Lines that follow one another are copied in blocks. Throws a `FileError` where a file has become shorter. */
export function copyLines(writer: FileWriter): LineCopier {
  let reader: SpanReader | undefined;
  /** The block: from its first line to the end of its last one. */
  let start = 0;
  let end = 0;
  let bytes = 0;

  function flush(): Promise<void> | undefined {
    if (reader === undefined) return undefined;
    const block = reader.readBytes({ offset: start, length: end - start });
    if (block.length < end - start) throw new FileError('changed');
    reader = undefined;
    return writeLine(writer, block);
  }

  return {
    get bytes() {
      return bytes;
    },
    add(from, { offset, length }) {
      bytes += length + 1;
      // A single byte between two lines is a line feed.
      const follows = from === reader && offset === end + 1 && offset + length - start <= BLOCK_BYTES;
      const full = follows ? undefined : flush();
      if (!follows) [reader, start] = [from, offset];
      end = offset + length;
      return full;
    },
    flush,
  };
}

const LINE_END = Buffer.from('\n');

/** The promise is that of a writer that is full. */
export function writeLine(writer: FileWriter, bytes: Uint8Array): Promise<void> | undefined {
  const full = writer.write(bytes);
  return full === undefined ? writer.write(LINE_END) : full.then(() => writer.write(LINE_END));
}
