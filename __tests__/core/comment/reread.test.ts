import { expect, test } from '@jest/globals';
import { rereadPauseMs } from '../../../src/core/comment/reread.ts';

const run = { runId: 42, action: 'batch' };

test('legs and rounds wait different times of one to three seconds, the same each time', () => {
  const pauses = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((name) =>
    [1, 2, 3].map((round) => rereadPauseMs(run, `evals-${name}`, round)),
  );
  expect(pauses.filter((ms) => !Number.isInteger(ms) || ms < 1_000 || ms > 3_000)).toEqual([]);
  expect(new Set(pauses).size).toBeGreaterThan(20);
  expect(Math.max(...pauses) - Math.min(...pauses)).toBeGreaterThan(1_000);
  expect(rereadPauseMs(run, 'evals-0', 1)).toBe(pauses[0]);
});
