import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatMicro, formatUsd, parseUsdPerMillion, roundToMicro } from '../../../src/core/text/money.ts';

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
