import { createHash } from 'node:crypto';
import type { RequestSet } from '../../core/intake/request-set.ts';
import type { Shard } from '../../core/requests/shards.ts';
import type { BodyFile } from '../../ports/api.ts';
import type { Files } from '../../ports/machine.ts';

/** The length of a request's line as it is sent, in bytes. */
export function lineBytes({ starts }: RequestSet, position: number): number {
  return (starts[position + 1] ?? 0) - (starts[position] ?? 0) - 1;
}

/** Writes the request body of a shard: its lines joined by commas, byte for byte. */
export async function writeBody(
  files: Files,
  { requests, shard }: { readonly requests: RequestSet; readonly shard: Shard },
  path: string,
): Promise<BodyFile> {
  const writer = await files.write(path);
  const reader = files.open(requests.lines.path);
  try {
    let before = '{"requests":[';
    for (const position of shard) {
      const line = reader.readAt(requests.starts[position] ?? 0, lineBytes(requests, position));
      for (const piece of [before, line]) {
        const full = writer.write(piece);
        if (full !== undefined) await full;
      }
      before = ',';
    }
    await writer.write(']}');
    await writer.commit();
    return { path, bytes: writer.bytes };
  } finally {
    reader.close();
    await writer.discard();
  }
}

/** Hex SHA-256 of the lines of a shard: equal for a saved shard of the same requests. */
export function hashShard(files: Files, requests: RequestSet, shard: Shard): string {
  // A shard of all lines is the whole file, whose digest is known.
  if (shard.length === requests.places.length) return requests.lines.sha256;
  const hash = createHash('sha256');
  const reader = files.open(requests.lines.path);
  try {
    for (const position of shard) {
      hash.update(reader.readAt(requests.starts[position] ?? 0, lineBytes(requests, position) + 1));
    }
  } finally {
    reader.close();
  }
  return hash.digest('hex');
}
