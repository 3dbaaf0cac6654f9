import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { expect, test } from '@jest/globals';
import { leapingClock } from '../../simulator/leaping-clock.ts';
import { costOfMinutes, nameRunner, priceOfRunner } from '../../src/core/cost/runner-prices.ts';
import { printMessage } from '../../src/core/messages/message.ts';
import { printPageText } from '../../src/core/messages/page.ts';
import { formatUsd } from '../../src/core/text/money.ts';
import { lines, readOutput, requestLine, run, simulate, summaryOf } from './harness.ts';

const MINUTE_MS = 60_000;
const REQUESTS = lines(requestLine('a'), requestLine('b'));

/** A run whose batch takes this long, in time that leaps over the wait. */
async function runFor(
  minutes: number,
  { isPrivate, isHosted, inputs = {} }: { isPrivate: boolean; isHosted: boolean; inputs?: Record<string, string> },
) {
  const clock = await leapingClock();
  try {
    const endsAfterMs = minutes * MINUTE_MS;
    const simulator = await simulate({ now: clock.now, sleep: clock.sleep, isPrivate, anthropic: { endsAfterMs } });
    clock.isBusy = simulator.isBusy;
    const result = await run(simulator, REQUESTS, {
      job: { runner: { isHosted, os: 'Linux', arch: 'X64' } },
      inputs: { 'poll-interval-seconds': '30', ...inputs },
      env: clock.env(),
    });
    const comment = simulator.repository.comments.at(-1)?.body ?? '';
    return { result, comment, waited: Number(result.outputs.get('waited-minutes')) };
  } finally {
    clock.stop();
  }
}

/** What GitHub's list says of a runner with as many cores as this machine. */
function priceOf(minutes: number): { readonly runner: string | null; readonly usd: string | null } {
  const price = priceOfRunner({ os: 'Linux', arch: 'X64', cores: availableParallelism() });
  if (price === undefined) return { runner: null, usd: null };
  return { runner: nameRunner(price), usd: formatUsd(costOfMinutes(price, Math.round(minutes * 100))) };
}

test('a hosted runner of a private repository: output, summary.json, log, comment, job summary and page tell what the wait cost', async () => {
  const { result, comment, waited } = await runFor(42, { isPrivate: true, isHosted: true });
  expect([result.conclusion, result.outputs.get('status')]).toEqual(['success', 'completed']);
  expect(waited).toBeGreaterThanOrEqual(41);
  expect(waited).toBeLessThan(44);
  const { runner, usd } = priceOf(waited);
  expect(summaryOf(result).waiting).toEqual({ minutes: waited, runner, billed: true, usd });
  expect(JSON.parse(readOutput(result, 'summary-file')).waiting).toEqual(summaryOf(result).waiting);
  const told = printPageText({ code: 'waited', minutes: waited, usd });
  expect(result.log).toContain(printMessage({ code: 'runner-time', minutes: waited, usd, runner }));
  for (const text of [comment, result.summary]) expect(text.toLowerCase()).toContain(told.toLowerCase());
  expect(readFileSync(result.outputs.get('page-file') ?? '', 'utf8')).toContain(told);

  const notices = result.annotations.filter(({ level }) => level === 'notice').map(({ message }) => message);
  expect(notices).toEqual(usd === null ? [] : [printMessage({ code: 'wait-cost-more' })]);
});

test.each([
  ['a public repository', { isPrivate: false, isHosted: true }],
  ['a self-hosted runner', { isPrivate: true, isHosted: false }],
])('%s: the minutes are counted, and people read nothing of them', async (_, place) => {
  const { result, comment, waited } = await runFor(42, place);
  expect(waited).toBeGreaterThanOrEqual(41);
  const { runner } = priceOf(waited);
  const expected = { minutes: waited, runner: place.isHosted ? runner : null, billed: false, usd: null };
  expect(summaryOf(result).waiting).toEqual(expected);
  for (const text of [comment, result.summary, result.log]) expect(text).not.toContain('runner minute');
  expect(result.annotations.filter(({ level }) => level === 'notice')).toEqual([]);
});

test('a run that pauses tells what it has waited so far', async () => {
  const { result, comment, waited } = await runFor(600, {
    ...{ isPrivate: true, isHosted: true },
    inputs: { 'wait-minutes': '90' },
  });
  expect(result.outputs.get('status')).toBe('pending');
  expect(waited).toBeGreaterThanOrEqual(89);
  expect(waited).toBeLessThan(92);
  expect(comment.toLowerCase()).toContain(
    printPageText({ code: 'waited', minutes: waited, usd: priceOf(waited).usd }).toLowerCase(),
  );
});

test('a wait of seconds is counted, and not worth a word', async () => {
  const { result, comment, waited } = await runFor(0.5, { isPrivate: true, isHosted: true });
  expect(waited).toBeGreaterThan(0);
  expect(waited).toBeLessThan(1);
  expect(summaryOf(result).waiting).toMatchObject({ minutes: waited, billed: true, usd: priceOf(waited).usd });
  for (const text of [comment, result.log]) expect(text).not.toContain('runner minute');
});
