import type { ApiModel } from '../../ports/api.ts';
import { type Bill, createBill } from './bill.ts';
import { chargesOf, type Pricing, windowOf } from './pricing.ts';
import { addPrompt, createPromptBills, kindsOf, type PromptBills } from './prompt-bills.ts';
import { flags, type RequestStats } from './request-stats.ts';
import { answerTokensOf, promptTokensOf, type Tokens } from './request-tokens.ts';
import { ruleTokensPerByte, type TokensPerByte } from './tokens-per-byte.ts';

/** All requests added up. Tokens are of all of them, bills only of those with a price. */
export interface Sums {
  readonly input: Tokens;
  readonly output: Tokens;
  readonly searches: Tokens;
  readonly prompts: PromptBills;
  readonly answers: { readonly [size in keyof Tokens]: Bill };
  /** One output token of each request: what a change of `max_tokens` moves. */
  readonly answerToken: { readonly upper: Bill; readonly plain: Bill; readonly thinking: Bill };
  /** Requests whose prompt grows by what happens while they run; one can be both. */
  readonly growing: { requests: number; serverTools: number; compaction: number };
  /** Requests without a price, by the index of their model (-1 without one). */
  readonly unpriced: Map<number, number>;
  /** The largest `max_tokens`. */
  mostMaxTokens: number;
  /** Whether any request has a cache mark. */
  isMarked: boolean;
}

const unknownModel: TokensPerByte = { basis: 'rule', requests: 0, counted: 0, ...ruleTokensPerByte };

/** Adds up every request. `ratios` is by index of the model. */
export function sumUp(
  stats: RequestStats,
  counts: ReadonlyMap<number, number>,
  ratios: readonly TokensPerByte[],
  models: ReadonlyMap<string, ApiModel>,
  pricing: Pricing,
): Sums {
  const sums = emptySums();
  const windows = stats.models.map((name) => windowOf(name, models.get(name), pricing));
  for (const [position, index] of stats.model.entries()) {
    const name = stats.models[index] ?? '';
    const api = models.get(name);
    const own = stats.flags[position] ?? 0;
    const window = windows[index] ?? Number.POSITIVE_INFINITY;
    const ratio = ratios[index] ?? unknownModel;
    const prompt = promptTokensOf(position, stats, ratio, counts.get(position), window);
    const asked = stats.maxTokens[position] ?? 0;
    const isThinking = (own & flags.thinking) !== 0;
    const answer = answerTokensOf(Math.min(asked, api?.maxTokens ?? asked), isThinking);
    const searches = stats.searches[position] ?? 0;
    addTokens(sums.input, prompt);
    addTokens(sums.output, answer);
    addTokens(sums.searches, { low: 0, point: Math.min(1, searches), high: searches, upper: searches });
    sums.mostMaxTokens = Math.max(sums.mostMaxTokens, asked);
    if ((own & flags.marked) !== 0) sums.isMarked = true;
    if ((own & flags.serverTools) !== 0) sums.growing.serverTools += 1;
    if ((own & flags.compaction) !== 0) sums.growing.compaction += 1;
    if ((own & (flags.serverTools | flags.compaction)) !== 0) sums.growing.requests += 1;

    const about = { flags: own, kinds: kindsOf(position, stats) };
    const charges = index === -1 ? undefined : chargesOf(name, api, prompt, about, pricing);
    if (charges === undefined) {
      sums.unpriced.set(index, (sums.unpriced.get(index) ?? 0) + 1);
      continue;
    }
    addPrompt(sums.prompts, position, stats, prompt, charges);
    for (const size of ['low', 'point', 'high', 'upper'] as const)
      sums.answers[size].add(charges[size], 'output', answer[size]);
    sums.answerToken.upper.add(charges.upper, 'output', 1);
    sums.answerToken[isThinking ? 'thinking' : 'plain'].add(charges.point, 'output', 1);
  }
  return sums;
}

function emptySums(): Sums {
  const none = (): Tokens => ({ low: 0, point: 0, high: 0, upper: 0 });
  return {
    input: none(),
    output: none(),
    searches: none(),
    prompts: createPromptBills(),
    answers: { low: createBill(), point: createBill(), high: createBill(), upper: createBill() },
    answerToken: { upper: createBill(), plain: createBill(), thinking: createBill() },
    growing: { requests: 0, serverTools: 0, compaction: 0 },
    unpriced: new Map(),
    mostMaxTokens: 0,
    isMarked: false,
  };
}

function addTokens(sum: Tokens, tokens: Tokens): void {
  sum.low += tokens.low;
  sum.point += tokens.point;
  sum.high += tokens.high;
  sum.upper += tokens.upper;
}
