import type { Span } from '../../core/results/case-places.ts';
import type { Files } from '../../ports/machine.ts';

/** Bytes per read: lines that follow one another come with one read for many. */
const BLOCK_BYTES = 1 << 17;

/** Texts at places of a file, quickest where the places come in order. Opened when the first one is read. */
export interface SpanReader {
  read(span: Span): string;
  close(): void;
}

export function openSpans(files: Files, path: string): SpanReader {
  let reader: ReturnType<Files['open']> | undefined;
  // Read into again and again: what is asked for is copied into texts.
  let memory: Buffer | undefined;
  let block: Buffer = Buffer.alloc(0);
  let start = 0;
  return {
    read({ offset, length }) {
      if (offset < start || offset + length > start + block.length) {
        reader ??= files.open(path);
        memory ??= Buffer.allocUnsafe(BLOCK_BYTES);
        const bytes = length > BLOCK_BYTES ? reader.readAt(offset, length) : reader.readAt(offset, BLOCK_BYTES, memory);
        block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        start = offset;
      }
      return block.toString('utf8', offset - start, offset - start + length);
    },
    close: () => reader?.close(),
  };
}
