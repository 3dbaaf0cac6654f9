import { describe, expect, test } from '@jest/globals';
import type { Params } from '../../../src/core/requests/params.ts';
import { formatUsd } from '../../../src/core/text/money.ts';
import type { ApiModel } from '../../../src/ports/api.ts';
import { ask, ephemeral, estimate, hour, type Known, usdOf } from './asked.ts';
import { apiModelOf } from './truth.ts';

describe('caching', () => {
  const system = (cache_control: unknown): Params => ({
    model: 'claude-opus-4-5',
    system: [{ type: 'text', text: 's'.repeat(39_998), cache_control }],
    max_tokens: 4,
  });
  const input = (requests: readonly Params[]) =>
    usdOf(estimate(requests, { counts: requests.map(() => 10_000) }).parts.input);

  test('low reads all it can, high and bound write each time, the point is halfway', () => {
    // 10,000 tokens at $2.5, 3.125 (write) and 0.25 (read) in a batch; nothing but the system prompt.
    expect(input([system(ephemeral), system(ephemeral)])).toEqual(['0.033750', '0.048125', '0.062500', '0.062500']);
    expect(input([system(hour), system(hour)])).toEqual(['0.052500', '0.076250', '0.100000', '0.100000']);
  });

  test('without a mark there is one price', () => {
    expect(input([system(undefined), system(undefined)])).toEqual(['0.050000', '0.050000', '0.050000', '0.050000']);
  });

  test('what follows the mark is input; the bound takes the marked part to be denser than the rest', () => {
    const half = { ...system(ephemeral), messages: [{ role: 'user', content: 'x'.repeat(39_982) }] };
    // Half of 10,000 at 3.125 and half at 2.5; for the bound three quarters at 3.125.
    expect(input([half])).toEqual(['0.028125', '0.028125', '0.028125', '0.029688']);
  });
});

describe('prices for long prompts', () => {
  const long = (bytes: number): Params => ({
    model: 'claude-haiku-5-5',
    max_tokens: 4,
    inference_geo: 'global',
    messages: [{ role: 'user', content: 'x'.repeat(bytes) }],
  });

  test('go by each prompt', () => {
    const { parts } = estimate([long(1), long(2)], { counts: [100_000, 100_001] });
    // 100,000 × $0.10 + 100,001 × $0.50, a million, halved.
    expect(usdOf(parts.input)[1]).toBe('0.030000');
    expect(usdOf(parts.output)).toEqual(['0.000002', '0.000002', '0.000006', '0.000006']);
  });

  test('the bound has the price of the longest it may be', () => {
    const { inputTokens, parts } = estimate([long(300_000)]);
    expect(inputTokens.point).toBeLessThan(100_000);
    expect(inputTokens.upper).toBeGreaterThan(100_000);
    expect(usdOf(parts.input)[1]).toBe(formatUsd(BigInt(inputTokens.point) * 50_000_000n));
    expect(usdOf(parts.input)[3]).toBe(formatUsd(BigInt(inputTokens.upper ?? 0) * 250_000_000n));
  });
});

describe('what the API says of a model', () => {
  const model = (more: Partial<ApiModel>): Known => ({
    models: new Map([
      [
        'claude-opus-4-6',
        {
          id: 'claude-opus-4-6',
          lifecycle: 'active',
          retiresAt: null,
          maxTokens: null,
          maxInputTokens: null,
          takesBatches: true,
          takesStructuredOutputs: true,
          ...more,
        },
      ],
    ]),
  });

  test('cuts what the bound adds to an uncounted prompt at the window', () => {
    const requests = [ask({ system: 'x'.repeat(450_000) }), ask()];
    const { inputTokens } = estimate(requests, { ...model({ maxInputTokens: 200_000 }), counts: [] });
    expect(inputTokens.upper).toBe(200_000 + Math.ceil((400 + 2 + 16) / 1.5));
  });

  test('but never its likely range, but for the low end of one that will be refused', () => {
    const requests = [ask({ system: 'x'.repeat(4_000_000) })];
    const { inputTokens } = estimate(requests, { ...model({ maxInputTokens: 200_000 }), counts: [] });
    const { inputTokens: uncut } = estimate(requests);
    expect(inputTokens).toEqual({ ...uncut, low: 0, upper: uncut.high });
  });

  test('but not where longer prompts have a price: a beta header lets them in', () => {
    const models = new Map([['claude-sonnet-4-5', apiModelOf('claude-sonnet-4-5') as ApiModel]]);
    const request = ask({ model: 'claude-sonnet-4-5' });
    expect(models.get('claude-sonnet-4-5')?.maxInputTokens).toBe(200_000);
    expect(estimate([request], { models, counts: [300_000] }).inputTokens).toMatchObject({
      low: 300_000,
      upper: 300_000,
    });
  });

  test('a counted prompt above it will be refused, and may cost nothing', () => {
    const { inputTokens } = estimate([ask()], { ...model({ maxInputTokens: 200_000 }), counts: [300_000] });
    expect(inputTokens).toEqual({ low: 0, point: 300_000, high: 300_000, upper: 300_000 });
  });

  test('counted prompts above it are named, in file order', () => {
    const requests = [ask(), ask(), ask(), ask({ model: 'other' }), ask()];
    const known = model({ maxInputTokens: 200_000 });
    const about = { model: 'claude-opus-4-6', most: 200_000 };
    const counts = [200_001, 200_000, 500_000, 900_000];
    expect(estimate(requests, { ...known, counts }).tooLong).toEqual([
      { ...about, position: 0, tokens: 200_001 },
      { ...about, position: 2, tokens: 500_000 },
    ]);
    expect(estimate(requests, { counts }).tooLong).toEqual([]);
  });

  test('its id gives the price, where the name has none', () => {
    const request = ask({ model: 'claude-latest' });
    expect(estimate([request]).unpriced).toEqual({ requests: 1, models: ['claude-latest'] });
    const models = new Map([
      ['claude-latest', { ...apiModelOf('claude-opus-4-6'), id: 'claude-opus-4-6' } as ApiModel],
    ]);
    expect(estimate([request], { models }).unpriced.requests).toBe(0);
  });
});

describe('beyond the text', () => {
  test('an uncounted document by URL may fill the largest prompt', () => {
    const source = { type: 'url', url: 'https://a' };
    const { inputTokens } = estimate([ask({ messages: [{ role: 'user', content: [{ type: 'document', source }] }] })]);
    expect(inputTokens.upper).toBe(1_000_000);
  });

  test('an uncounted image has up to 4,784 tokens, a byte of a PDF two', () => {
    const content = (type: string, data: string) =>
      ask({ messages: [{ role: 'user', content: [{ type, source: { type: 'base64', data } }] }] });
    expect(estimate([content('image', 'A'.repeat(1e6))]).inputTokens.upper).toBeGreaterThan(4_784);
    expect(estimate([content('image', 'A'.repeat(1e6))]).inputTokens.upper).toBeLessThan(4_900);
    expect(estimate([content('document', 'A'.repeat(40_000))]).inputTokens.upper).toBeGreaterThan(60_000);
  });
});
