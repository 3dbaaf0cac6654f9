import { expect, test } from '@jest/globals';
import { addTokens } from '../../../src/core/cost/tokens.ts';

test('each kind of token is added to its own', () => {
  const some = { input: 1, output: 20, cacheRead: 300, cacheWrite5m: 4_000, cacheWrite1h: 50_000 };
  const more = { input: 2, output: 30, cacheRead: 400, cacheWrite5m: 5_000, cacheWrite1h: 60_000 };
  expect(addTokens(some, more)).toEqual({
    input: 3,
    output: 50,
    cacheRead: 700,
    cacheWrite5m: 9_000,
    cacheWrite1h: 110_000,
  });
});
