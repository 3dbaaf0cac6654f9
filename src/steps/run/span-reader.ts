import type { Span } from '../../core/results/case-places.ts';
import { utf8Of } from '../../core/text/utf8.ts';
import type { Files } from '../../ports/machine.ts';

/** Bytes per read: one read gets many lines that follow one another. */
export const BLOCK_BYTES = 1 << 17;

/** Reads a file at given places, fastest if they come in order. Opens the file for the first one. */
export interface SpanReader {
  read(span: Span): string;
  /** Valid until the next read; shorter where the file ends before. */
  readBytes(span: Span): Uint8Array;
  close(): void;
}

export function openSpans(files: Files, path: string): SpanReader {
  let reader: ReturnType<Files['open']> | undefined;
  // Read into again and again.
  let memory: Uint8Array | undefined;
  let block: Uint8Array = new Uint8Array(0);
  let start = 0;
  let end = 0;

  function readBytes({ offset, length }: Span): Uint8Array {
    if (offset < start || offset + length > start + block.length) {
      reader ??= files.open(path);
      memory ??= Buffer.allocUnsafe(BLOCK_BYTES);
      // With lines in any order, most of a block would be read for nothing.
      const isNext = offset >= end && offset - end < BLOCK_BYTES;
      end = offset + length;
      if (length > BLOCK_BYTES) return reader.readAt(offset, length);
      block = reader.readAt(offset, isNext ? BLOCK_BYTES : length, memory);
      start = offset;
    }
    end = offset + length;
    return block.subarray(offset - start, offset - start + length);
  }

  return { readBytes, read: (span) => utf8Of(readBytes(span)), close: () => reader?.close() };
}
