import type { Sizes } from './bounds.ts';
import { imageWeight } from './prompt-weight.ts';
import type { RequestStat } from './request-stat.ts';
import type { TokensPerByte } from './tokens-per-byte.ts';

/** Most tokens of an image: the largest size that newer models do not scale down. */
const mostOfImage = 4_784;

/** Most tokens per byte of a PDF: dense pages of text in a small file. */
const mostOfDocumentByte = 2;

/** The API adds its own instructions for tools, some hundreds of tokens. Counts include them; the rule must add them. */
const mostOfToolInstructions = 1_000;

/** The largest prompt of any model, used if the API does not report the model's own. */
const largestPrompt = 1_000_000;

/**
 * Tokens of a request's prompt: exact if counted, else by its model's tokens per byte. `window` is the most the model takes, infinite if
 * unknown: a longer prompt is refused and costs nothing, so the low end of a counted one is 0. The other ends still include it, in case
 * the API takes it after all. For uncounted prompts, the window only cuts what the bound adds to the likely range.
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
 * Most tokens of an uncounted prompt: text by its model's bound, images and PDFs each by their own. If it refers to content outside the
 * request, the largest prompt there is.
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
 * Nothing before the run tells how long answers will be. Most are far shorter than `max_tokens`, which people set so that nothing is cut:
 * the likely answer is a quarter of it, at most a page of text; the longest likely one is four pages.
 */
const likelyAnswer = 512;
const longestLikelyAnswer = 2_048;

/**
 * Output tokens of an answer with `maxTokens` (whole; 0 if the request will be refused). Thoughts count as output and use as much as they
 * may: half of it is likely, all of it is possible.
 */
export function answerTokensOf(maxTokens: number, isThinking: boolean): Sizes {
  return {
    low: Math.min(1, maxTokens),
    point: likelyTokensOf(maxTokens, isThinking),
    high: isThinking ? maxTokens : Math.min(maxTokens, longestLikelyAnswer),
    upper: maxTokens,
  };
}

/** Only the likely point, in whole tokens. */
export function likelyTokensOf(maxTokens: number, isThinking: boolean): number {
  return isThinking ? Math.ceil(maxTokens / 2) : Math.ceil(Math.min(maxTokens / 4, likelyAnswer));
}
