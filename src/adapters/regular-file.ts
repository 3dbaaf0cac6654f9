import { closeSync, constants, fstatSync, openSync, type Stats, statSync } from 'node:fs';
import { lstat, open, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import type { FileFault } from '../core/messages/file-faults.ts';
import { FileError } from '../ports/file-error.ts';

/** Opening a pipe must not wait for a writer. Windows has no such flag. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** A file to read from, and its size in bytes. Throws a `FileError` for anything but a regular file. */
export async function openRegular(path: string) {
  try {
    // Opening alone can start a device.
    refuseSpecial(await stat(path));
    const file = await open(path, READ);
    try {
      const stats = await file.stat();
      refuseSpecial(stats);
      return { file, stats };
    } catch (error) {
      await file.close();
      throw error;
    }
  } catch (error) {
    throw asFileError(error);
  }
}

/** The same as a descriptor, to be read at any place. */
export function openRegularSync(path: string): number {
  try {
    refuseSpecial(statSync(path));
    const file = openSync(path, READ);
    try {
      refuseSpecial(fstatSync(file));
      return file;
    } catch (error) {
      closeSync(file);
      throw error;
    }
  } catch (error) {
    throw asFileError(error);
  }
}

/** The text of a small file; a larger one is refused unread. */
export async function readSmallFile(path: string, maxBytes: number): Promise<string> {
  const { file, stats } = await openRegular(path);
  try {
    if (stats.size > maxBytes) throw new FileError('too-large');
    const buffer = Buffer.alloc(maxBytes + 1);
    let filled = 0;
    for (let got = -1; got !== 0; filled += got) {
      got = (await file.read(buffer, filled, buffer.length - filled)).bytesRead;
    }
    if (filled > maxBytes) throw new FileError('too-large');
    return buffer.toString('utf8', 0, filled);
  } finally {
    await file.close();
  }
}

/** What is at a path, at the end of all links. */
export async function look(path: string): Promise<'file' | 'absent' | FileFault> {
  try {
    return kindOf(await stat(path));
  } catch (error) {
    const fault = faultOf(error);
    if (fault !== undefined && fault !== 'missing') return fault;
    return (await isLink(path)) ? 'broken-link' : 'absent';
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}

/** Whether a real path is this folder or below it. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The real path behind all links; the path itself if that cannot be found out. */
export async function realOf(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

/**
 * Refuses a folder that is inside this one by name, but that a link leads out of it. The folder need not exist: the part of
 * its path that exists counts. Allows folders that are elsewhere by name.
 */
export async function refuseLeadingOut(folder: string, path: string): Promise<void> {
  if (!isWithin(folder, path)) return;
  if (!isWithin(await realOf(folder), await realOfExisting(path))) throw new FileError('link-out');
}

async function realOfExisting(path: string): Promise<string> {
  return realpath(path).catch(() => (dirname(path) === path ? path : realOfExisting(dirname(path))));
}

function kindOf(stats: Stats): 'file' | FileFault {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  if (stats.isFIFO()) return 'pipe';
  return stats.isSocket() ? 'socket' : 'device';
}

function refuseSpecial(stats: Stats): void {
  const kind = kindOf(stats);
  if (kind !== 'file') throw new FileError(kind);
}

const FAULTS: ReadonlyMap<unknown, FileFault> = new Map([
  ['ENOENT', 'missing'],
  ['ENOTDIR', 'missing'],
  ['ENAMETOOLONG', 'missing'],
  ['ERR_INVALID_ARG_VALUE', 'missing'],
  ['EACCES', 'no-permission'],
  ['EPERM', 'no-permission'],
  ['ELOOP', 'link-loop'],
  ['EISDIR', 'folder'],
  ['ENXIO', 'device'],
]);

export function faultOf(error: unknown): FileFault | undefined {
  if (error instanceof FileError) return error.fault;
  return Error.isError(error) && 'code' in error ? FAULTS.get(error.code) : undefined;
}

function asFileError(error: unknown): unknown {
  const fault = faultOf(error);
  return fault === undefined || error instanceof FileError ? error : new FileError(fault);
}
