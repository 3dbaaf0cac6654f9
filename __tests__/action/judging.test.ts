import { describe, expect, test } from '@jest/globals';
import type { SimulatedRun, Simulator } from '../../simulator/index.ts';
import type { RunningStep } from '../../simulator/runner/node-process.ts';
import { passesOf } from './graded.ts';
import { errorsOf, lines, requestLine, run, simulate, summaryOf } from './harness.ts';

// What becomes of judgements when the job ends before they are in, on the bundled action.

const ASSERT = { assert: [{ type: 'llm-rubric', value: 'is polite' }] };
const REQUESTS = lines(...['b', 'a'].map((id) => JSON.stringify({ ...JSON.parse(requestLine(id)), ...ASSERT })));
const attempt = (n: number): SimulatedRun => ({ job: { runId: 17_000_000_002, runAttempt: n } });
const inputs = { 'judge-model': 'claude-sonnet-4-6', 'poll-interval-seconds': '2' };

const outcomeOf = (id: string) =>
  ['a', 'b'].includes(id) ? ({ kind: 'succeeded', text: 'Hello, please.' } as const) : undefined;

/** The batches of answers end at once, those of a judge only once the script says so. */
async function simulateSlowJudge(): Promise<Simulator> {
  const simulator = await simulate({ pace: 'real', anthropic: { endsAfterMs: 0, retryAfterSeconds: 1, outcomeOf } });
  let creates = 0;
  simulator.watchers.push((stage, { method, path }) => {
    if (stage !== 'arrived' || method !== 'POST' || path !== '/v1/messages/batches') return 'go-on';
    creates += 1;
    if (creates === 2) simulator.anthropic.script.endsAfterMs = 3_600_000;
    return 'go-on';
  });
  return simulator;
}

/** Does this to the step when it looks at the batch of the judge. */
function onLookAtJudge(simulator: Simulator, act: (step: RunningStep) => void): (step: RunningStep) => void {
  return (step) => {
    let isDone = false;
    simulator.watchers.push((stage, { method, path }) => {
      const [, judge] = [...simulator.anthropic.batches.keys()];
      if (isDone || stage !== 'handled' || method !== 'GET' || judge === undefined || !path.endsWith(judge))
        return 'go-on';
      isDone = true;
      act(step);
      return 'go-on';
    });
  };
}

const stoppedOf = ({ anthropic }: Simulator) =>
  [...anthropic.batches.values()].map(({ cancelledAtMs }) => cancelledAtMs !== undefined);

/** Runs the job again. The judge's batch has ended by then, or only that of the re-run does. */
async function finish(simulator: Simulator, ends: 'by-itself' | 'stopped') {
  const { watchers, anthropic } = simulator;
  watchers.splice(0);
  if (ends === 'by-itself') anthropic.script.endsAfterMs = 0;
  watchers.push((_, { method, path }) => {
    if (method === 'POST' && path === '/v1/messages/batches') anthropic.script.endsAfterMs = 0;
    return 'go-on';
  });
  const again = await run(simulator, REQUESTS, { ...attempt(2), inputs });
  expect(errorsOf(again)).toEqual([]);
  expect(passesOf(again)).toEqual({ b: true, a: true });
  return { again, sizes: [...simulator.anthropic.batches.values()].map(({ requests }) => requests.length) };
}

describe('a job that ends while its answers are judged', () => {
  test('because it is cancelled says what is left, and the re-run finishes the judge', async () => {
    const simulator = await simulateSlowJudge();
    const onStart = onLookAtJudge(simulator, (step) => step.cancel());
    const first = await run(simulator, REQUESTS, { ...attempt(1), inputs, onStart });
    expect([first.conclusion, first.outputs.get('status')]).toEqual(['cancelled', 'pending']);
    const [answers = '', judge = ''] = simulator.anthropic.batches.keys();
    expect([first.outputs.get('batch-id'), first.outputs.get('judge-batch-id')]).toEqual([answers, judge]);
    const { failure, next_step, judge_batches } = summaryOf(first);
    expect(errorsOf(first)).toEqual([`${failure} ${next_step}`]);
    expect(judge_batches).toMatchObject([{ id: judge }]);
    expect(first.post?.log).toBe('');
    expect((await finish(simulator, 'by-itself')).sizes).toEqual([2, 2]);
  });

  test('because it is killed is finished by the post step, which stops the judge if it is told to', async () => {
    const simulator = await simulateSlowJudge();
    const onStart = onLookAtJudge(simulator, (step) => step.child.kill('SIGKILL'));
    const given = { ...attempt(1), inputs: { ...inputs, 'on-cancel': 'cancel' }, onStart };
    const first = await run(simulator, REQUESTS, given);
    expect(first.signal).toBe('SIGKILL');
    const [, judge = ''] = simulator.anthropic.batches.keys();
    expect(first.post?.log).toContain(judge);
    expect(stoppedOf(simulator)).toEqual([false, true]);
    expect(simulator.repository.comments[0]?.body).toContain(judge);
    // What the judge had not answered is asked for again, and nothing else.
    const { again, sizes } = await finish(simulator, 'stopped');
    expect(sizes).toEqual([2, 2, 2]);
    expect(again.outputs.get('new-cost-usd')).toBe(again.outputs.get('cost-usd'));
  });
});
