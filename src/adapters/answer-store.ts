import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerPrefix } from '../core/inputs/answer-refs.ts';
import type { GitHubContext } from '../core/inputs/context.ts';
import { MAX_INDEX_BYTES } from '../core/reuse/index-text.ts';
import { describeCauses } from '../core/text/causes.ts';
import { sha256 } from '../core/text/sha256.ts';
import type { AnswerStore } from '../ports/github.ts';
import type { Log } from '../ports/machine.ts';
import { ServiceError } from '../ports/service-error.ts';
import { createCacheCall, persistently, readMode } from './cache-calls.ts';
import { type CacheService, findCacheService, saveNew } from './cache-service.ts';
import { within } from './serial-queue.ts';

/** A call normally takes a tenth of a second. */
const LIMIT_MS = 20_000;
/** Pauses before looking again for the index of a run that saves at the same time: together longer than a save takes. */
const PAUSES_MS = [200, 400, 800, 1_600, 2_000];
/** How often a run takes the turn of another one that never saved. */
const MAX_TURNS = 3;

/**
 * Indexes of answers in the Actions cache, where entries cannot be changed and only the newest under a prefix can be found. So
 * every save contains all that the one before it had, and no two saves may follow the same entry: a run first claims the
 * turn after the newest entry, under a name that the service gives only once, and a run that comes too late waits for the
 * other's entry.
 */
export function createAnswerStore(options: {
  readonly run: Pick<GitHubContext, 'runId' | 'runAttempt'>;
  readonly log: Log;
  readonly limitMs?: number;
}): AnswerStore {
  const { run, log, limitMs = LIMIT_MS } = options;
  const call = createCacheCall(MAX_INDEX_BYTES);

  /** The cache of this job. Throws a ServiceError if there is none, or if the workflow does not permit it. */
  function open(need: 'reads' | 'writes'): CacheService {
    const mode = readMode();
    if (!mode.reads || !mode[need]) throw new ServiceError({ code: 'cache-mode', mode: mode.name });
    const cache = findCacheService(process.env, call);
    if (cache === undefined) throw new ServiceError({ code: 'cache-missing' });
    return cache;
  }

  const inTime = <T>(work: () => Promise<T>): Promise<T> => within(limitMs, persistently(work));

  async function put(cache: CacheService, prefix: string, text: string): Promise<void> {
    const entry = () => `${prefix}${run.runId}-${run.runAttempt}-${randomBytes(6).toString('hex')}`;
    const saved = await inTime(() => saveNew(cache, entry(), text));
    if (saved === 'read-only') throw new ServiceError({ code: 'cache-read-only' });
  }

  /** Whether this run may follow an entry. Tries once: after a lost answer, this run itself may have taken the name. */
  async function claim(cache: CacheService, name: string): Promise<boolean> {
    try {
      return (await within(limitMs, cache.save(name, `${run.runId}\n`))) !== 'taken';
    } catch {
      return true;
    }
  }

  async function follow(prefix: string, next: Parameters<AnswerStore['save']>[1]): ReturnType<AnswerStore['save']> {
    const cache = open('writes');
    for (;;) {
      const newest = await inTime(() => cache.find(prefix));
      const text = next(newest?.text);
      if (text === undefined) return 'nothing-new';
      if (Buffer.byteLength(text) > MAX_INDEX_BYTES)
        throw new ServiceError({ code: 'cache-text-too-large', limitBytes: MAX_INDEX_BYTES });
      if (await takeTurn(cache, prefix, newest?.name)) {
        await put(cache, prefix, text);
        return 'saved';
      }
    }
  }

  /** True once this run may follow the entry of this name; false as soon as another run has followed it. */
  async function takeTurn(cache: CacheService, prefix: string, newest: string | undefined): Promise<boolean> {
    for (let turn = 1; turn <= MAX_TURNS; turn += 1) {
      const followed = sha256(JSON.stringify([prefix, newest ?? '', turn])).slice(0, 32);
      if (await claim(cache, `claude-batch-claim-answers-${followed}`)) return true;
      for (const pauseMs of PAUSES_MS) {
        await sleep(pauseMs);
        if ((await inTime(() => cache.find(prefix)))?.name !== newest) return false;
      }
    }
    return true;
  }

  return {
    async find(name, refs) {
      const failures: unknown[] = [];
      const look = async (ref: string): Promise<string | undefined> => {
        try {
          const cache = open('reads');
          return (await inTime(() => cache.find(answerPrefix(name, ref))))?.text;
        } catch (error) {
          failures.push(error);
          return undefined;
        }
      };
      const texts = await Promise.all(refs.map(look));
      if (failures.length > 0) log.info({ code: 'answers-not-read', reason: describeCauses(failures[0]) });
      return texts.filter((text) => text !== undefined);
    },
    async save({ name, ref }, next) {
      try {
        return await follow(answerPrefix(name, ref), next);
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        log.info({ code: 'answers-not-saved', reason: describeCauses(error) });
        return 'not-saved';
      }
    },
  };
}
