import { closeSync, readSync } from 'node:fs';
import { mkdir, open, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FileError } from '../ports/file-error.ts';
import type { FileReader, Files, FileWriter } from '../ports/machine.ts';
import {
  isWithin,
  look,
  openRegular,
  openRegularSync,
  readSmallFile,
  realOf,
  refuseLeadingOut,
} from './regular-file.ts';
import { searchFiles } from './search.ts';
import { markOf, settle } from './step-folder.ts';

/** Bytes per read and write: large enough that system calls do not matter, small enough for a small runner. */
const PIECE_BYTES = 1 << 20;

/** Far more than any price list or workflow file has. */
const MAX_TEXT_BYTES = 1 << 20;

/** The real file system; patterns and names are relative to the workspace. */
export function createFiles(workspace: string): Files {
  async function write(path: string): Promise<FileWriter> {
    await refuseLeadingOut(workspace, dirname(path));
    return openWriter(path);
  }

  return {
    find: (patterns) => searchFiles(workspace, patterns),
    read: readPieces,
    async readText(path) {
      const text = await readSmallFile(path, MAX_TEXT_BYTES);
      return { text, isOutside: !isWithin(await realOf(workspace), await realOf(path)) };
    },
    write,
    writeText: write,
    holdsSecret: async () => false,
    open: openReader,
    size: async (path) => (await stat(path)).size,
    remove: (path) => rm(path, { recursive: true, force: true }),
    markOf,
    settle,
  };
}

/**
 * Reads the next piece into one of two buffers while the caller works on the other. Reads only as many bytes as the file
 * had at first, because a file that keeps growing would have no end.
 */
async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  const { file, stats } = await openRegular(path);
  let left = stats.size;
  const read = async (buffer: Buffer): Promise<Buffer> => {
    const { bytesRead } = await file.read(buffer, 0, Math.min(left, buffer.length));
    left -= bytesRead;
    return buffer.subarray(0, bytesRead);
  };
  const [one, other] = [Buffer.allocUnsafe(PIECE_BYTES), Buffer.allocUnsafe(PIECE_BYTES)];
  let next = read(one);
  try {
    for (let current = one; ; current = current === one ? other : one) {
      const piece = await next;
      if (piece.length === 0) break;
      next = read(current === one ? other : one);
      // It may reject before it is awaited.
      next.catch(() => undefined);
      yield piece;
    }
    const { size, mtimeMs } = await file.stat();
    if (left > 0 || size !== stats.size || mtimeMs !== stats.mtimeMs) throw new FileError('changed');
  } finally {
    await next.catch(() => undefined);
    await file.close();
  }
}

async function openWriter(path: string): Promise<FileWriter> {
  const partial = `${path}.partial`;
  const created = await makeFolder(dirname(path));
  await rm(partial, { force: true });
  const file = await open(partial, 'wx');
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  let filled = 0;
  let bytes = 0;
  let state: 'open' | 'committed' | 'discarded' = 'open';

  async function flush(rest?: Uint8Array): Promise<void> {
    const length = filled;
    filled = 0;
    await file.writeFile(buffer.subarray(0, length));
    if (rest !== undefined) await file.writeFile(rest);
  }

  return {
    get bytes() {
      return bytes;
    },
    write(piece) {
      // A UTF-16 unit takes at most three bytes: a text that fits for certain goes into the buffer without a copy.
      if (typeof piece === 'string' && filled + piece.length * 3 <= buffer.length) {
        const length = buffer.write(piece, filled);
        bytes += length;
        filled += length;
        return undefined;
      }
      const data = typeof piece === 'string' ? Buffer.from(piece) : piece;
      bytes += data.length;
      if (filled + data.length > buffer.length) return flush(data);
      buffer.set(data, filled);
      filled += data.length;
      return undefined;
    },
    async commit() {
      await flush();
      await file.close();
      await rename(partial, path);
      state = 'committed';
    },
    async discard() {
      if (state !== 'open') return;
      state = 'discarded';
      await file.close().catch(() => undefined);
      await rm(partial, { force: true });
      if (created !== undefined) await removeEmpty(dirname(path), created);
    },
  };
}

/** Makes missing folders and returns the topmost of them. The recursion of `mkdir` itself never ends below `/proc`. */
async function makeFolder(path: string): Promise<string | undefined> {
  const made = await makeOne(path);
  if (made !== 'no-parent') return made === 'made' ? path : undefined;
  const top = await makeFolder(dirname(path));
  await mkdir(path).catch((error) => refuseUnlessFolder(path, error));
  return top ?? path;
}

async function makeOne(path: string): Promise<'made' | 'is-there' | 'no-parent'> {
  try {
    await mkdir(path);
    return 'made';
  } catch (error) {
    if (Error.isError(error) && 'code' in error && error.code === 'ENOENT' && dirname(path) !== path)
      return 'no-parent';
    await refuseUnlessFolder(path, error);
    return 'is-there';
  }
}

/** Succeeds even if somebody else has just made it. */
async function refuseUnlessFolder(path: string, error: unknown): Promise<void> {
  if ((await look(path)) !== 'folder') throw error;
}

/** Removes the folders from `folder` up to `top` as long as they are empty. */
async function removeEmpty(folder: string, top: string): Promise<void> {
  for (let at = folder; at.length >= top.length; at = dirname(at)) {
    try {
      await rmdir(at);
    } catch {
      return;
    }
  }
}

function openReader(path: string): FileReader {
  const file = openRegularSync(path);
  return {
    readAt(offset, length, into) {
      const buffer = into ?? Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length) {
        const count = readSync(file, buffer, filled, length - filled, offset + filled);
        if (count === 0) break;
        filled += count;
      }
      return buffer.subarray(0, filled);
    },
    close: () => closeSync(file),
  };
}
