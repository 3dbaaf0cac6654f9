import type { Sizes } from './bounds.ts';
import { imageWeight } from './prompt-weight.ts';
import type { RequestStat } from './request-stat.ts';
import type { TokensPerByte } from './tokens-per-byte.ts';

/** Most tokens of an image: one of the largest size that newer models look at without making it smaller. */
const mostOfImage = 4_784;

/** Tokens a byte of a PDF, at most: pages of dense text in a small file. */
const mostOfDocumentByte = 2;

/** Tools come with instructions of the API's own, some hundreds of tokens. Counts hold them, the rule has to add them. */
const mostOfToolInstructions = 1_000;

/** The largest prompt that any model takes, where the API does not say how large its own is. */
const largestPrompt = 1_000_000;

/**
 * Tokens of a request's prompt: exact where it was counted, else by the tokens per byte of its model. `window` is the most
 * the model takes, infinite where unknown: a longer prompt is refused and costs nothing, so that the low end of a counted one
 * is 0. Should the API take it after all, the other ends still hold it. Only what the bound adds to the likely range for
 * prompts that were not counted is cut at the window.
 */
export function promptTokensOf(
  request: RequestStat,
  ratio: TokensPerByte,
  { counted, window }: { readonly counted: number | undefined; readonly window: number },
): Sizes {
  const [low, point, high] =
    counted === undefined
      ? [request.weight * ratio.low, request.weight * ratio.point, request.weight * ratio.high]
      : [counted, counted, counted];
  const upper = counted ?? Math.max(high, Math.min(mostTokensOf(request, ratio), window));
  return { low: low > window ? 0 : low, point, high, upper };
}

/**
 * Most tokens of a prompt that was not counted: text by the bound of its model, images and PDFs each by their own. With
 * something the request does not hold itself, the largest prompt there is.
 */
export function mostTokensOf(
  contents: Pick<RequestStat, 'weight' | 'images' | 'documentBytes' | 'unseen' | 'hasTools'>,
  ratio: TokensPerByte,
): number {
  const { weight, images, documentBytes, unseen, hasTools } = contents;
  if (unseen > 0) return largestPrompt;
  const text = Math.max(0, weight - images * imageWeight);
  const rest = images * mostOfImage + documentBytes * mostOfDocumentByte;
  const instructions = hasTools && ratio.basis === 'rule' ? mostOfToolInstructions : 0;
  return Math.ceil(Math.max(text * ratio.upper + rest + instructions, weight * ratio.high));
}

/**
 * Nothing before the run tells how long answers will be. Most are far shorter than `max_tokens`, which people set so that
 * nothing is cut: a quarter of it, and no more than a page of text, is the likely answer; four pages the likely longest.
 */
const likelyAnswer = 512;
const longestLikelyAnswer = 2_048;

/**
 * Output tokens of an answer with `maxTokens` (whole, 0 where the request will be refused). With thinking, the thoughts are
 * output too and use as much as they are let: half of it is likely, all of it may be.
 */
export function answerTokensOf(maxTokens: number, isThinking: boolean): Sizes {
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
