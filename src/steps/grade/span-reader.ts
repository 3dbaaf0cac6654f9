import type { Span } from '../../core/results/case-places.ts';
import type { Files } from '../../ports/machine.ts';

/** Bytes per read: lines that follow one another come with one read for many. */
const BLOCK_BYTES = 1 << 16;

/** Texts at places of a file, quickest where the places come in order. Opened when the first one is read. */
export interface SpanReader {
  read(span: Span): string;
  close(): void;
}

export function openSpans(files: Files, path: string): SpanReader {
  let reader: ReturnType<Files['open']> | undefined;
  let block: Buffer = Buffer.alloc(0);
  let start = 0;
  return {
    read({ offset, length }) {
      if (offset < start || offset + length > start + block.length) {
        reader ??= files.open(path);
        const bytes = reader.readAt(offset, Math.max(BLOCK_BYTES, length));
        block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        start = offset;
      }
      return block.toString('utf8', offset - start, offset - start + length);
    },
    close: () => reader?.close(),
  };
}
