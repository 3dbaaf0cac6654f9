import { expect, test } from '@jest/globals';
import { printFailedStep } from '../../src/core/messages/failures.ts';
import {
  artifactsOf,
  createsOf,
  errorsOf,
  idsOf,
  lines,
  readOutput,
  requestLine,
  run,
  simulate,
  wayToCollect,
} from './harness.ts';

const REQUESTS = lines(requestLine('b'), requestLine('a'));

test('time runs out: pending and green; a later run collects the same batch, and nothing is paid twice', async () => {
  const simulator = await simulate({ anthropic: { endsAfterMs: 60_000 } });
  const first = await run(simulator, REQUESTS, { inputs: { 'wait-minutes': '0.01' } });
  const id = first.outputs.get('batch-id') ?? '';
  expect([first.conclusion, first.outputs.get('status'), first.outputs.get('request-count')]).toEqual([
    'success',
    'pending',
    '2',
  ]);
  expect(first.log).toContain(wayToCollect(id));
  expect(first.summary).toContain(`batch-id: ${id}`);
  expect(simulator.repository.comments[0]?.body).toContain(`batch-id: ${id}`);
  expect(artifactsOf(simulator)).toEqual([]);

  simulator.anthropic.script.endsAfterMs = 0;
  const second = await run(simulator, REQUESTS, { inputs: { 'batch-id': id } });
  expect([second.conclusion, second.outputs.get('status'), second.outputs.get('batch-source')]).toEqual([
    'success',
    'completed',
    'given',
  ]);
  expect(idsOf(readOutput(second, 'results-file'))).toEqual(['b', 'a']);
  expect(createsOf(simulator)).toBe(1);
  expect(simulator.repository.comments).toHaveLength(1);
  expect(simulator.repository.comments[0]?.body).toContain(`$${second.outputs.get('cost-usd')}`);
});

test('on-timeout: fail ends red, and the batch can still be collected', async () => {
  const simulator = await simulate({ anthropic: { endsAfterMs: 60_000 } });
  const result = await run(simulator, REQUESTS, { inputs: { 'wait-minutes': '0', 'on-timeout': 'fail' } });
  expect([result.conclusion, result.outputs.get('status')]).toEqual(['failure', 'pending']);
  expect(errorsOf(result)).toEqual([expect.stringContaining(wayToCollect(result.outputs.get('batch-id')))]);
});

test('bad weather: 404, 429, 500, a reset and a cut stream on the way, and all is well', async () => {
  const simulator = await simulate({ anthropic: { unseenLooks: 2, unseenResults: 1, endsAfterMs: 300 } });
  const answer = (status: number) => ({
    kind: 'answer' as const,
    response: {
      status,
      headers: { 'content-type': 'application/json', 'retry-after': '0' },
      body: '{"type":"error","error":{"type":"api_error","message":"no"}}',
    },
  });
  simulator.faults.push(
    { method: 'POST', path: /\/batches$/, does: answer(429) },
    { method: 'GET', path: /batches\/[^/]+$/, after: 3, does: answer(429) },
    { method: 'GET', path: /batches\/[^/]+$/, after: 4, does: answer(529) },
    { method: 'GET', path: /batches\/[^/]+$/, after: 5, does: { kind: 'reset' } },
    { method: 'GET', path: /results$/, after: 1, does: { kind: 'cut', bytes: 100 } },
  );
  const result = await run(simulator, REQUESTS);
  expect({ conclusion: result.conclusion, errors: errorsOf(result) }).toEqual({ conclusion: 'success', errors: [] });
  expect(idsOf(readOutput(result, 'results-file'))).toEqual(['b', 'a']);
  expect(simulator.anthropic.batches.size).toBe(1);
});

test('a create that breaks off after it made a batch is not repeated: the batch is found and finished', async () => {
  const simulator = await simulate();
  simulator.faults.push({ method: 'POST', path: /\/batches$/, times: 5, does: { kind: 'reset-after' } });
  const result = await run(simulator, REQUESTS);
  expect([result.conclusion, result.outputs.get('status')]).toEqual(['success', 'completed']);
  expect(result.outputs.get('batch-id')).toBe([...simulator.anthropic.batches.keys()].join());
  expect(createsOf(simulator)).toBe(1);
});

test('results that are short, doubled, unreadable or foreign are left, and an hour later all accounted for', async () => {
  const simulator = await simulate({
    anthropic: { lineFaults: { omitted: ['r1'], repeated: ['r2'], unreadable: ['r3'], foreign: ['stranger'] } },
  });
  const requests = lines(...Array.from({ length: 6 }, (_, i) => requestLine(`r${i}`)));
  const early = await run(simulator, requests);
  expect([early.conclusion, early.outputs.get('status')]).toEqual(['failure', 'pending']);
  for (const batch of simulator.anthropic.batches.values())
    Object.assign(batch, { createdAtMs: batch.createdAtMs - 2 * 3_600_000, end: undefined });
  const again = () => run(simulator, requests, { inputs: { 'max-error-rate': '40', 'delete-batch': 'true' } });
  // On a machine under load the first run may fail to remember what it got: then the one after compares.
  const second = await again();
  const result = second.outputs.get('status') === 'pending' ? await again() : second;
  expect([result.conclusion, simulator.anthropic.batches.size]).toEqual(['success', 1]);
  expect(idsOf(readOutput(result, 'results-file'))).toEqual(['r0', 'r2', 'r4', 'r5']);
  expect([result.outputs.get('succeeded-count'), result.outputs.get('missing-count')]).toEqual(['4', '2']);
  const summary = JSON.parse(readOutput(result, 'summary-file'));
  expect(summary.missing_ids).toEqual(['r1', 'r3']);
  expect(summary.uncounted_lines).toEqual({ unmatched: 1, repeated: 1, unreadable: 1 });
});

test('a batch of another workspace is not there, and the message says so', async () => {
  // Tolerating 404s for minutes is shown on a virtual clock; here only a refusal that needs no waiting.
  const simulator = await simulate();
  const result = await run(simulator, REQUESTS, {
    inputs: { 'batch-id': 'msgbatch_01', 'anthropic-api-key': 'sk-ant-other' },
  });
  expect([result.conclusion, result.outputs.get('status'), result.outputs.get('batch-id')]).toEqual([
    'failure',
    'rejected',
    'msgbatch_01',
  ]);
  const reason = '401 authentication_error: invalid x-api-key';
  const about = { id: 'msgbatch_01', why: 'not-allowed', isResumed: false, isBesideOthers: false } as const;
  expect(errorsOf(result)).toEqual([
    printFailedStep({ failures: [{ code: 'batch-unreachable', reason, ...about }], next: undefined }),
  ]);
});
