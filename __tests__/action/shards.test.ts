import { expect, test } from '@jest/globals';
import { effort } from '../effort.ts';
import { createsOf, errorsOf, idsOf, readOutput, requestLine, run, simulate, wayToCollect } from './harness.ts';

const MOST_OF_A_BATCH = 100_000;
const COUNT = effort(250_000, MOST_OF_A_BATCH + 1);

test('more requests than a batch takes become several; where the second create fails for good, the next run sends only what is missing', async () => {
  const ids = Array.from({ length: COUNT }, (_, i) => `r${i}`);
  const requests = ids.map((id) => requestLine(id, 'Hi')).join('\n');
  const simulator = await simulate();
  const response = { status: 403, body: '{"type":"error","error":{"type":"permission_error","message":"not now"}}' };
  simulator.faults.push({
    method: 'POST',
    path: /\/batches$/,
    after: 1,
    does: { kind: 'answer', response: { ...response, headers: { 'content-type': 'application/json' } } },
  });
  const runId = 17_000_000_001;
  const options = { job: { runId } };
  const first = await run(simulator, requests, options);
  expect([first.conclusion, first.outputs.get('status'), simulator.anthropic.batches.size]).toEqual([
    'failure',
    'pending',
    1,
  ]);
  const [created] = simulator.anthropic.batches.keys();
  expect(errorsOf(first)).toEqual([expect.stringContaining(wayToCollect(created))]);

  const second = await run(simulator, requests, { ...options, job: { runId, runAttempt: 2 } });
  expect([second.conclusion, second.outputs.get('status'), second.outputs.get('batch-source')]).toEqual([
    'success',
    'completed',
    'mixed',
  ]);
  const sizes = [...simulator.anthropic.batches.values()].map((batch) => batch.requests.length);
  expect(sizes).toEqual(effort([MOST_OF_A_BATCH, MOST_OF_A_BATCH, 50_000], [MOST_OF_A_BATCH, 1]));
  // Of the batches, and the one that failed.
  expect(createsOf(simulator)).toBe(sizes.length + 1);
  expect(second.outputs.get('succeeded-count')).toBe(String(COUNT));
  expect(idsOf(readOutput(second, 'results-file'))).toEqual(ids);
});
