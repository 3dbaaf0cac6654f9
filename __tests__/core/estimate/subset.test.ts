import { expect, test } from '@jest/globals';
import { createPriceBook } from '../../../src/core/cost/book.ts';
import { estimateCost } from '../../../src/core/estimate/estimate.ts';
import { createRequestStats } from '../../../src/core/estimate/request-stats.ts';
import { countsIn, subsetOf } from '../../../src/core/estimate/subset.ts';

function statsOf(positions: readonly number[]) {
  const stats = createRequestStats();
  for (const position of positions)
    stats.add({
      model: position % 2 === 0 ? 'claude-haiku-4-5' : 'claude-opus-4-5',
      max_tokens: 100 + position,
      messages: [{ role: 'user', content: 'word '.repeat(position + 1) }],
    });
  return stats;
}

test('a subset is estimated like the same requests alone', () => {
  const all = statsOf([0, 1, 2, 3, 4, 5]);
  const counts = new Map([
    [1, 12],
    [2, 30],
    [5, 60],
  ]);
  const about = { models: new Map(), prices: createPriceBook(), atMs: Date.parse('2026-11-22T10:00:00Z') };
  const of = (positions: readonly number[]) =>
    estimateCost({ ...about, stats: subsetOf(all, positions), counts: countsIn(counts, positions) });
  const alone = (positions: readonly number[]) =>
    estimateCost({ ...about, stats: statsOf(positions), counts: countsIn(counts, positions) });
  for (const positions of [[1, 2, 5], [4], [0, 1, 2, 3, 4, 5]]) expect(of(positions)).toEqual(alone(positions));
  expect(of([]).batch.upper).toBe(0n);
  expect(subsetOf(all, [0, 1, 2, 3, 4, 5])).toBe(all);
});
