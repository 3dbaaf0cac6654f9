import type { CacheUse } from './cache-use.ts';
import type { PromptWeight } from './prompt-weight.ts';

/** What is kept of a request: numbers, and no text of it but the model's name. `weight` is at least 1. */
export interface RequestStat extends Readonly<PromptWeight>, Steps {
  /** As params give it; undefined where that is not a string. */
  readonly model: string | undefined;
  /** 0 where params give no whole number of 1 or more; at most 2^53 - 1, see `wholeOf`. */
  readonly maxTokens: number;
  /** Whether thinking is on: thoughts are output, and fill `max_tokens` before the answer does. */
  readonly isThinking: boolean;
  readonly hasTools: boolean;
  /** Where inference has to run, as far as params say so. */
  readonly region: 'us' | 'other' | undefined;
  /** Undefined without a cache breakpoint. */
  readonly cache: CacheUse | undefined;
}

/** What a request may do beyond one prompt and one answer. */
export interface Steps {
  /** Whether tools that run at the API may bring tokens into its prompt. */
  readonly serverTools: boolean;
  readonly compaction: boolean;
  /** Most web searches; 0 without the tool. */
  readonly searches: number;
}
