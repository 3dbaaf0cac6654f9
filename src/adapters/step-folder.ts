import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Folders of steps that were killed, by their names alone: nobody else's folder is ever removed. */
const LEFTOVER = /^\.claude-batch-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** No job runs for longer, on any runner: the step of an older folder is dead. */
const LEFTOVER_MS = 7 * 24 * 60 * 60_000;

/** A text that changes when a step moves its files to `folder`. */
export async function markOf(folder: string): Promise<string> {
  const stats = await stat(join(folder, 'summary.json')).catch(() => undefined);
  return stats === undefined ? '' : `${stats.ino} ${stats.mtimeMs}`;
}

/**
 * Moves the finished files of a step's folder into its parent folder, and removes the folder with all else. If another step
 * moved its files there since `mark`, those stay, and this folder only loses the dot in its name. Resolves to the folder
 * that has the files.
 */
export async function settle(own: string, mark: string | undefined): Promise<string> {
  const folder = dirname(own);
  const names = await readdir(own).catch(() => undefined);
  if (names === undefined) return folder;
  const unlock = await lock(folder);
  try {
    const isTaken = mark !== undefined && mark !== (await markOf(folder));
    const rest = names.filter((name) => name.startsWith('.') || name.endsWith('.partial'));
    for (const name of rest) await removeQuietly(join(own, name));
    if (isTaken && rest.length < names.length) {
      const kept = join(folder, basename(own).replace(/^\./, ''));
      await rename(own, kept);
      return kept;
    }
    for (const name of names) if (!rest.includes(name)) await rename(join(own, name), join(folder, name));
    await removeQuietly(own);
    await removeLeftovers(folder);
    return folder;
  } finally {
    await unlock();
  }
}

const LOCK_TRIES = 40;
const LOCK_PAUSE_MS = 50;

/** Makes two steps that end at the same moment move their files one after the other. A lock that stays belongs to a killed step. */
async function lock(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, '.claude-batch-moving');
  for (let left = LOCK_TRIES; left > 0; left -= 1) {
    try {
      await mkdir(path);
      break;
    } catch (error) {
      if (!(Error.isError(error) && 'code' in error && error.code === 'EEXIST')) break;
      await sleep(LOCK_PAUSE_MS);
    }
  }
  return () => rmdir(path).catch(() => undefined);
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const stats = LEFTOVER.test(name) ? await stat(path).catch(() => undefined) : undefined;
    if (stats !== undefined && Date.now() - stats.mtimeMs > LEFTOVER_MS) await removeQuietly(path);
  }
}

/** Leftovers are only untidy: on Windows an open file cannot be removed. */
async function removeQuietly(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}
