import type { ApiModel } from '../../ports/api.ts';
import type { Tally } from './tally.ts';

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
  tally: Tally,
  counts: ReadonlyMap<number, number>,
  models: ReadonlyMap<string, ApiModel>,
): readonly TooLong[] {
  const found = [...counts].flatMap(([position, tokens]) => {
    const model = tally.models[tally.model[position] ?? -1] ?? '';
    const most = models.get(model)?.maxInputTokens ?? Number.POSITIVE_INFINITY;
    return tokens > most ? [{ position, model, tokens, most }] : [];
  });
  return found.sort((a, b) => a.position - b.position);
}
