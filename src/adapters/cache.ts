import { randomBytes } from 'node:crypto';
import { lstat, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE_WRITE_DENIED_PREFIX, isFeatureAvailable, restoreCache, saveCache } from '@actions/cache';
import { describeCauses } from '../core/text/causes.ts';
import type { Log } from '../ports/machine.ts';
import { hasComplaint, lastWords, type Quietly } from './quietly.ts';
import { decodeRecord, MAX_RECORD_BYTES } from './record-text.ts';
import { createTurns } from './turns.ts';

/** An entry is found again only under the path that it was saved from, as it is given to the client. */
const FILE = '.claude-batch-record.json';
/** Its client tries for half a minute by itself; a call takes a tenth of a second when all is well. */
const LIMIT_MS = 20_000;

/** Texts under keys in the Actions cache. Nothing here throws. */
export interface RecordCache {
  /** The newest text that this branch may read: of its own ones, else of its base; of a re-run its own as well. `readable` is false where nobody answered. */
  find(key: string): Promise<{ readonly texts: readonly string[]; readonly readable: boolean }>;
  /** Whether it was saved. Every save is an entry of its own. */
  save(key: string, text: string): Promise<boolean>;
  /** Saves an entry of this very name, which the service does for one run alone. False where another run did. */
  claim(name: string): Promise<boolean>;
}

export function createRecordCache(options: {
  readonly run: { readonly runId: number; readonly runAttempt: number };
  readonly log: Log;
  readonly quietly: Quietly;
  readonly limitMs?: number;
}): RecordCache {
  const { run, log, quietly, limitMs = LIMIT_MS } = options;
  const turns = createTurns(limitMs);
  let readOnly = false;

  /**
   * The file is there only while the client works, and never what lay there before: a link would lead elsewhere. The client
   * looks for it in the working directory, but packs and unpacks from the workspace: one folder by one name, or it goes astray.
   */
  async function withFile<T>(work: (path: string) => Promise<T>): Promise<T> {
    const folder = process.cwd();
    process.env['GITHUB_WORKSPACE'] = folder;
    const path = join(folder, FILE);
    await clear(path);
    try {
      return await work(path);
    } finally {
      await clear(path);
    }
  }

  async function restore(prefix: string): Promise<{ readonly text: string | undefined; readonly readable: boolean }> {
    return withFile(async (path) => {
      const { value: found, printed } = await quietly(() => restoreCache([FILE], prefix, [prefix]));
      if (found !== undefined) return { text: await readRecord(path), readable: true };
      if (hasComplaint(printed)) throw new Error(lastWords(printed));
      return { text: undefined, readable: !NOT_PERMITTED.test(printed) };
    });
  }

  async function store(entry: string, text: string): Promise<boolean> {
    return withFile(async (path) => {
      await writeFile(path, text, { flag: 'wx' });
      const { value: id, printed } = await quietly(() => saveCache([FILE], entry));
      if (id > 0) return true;
      if (!printed.includes(CACHE_WRITE_DENIED_PREFIX) && !NOT_PERMITTED.test(printed))
        throw new Error(lastWords(printed));
      readOnly = true;
      log.info('This run may only read the Actions cache, so its records are kept as artifacts alone.');
      return false;
    });
  }

  return {
    async find(key) {
      if (!isFeatureAvailable()) return { texts: [], readable: false };
      try {
        // The newest of all may be another run's; a re-run has to find its own as well.
        const own = run.runAttempt > 1 ? [`claude-batch-${key}-${run.runId}-`] : [];
        const found = [];
        for (const prefix of [...own, `claude-batch-${key}-`]) found.push(await turns(() => restore(prefix)));
        const texts = new Set(found.flatMap(({ text }) => text ?? []));
        return { texts: [...texts], readable: found.every(({ readable }) => readable) };
      } catch (error) {
        log.info(`The Actions cache could not be asked for a record: ${describeCauses(error)}.`);
        return { texts: [], readable: false };
      }
    },
    async save(key, text) {
      if (readOnly || !isFeatureAvailable()) return false;
      const entry = `claude-batch-${key}-${run.runId}-${run.runAttempt}-${randomBytes(6).toString('hex')}`;
      try {
        return await turns(() => store(entry, text));
      } catch (error) {
        log.info(`The Actions cache did not take a record: ${describeCauses(error)}.`);
        return false;
      }
    },
    async claim(name) {
      if (readOnly || !isFeatureAvailable()) return true;
      try {
        const isSaved = await turns(() => store(`claude-batch-claim-${name}`, `${name}\n`));
        return isSaved || readOnly;
      } catch (error) {
        return !TAKEN.test(describeCauses(error));
      }
    },
  };
}

/** How the client says that the workflow's own `cache-mode` forbids a call. */
const NOT_PERMITTED = /cache-mode '[^']*' does not permit/;

/** How the client says that an entry of this name exists. */
const TAKEN = /already exists|Unable to reserve cache/;

/** What was restored; undefined where it is no plain file of a sound size. */
async function readRecord(path: string): Promise<string | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined || !found.isFile() || found.size > MAX_RECORD_BYTES) return undefined;
  return decodeRecord(await readFile(path));
}

function clear(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true });
}
