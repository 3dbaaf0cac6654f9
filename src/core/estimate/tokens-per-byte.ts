import type { RequestStats } from './request-stats.ts';

/** Tokens per byte of a prompt's weight with one model: the likely range, and a bound that is practically never exceeded. */
export interface TokensPerByte {
  /** `counted`: every prompt; `sampled`: some of them; `rule`: none, so the numbers are assumptions. */
  readonly basis: 'counted' | 'sampled' | 'rule';
  readonly low: number;
  readonly point: number;
  readonly high: number;
  readonly upper: number;
}

/**
 * Used without any count: English prose has 3 to 5 bytes a token, depending on the model's tokenizer; code, JSON and most other languages
 * have 2 to 4. Base64, hashes and emoji go down to about one and a half.
 */
export const ruleTokensPerByte = { basis: 'rule', low: 1 / 5, point: 1 / 3.5, high: 1 / 2.5, upper: 1 / 1.5 } as const;

/**
 * The sample is treated as having one more ratio, off the mean by this share of it, so that two prompts that agree by chance do not count
 * as certainty. With forty prompts it changes nothing.
 */
const assumedSpread = 0.15;

/** Standard errors: two for the likely range, four for the bound. */
const likelyErrors = 2;
const upperErrors = 4;

/**
 * Chance that the sample misses a whole kind of prompt of the assumed size. A few dense prompts among many alike (logs, base64) are
 * usually missed, and then the sample's spread does not show them.
 */
const likelyMissed = 0.135;
const upperMissed = 0.01;

/** The share of the weight that `counted` prompts all miss with this chance: 5 % and 11 % of it at forty. */
function unseenShare(counted: number, chance: number): number {
  return 1 - chance ** (1 / counted);
}

/** The requests of one model. */
interface OfModel {
  readonly counted: { readonly weight: number; readonly ratio: number }[];
  /** The uncounted requests: how many, and the largest, the sum and the sum of squares of their weights. */
  readonly rest: { count: number; longest: number; sum: number; squares: number };
}

/**
 * By model. Sampling is proportional to weight, so the mean of the sample's ratios estimates the rest's tokens per byte. A ratio from a
 * prompt longer than all remaining ones says little about them and is skipped if there are others; the bound considers all. The upper
 * ends assume that the sample missed a share of the densest possible text: the likely one bases that share on all counted prompts of any
 * model, the bound on the model's own.
 */
export function tokensPerByteOf(
  { requests }: Pick<RequestStats, 'requests'>,
  counts: ReadonlyMap<number, number>,
): ReadonlyMap<string, TokensPerByte> {
  const byModel = new Map<string, OfModel>();
  let position = -1;
  for (const { model, weight } of requests) {
    position += 1;
    if (model === undefined) continue;
    let own = byModel.get(model);
    if (own === undefined) {
      own = { counted: [], rest: { count: 0, longest: 0, sum: 0, squares: 0 } };
      byModel.set(model, own);
    }
    const { counted, rest } = own;
    const tokens = counts.get(position);
    if (tokens === undefined) {
      rest.count += 1;
      rest.longest = Math.max(rest.longest, weight);
      rest.sum += weight;
      rest.squares += weight ** 2;
    } else counted.push({ weight, ratio: tokens / weight });
  }
  return new Map(Array.from(byModel, ([model, own]) => [model, ratioOf(own, counts.size)]));
}

function ratioOf({ counted, rest }: OfModel, inAll: number): TokensPerByte {
  if (counted.length === 0) return ruleTokensPerByte;
  const alike = counted.filter(({ weight }) => weight <= rest.longest);
  const ratios = (alike.length >= 3 ? alike : counted).map(({ ratio }) => ratio);
  const n = ratios.length;
  const mean = sumOf(ratios) / n;
  if (rest.count === 0) return { basis: 'counted', low: mean, point: mean, high: mean, upper: mean };
  const variance = (sumOf(ratios.map((ratio) => (ratio - mean) ** 2)) + (assumedSpread * mean) ** 2) / n;
  // The error of the mean, and of the rest's own mean: a few prompts may all lie to one side.
  const error = Math.sqrt(variance * (1 / n + rest.squares / rest.sum ** 2));
  const likely = mean + unseenShare(inAll, likelyMissed) * Math.max(0, ruleTokensPerByte.upper - mean);
  const bound = mean + upperErrors * error;
  const denser = unseenShare(n, upperMissed) * Math.max(0, ruleTokensPerByte.upper - bound);
  return {
    basis: 'sampled',
    low: Math.max(0, mean - likelyErrors * error),
    point: mean,
    // The missed part is never assumed denser than everything would be if nothing had been counted.
    high: Math.max(mean + likelyErrors * error, Math.min(likely, ruleTokensPerByte.high)),
    upper: Math.max(bound + denser, ...counted.map(({ ratio }) => ratio)),
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
