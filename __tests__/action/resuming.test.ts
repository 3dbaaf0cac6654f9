import { describe, expect, test } from '@jest/globals';
import { type SimulatedRun, type Simulator, simulatedToken } from '../../simulator/index.ts';
import type { RunningStep } from '../../simulator/runner/node-process.ts';
import { fastClock } from '../../simulator/virtual-time.ts';
import {
  createsOf,
  errorsOf,
  idsOf,
  lines,
  readOutput,
  requestLine,
  run,
  simulate,
  summaryOf,
  wayToCollect,
} from './harness.ts';

// The same requests become one batch, whatever becomes of the runner, on the bundled action.

const REQUESTS = lines(requestLine('b'), requestLine('a'));
const RUN = 17_000_000_001;

/** Attempt `n` of one workflow run. */
const attempt = (n: number): SimulatedRun => ({ job: { runId: RUN, runAttempt: n } });

/** How a run ended and how many batches there are by then. */
async function outcomeOf(simulator: Simulator, given: SimulatedRun, requests = REQUESTS) {
  const result = await run(simulator, requests, given);
  return {
    conclusion: result.conclusion,
    status: result.outputs.get('status'),
    source: result.outputs.get('batch-source'),
    newUsd: result.outputs.get('new-cost-usd'),
    batches: simulator.anthropic.batches.size,
  };
}

describe('a later run', () => {
  test('finishes the batch that a paused nightly run left the day before', async () => {
    const simulator = await simulate({ anthropic: { endsAfterMs: 600_000 } });
    const nightly = { pullRequest: undefined, job: { eventName: 'schedule', ref: 'refs/heads/main' } };
    const first = await outcomeOf(simulator, { ...nightly, inputs: { 'wait-minutes': '0' } });
    expect(first).toMatchObject({ conclusion: 'success', status: 'pending', batches: 1 });
    simulator.anthropic.script.endsAfterMs = 0;
    expect(await outcomeOf(simulator, nightly)).toMatchObject({ status: 'completed', source: 'joined', batches: 1 });
    // Unchanged requests of the next night are a new measurement.
    expect(await outcomeOf(simulator, nightly)).toMatchObject({ status: 'completed', source: 'submitted', batches: 2 });
  });

  test('restores the results of a deleted batch from their artifact, in the same and in another run', async () => {
    const simulator = await simulate();
    const first = await run(simulator, REQUESTS, { ...attempt(1), inputs: { 'delete-batch': 'true' } });
    expect([first.conclusion, simulator.anthropic.batches.size]).toEqual(['success', 0]);
    expect(summaryOf(first).notices).toMatchObject([{ kind: 'deleted', batch_id: first.outputs.get('batch-id') }]);
    for (const given of [attempt(2), { inputs: { resume: 'always' } }]) {
      const again = await run(simulator, REQUESTS, given);
      expect(errorsOf(again)).toEqual([]);
      expect(idsOf(readOutput(again, 'results-file'))).toEqual(['b', 'a']);
      expect(again.outputs.get('cost-usd')).toBe(first.outputs.get('cost-usd'));
      expect([again.outputs.get('batch-source'), again.outputs.get('new-cost-usd')]).toEqual(['reused', '0.000000']);
    }
    expect(createsOf(simulator)).toBe(1);
  });

  test('collects what a run could not store, and its cost is new once', async () => {
    const simulator = await simulate();
    simulator.faults.push({
      method: 'PUT',
      path: /\/blobs\//,
      // The record's artifact comes first; the results' comes last.
      after: 4,
      times: 100,
      does: { kind: 'answer', response: { status: 403, body: 'no' } },
    });
    const first = await run(simulator, REQUESTS, attempt(1));
    simulator.faults.length = 0;
    expect([first.conclusion, first.outputs.get('new-cost-usd')]).toEqual(['failure', '0.000000']);
    const { failure, next_step } = summaryOf(first);
    expect(errorsOf(first)).toEqual([`${failure} ${next_step}`]);
    expect(first.outputs.has('artifact-id')).toBe(false);
    const again = await run(simulator, REQUESTS, attempt(2));
    expect(again.conclusion).toBe('success');
    expect(again.outputs.get('new-cost-usd')).toBe(again.outputs.get('cost-usd'));
    expect(createsOf(simulator)).toBe(1);
  });
});

