import { imageWeight } from './prompt-weight.ts';
import type { RequestStats } from './request-stats.ts';

/** How many tokens a byte of a prompt's weight makes with one model: the likely range, and what is practically never exceeded. */
export interface TokensPerByte {
  /** `counted` every prompt, `sampled` some of them, `rule` none: then the figures are assumptions. */
  readonly basis: 'counted' | 'sampled' | 'rule';
  readonly requests: number;
  readonly counted: number;
  readonly low: number;
  readonly point: number;
  readonly high: number;
  readonly upper: number;
}

/**
 * Without any count: English prose has 3 to 5 bytes a token, depending on the model's tokenizer; code, JSON and most other
 * languages have 2 to 4. Base64, hashes and emoji come down to about one and a half.
 */
export const ruleTokensPerByte = { low: 1 / 5, point: 1 / 3.5, high: 1 / 2.5, upper: 1 / 1.5 } as const;

/**
 * One more ratio that the sample is taken to hold, this share of the mean away from it, so that two prompts that agree by
 * chance are not taken for certainty. Of forty it moves nothing.
 */
const assumedSpread = 0.15;

/** Standard errors: two for the likely range, four for the bound. */
const likelyErrors = 2;
const upperErrors = 4;

/**
 * Chance that a kind of prompt as large as what is reckoned with is in none of the sample. A few dense ones among many alike
 * (logs, base64) are most often not met at all, and then the sample's spread knows nothing of them.
 */
const likelyMissed = 0.135;
const upperMissed = 0.01;

/** The share of the weight that none of `counted` prompts shows with this chance: 5 % and 11 % of it at forty. */
function unseenShare(counted: number, chance: number): number {
  return 1 - chance ** (1 / counted);
}

interface Ratios {
  requests: number;
  readonly counted: { readonly weight: number; readonly ratio: number }[];
  /** Of those that are not counted. */
  restWeight: number;
  restSquares: number;
  longestRest: number;
}

/**
 * By index of the model. The sample's chance grows with the weight, so that the mean of its ratios is the rest's tokens a
 * byte. A ratio of a prompt longer than all that are left says little about them and is left out where there are others;
 * the bound looks at all. The upper ends hold a share that is as dense as text gets and that the sample does not show: the
 * likely one goes by all that was counted, of whatever model, the bound by the model's own.
 */
export function tokensPerByteOf(stats: RequestStats, counts: ReadonlyMap<number, number>): TokensPerByte[] {
  const models = stats.models.map(
    (): Ratios => ({
      requests: 0,
      counted: [],
      restWeight: 0,
      restSquares: 0,
      longestRest: 0,
    }),
  );
  for (const [position, index] of stats.model.entries()) {
    const ratios = models[index];
    if (ratios === undefined) continue;
    ratios.requests += 1;
    const weight = stats.weight[position] ?? 1;
    const tokens = counts.get(position);
    if (tokens !== undefined) {
      ratios.counted.push({ weight, ratio: tokens / weight });
    } else {
      ratios.restWeight += weight;
      ratios.restSquares += weight * weight;
      ratios.longestRest = Math.max(ratios.longestRest, weight);
    }
  }
  const inAll = models.reduce((sum, { counted }) => sum + counted.length, 0);
  return models.map((ratios) => ratioOf(ratios, inAll));
}

function ratioOf({ requests, counted, restWeight, restSquares, longestRest }: Ratios, inAll: number): TokensPerByte {
  const about = { requests, counted: counted.length };
  if (counted.length === 0) return { basis: 'rule', ...about, ...ruleTokensPerByte };
  const alike = counted.filter(({ weight }) => weight <= longestRest);
  const ratios = (alike.length >= 3 ? alike : counted).map(({ ratio }) => ratio);
  const n = ratios.length;
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / n;
  if (restWeight === 0) return { basis: 'counted', ...about, low: mean, point: mean, high: mean, upper: mean };
  const squares = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0);
  const variance = (squares + (assumedSpread * mean) ** 2) / n;
  // The error of the mean, and of the rest's own mean: few prompts may all be off to one side.
  const error = Math.sqrt(variance * (1 / n + restSquares / restWeight ** 2));
  const likely = mean + unseenShare(inAll, likelyMissed) * Math.max(0, ruleTokensPerByte.upper - mean);
  const bound = mean + upperErrors * error;
  const denser = unseenShare(n, upperMissed) * Math.max(0, ruleTokensPerByte.upper - bound);
  const most = counted.reduce((largest, { ratio }) => Math.max(largest, ratio), 0);
  return {
    basis: 'sampled',
    ...about,
    low: Math.max(0, mean - likelyErrors * error),
    point: mean,
    // Of what is not seen no more is likely than of all, had nothing been counted.
    high: Math.max(mean + likelyErrors * error, Math.min(likely, ruleTokensPerByte.high)),
    upper: Math.max(most, bound + denser),
  };
}

/** Most tokens of an image: one of the largest size that newer models look at without making it smaller. */
const mostOfImage = 4_784;

/** Tokens a byte of a PDF, at most: pages of dense text in a small file. */
const mostOfDocumentByte = 2;

/** Tools come with instructions of the API's own, some hundreds of tokens. Counts hold them, the rule has to add them. */
const mostOfToolInstructions = 1_000;

/** The largest prompt that any model takes, where the API does not say how large its own is. */
const largestPrompt = 1_000_000;

/** What one request's prompt holds, for its bound. */
export interface Contents {
  readonly weight: number;
  readonly images: number;
  readonly documentBytes: number;
  readonly unseen: number;
  readonly hasTools: boolean;
}

/**
 * Most tokens of a prompt that was not counted: text by the bound of its model, images and PDFs each by their own. With
 * something the request does not hold itself, the largest prompt there is.
 */
export function mostTokensOf(contents: Contents, ratio: TokensPerByte): number {
  const { weight, images, documentBytes, unseen, hasTools } = contents;
  if (unseen > 0) return largestPrompt;
  const text = Math.max(0, weight - images * imageWeight);
  const rest = images * mostOfImage + documentBytes * mostOfDocumentByte;
  const instructions = hasTools && ratio.basis === 'rule' ? mostOfToolInstructions : 0;
  return Math.ceil(Math.max(text * ratio.upper + rest + instructions, weight * ratio.high));
}
