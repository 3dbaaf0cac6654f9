import { randomBytes } from 'node:crypto';
import { MAX_RECORD_BYTES } from '../core/record/record.ts';
import { describeCauses } from '../core/text/causes.ts';
import type { StateStore } from '../ports/github.ts';
import { createCacheCall, persistently, readMode } from './cache-calls.ts';
import { type CacheService, findCacheService, saveNew } from './cache-service.ts';
import { createSerialQueue } from './serial-queue.ts';
import type { RecordStore, StoreOptions } from './stored-record.ts';

/**
 * Texts under keys in the Actions cache. Finds the newest that this branch may read: its own, else its base's; a re-run
 * also finds the run's own. Every save makes a new entry; a claim is an entry of that name, which the service takes
 * once.
 */
export function createRecordCache(options: StoreOptions): RecordStore & Pick<StateStore, 'claim'> {
  const { run, log, limitMs } = options;
  const queue = createSerialQueue(limitMs);
  const call = createCacheCall(MAX_RECORD_BYTES);
  let readOnly = false;
  let isModeTold = false;

  const service = (): CacheService | undefined => findCacheService(process.env, call);

  /** The cache to write to, if this run may. */
  function writable(): CacheService | undefined {
    const mode = readMode();
    const found = readOnly ? undefined : service();
    if (found === undefined || (mode.reads && mode.writes)) return found;
    // If no run of this workflow may read the cache, the text is better kept elsewhere.
    if (!isModeTold) log.info(mode.reads ? { code: 'cache-read-only' } : { code: 'cache-mode-unfit', mode: mode.name });
    isModeTold = true;
    return undefined;
  }

  function noteReadOnly(): void {
    readOnly = true;
    log.info({ code: 'cache-read-only' });
  }

  return {
    async find(key) {
      const cache = readMode().reads ? service() : undefined;
      if (cache === undefined) return { texts: [], uploadedAtMs: [], readable: false };
      try {
        // The newest entry may be another run's; a re-run must find its own too.
        const own = run.runAttempt > 1 ? [`claude-batch-${key}-${run.runId}-`] : [];
        const texts = new Set<string>();
        for (const prefix of [...own, `claude-batch-${key}-`]) {
          const entry = await queue(() => persistently(() => cache.find(prefix)));
          if (entry !== undefined) texts.add(entry.text);
        }
        return { texts: [...texts], uploadedAtMs: [], readable: true };
      } catch (error) {
        log.info({ code: 'cache-not-read', reason: describeCauses(error) });
        return { texts: [], uploadedAtMs: [], readable: false };
      }
    },
    async save(key, text) {
      const cache = writable();
      if (cache === undefined) return false;
      const entry = () => `claude-batch-${key}-${run.runId}-${run.runAttempt}-${randomBytes(6).toString('hex')}`;
      try {
        const saved = await queue(() => persistently(() => saveNew(cache, entry(), text)));
        if (saved === 'read-only') noteReadOnly();
        return saved === 'saved';
      } catch (error) {
        log.info({ code: 'cache-not-saved', reason: describeCauses(error) });
        return false;
      }
    },
    async claim(name) {
      const cache = writable();
      if (cache === undefined) return true;
      try {
        // Tried once: after a lost answer, this run itself may hold the name.
        const saved = await queue(() => cache.save(`claude-batch-claim-${name}`, `${name}\n`));
        if (saved === 'read-only') noteReadOnly();
        return saved !== 'taken';
      } catch {
        return true;
      }
    },
  };
}
