import type { Params } from '../requests/params.ts';
import { isJsonObject } from '../text/json-object.ts';
import { type CacheUse, createCacheTally } from './cache-use.ts';
import { elementsOf, loadPrompt, piecesOf } from './pieces.ts';
import { createPrefixTally, type RepeatedPrefix, shortestPrefixOf } from './prefixes.ts';
import { stepsOf } from './steps.ts';
import { wholeOf } from './whole.ts';

/**
 * What is kept of all requests: a number per request and column, in file order, and never a text of theirs but the models'
 * names. Columns marked rare may be shorter than the file; what is missing is 0.
 */
export interface Tally {
  /** Names as params give them, each once. */
  readonly models: readonly string[];
  /** Index into `models`; -1 where `model` is no string. */
  readonly model: readonly number[];
  /** 0 where params give no whole number of 1 or more; at most 2^53 - 1, see `wholeOf`. */
  readonly maxTokens: readonly number[];
  /** Bytes, at least 1; see `Load`. */
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

/** A tally that is still being fed. */
export interface TallyWriter extends Tally {
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

/** Starts a tally. It looks at lengths; only prompts with cache marks, or long ones without, are read. */
export function createTally(): TallyWriter {
  const models: string[] = [];
  const indexes = new Map<string, number>();
  const shortestPrefixes: number[] = [];
  const model: number[] = [];
  const maxTokens: number[] = [];
  const weight: number[] = [];
  const flagsOf: number[] = [];
  const rare = { images: column(), documentBytes: column(), unseen: column(), searches: column() };
  const cache = { cold5m: column(), cold1h: column(), read: column(), warm5m: column(), warm1h: column() };
  const cacheTally = createCacheTally();
  const prefixTally = createPrefixTally();
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
      const { load, isMarked } = loadPrompt(params);
      const total = load.weight;
      put(rare.images, position, load.images);
      put(rare.documentBytes, position, load.documentBytes);
      put(rare.unseen, position, load.unseen);
      const shortest = shortestPrefixes[index] ?? Number.POSITIVE_INFINITY;
      const isLong = total >= shortest;
      const pieces = isMarked || isLong ? piecesOf(params) : [];
      const use = isMarked ? cacheTally.use(index, pieces) : undefined;
      if (use !== undefined) {
        put(cache.cold5m, position, use.cold5m);
        put(cache.cold1h, position, use.cold1h);
        put(cache.read, position, use.read);
        put(cache.warm5m, position, use.warm5m);
        put(cache.warm1h, position, use.warm1h);
      } else if (isLong) {
        prefixTally.look(position, index, pieces, shortest);
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

    prefixes: () => prefixTally.found(),
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
