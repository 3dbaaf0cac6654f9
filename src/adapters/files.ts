import { closeSync, openSync, readSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, relative, resolve, sep } from 'node:path';
import * as glob from '@actions/glob';
import type { FileReader, Files, FileWriter, FoundFile } from '../ports/machine.ts';

/** Bytes per read and write: large enough that system calls do not matter, small enough for a small runner. */
const PIECE_BYTES = 1 << 20;

/** The real file system; patterns and names are relative to the workspace. */
export function createFiles(workspace: string): Files {
  return {
    find: (patterns) => findFiles(workspace, patterns),
    read: readPieces,
    readText: (path) => readFile(path, 'utf8'),
    write: openWriter,
    writeText: openWriter,
    holdsSecret: async () => false,
    open: openReader,
    size: async (path) => (await stat(path)).size,
    remove: (path) => rm(path, { recursive: true, force: true }),
  };
}

/** Order counts, as in a `.gitignore`: `!` excludes what earlier patterns found, and folders with all their content. */
async function findFiles(workspace: string, patterns: readonly string[]): ReturnType<Files['find']> {
  const found = new Map<string, FoundFile>();
  const unmatched: string[] = [];
  for (const [index, pattern] of patterns.entries()) {
    if (pattern.startsWith('!')) continue;
    const excluded = patterns.slice(index + 1).flatMap((one) => {
      const left = rootPattern(workspace, one.slice(1).trim());
      return one.startsWith('!') ? [`!${left}`, `!${join(left, '**')}`] : [];
    });
    const options = { matchDirectories: false, implicitDescendants: false };
    const wanted = (await isFile(workspace, pattern))
      ? escapeGlob(resolve(workspace, pattern))
      : rootPattern(workspace, pattern);
    const globber = await glob.create([wanted, ...excluded].join('\n'), options);
    const paths = await globber.glob();
    for (const path of paths) found.set(path, { path, name: relative(workspace, path).split(sep).join('/') });
    if (paths.length === 0) unmatched.push(pattern);
  }
  const byName = (a: FoundFile, b: FoundFile): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  return { found: [...found.values()].sort(byName), unmatched };
}

/** Whether the pattern is the exact name of a file, such as `a [1].jsonl`. */
async function isFile(workspace: string, pattern: string): Promise<boolean> {
  const found = await stat(resolve(workspace, pattern)).catch(() => undefined);
  return found?.isFile() ?? false;
}

/** The pattern as an absolute one. Takes the workspace literally: a `[` in its path does not begin a character set. */
function rootPattern(workspace: string, pattern: string): string {
  const literal = escapeGlob(workspace);
  if (!isAbsolute(pattern)) return join(literal, pattern);
  const whole = normalize(pattern);
  return whole.startsWith(workspace + sep) ? literal + whole.slice(workspace.length) : whole;
}

/** Escapes as `@actions/glob` does for the working directory. On Windows a backslash separates, and of the others only `[` can be in a name. */
function escapeGlob(path: string): string {
  const slashes = sep === '\\' ? path : path.replaceAll('\\', '\\\\');
  return slashes.replace(/[[?*]/g, '[$&]');
}

/** Reads the next piece into the other of two buffers while the caller works on this one. */
async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  const read = async (buffer: Buffer): Promise<Buffer> => {
    const { bytesRead } = await file.read(buffer, 0, buffer.length);
    return buffer.subarray(0, bytesRead);
  };
  const [one, other] = [Buffer.allocUnsafe(PIECE_BYTES), Buffer.allocUnsafe(PIECE_BYTES)];
  let next = read(one);
  try {
    for (let current = one; ; current = current === one ? other : one) {
      const piece = await next;
      if (piece.length === 0) return;
      next = read(current === one ? other : one);
      // It may reject before it is awaited.
      next.catch(() => undefined);
      yield piece;
    }
  } finally {
    await next.catch(() => undefined);
    await file.close();
  }
}

async function openWriter(path: string): Promise<FileWriter> {
  const partial = `${path}.partial`;
  const created = await mkdir(dirname(path), { recursive: true });
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
  const file = openSync(path, 'r');
  return {
    readAt(offset, length) {
      const buffer = Buffer.allocUnsafe(length);
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
