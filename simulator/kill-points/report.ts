import { nameOf } from './points.ts';
import type { Scenario } from './scenarios.ts';
import type { Trial } from './trial.ts';

/** The result of a scenario. */
export interface Tried {
  readonly scenario: Scenario;
  /** How many points the run has, including those left out. */
  readonly points: number;
  readonly trials: readonly Trial[];
  readonly tookMs: number;
}

/** Each failure with its log, the points that were not reached, then a table. */
export function renderReport(tried: readonly Tried[]): string {
  const parts = [...tried.flatMap(renderFailures), ...tried.flatMap(renderMissed), renderTable(tried)];
  return parts.join('\n\n');
}

/** The last line. */
export function renderSum(tried: readonly Tried[]): string {
  const trials = tried.flatMap((one) => one.trials);
  return `kill points: ${count(trials, 'passed')} passed, ${count(trials, 'failed')} failed`;
}

/** If more points are not reached, the trials no longer match the recorded run. */
const MOST_MISSED = 0.05;

/** A scenario that tried nothing has failed too, because it shows nothing. */
export function hasFailed({ trials }: Tried): boolean {
  const missed = count(trials, 'not reached');
  return trials.length === 0 || count(trials, 'failed') > 0 || missed > trials.length * MOST_MISSED;
}

function count(trials: readonly Trial[], verdict: Trial['verdict']): number {
  return trials.filter((trial) => trial.verdict === verdict).length;
}

function renderFailures({ scenario, trials }: Tried): string[] {
  return trials
    .filter(({ verdict }) => verdict === 'failed')
    .map(({ point, problems, log, sameAs }) => {
      const title = `✗ ${scenario.name}: ${nameOf(point)}`;
      if (sameAs !== undefined) return `${title}\n  as ${sameAs}: ${problems.join('; ')}`;
      return `${title}\n  ${problems.join('\n  ')}\n${log.replace(/^/gm, '  │ ')}`;
    });
}

function renderMissed({ scenario, trials }: Tried): string[] {
  const missed = trials.filter(({ verdict }) => verdict === 'not reached').map(({ point }) => `  ${nameOf(point)}`);
  const title = `${scenario.name}: these points did not come again, and the run ended well without:`;
  return missed.length === 0 ? [] : [[title, ...missed].join('\n')];
}

function renderTable(tried: readonly Tried[]): string {
  const head = [
    'scenario',
    'points',
    'tried',
    'passed',
    'failed',
    'not reached',
    'run again',
    'cut short',
    'seconds',
    '',
  ];
  const rows = tried.map(({ scenario, points, trials, tookMs }) => [
    scenario.name,
    points,
    trials.length,
    count(trials, 'passed'),
    count(trials, 'failed'),
    count(trials, 'not reached'),
    trials.filter(({ sameAs, verdict }) => sameAs === undefined && verdict !== 'not reached').length,
    trials.filter(({ cutShort }) => cutShort).length,
    Math.round(tookMs / 1000),
    scenario.what,
  ]);
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  return cells
    .map((row) =>
      row.map((cell, i) =>
        i === 0 || i === head.length - 1 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
      ),
    )
    .map((row) => row.join('  ').trimEnd())
    .join('\n');
}
