import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatMicro, formatUsd, parseUsdPerMillion, roundToMicro, shortenUsd } from '../../../src/core/text/money.ts';

const micro = 1_000_000_000n;

describe('formatUsd', () => {
  test.each([
    [0n, '0.000000'],
    [1n, '0.000000'],
    [micro / 2n - 1n, '0.000000'],
    [micro / 2n, '0.000001'],
    [micro, '0.000001'],
    [micro + micro / 2n - 1n, '0.000001'],
    [micro + micro / 2n, '0.000002'],
    [582_500_000_000n, '0.000583'],
    [999_999n * micro, '0.999999'],
    [999_999n * micro + micro / 2n, '1.000000'],
    [1_000_000n * micro, '1.000000'],
    [54_399n * micro, '0.054399'],
    [123_456_789_012_345n * micro, '123456789.012345'],
    [-(micro / 2n - 1n), '0.000000'],
    [-(micro / 2n), '-0.000001'],
    [-1_500_000n * micro, '-1.500000'],
  ])('%d femto-dollars print as %s', (amount, text) => {
    expect(formatUsd(amount)).toBe(text);
  });

  test('what it prints is the rounded amount, whatever the amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), (amount) => {
        const text = formatUsd(amount);
        expect(text).toMatch(/^-?\d+\.\d{6}$/);
        const read = BigInt(text.replace('.', ''));
        expect(read).toBe(roundToMicro(amount));
        expect(formatMicro(read)).toBe(text);
        const error = read * micro - amount;
        expect(2n * (error < 0n ? -error : error) <= micro).toBe(true);
      }),
    );
  });
});

describe('shortenUsd', () => {
  test.each([
    ['0.000000', '0.00', '0.00'],
    ['0.000001', '0.000001', '0.000001'],
    ['0.000099', '0.000099', '0.000099'],
    ['0.000104', '0.0001', '0.00011'],
    ['0.000105', '0.00011', '0.00011'],
    ['0.000999', '0.001', '0.001'],
    ['0.004100', '0.0041', '0.0041'],
    ['0.004149', '0.0041', '0.0042'],
    ['0.004150', '0.0042', '0.0042'],
    ['0.009949', '0.0099', '0.01'],
    ['0.009999', '0.01', '0.01'],
    ['0.010000', '0.01', '0.01'],
    ['0.014999', '0.01', '0.02'],
    ['0.015000', '0.02', '0.02'],
    ['0.500000', '0.50', '0.50'],
    ['0.994999', '0.99', '1.00'],
    ['0.995000', '1.00', '1.00'],
    ['1.000000', '1.00', '1.00'],
    ['999.999999', '1,000.00', '1,000.00'],
    ['1234.500000', '1,234.50', '1,234.50'],
    ['1234567.891234', '1,234,567.89', '1,234,567.90'],
  ])('%s is %s, and as a limit %s', (usd, halfUp, up) => {
    expect(shortenUsd(usd)).toBe(halfUp);
    expect(shortenUsd(usd, 'up')).toBe(up);
    if (usd !== '0.000000') expect(shortenUsd(`-${usd}`)).toBe(`-${halfUp}`);
  });

  test('is as near as its last place allows, and a limit is never below', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 10n }), (amount) => {
        const read = (text: string) => Number(text.replaceAll(',', ''));
        const [exact, near, limit] = [
          Number(amount) / 1e6,
          shortenUsd(formatMicro(amount)),
          shortenUsd(formatMicro(amount), 'up'),
        ];
        expect(near).toMatch(/^(?:\d{1,3}(?:,\d{3})*\.\d\d|0\.00\d{1,4})$/);
        expect(Math.abs(read(near) - exact)).toBeLessThanOrEqual((exact < 0.01 ? 0.000_05 : 0.005) + 1e-9);
        expect(read(limit)).toBeGreaterThanOrEqual(exact - 1e-9);
        expect(read(limit) - read(near)).toBeLessThanOrEqual(0.01 + 1e-9);
      }),
    );
  });
});

describe('parseUsdPerMillion', () => {
  test.each([
    ['0', 0n],
    ['5', 5_000_000_000n],
    ['6.25', 6_250_000_000n],
    ['0.20', 200_000_000n],
    ['0.2', 200_000_000n],
    ['0.000001', 1_000n],
    ['12345678901234567890.123456', 12_345_678_901_234_567_890_123_456_000n],
  ])('%s USD per million is %d femto-dollars a token', (text, femto) => {
    expect(parseUsdPerMillion(text)).toBe(femto);
  });

  test.each(['', ' ', '5 ', '-1', '+1', '.5', '5.', '1e-3', '0x10', '1_000', '1,5', '$5', 'NaN', '0.0000001', '5\n'])(
    '%j is no price',
    (text) => {
      expect(parseUsdPerMillion(text)).toBeUndefined();
    },
  );
});
