import { createColumn, type Sequence, sequenceOf } from '../requests/column.ts';
import type { CacheUse } from './cache-use.ts';
import type { RequestStat } from './request-stats.ts';

/** Bits of the flags of a request. */
const THINKING = 1;
const TOOLS = 2;
const SERVER_TOOLS = 4;
const COMPACTION = 8;
const IN_US = 16;
const ELSEWHERE = 32;
const MARKED = 64;

/** Holds what is known of requests as columns of numbers: there may be very many. */
export function createStatColumns(): {
  /** Models, each once, in the order in which they first appear. */
  readonly models: readonly string[];
  readonly requests: Sequence<RequestStat>;
  add(stat: RequestStat): void;
} {
  const models: string[] = [];
  /** Model → its index in the list, counted from 1. */
  const numbers = new Map<string, number>();
  const [weight, images, documentBytes, unseen] = [createColumn(), createColumn(), createColumn(), createColumn()];
  const [model, maxTokens, searches, flags] = [createColumn(), createColumn(), createColumn(), createColumn()];
  const [cold5m, cold1h, read, warm5m, warm1h] = [
    createColumn(),
    createColumn(),
    createColumn(),
    createColumn(),
    createColumn(),
  ];
  let count = 0;

  function numberOf(name: string): number {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    models.push(name);
    numbers.set(name, models.length);
    return models.length;
  }

  function at(position: number): RequestStat {
    const bits = flags.at(position);
    return {
      weight: weight.at(position),
      images: images.at(position),
      documentBytes: documentBytes.at(position),
      unseen: unseen.at(position),
      model: models[model.at(position) - 1],
      maxTokens: maxTokens.at(position),
      searches: searches.at(position),
      isThinking: (bits & THINKING) !== 0,
      hasTools: (bits & TOOLS) !== 0,
      serverTools: (bits & SERVER_TOOLS) !== 0,
      compaction: (bits & COMPACTION) !== 0,
      region: (bits & IN_US) !== 0 ? 'us' : (bits & ELSEWHERE) !== 0 ? 'other' : undefined,
      cache: (bits & MARKED) !== 0 ? cacheAt(position) : undefined,
    };
  }

  function cacheAt(position: number): CacheUse {
    return {
      cold5m: cold5m.at(position),
      cold1h: cold1h.at(position),
      read: read.at(position),
      warm5m: warm5m.at(position),
      warm1h: warm1h.at(position),
    };
  }

  return {
    models,
    requests: sequenceOf(() => count, at),
    add(stat) {
      const { cache } = stat;
      weight.set(count, stat.weight);
      images.set(count, stat.images);
      documentBytes.set(count, stat.documentBytes);
      unseen.set(count, stat.unseen);
      if (stat.model !== undefined) model.set(count, numberOf(stat.model));
      maxTokens.set(count, stat.maxTokens);
      searches.set(count, stat.searches);
      flags.set(
        count,
        (stat.isThinking ? THINKING : 0) |
          (stat.hasTools ? TOOLS : 0) |
          (stat.serverTools ? SERVER_TOOLS : 0) |
          (stat.compaction ? COMPACTION : 0) |
          (stat.region === 'us' ? IN_US : stat.region === 'other' ? ELSEWHERE : 0) |
          (cache === undefined ? 0 : MARKED),
      );
      if (cache !== undefined) {
        cold5m.set(count, cache.cold5m);
        cold1h.set(count, cache.cold1h);
        read.set(count, cache.read);
        warm5m.set(count, cache.warm5m);
        warm1h.set(count, cache.warm1h);
      }
      count += 1;
    },
  };
}
