import { createHash } from 'node:crypto';
import type { RequestSet } from '../../core/intake/request-set.ts';
import type { Shard } from '../../core/requests/shards.ts';
import type { BatchBody } from '../../ports/api.ts';
import { FileError } from '../../ports/file-error.ts';
import type { Files } from '../../ports/machine.ts';

/** The length of a request's line as it is sent, in bytes. */
export function lineBytes({ starts }: RequestSet, position: number): number {
  return (starts.at(position + 1) ?? 0) - (starts.at(position) ?? 0) - 1;
}

const HEAD = Buffer.from('{"requests":[');
const TAIL = Buffer.from(']}');
const COMMA = 0x2c;
/** Bytes per read: few enough to be sent while the next ones are read. */
const BLOCK_BYTES = 1 << 18;

/**
 * The request body of a shard, from the lines on disk: joined by commas, byte for byte. It is read while it is sent, without a file
 * of its own. Throws a `FileError` if lines are missing by then.
 */
export function openBody(
  files: Files,
  { requests, shard }: { readonly requests: RequestSet; readonly shard: Shard },
): BatchBody & { close(): void } {
  const { starts, lines } = requests;
  const reader = files.open(lines.path);
  // While one is being sent, the other is filled.
  const blocks = [Buffer.allocUnsafe(BLOCK_BYTES), Buffer.allocUnsafe(BLOCK_BYTES)] as const;
  let inSum = 0;
  for (const position of shard) inSum += lineBytes(requests, position);

  /** Lines that follow one another, the breaks between them made commas. */
  function* read(first: number, last: number, turn: { count: number }): Generator<Uint8Array> {
    const end = (starts.at(last + 1) ?? 0) - 1;
    let line = first;
    for (let at = starts.at(first) ?? 0; at < end; at += BLOCK_BYTES) {
      const length = Math.min(BLOCK_BYTES, end - at);
      const block = reader.readAt(at, length, blocks[turn.count % 2 === 0 ? 0 : 1]);
      turn.count += 1;
      if (block.length < length) throw new FileError('changed');
      for (
        let brk = (starts.at(line + 1) ?? 0) - 1;
        brk < at + length && line < last;
        brk = (starts.at(line + 1) ?? 0) - 1
      ) {
        block[brk - at] = COMMA;
        line += 1;
      }
      yield block;
    }
  }

  return {
    bytes: HEAD.length + inSum + Math.max(0, shard.length - 1) + TAIL.length,
    *pieces() {
      yield HEAD;
      const turn = { count: 0 };
      for (let from = 0; from < shard.length; ) {
        let to = from;
        while (shard[to + 1] === (shard[to] ?? 0) + 1) to += 1;
        if (from > 0) yield Buffer.of(COMMA);
        yield* read(shard[from] ?? 0, shard[to] ?? 0, turn);
        from = to + 1;
      }
      yield TAIL;
    },
    close: () => reader.close(),
  };
}

/** Hex SHA-256 of the lines of a shard: equal for a saved shard of the same requests. */
export function hashShard(files: Files, requests: RequestSet, shard: Shard): string {
  // A shard of all lines is the whole file, whose digest is known.
  if (shard.length === requests.places.length) return requests.lines.sha256;
  const hash = createHash('sha256');
  const reader = files.open(requests.lines.path);
  try {
    for (const position of shard) {
      hash.update(reader.readAt(requests.starts.at(position) ?? 0, lineBytes(requests, position) + 1));
    }
  } finally {
    reader.close();
  }
  return hash.digest('hex');
}
