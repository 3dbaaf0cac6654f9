import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeCauses } from '../core/text/causes.ts';
import type { StateStore } from '../ports/github.ts';
import { ServiceError } from '../ports/service-error.ts';
import { createCacheCall } from './cache-calls.ts';
import { type CacheService, findCacheService } from './cache-service.ts';
import { createSerialQueue } from './serial-queue.ts';
import type { RecordStore, StoreOptions } from './stored-record.ts';

/** Pauses between tries of a call that an outage of a moment may have broken, in ms. */
const PAUSES_MS = [500, 2_000];

/**
 * Texts under keys in the Actions cache. Finds the newest that this branch may read: its own, else its base's; a re-run
 * also finds the run's own. Every save makes a new entry; a claim is an entry of that name, which the service takes
 * once.
 */
export function createRecordCache(options: StoreOptions): RecordStore & Pick<StateStore, 'claim'> {
  const { run, log, limitMs } = options;
  const queue = createSerialQueue(limitMs);
  const call = createCacheCall();
  let readOnly = false;
  let isModeTold = false;

  const service = (): CacheService | undefined => findCacheService(process.env, call);

  /** The cache to write to, if this run may. */
  function writable(): CacheService | undefined {
    const mode = readMode();
    const found = readOnly ? undefined : service();
    if (found === undefined || (mode.reads && mode.writes)) return found;
    // What no run of this workflow may read is better kept elsewhere.
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
          const text = await queue(() => persistently(() => cache.find(prefix)));
          if (text !== undefined) texts.add(text);
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
        const saved = await queue(() => persistently(() => cache.save(entry(), text)));
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
        // Tried once: after a lost answer the name would be taken by this run itself.
        const saved = await queue(() => cache.save(`claude-batch-claim-${name}`, `${name}\n`));
        if (saved === 'read-only') noteReadOnly();
        return saved !== 'taken';
      } catch {
        return true;
      }
    },
  };
}

/** The workflow's `cache-mode`; none and an unknown one permit everything, as in the toolkit's client. */
function readMode(): { readonly name: string; readonly reads: boolean; readonly writes: boolean } {
  const name = (process.env['ACTIONS_CACHE_MODE'] ?? '').trim().toLowerCase();
  return { name, reads: !['none', 'write-only'].includes(name), writes: !['none', 'read'].includes(name) };
}

/** Tries again after a failure that may be over in a moment. */
async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await sleep(pauseMs);
    }
  }
  return work();
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof ServiceError)) return false;
  const { reason } = error;
  return reason.code === 'cache-unreachable' || (reason.code === 'cache-answered' && reason.status >= 500);
}
