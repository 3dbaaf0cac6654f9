import type { Params } from '../requests/params.ts';
import { isJsonObject } from '../text/json.ts';
import { type CacheUse, createCacheStats } from './cache-use.ts';
import { createPrefixStats, type RepeatedPrefix, shortestPrefixOf } from './prefixes.ts';
import { blocksOf, elementsOf, weighPrompt } from './prompt-blocks.ts';
import { stepsOf, wholeOf } from './steps.ts';

/**
 * What is kept of all requests: a number per request and column, in file order, and no text of theirs but the models'
 * names. Columns marked rare may be shorter than the file; what is missing is 0.
 */
export interface RequestStats {
  /** Names as params give them, each once. */
  readonly models: readonly string[];
  /** Index into `models`; -1 where `model` is no string. */
  readonly model: readonly number[];
  /** 0 where params give no whole number of 1 or more; at most 2^53 - 1, see `wholeOf`. */
  readonly maxTokens: readonly number[];
  /** Bytes, at least 1; see `PromptWeight`. */
  readonly weight: readonly number[];
  /** Sums of `flags`. */
  readonly flags: readonly number[];
  /** Rare. */
  readonly images: readonly number[];
  /** Rare. */
  readonly documentBytes: readonly number[];
  /** Rare. */
  readonly unseen: readonly number[];
  /** Rare: most web searches. */
  readonly searches: readonly number[];
  /** Rare: bytes of the prompt's weight. */
  readonly cache: { readonly [kind in keyof CacheUse]: readonly number[] };
  /** The largest `thinking.budget_tokens`, which has to stay below `max_tokens`; 0 without. */
  readonly thinkingBudget: number;
  /** Beginnings that repeat without a cache mark, the one that weighs most first. */
  prefixes(): readonly RepeatedPrefix[];
}

/** Stats that still grow. */
export interface RequestStatsWriter extends RequestStats {
  /** Takes the next request in file order, whatever its params are. */
  add(params: Params): void;
}

/** `us` and `elsewhere`: where `inference_geo` says so. `grows`: no upper bound can be given for its prompt. */
export const flags = {
  thinking: 1,
  serverTools: 2,
  compaction: 4,
  us: 8,
  elsewhere: 16,
  tools: 32,
  marked: 64,
} as const;

/** Starts without requests. It measures lengths; only prompts with cache marks, or long ones without, are read. */
export function createRequestStats(): RequestStatsWriter {
  const models: string[] = [];
  const indexes = new Map<string, number>();
  const shortestPrefixes: number[] = [];
  const model: number[] = [];
  const maxTokens: number[] = [];
  const weight: number[] = [];
  const flagsOf: number[] = [];
  const rare = { images: column(), documentBytes: column(), unseen: column(), searches: column() };
  const cache = { cold5m: column(), cold1h: column(), read: column(), warm5m: column(), warm1h: column() };
  const cacheStats = createCacheStats();
  const prefixStats = createPrefixStats();
  let thinkingBudget = 0;

  function indexOf(name: unknown): number {
    if (typeof name !== 'string') return -1;
    let index = indexes.get(name);
    if (index === undefined) {
      index = models.push(name) - 1;
      indexes.set(name, index);
      shortestPrefixes.push(shortestPrefixOf(name));
    }
    return index;
  }

  return {
    models,
    model,
    maxTokens,
    weight,
    flags: flagsOf,
    ...rare,
    cache,
    get thinkingBudget() {
      return thinkingBudget;
    },

    add(params) {
      const position = model.length;
      const index = indexOf(params['model']);
      const { sum, isMarked } = weighPrompt(params);
      const total = sum.weight;
      put(rare.images, position, sum.images);
      put(rare.documentBytes, position, sum.documentBytes);
      put(rare.unseen, position, sum.unseen);
      const shortest = shortestPrefixes[index] ?? Number.POSITIVE_INFINITY;
      const isLong = total >= shortest;
      const blocks = isMarked || isLong ? blocksOf(params) : [];
      const use = isMarked ? cacheStats.use(index, blocks) : undefined;
      if (use !== undefined) {
        put(cache.cold5m, position, use.cold5m);
        put(cache.cold1h, position, use.cold1h);
        put(cache.read, position, use.read);
        put(cache.warm5m, position, use.warm5m);
        put(cache.warm1h, position, use.warm1h);
      } else if (isLong) {
        prefixStats.look(position, index, blocks, shortest);
      }
      const steps = stepsOf(params);
      put(rare.searches, position, steps.searches);
      const { thinking, inference_geo: geo } = params;
      if (isJsonObject(thinking)) thinkingBudget = Math.max(thinkingBudget, wholeOf(thinking['budget_tokens']));
      model.push(index);
      maxTokens.push(wholeOf(params['max_tokens']));
      weight.push(Math.max(1, total));
      flagsOf.push(
        (isThinking(thinking) ? flags.thinking : 0) +
          (steps.serverTools ? flags.serverTools : 0) +
          (steps.compaction ? flags.compaction : 0) +
          (typeof geo !== 'string' ? 0 : geo === 'us' ? flags.us : flags.elsewhere) +
          (elementsOf(params['tools']).length > 0 ? flags.tools : 0) +
          (use === undefined ? 0 : flags.marked),
      );
    },

    prefixes: () => prefixStats.found(),
  };
}

function column(): number[] {
  return [];
}

/** Adds to a rare column, which only grows to the last request that has any. */
function put(values: number[], position: number, value: number): void {
  if (value === 0) return;
  while (values.length <= position) values.push(0);
  values[position] = (values[position] ?? 0) + value;
}

/** Whether the model is told to think: its thoughts are output, and fill `max_tokens` before the answer does. */
function isThinking(thinking: unknown): boolean {
  return isJsonObject(thinking) && typeof thinking['type'] === 'string' && thinking['type'] !== 'disabled';
}