describe('runs at the same time', () => {
  test('two jobs of a matrix with equal requests share one batch', async () => {
    const simulator = await simulate({ anthropic: { endsAfterMs: 2_000 } });
    const named = (jobIndex: number): SimulatedRun => ({
      job: { runId: RUN, jobIndex },
      inputs: { name: `evals-${jobIndex}` },
    });
    const [one, two] = await Promise.all([
      outcomeOf(simulator, named(0)),
      new Promise((resolve) => setTimeout(resolve, 150)).then(() => outcomeOf(simulator, named(1))),
    ]);
    expect([one.conclusion, two.conclusion]).toEqual(['success', 'success']);
    expect(simulator.anthropic.batches.size).toBe(1);
    expect([one.source, two.source].sort()).toEqual(['joined', 'submitted']);
    const total = Number(one.newUsd) + Number(two.newUsd);
    expect(total).toBeCloseTo(Math.max(Number(one.newUsd), Number(two.newUsd)), 6);
    expect(simulator.repository.comments).toHaveLength(1);
  });

  test('two runs of one branch share one batch', async () => {
    const simulator = await simulate({ pace: 'real', anthropic: { endsAfterMs: 3_000 } });
    const results = await Promise.all([1, 2].map((n) => run(simulator, REQUESTS, { job: { runId: RUN + n } })));
    expect(results.map(({ conclusion }) => conclusion)).toEqual(['success', 'success']);
    expect(simulator.anthropic.batches.size).toBe(1);
  });

  test('a run joins the batch that another one submitted while its own checks lasted', async () => {
    const simulator = await simulate({ pace: 'real' });
    // Without `actions: read`, no artifact shows what a record in the cache would hide.
    simulator.github.tokens.set(simulatedToken, {
      login: 'github-actions[bot]',
      permissions: { contents: 'read', issues: 'write', 'pull-requests': 'write' },
    });
    const checking = Promise.withResolvers<void>();
    const submitted = Promise.withResolvers<void>();
    simulator.watchers.push(async (stage, { path }): Promise<'go-on'> => {
      if (stage !== 'arrived' || !path.startsWith('/v1/models/')) return 'go-on';
      checking.resolve();
      await submitted.promise;
      return 'go-on';
    });
    const slow = outcomeOf(simulator, { job: { runId: RUN + 1 } });
    await checking.promise;
    simulator.watchers.length = 0;
    const quick = await outcomeOf(simulator, { job: { runId: RUN + 2 }, inputs: { 'wait-minutes': '0' } });
    submitted.resolve();
    expect(quick).toMatchObject({ conclusion: 'success', source: 'submitted', batches: 1 });
    expect(await slow).toMatchObject({ status: 'completed', source: 'joined', batches: 1 });
  });

  test('two runs that cannot see each other in time pay for two batches and no more, and log and comment say so', async () => {
    const simulator = await simulate({ pace: 'real', anthropic: { endsAfterMs: 5_000 } });
    // Neither create is handled before the other one is on its way: there is nothing to see.
    const both = Promise.withResolvers<void>();
    let creates = 0;
    simulator.watchers.push(async (stage, { method, path }): Promise<'go-on'> => {
      if (stage !== 'arrived' || method !== 'POST' || path !== '/v1/messages/batches') return 'go-on';
      creates += 1;
      if (creates === 2) both.resolve();
      await both.promise;
      return 'go-on';
    });
    // A push and the pull request of its branch have caches of their own, and artifacts only once there is a batch.
    const push = { eventName: 'push', ref: 'refs/heads/topic', sha: '7'.repeat(40), runId: RUN + 1 };
    const results = await Promise.all([
      run(simulator, REQUESTS, { pullRequest: undefined, job: push }),
      run(simulator, REQUESTS, { job: { runId: RUN + 2 } }),
    ]);
    expect(results.map(({ conclusion }) => conclusion)).toEqual(['success', 'success']);
    expect(simulator.anthropic.batches.size).toBe(2);
    const ids = [...simulator.anthropic.batches.keys()];
    for (const result of results) {
      const other = ids.find((id) => id !== result.outputs.get('batch-id'));
      expect(summaryOf(result).notices).toMatchObject([{ kind: 'duplicate-submission', batch_ids: [other] }]);
      expect(result.annotations).toMatchObject([{ message: expect.stringContaining(other ?? '') }]);
    }
    expect(simulator.repository.comments).toHaveLength(1);
    for (const id of ids) expect(simulator.repository.comments[0]?.body).toContain(id);
    const costs = results.map(({ outputs }) => [outputs.get('new-cost-usd'), outputs.get('cost-usd')]);
    expect(costs.every(([newUsd, usd]) => newUsd === usd)).toBe(true);
  });
});

/** Cancels the step when it looks at its batch for the second time. */
function cancelWhileWaiting({ watchers }: Simulator): (step: RunningStep) => void {
  return (step) => {
    let looks = 0;
    watchers.push((stage, { method, path }) => {
      if (stage === 'handled' && method === 'GET' && /\/batches\/[^/]+$/.test(path)) looks += 1;
      if (looks === 2) step.cancel();
      if (looks === 2) looks += 1;
      return 'go-on';
    });
  };
}

