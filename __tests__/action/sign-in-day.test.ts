import { expect, test } from '@jest/globals';
import { type LeapingClock, leapingClock } from '../../simulator/leaping-clock.ts';
import { createsOf, errorsOf, lines, requestLine, run, simulate } from './harness.ts';
import { areAllNew, exchangesOf, KEYLESS, leaksOf, RULE, signedIn, watchExchanges } from './signed-in.ts';

// A day of waiting without a key, in time that leaps over every wait.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const POLL_SECONDS = 60;

/** An access token lasts for twice the five minutes of an identity token, and the client renews it with two minutes left. */
const RENEWED_AFTER_MS = 8 * MINUTE_MS;

const ASSERT = { assert: [{ type: 'llm-rubric', value: 'is polite' }] };
const REQUESTS = lines(...['b', 'a'].map((id) => JSON.stringify({ ...JSON.parse(requestLine(id)), ...ASSERT })));
const inputs = {
  'judge-model': 'claude-sonnet-4-6',
  'poll-interval-seconds': String(POLL_SECONDS),
  'wait-minutes': '2880',
};

/** Two batches that take half a day each: the answers', and that of the judge. */
async function simulateDay(clock: LeapingClock) {
  const simulator = await simulate({
    now: clock.now,
    sleep: clock.sleep,
    anthropic: { ...KEYLESS, endsAfterMs: 12 * HOUR_MS },
  });
  clock.isBusy = simulator.isBusy;
  return simulator;
}

/** How often tokens are exchanged in a wait: once, and again at the first look after it is time for that. */
function exchangesIn(ms: number): { readonly least: number; readonly most: number } {
  return {
    least: 1 + Math.floor(ms / (RENEWED_AFTER_MS + POLL_SECONDS * 1_000)),
    // One more for the upload of each batch, and one for what comes after the last wait.
    most: 3 + Math.ceil(ms / RENEWED_AFTER_MS),
  };
}

function expectBetween(count: number, { least, most }: { readonly least: number; readonly most: number }): void {
  expect(count).toBeGreaterThanOrEqual(least);
  expect(count).toBeLessThanOrEqual(most);
}

test('one job waits for the answers and for the judge, and signs in as often as it has to', async () => {
  const clock = await leapingClock();
  try {
    const simulator = await simulateDay(clock);
    const times = watchExchanges(simulator, clock.now);
    const startedMs = clock.now();
    const result = await run(simulator, REQUESTS, signedIn({ inputs, env: clock.env() }));
    const tookMs = clock.now() - startedMs;
    expect({ status: result.outputs.get('status'), errors: errorsOf(result) }).toEqual({
      status: 'completed',
      errors: [],
    });
    expect(tookMs).toBeGreaterThan(24 * HOUR_MS);
    expect([createsOf(simulator), simulator.anthropic.created]).toEqual([2, 2]);
    expect(new Set(exchangesOf(simulator))).toEqual(new Set([undefined]));
    expect(areAllNew(simulator)).toBe(true);
    expectBetween(times.length, exchangesIn(tookMs));
    // None came before it was time, but for what an upload may want.
    const early = times.filter((time, index) => time - (times[index - 1] ?? 0) < RENEWED_AFTER_MS - MINUTE_MS);
    expect(early.length).toBeLessThanOrEqual(2);
    // And no call was made with a token that had ended.
    expect(simulator.exchanges.filter(({ status }) => status === 401)).toEqual([]);
    expect(leaksOf(simulator, [result])).toEqual([]);
  } finally {
    clock.stop();
  }
});

