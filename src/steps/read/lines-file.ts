import { createHash } from 'node:crypto';
import type { Inputs } from '../../core/inputs/inputs.ts';
import { createLineDigests, type LineDigests } from '../../core/reuse/line-digests.ts';
import { createColumn } from '../../core/text/column.ts';
import { type Sequence, sequenceOf } from '../../core/text/sequence.ts';
import type { Files, WrittenFile } from '../../ports/machine.ts';

/** `requests.jsonl` being written. */
export type LinesFile = Awaited<ReturnType<typeof openLines>>;

/** `digests` takes each line that is written. */
export async function openLines(files: Files, path: string, digests?: LineDigests) {
  const writer = await files.write(path);
  const hash = createBlockHash();
  const encode = createEncoder();
  const { starts, add: addStart } = createStarts();
  return {
    /** By position: where its line starts; after `commit` one more entry says where the file ends. */
    starts,
    /** Of the lines so far. */
    get digests(): Uint8Array | undefined {
      return digests?.finish();
    },
    /** Takes a line without its end, copying it. Await what it returns before the next one. */
    write(line: Uint8Array | string): Promise<void> | undefined {
      const bytes = typeof line === 'string' ? encode(line) : line;
      digests?.add(bytes);
      addStart(writer.bytes);
      hash.update(bytes);
      hash.update(LINE_END);
      const full = writer.write(bytes);
      return full === undefined ? writer.write(LINE_END) : full.then(() => writer.write(LINE_END));
    },
    async commit(): Promise<WrittenFile> {
      addStart(writer.bytes);
      await writer.commit();
      return { path, bytes: writer.bytes, sha256: hash.digest() };
    },
    discard: () => writer.discard(),
  };
}

const LINE_END = Buffer.from('\n');

function createStarts(): { readonly starts: Sequence<number>; add(start: number): void } {
  const column = createColumn();
  let count = 0;
  return {
    starts: sequenceOf(() => count, column.get),
    add(start) {
      column.put(count, start);
      count += 1;
    },
  };
}

const MOST_ENCODED = 1 << 18;

/** UTF-8 of texts. A text that is not very long overwrites the one before. */
function createEncoder(): (text: string) => Uint8Array {
  const memory = Buffer.allocUnsafe(3 * MOST_ENCODED);
  return (text) => (text.length > MOST_ENCODED ? Buffer.from(text) : memory.subarray(0, memory.write(text)));
}

const BLOCK_BYTES = 1 << 16;

/** SHA-256 of many short pieces, collected first: a call for each would take longer than the hashing. */
function createBlockHash() {
  const hash = createHash('sha256');
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let filled = 0;
  const flush = (): void => {
    hash.update(block.subarray(0, filled));
    filled = 0;
  };
  return {
    update(piece: Uint8Array): void {
      if (filled + piece.length > block.length) flush();
      if (piece.length > block.length) hash.update(piece);
      else {
        block.set(piece, filled);
        filled += piece.length;
      }
    },
    /** Hex. */
    digest(): string {
      flush();
      return hash.digest('hex');
    },
  };
}

/** Collects the digests of lines; undefined if answers are neither reused nor kept for later runs. */
export function digestsFor({ reuseAnswers, api }: Inputs): LineDigests | undefined {
  return reuseAnswers === 'false' ? undefined : createLineDigests(api);
}
