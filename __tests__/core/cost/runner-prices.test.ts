import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  costOfMinutes,
  nameRunner,
  priceOfRunner,
  RUNNER_PRICES_SOURCE,
  runnerPrices,
  runnerPricesAsOf,
} from '../../../src/core/cost/runner-prices.ts';
import { formatUsd } from '../../../src/core/text/money.ts';

/** From GitHub's page on the prices, by the names that it has there. */
test.each([
  ['Linux', 'X64', 1, 'Linux 1-core (x64)', '0.002000'],
  ['Linux', 'X64', 2, 'Linux 2-core (x64)', '0.006000'],
  ['Linux', 'ARM64', 2, 'Linux 2-core (arm64)', '0.005000'],
  ['Linux', 'X64', 4, 'Linux 4-core (x64)', '0.012000'],
  ['Linux', 'X64', 96, 'Linux 96-core (x64)', '0.252000'],
  ['Windows', 'X64', 2, 'Windows 2-core (x64)', '0.010000'],
  ['Windows', 'ARM64', 2, 'Windows 2-core (arm64)', '0.010000'],
  ['macOS', 'ARM64', 3, 'macOS 3-core (arm64)', '0.062000'],
  ['macOS', 'X64', 4, 'macOS 4-core (x64)', '0.062000'],
  ['macOS', 'X64', 12, 'macOS 12-core (x64)', '0.077000'],
  ['macOS', 'ARM64', 5, 'macOS 5-core (arm64)', '0.102000'],
] as const)('a minute on %s %s with %i cores', (os, arch, cores, name, usd) => {
  const price = priceOfRunner({ os, arch, cores });
  if (price === undefined) throw new Error('no price');
  expect([nameRunner(price), formatUsd(costOfMinutes(price, 100))]).toEqual([name, usd]);
});

test.each([
  ['Linux', 'X64', 3],
  ['Linux', 'X64', 0],
  ['Linux', 'ARM', 2],
  ['Linux', 'X86', 2],
  ['linux', 'X64', 2],
  ['Windows', 'X64', 1],
  ['macOS', 'ARM64', 8],
  ['', '', 2],
])('%s %s with %i cores has no list price', (os, arch, cores) => {
  expect(priceOfRunner({ os, arch, cores })).toBeUndefined();
});

test('every kind is there once, and more cores of the same never cost less', () => {
  const kinds = runnerPrices.map(({ os, arch, cores }) => `${os} ${arch} ${cores}`);
  expect(new Set(kinds).size).toBe(kinds.length);
  const falling = runnerPrices.filter((row) =>
    runnerPrices.some(
      (other) =>
        other.os === row.os &&
        other.arch === row.arch &&
        other.cores < row.cores &&
        Number(other.usd) > Number(row.usd),
    ),
  );
  expect(falling).toEqual([]);
});

test.each([
  [0, '0.000000'],
  [1, '0.000060'],
  [4_203, '0.252180'],
  [3_600_000, '216.000000'],
])('%i hundredths of a minute cost exactly $%s', (hundredths, usd) => {
  expect(formatUsd(costOfMinutes({ usd: '0.006' }, hundredths))).toBe(usd);
});

describe('docs/waiting.md', () => {
  const page = readFileSync(new URL('../../../docs/waiting.md', import.meta.url), 'utf8');

  test('has the prices that the action reckons with, their source and their day', () => {
    const rows = page.split('\n').filter((line) => /^\| (?:Linux|Windows|macOS) \d/.test(line));
    expect(rows).toEqual(
      runnerPrices.map((row) => {
        const anHour = formatUsd(costOfMinutes(row, 6_000)).slice(0, -4);
        return `| ${nameRunner(row)} | ${row.usd} | ${anHour} |`;
      }),
    );
    expect(page).toContain(`(${RUNNER_PRICES_SOURCE}) as of ${runnerPricesAsOf}.`);
  });
});
