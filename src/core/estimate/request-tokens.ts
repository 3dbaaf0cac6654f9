import type { ApiModel } from '../../ports/api.ts';
import { flags, type RequestStats } from './request-stats.ts';
import { mostTokensOf, type TokensPerByte } from './tokens-per-byte.ts';

/** Tokens of one thing: the likely range and the most. Not whole until they are added up. */
export interface Tokens {
  low: number;
  point: number;
  high: number;
  upper: number;
}

/**
 * Tokens of the prompt at `position`: exact where it was counted, else by the tokens per byte of its model. `window` is the most
 * the model takes, infinite where unknown: a longer prompt is refused and costs nothing, so that the low end of a counted one
 * is 0. Should the API take it after all, the other ends still hold it. Only what the bound adds to the likely range for
 * prompts that were not counted is cut at the window.
 */
export function promptTokensOf(
  position: number,
  stats: RequestStats,
  ratio: TokensPerByte,
  counted: number | undefined,
  window: number,
): Tokens {
  if (counted !== undefined) {
    return { low: counted > window ? 0 : counted, point: counted, high: counted, upper: counted };
  }
  const weight = stats.weight[position] ?? 1;
  const contents = {
    weight,
    images: stats.images[position] ?? 0,
    documentBytes: stats.documentBytes[position] ?? 0,
    unseen: stats.unseen[position] ?? 0,
    hasTools: ((stats.flags[position] ?? 0) & flags.tools) !== 0,
  };
  const high = weight * ratio.high;
  return {
    low: weight * ratio.low > window ? 0 : weight * ratio.low,
    point: weight * ratio.point,
    high,
    upper: Math.max(high, Math.min(mostTokensOf(contents, ratio), window)),
  };
}

/**
 * Nothing before the run tells how long answers will be. Most are far shorter than `max_tokens`, which people set so that
 * nothing is cut: a quarter of it, and no more than a page of text, is the likely answer; four pages the likely longest.
 */
const likelyAnswer = 512;
/** Tokens of the likely longest answer. */
const longestLikelyAnswer = 2_048;

/**
 * Output tokens of an answer with `maxTokens` (whole, 0 where the request will be refused). With thinking, the thoughts are
 * output too and use as much as they are let: half of it is likely, all of it may be.
 */
export function answerTokensOf(maxTokens: number, isThinking: boolean): Tokens {
  return {
    low: Math.min(1, maxTokens),
    point: likelyTokensOf(maxTokens, isThinking),
    high: isThinking ? maxTokens : Math.min(maxTokens, longestLikelyAnswer),
    upper: maxTokens,
  };
}

/** The likely point alone, in whole tokens. */
export function likelyTokensOf(maxTokens: number, isThinking: boolean): number {
  return isThinking ? Math.ceil(maxTokens / 2) : Math.ceil(Math.min(maxTokens / 4, likelyAnswer));
}

/** A prompt that does not fit: `tokens` were counted, and `most` is what the model takes. */
export interface TooLong {
  /** From 0. */
  readonly position: number;
  readonly model: string;
  readonly tokens: number;
  readonly most: number;
}

/** The counted prompts that do not fit, in file order. */
export function tooLongOf(
  stats: RequestStats,
  counts: ReadonlyMap<number, number>,
  models: ReadonlyMap<string, ApiModel>,
): readonly TooLong[] {
  const found = [...counts].flatMap(([position, tokens]) => {
    const model = stats.models[stats.model[position] ?? -1] ?? '';
    const most = models.get(model)?.maxInputTokens ?? Number.POSITIVE_INFINITY;
    return tokens > most ? [{ position, model, tokens, most }] : [];
  });
  return found.sort((a, b) => a.position - b.position);
}
