import { createColumn } from '../text/column.ts';
import { type Sequence, sequenceOf } from '../text/sequence.ts';
import { createTextColumn } from '../text/text-column.ts';
import type { CacheUse } from './cache-use.ts';
import type { RequestStat } from './request-stat.ts';

/** Bits of a request's flags. */
const THINKING = 1;
const TOOLS = 2;
const SERVER_TOOLS = 4;
const COMPACTION = 8;
const IN_US = 16;
const ELSEWHERE = 32;
const MARKED = 64;

/** Keeps requests as columns of numbers, because there may be very many. */
export function createStatColumns(): {
  /** Models, each once, in order of first appearance. */
  readonly models: readonly string[];
  readonly requests: Sequence<RequestStat>;
  add(stat: RequestStat): void;
} {
  const models = createTextColumn();
  const weight = createColumn();
  const images = createColumn();
  const documentBytes = createColumn();
  const unseen = createColumn();
  const maxTokens = createColumn();
  const searches = createColumn();
  const flags = createColumn();
  const [cold5m, cold1h, read] = [createColumn(), createColumn(), createColumn()];
  const [warm5m, warm1h] = [createColumn(), createColumn()];
  let count = 0;

  function at(position: number): RequestStat {
    const bits = flags.get(position);
    return {
      weight: weight.get(position),
      images: images.get(position),
      documentBytes: documentBytes.get(position),
      unseen: unseen.get(position),
      model: models.get(position),
      maxTokens: maxTokens.get(position),
      searches: searches.get(position),
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
      cold5m: cold5m.get(position),
      cold1h: cold1h.get(position),
      read: read.get(position),
      warm5m: warm5m.get(position),
      warm1h: warm1h.get(position),
    };
  }

  return {
    models: models.texts,
    requests: sequenceOf(() => count, at),
    add(stat) {
      const { model, cache } = stat;
      weight.put(count, stat.weight);
      images.put(count, stat.images);
      documentBytes.put(count, stat.documentBytes);
      unseen.put(count, stat.unseen);
      if (model !== undefined) models.put(count, model);
      maxTokens.put(count, stat.maxTokens);
      searches.put(count, stat.searches);
      flags.put(count, flagsOf(stat));
      if (cache !== undefined) {
        cold5m.put(count, cache.cold5m);
        cold1h.put(count, cache.cold1h);
        read.put(count, cache.read);
        warm5m.put(count, cache.warm5m);
        warm1h.put(count, cache.warm1h);
      }
      count += 1;
    },
  };
}

function flagsOf({ isThinking, hasTools, serverTools, compaction, region, cache }: RequestStat): number {
  return (
    (isThinking ? THINKING : 0) |
    (hasTools ? TOOLS : 0) |
    (serverTools ? SERVER_TOOLS : 0) |
    (compaction ? COMPACTION : 0) |
    (region === 'us' ? IN_US : region === 'other' ? ELSEWHERE : 0) |
    (cache === undefined ? 0 : MARKED)
  );
}
