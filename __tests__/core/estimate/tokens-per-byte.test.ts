import { describe, expect, test } from '@jest/globals';
import { mostTokensOf } from '../../../src/core/estimate/request-tokens.ts';
import { ruleTokensPerByte, tokensPerByteOf } from '../../../src/core/estimate/tokens-per-byte.ts';
import type { Params } from '../../../src/core/requests/params.ts';
import { statsOf } from './truth.ts';

/** A request that weighs so many bytes. */
const weighing = (bytes: number, model = 'm'): Params => ({ model, system: 'x'.repeat(bytes - 2) });

/** `counted` requests of 1,000 bytes with these tokens, and `rest` more that are not counted. */
function ratio(counted: readonly number[], rest: readonly number[]) {
  const stats = statsOf([...counted.map(() => weighing(1_000)), ...rest.map((bytes) => weighing(bytes))]);
  const found = tokensPerByteOf(stats, new Map(counted.entries())).get('m');
  if (found === undefined) throw new Error('there is no model');
  return found;
}

const many = Array<number>(1_000).fill(1_000);

describe('of a sample', () => {
  test('the point is the mean of the ratios, each as much as the others', () => {
    expect(ratio([200, 300, 400], many)).toMatchObject({ basis: 'sampled' });
    expect(ratio([200, 300, 400], many).point).toBeCloseTo(0.3, 10);
  });

  test('the range is two standard errors, with one assumed ratio 15 % off', () => {
    // Squares: 2 × 0.2² + (0.15 × 0.4)², over 3; the mean's error over 3 and over the 1,000 others.
    const error = Math.sqrt(((0.08 + 0.06 ** 2) / 3) * (1 / 3 + 1 / 1_000));
    const { low, high } = ratio([200, 400, 600], many);
    expect(low).toBeCloseTo(0.4 - 2 * error, 10);
    expect(high).toBeCloseTo(0.4 + 2 * error, 10);
  });

  test('but holds a twentieth that forty alike do not show, no denser in all than without any count', () => {
    const share = 1 - 0.135 ** (1 / 40);
    expect(ratio(Array<number>(40).fill(250), many).high).toBeCloseTo(0.25 + share * (1 / 1.5 - 0.25), 10);
    expect(ratio([250], many).high).toBe(ruleTokensPerByte.high);
  });

  test('the bound is four standard errors and an unseen part as dense as text gets, or the largest ratio', () => {
    const error = Math.sqrt(((0.02 + 0.045 ** 2) / 3) * (1 / 3 + 1 / 1_000));
    const without = 0.3 + 4 * error;
    const share = 1 - 0.01 ** (1 / 3);
    expect(ratio([200, 300, 400], many).upper).toBeCloseTo(without + share * (1 / 1.5 - without), 10);
    expect(ratio([1_000, 1_000, 1_000], many).upper).toBeLessThan(1.4);
    expect(ratio([...Array<number>(39).fill(200), 900], many).upper).toBe(0.9);
  });

  test('one more prompt is less certain than the mean of many', () => {
    const counted = Array.from({ length: 40 }, (_, at) => 200 + 10 * (at % 10));
    const width = (rest: readonly number[]) => ratio(counted, rest).point - ratio(counted, rest).low;
    expect(width([1_000])).toBeGreaterThan(6 * width(many));
    // One that outweighs all others is as uncertain as one alone.
    expect(width([...many, 10_000_000])).toBeGreaterThan(5 * width(many));
  });

  test('forty that agree are nearly sure', () => {
    const { low, high, point } = ratio(Array<number>(40).fill(250), many);
    expect((point - low) / point).toBeLessThan(0.01);
    expect((high - point) / point).toBeLessThan(0.09);
  });

  test('prompts longer than any of the rest count for the bound only, where there are others', () => {
    const stats = statsOf([
      ...[1, 2, 3].map(() => weighing(100)),
      weighing(100_000),
      ...Array.from({ length: 50 }, () => weighing(200)),
    ]);
    const found = tokensPerByteOf(stats, new Map([20, 20, 20, 90_000].entries())).get('m');
    expect(found).toMatchObject({ upper: 0.9 });
    expect(found?.point).toBeCloseTo(0.2, 10);
    const two = tokensPerByteOf(stats, new Map([20, 20].entries()).set(3, 90_000)).get('m');
    expect(two?.point).toBeCloseTo((0.2 + 0.2 + 0.9) / 3, 10);
  });
});

test('every model has its own', () => {
  const stats = statsOf([weighing(1_000, 'a'), weighing(1_000, 'b'), weighing(1_000, 'c'), weighing(1_000, 'a')]);
  expect([...tokensPerByteOf(stats, new Map([200, 500].entries()))]).toMatchObject([
    ['a', { basis: 'sampled', point: 0.2 }],
    ['b', { basis: 'counted', low: 0.5, point: 0.5, high: 0.5, upper: 0.5 }],
    ['c', ruleTokensPerByte],
  ]);
});

describe('most tokens of a prompt that was not counted', () => {
  const none = { weight: 0, images: 0, documentBytes: 0, unseen: 0, hasTools: false };

  test.each([
    ['a token for one and a half bytes of text', { weight: 3_000 }, 2_000],
    ['4,784 for an image, whatever its weight', { weight: 6_400, images: 1 }, 4_784],
    ['two for a byte of a PDF', { documentBytes: 10_000 }, 20_000],
    ['1,000 more for tools', { weight: 3_000, hasTools: true }, 3_000],
    ['a million with a document that is elsewhere', { weight: 40_000, unseen: 1 }, 1_000_000],
  ])('%s', (_, more, tokens) => expect(mostTokensOf({ ...none, ...more }, ruleTokensPerByte)).toBe(tokens));

  test('counts hold the tools already', () => {
    expect(mostTokensOf({ ...none, weight: 3_000, hasTools: true }, { ...ruleTokensPerByte, basis: 'sampled' })).toBe(
      2_000,
    );
  });
});
