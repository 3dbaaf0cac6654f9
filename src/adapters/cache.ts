import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE_WRITE_DENIED_PREFIX, isFeatureAvailable, restoreCache, saveCache } from '@actions/cache';
import { describeCauses } from '../core/text/causes.ts';
import type { StateStore } from '../ports/github.ts';
import { ServiceError } from '../ports/service-error.ts';
import { hasComplaint, lastLine } from './capture-output.ts';
import { createSerialQueue } from './serial-queue.ts';
import { type RecordStore, readRecord, type StoreOptions } from './stored-record.ts';

/** The cache finds an entry only under the path that the client got when it saved it. */
const FILE = '.claude-batch-record.json';

/**
 * Texts under keys in the Actions cache. Finds the newest that this branch may read: its own, else its base's; a re-run
 * also finds the run's own. Every save makes a new entry; a claim is an entry of that name, which the service takes
 * once.
 */
export function createRecordCache(options: StoreOptions): RecordStore & Pick<StateStore, 'claim'> {
  const { run, log, captureOutput, limitMs } = options;
  const queue = createSerialQueue(limitMs);
  let readOnly = false;

  /**
   * The file exists only while the client works. Removes whatever had its name: a link would lead elsewhere. The client
   * looks for it in the working directory but packs and unpacks from the workspace: both must be one folder.
   */
  async function withFile<T>(work: (path: string) => Promise<T>): Promise<T> {
    const folder = process.cwd();
    process.env['GITHUB_WORKSPACE'] = folder;
    const path = join(folder, FILE);
    await rm(path, { recursive: true, force: true });
    try {
      return await work(path);
    } finally {
      await rm(path, { recursive: true, force: true });
    }
  }

  async function restore(prefix: string): Promise<{ readonly text: string | undefined; readonly readable: boolean }> {
    return withFile(async (path) => {
      const { value: found, printed } = await captureOutput(() => restoreCache([FILE], prefix, [prefix]));
      if (found !== undefined) return { text: await readRestored(path), readable: true };
      if (hasComplaint(printed)) throw new ServiceError({ code: 'quoted', text: lastLine(printed) });
      return { text: undefined, readable: !NOT_PERMITTED.test(printed) };
    });
  }

  async function store(entry: string, text: string): Promise<boolean> {
    return withFile(async (path) => {
      await writeFile(path, text, { flag: 'wx' });
      const { value: id, printed } = await captureOutput(() => saveCache([FILE], entry));
      if (id > 0) return true;
      if (!printed.includes(CACHE_WRITE_DENIED_PREFIX) && !NOT_PERMITTED.test(printed))
        throw new ServiceError({ code: 'quoted', text: lastLine(printed) });
      readOnly = true;
      log.info({ code: 'cache-read-only' });
      return false;
    });
  }

  return {
    async find(key) {
      if (!isFeatureAvailable()) return { texts: [], readable: false };
      try {
        // The newest entry may be another run's; a re-run must find its own too.
        const own = run.runAttempt > 1 ? [`claude-batch-${key}-${run.runId}-`] : [];
        const found = [];
        for (const prefix of [...own, `claude-batch-${key}-`]) found.push(await queue(() => restore(prefix)));
        const texts = new Set(found.flatMap(({ text }) => text ?? []));
        return { texts: [...texts], readable: found.every(({ readable }) => readable) };
      } catch (error) {
        log.info({ code: 'cache-not-read', reason: describeCauses(error) });
        return { texts: [], readable: false };
      }
    },
    async save(key, text) {
      if (readOnly || !isFeatureAvailable()) return false;
      const entry = `claude-batch-${key}-${run.runId}-${run.runAttempt}-${randomBytes(6).toString('hex')}`;
      try {
        return await queue(() => store(entry, text));
      } catch (error) {
        log.info({ code: 'cache-not-saved', reason: describeCauses(error) });
        return false;
      }
    },
    async claim(name) {
      if (readOnly || !isFeatureAvailable()) return true;
      try {
        const isSaved = await queue(() => store(`claude-batch-claim-${name}`, `${name}\n`));
        return isSaved || readOnly;
      } catch (error) {
        return !TAKEN.test(describeCauses(error));
      }
    },
  };
}

/** What the client prints when the workflow's `cache-mode` forbids a call. */
const NOT_PERMITTED = /cache-mode '[^']*' does not permit/;

/** What the client prints when an entry with this name exists. */
const TAKEN = /already exists|Unable to reserve cache/;

/** The restored text; undefined unless it is a plain file of acceptable size. */
async function readRestored(path: string): Promise<string | undefined> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isFile() === true ? readRecord(createReadStream(path)) : undefined;
}
