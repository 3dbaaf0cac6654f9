import type { ScriptedOutcome } from '../../simulator/anthropic/script.ts';
import { lines } from '../action/harness.ts';

/** Requests that are answered `yes`, if all is well, with an assert that says so and others besides. */
export function casesOf(count: number, { more = [], word = 'fine' }: { more?: readonly object[]; word?: string } = {}) {
  const ids = Array.from({ length: count }, (_, index) => `case-${index + 1}`);
  return lines(
    ...ids.map((id) => {
      const messages = [{ role: 'user', content: `Is ${id} ${word}?` }];
      const params = { model: 'claude-haiku-4-5', max_tokens: 8, messages };
      return JSON.stringify({ custom_id: id, params, assert: [{ type: 'equals', value: 'yes' }, ...more] });
    }),
  );
}

/** Answers every case with `yes`, but the first ones with `no`. Judgements are left to the judge. */
export function yesExcept(first: number) {
  const wrong = new Set(Array.from({ length: first }, (_, index) => `case-${index + 1}`));
  return (customId: string, params: Readonly<Record<string, unknown>>): ScriptedOutcome | undefined => {
    if ('output_config' in params) return undefined;
    return { kind: 'succeeded', text: wrong.has(customId.replace(/-r\d+$/, '')) ? 'no' : 'yes' };
  };
}
