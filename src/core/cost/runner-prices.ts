import { type Femto, parseUsdPerMillion } from '../text/money.ts';

/** A job's machine, in the words of `RUNNER_OS` and `RUNNER_ARCH`, and the number of processors a process may use. */
export interface Machine {
  readonly os: string;
  readonly arch: string;
  readonly cores: number;
}

/** GitHub's price for one kind of its own runners, in USD a minute. Kept as text, so no price ever becomes a float. */
interface RunnerPrice {
  readonly os: 'Linux' | 'Windows' | 'macOS';
  readonly arch: 'X64' | 'ARM64';
  readonly cores: number;
  readonly usd: string;
}

/** Source of the prices, and the day the page was read. They have applied since 2026-01-01. */
export const RUNNER_PRICES_SOURCE = 'https://docs.github.com/en/billing/reference/actions-runner-pricing';
export const runnerPricesAsOf = '2026-11-30';

/** The most processors of any standard runner, in public repositories and others. */
export const MOST_STANDARD_CORES = 4;

/**
 * Standard and larger runners. If a job cannot tell two kinds apart, the standard one; runners with a graphics card are priced like those
 * without.
 */
export const runnerPrices: readonly RunnerPrice[] = [
  ...ofKind('Linux', 'X64', {
    1: '0.002',
    2: '0.006',
    4: '0.012',
    8: '0.022',
    16: '0.042',
    32: '0.082',
    64: '0.162',
    96: '0.252',
  }),
  ...ofKind('Linux', 'ARM64', { 2: '0.005', 4: '0.008', 8: '0.014', 16: '0.026', 32: '0.050', 64: '0.098' }),
  ...ofKind('Windows', 'X64', {
    2: '0.010',
    4: '0.022',
    8: '0.042',
    16: '0.082',
    32: '0.162',
    64: '0.322',
    96: '0.552',
  }),
  ...ofKind('Windows', 'ARM64', { 2: '0.010', 4: '0.014', 8: '0.026', 16: '0.050', 32: '0.098', 64: '0.194' }),
  ...ofKind('macOS', 'X64', { 4: '0.062', 12: '0.077' }),
  ...ofKind('macOS', 'ARM64', { 3: '0.062', 5: '0.102' }),
];

function ofKind(
  os: RunnerPrice['os'],
  arch: RunnerPrice['arch'],
  usdByCores: Readonly<Record<number, string>>,
): RunnerPrice[] {
  return Object.entries(usdByCores).map(([cores, usd]) => ({ os, arch, cores: Number(cores), usd }));
}

/** The price of a hosted runner; undefined if the list does not have its kind. */
export function priceOfRunner({ os, arch, cores }: Machine): RunnerPrice | undefined {
  return runnerPrices.find((one) => one.os === os && one.arch === arch && one.cores === cores);
}

/** GitHub's name of the kind: `Linux 2-core (x64)`. */
export function nameRunner({ os, arch, cores }: Pick<RunnerPrice, 'os' | 'arch' | 'cores'>): string {
  return `${os} ${cores}-core (${arch.toLowerCase()})`;
}

/** The exact cost of this many hundredths of a minute. GitHub bills whole minutes of the job, and a wait is only part of it. */
export function costOfMinutes({ usd }: Pick<RunnerPrice, 'usd'>, hundredths: number): Femto {
  const perMillionth = parseUsdPerMillion(usd) ?? 0n;
  return perMillionth * 10_000n * BigInt(hundredths);
}
