import type { Summary } from '../summary/summary.ts';
import { countOf } from '../text/numbers.ts';

/** What qualifies the figures, one sentence each, as plain words. */
export function notesOf({ cost, code_executions, stray, tokens, had_key }: Summary): string[] {
  const noKey = had_key === false ? [NO_KEY] : [];
  if (tokens === null) return noKey;
  return [
    ...when(cost.unpriced, (count) => {
      const part = cost.usd === null ? 'their cost is unknown' : 'the cost is a lower bound';
      return `${countOf(count, 'answered request')} used something without a known price, so ${part}: a file given as prices can add it.`;
    }),
    ...when(code_executions ?? 0, (count) => {
      return `${countOf(count, 'request')} ran code; container hours are billed apart and cannot be computed here.`;
    }),
    ...when(
      stray.foreign,
      (count) => `${countOf(count, 'result line')} belonged to no request and ${areNot(count)} counted.`,
    ),
    ...when(
      stray.repeated,
      (count) => `${countOf(count, 'result line')} came twice; only the first of each id counts.`,
    ),
    ...when(
      stray.unreadable,
      (count) => `${countOf(count, 'result line')} could not be read and ${areNot(count)} counted.`,
    ),
  ];
}

const NO_KEY =
  'There was no API key, so models were not looked up and no prompt was counted: with one, the check finds more and the estimate is closer.';

function when(count: number, say: (count: number) => string): string[] {
  return count === 0 ? [] : [say(count)];
}

function areNot(count: number): string {
  return count === 1 ? 'is not' : 'are not';
}