test('one job submits and another collects a day later: each signs in by itself', async () => {
  const clock = await leapingClock();
  try {
    const simulator = await simulateDay(clock);
    const job = { runId: 17_000_000_001 };
    const leaving = signedIn({ inputs: { ...inputs, 'wait-minutes': '0' }, env: clock.env(), job });
    const submitted = await run(simulator, REQUESTS, leaving);
    expect([submitted.outputs.get('status'), exchangesOf(simulator)]).toEqual(['pending', [undefined]]);
    clock.leapTo(clock.now() + 6 * HOUR_MS);
    const startedMs = clock.now();
    const collected = await run(
      simulator,
      REQUESTS,
      signedIn({ inputs, env: clock.env(), job: { ...job, job: 'collect' }, jobName: 'collect' }),
    );
    expect({ status: collected.outputs.get('status'), errors: errorsOf(collected) }).toEqual({
      status: 'completed',
      errors: [],
    });
    expect([simulator.anthropic.created, areAllNew(simulator)]).toEqual([2, true]);
    expectBetween(exchangesOf(simulator).length - 1, exchangesIn(clock.now() - startedMs));
    expect(simulator.exchanges.filter(({ status }) => status === 401)).toEqual([]);
    expect(leaksOf(simulator, [submitted, collected])).toEqual([]);
  } finally {
    clock.stop();
  }
});

const QUICK = lines(requestLine('b'), requestLine('a'));
const WAITING = { 'poll-interval-seconds': '60', 'wait-minutes': '600' };

test('a rule that is taken back while the batch runs: red, and the next run collects the same batch', async () => {
  const clock = await leapingClock();
  try {
    const federation = [RULE];
    const simulator = await simulate({
      now: clock.now,
      sleep: clock.sleep,
      anthropic: { ...KEYLESS, federation, endsAfterMs: 2 * HOUR_MS },
    });
    clock.isBusy = simulator.isBusy;
    simulator.watchers.push((stage, { method, path }) => {
      if (stage === 'answered' && method === 'GET' && /batches\/[^/]+$/.test(path)) federation.splice(0);
      return 'go-on';
    });
    const first = await run(simulator, QUICK, signedIn({ inputs: WAITING, env: clock.env() }));
    expect([first.conclusion, first.outputs.get('status')]).toEqual(['failure', 'pending']);
    expect(errorsOf(first).join()).toContain('"repo:octo-org/evals:pull_request"');
    // As long as the access token lasted, the run went on without another one.
    expect(exchangesOf(simulator).slice(0, 2)).toEqual([undefined, 'rule_not_found']);
    expect(areAllNew(simulator)).toBe(true);

    simulator.watchers.splice(0);
    federation.push(RULE);
    const second = await run(simulator, QUICK, signedIn({ inputs: WAITING, env: clock.env() }));
    expect([second.outputs.get('status'), second.outputs.get('batch-source')]).toEqual(['completed', 'joined']);
    expect(simulator.anthropic.created).toBe(1);
    expect(leaksOf(simulator, [first, second])).toEqual([]);
  } finally {
    clock.stop();
  }
});

test('GitHub issues no identity token for ten minutes, again and again: the run goes on', async () => {
  const clock = await leapingClock();
  try {
    const simulator = await simulate({
      now: clock.now,
      sleep: clock.sleep,
      anthropic: { ...KEYLESS, endsAfterMs: 4 * HOUR_MS },
    });
    clock.isBusy = simulator.isBusy;
    const startedMs = clock.now();
    // The first ten minutes of every half hour, but for the one in which it begins.
    const isOut = () =>
      clock.now() - startedMs > 30 * MINUTE_MS && (clock.now() - startedMs) % (30 * MINUTE_MS) < 10 * MINUTE_MS;
    simulator.faults.push({
      ...{ method: 'GET', path: /identity\/token$/, when: isOut, times: Number.POSITIVE_INFINITY },
      does: { kind: 'answer', response: { status: 500, body: 'no' } },
    });
    const result = await run(simulator, QUICK, signedIn({ inputs: WAITING, env: clock.env() }));
    expect({ status: result.outputs.get('status'), errors: errorsOf(result) }).toEqual({
      status: 'completed',
      errors: [],
    });
    const failed = simulator.exchanges.filter(({ path, status }) => path === '/identity/token' && status === 500);
    expect(failed.length).toBeGreaterThan(10);
    expect([simulator.anthropic.created, areAllNew(simulator)]).toEqual([1, true]);
  } finally {
    clock.stop();
  }
});
