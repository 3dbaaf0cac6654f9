import type { ApiModel } from '../../ports/api.ts';
import { answerTokensOf } from './answer-tokens.ts';
import { type Bill, createBill } from './bill.ts';
import { type Density, ruleDensity } from './density.ts';
import { chargesOf, type Pricing, windowOf } from './pricing.ts';
import { addPrompt, createPromptBills, kindsOf, type PromptBills } from './prompt-bills.ts';
import { promptTokensOf, type Tokens } from './prompt-tokens.ts';
import { flags, type Tally } from './tally.ts';

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

const unknownModel: Density = { basis: 'rule', requests: 0, counted: 0, ...ruleDensity };

/** Adds up every request of the tally. `densities` is by index of the model. */
export function sumUp(
  tally: Tally,
  counts: ReadonlyMap<number, number>,
  densities: readonly Density[],
  models: ReadonlyMap<string, ApiModel>,
  pricing: Pricing,
): Sums {
  const sums = emptySums();
  const windows = tally.models.map((name) => windowOf(name, models.get(name), pricing));
  for (const [position, index] of tally.model.entries()) {
    const name = tally.models[index] ?? '';
    const api = models.get(name);
    const own = tally.flags[position] ?? 0;
    const window = windows[index] ?? Number.POSITIVE_INFINITY;
    const density = densities[index] ?? unknownModel;
    const prompt = promptTokensOf(position, tally, density, counts.get(position), window);
    const asked = tally.maxTokens[position] ?? 0;
    const isThinking = (own & flags.thinking) !== 0;
    const answer = answerTokensOf(Math.min(asked, api?.maxTokens ?? asked), isThinking);
    const searches = tally.searches[position] ?? 0;
    addTokens(sums.input, prompt);
    addTokens(sums.output, answer);
    addTokens(sums.searches, { low: 0, point: Math.min(1, searches), high: searches, upper: searches });
    sums.mostMaxTokens = Math.max(sums.mostMaxTokens, asked);
    if ((own & flags.marked) !== 0) sums.isMarked = true;
    if ((own & flags.serverTools) !== 0) sums.growing.serverTools += 1;
    if ((own & flags.compaction) !== 0) sums.growing.compaction += 1;
    if ((own & (flags.serverTools | flags.compaction)) !== 0) sums.growing.requests += 1;

    const about = { flags: own, kinds: kindsOf(position, tally) };
    const charges = index === -1 ? undefined : chargesOf(name, api, prompt, about, pricing);
    if (charges === undefined) {
      sums.unpriced.set(index, (sums.unpriced.get(index) ?? 0) + 1);
      continue;
    }
    addPrompt(sums.prompts, position, tally, prompt, charges);
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
