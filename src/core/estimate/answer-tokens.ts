import type { Tokens } from './prompt-tokens.ts';

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
