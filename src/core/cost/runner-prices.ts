import { type Femto, parseUsdPerMillion } from '../text/money.ts';

/** The machine of a job, in the words of `RUNNER_OS` and `RUNNER_ARCH`, and how many processors a process may use. */
export interface Machine {
  readonly os: string;
  readonly arch: string;
  readonly cores: number;
}

/** What GitHub charges for a kind of its own runners, in USD a minute. Kept as text, so that no price ever becomes a float. */
interface RunnerPrice {
  readonly os: 'Linux' | 'Windows' | 'macOS';
  readonly arch: 'X64' | 'ARM64';
  readonly cores: number;
  readonly usd: string;
}

/** Where the prices are from, and the day on which the page was read. They hold since 2026-01-01. */
export const RUNNER_PRICES_SOURCE = 'https://docs.github.com/en/billing/reference/actions-runner-pricing';
export const runnerPricesAsOf = '2026-11-30';

/** Standard runners have no more, in public repositories and others. */
export const MOST_STANDARD_CORES = 4;

/**
 * Standard and larger runners. Of two kinds that a job cannot tell apart, the standard one; runners with a graphics card are
 * priced as those without.
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

/** The price of a hosted runner; undefined for a kind that the list does not have. */
export function priceOfRunner({ os, arch, cores }: Machine): RunnerPrice | undefined {
  return runnerPrices.find((one) => one.os === os && one.arch === arch && one.cores === cores);
}

/** What GitHub calls the kind: `Linux 2-core (x64)`. */
export function nameRunner({ os, arch, cores }: Pick<RunnerPrice, 'os' | 'arch' | 'cores'>): string {
  return `${os} ${cores}-core (${arch.toLowerCase()})`;
}

/** What so many hundredths of a minute cost, exactly: GitHub bills whole minutes of the job, of which a wait is a part. */
export function costOfMinutes({ usd }: Pick<RunnerPrice, 'usd'>, hundredths: number): Femto {
  const perMillionth = parseUsdPerMillion(usd) ?? 0n;
  return perMillionth * 10_000n * BigInt(hundredths);
}
