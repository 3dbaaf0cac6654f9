import type { CacheUse } from './cache-use.ts';
import type { PromptWeight } from './prompt-weight.ts';

/** The part of a request that estimates keep: numbers, and no text except the model's name. `weight` is at least 1. */
export interface RequestStat extends Readonly<PromptWeight>, Steps {
  /** As in the params; undefined if that is not a string. */
  readonly model: string | undefined;
  /** 0 unless the params give a whole number of 1 or more; at most 2^53 - 1, see `wholeOf`. */
  readonly maxTokens: number;
  /** Whether thinking is on: thoughts count as output and fill `max_tokens` before the answer does. */
  readonly isThinking: boolean;
  readonly hasTools: boolean;
  /** Where inference must run, as far as the params say. */
  readonly region: 'us' | 'other' | undefined;
  /** Undefined without a cache breakpoint. */
  readonly cache: CacheUse | undefined;
}

/** What a request may do beyond one prompt and one answer. */
export interface Steps {
  /** Whether tools that run at the API may add tokens to its prompt. */
  readonly serverTools: boolean;
  readonly compaction: boolean;
  /** Most web searches; 0 without the tool. */
  readonly searches: number;
}
