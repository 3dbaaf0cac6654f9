import { expect, test } from '@jest/globals';
import { createsOf, errorsOf, idsOf, readOutput, requestLine, run, simulate } from './harness.ts';

test('250,000 requests become three batches; where the second create fails for good, the next run sends only what is missing', async () => {
  const ids = Array.from({ length: 250_000 }, (_, i) => `r${i}`);
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
  const options = { job: { runId }, timeoutMs: 120_000 };
  const first = await run(simulator, requests, options);
  expect([first.conclusion, first.outputs.get('status'), simulator.anthropic.batches.size]).toEqual([
    'failure',
    'pending',
    1,
  ]);
  const [created] = simulator.anthropic.batches.keys();
  expect(errorsOf(first)).toEqual([expect.stringContaining(`batch-id: ${created}`)]);

  const second = await run(simulator, requests, { ...options, job: { runId, runAttempt: 2 } });
  expect([second.conclusion, second.outputs.get('status'), second.outputs.get('batch-source')]).toEqual([
    'success',
    'completed',
    'mixed',
  ]);
  const sizes = [...simulator.anthropic.batches.values()].map((batch) => batch.requests.length);
  expect(sizes).toEqual([100_000, 100_000, 50_000]);
  expect(createsOf(simulator)).toBe(4);
  expect(second.outputs.get('succeeded-count')).toBe('250000');
  expect(idsOf(readOutput(second, 'results-file'))).toEqual(ids);
}, 240_000);
