import { costOfMinutes, MOST_STANDARD_CORES, nameRunner, priceOfRunner } from '../cost/runner-prices.ts';
import type { GitHubContext } from '../inputs/context.ts';
import { formatUsd } from '../text/money.ts';
import type { Summary, SummaryWaiting } from './summary.ts';

/** The runner time of the run's wait: `waitedMs` is undefined if unknown, `cores` are the machine's. */
export function waitingOf(
  { runner, isPrivate }: Pick<GitHubContext, 'runner' | 'isPrivate'>,
  { waitedMs, cores }: { readonly waitedMs: number | undefined; readonly cores: number },
): SummaryWaiting | null {
  if (waitedMs === undefined) return null;
  const hundredths = Math.round(waitedMs / 600);
  const price = runner.isHosted ? priceOfRunner({ ...runner, cores }) : undefined;
  // Standard runners are free in public repositories, larger ones nowhere.
  const isBilled = runner.isHosted && (isPrivate === true || cores > MOST_STANDARD_CORES);
  return {
    minutes: hundredths / 100,
    runner: price === undefined ? null : nameRunner(price),
    billed: isBilled,
    usd: isBilled && price !== undefined ? formatUsd(costOfMinutes(price, hundredths)) : null,
  };
}

/** The wait, if worth mentioning: a minute or more on a runner that GitHub bills. */
export function billedWait({ waiting }: Pick<Summary, 'waiting'>): SummaryWaiting | undefined {
  return waiting?.billed === true && waiting.minutes >= 1 ? waiting : undefined;
}