describe('a job that is cancelled', () => {
  test('while waiting leaves record, comment and outputs, and the re-run goes on', async () => {
    const simulator = await simulate({ pace: 'real', anthropic: { endsAfterMs: 600_000 } });
    const first = await run(simulator, REQUESTS, { ...attempt(1), onStart: cancelWhileWaiting(simulator) });
    expect([first.conclusion, first.signal, first.outputs.get('status')]).toEqual(['cancelled', null, 'pending']);
    const id = first.outputs.get('batch-id') ?? '';
    expect(errorsOf(first)).toEqual([expect.stringContaining(wayToCollect(id))]);
    const { failure, next_step } = summaryOf(first);
    expect(errorsOf(first)).toEqual([`${failure} ${next_step}`]);
    expect(simulator.repository.comments[0]?.body).toContain(`batch-id: ${id}`);
    expect(first.post?.log).toBe('');
    simulator.anthropic.script.endsAfterMs = 0;
    expect(await outcomeOf(simulator, attempt(2))).toMatchObject({ status: 'completed', source: 'joined', batches: 1 });
  });

  test('with on-cancel: cancel stops the batch; the re-run keeps what was answered and sends the rest', async () => {
    const simulator = await simulate({
      pace: 'real',
      anthropic: { endsAfterMs: 3_600_000, answeredEarly: (id) => id === 'b' },
    });
    const inputs = { 'on-cancel': 'cancel', 'retry-rounds': '0' };
    await run(simulator, REQUESTS, { ...attempt(1), inputs, onStart: cancelWhileWaiting(simulator) });
    expect([...simulator.anthropic.batches.values()].map(({ cancelledAtMs }) => typeof cancelledAtMs)).toEqual([
      'number',
    ]);
    // Only the batch of the re-run ends by itself.
    simulator.watchers.push((_, { method, path }) => {
      if (method === 'POST' && path === '/v1/messages/batches') simulator.anthropic.script.endsAfterMs = 0;
      return 'go-on';
    });
    const again = await run(simulator, REQUESTS, { ...attempt(2), inputs });
    expect([again.conclusion, again.outputs.get('status')]).toEqual(['success', 'completed']);
    expect(
      [...simulator.anthropic.batches.values()].map(({ requests }) => requests.map((one) => one.customId)),
    ).toEqual([['b', 'a'], ['a']]);
    expect(again.outputs.get('new-cost-usd')).toBe(again.outputs.get('cost-usd'));
  });

  test('and killed during the create: the post step finds the batch and says so, and stops nothing that is not proved', async () => {
    const simulator = await simulate({ pace: 'real', anthropic: { endsAfterMs: 3_600_000 } });
    const first = await run(simulator, REQUESTS, {
      ...attempt(1),
      inputs: { 'on-cancel': 'cancel' },
      onStart: (step) => {
        simulator.watchers.push((stage, { method, path }) => {
          if (method !== 'POST' || path !== '/v1/messages/batches' || stage !== 'handled') return 'go-on';
          step.child.kill('SIGKILL');
          return 'drop';
        });
      },
      onPostStart: () => simulator.watchers.splice(0),
    });
    expect(first.signal).toBe('SIGKILL');
    const [batch] = simulator.anthropic.batches.values();
    expect(first.post?.log).toContain(batch?.id);
    expect(batch?.cancelledAtMs).toBeUndefined();
    expect(simulator.repository.comments[0]?.body).toContain(batch?.id);
    simulator.anthropic.script.endsAfterMs = 0;
    const again = await outcomeOf(simulator, attempt(2));
    expect(again).toMatchObject({ status: 'completed', source: 'joined', batches: 1 });
  });
});

describe('a machine that is lost', () => {
  test('after the create and before its answer: the re-run finds the batch and pays nothing twice', async () => {
    const clock = fastClock({ factor: 20 });
    const simulator = await simulate({ now: clock.now, anthropic: { endsAfterMs: 5_000, unlistedMs: 20_000 } });
    const first = await run(simulator, REQUESTS, {
      ...attempt(1),
      env: clock.env,
      killIsLoss: true,
      onStart: (step) => {
        simulator.watchers.push((stage, { method, path }) => {
          if (method !== 'POST' || path !== '/v1/messages/batches' || stage !== 'handled') return 'go-on';
          step.lose();
          return 'drop';
        });
      },
    });
    expect([first.lost, first.post]).toEqual([true, undefined]);
    simulator.watchers.length = 0;
    const again = await run(simulator, REQUESTS, { ...attempt(2), env: clock.env });
    expect([again.conclusion, again.outputs.get('batch-source')]).toEqual(['success', 'joined']);
    expect(simulator.anthropic.batches.size).toBe(1);
  });
});

describe('another push', () => {
  test('with supersede: cancel stops the batch of the earlier one, and the comment says so', async () => {
    const simulator = await simulate({ anthropic: { endsAfterMs: 600_000 } });
    await run(simulator, REQUESTS, { inputs: { 'wait-minutes': '0' } });
    const inputs = { supersede: 'cancel', 'wait-minutes': '0' };
    const second = await run(simulator, lines(requestLine('new')), { inputs });
    const [stopped = ''] = simulator.anthropic.batches.keys();
    expect(summaryOf(second).notices).toMatchObject([{ kind: 'superseded', batch_id: stopped }]);
    expect(simulator.repository.comments[0]?.body).toContain(stopped);
    expect([...simulator.anthropic.batches.values()].map(({ cancelledAtMs }) => cancelledAtMs !== undefined)).toEqual([
      true,
      false,
    ]);
  });
});
