import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { SimulatedRun } from '../../simulator/index.ts';
import { unzip } from '../../simulator/results/index.ts';
import { json } from '../../simulator/wire.ts';
import { printMessage } from '../../src/core/messages/message.ts';
import { artifactsOf, errorsOf, lines, readOutput, requestLine, run, simulate, wayToCollect } from './harness.ts';

const REQUESTS = lines(requestLine('a'), requestLine('b'));

test('a name that is taken in the run gets a number, and the output says which', async () => {
  const simulator = await simulate();
  const job = { runId: 16_000_000_777 };
  const names: (string | undefined)[] = [];
  for (let i = 0; i < 3; i += 1) {
    const result = await run(simulator, REQUESTS, { job, inputs: { 'artifact-name': 'evals' } });
    names.push(result.outputs.get('artifact-name'));
  }
  expect(names).toEqual(['evals', 'evals-2', 'evals-3']);
});

test('retention-days is asked for', async () => {
  const simulator = await simulate();
  await run(simulator, REQUESTS, { inputs: { 'retention-days': '3' } });
  const days = artifactsOf(simulator).map(({ name, expiresAtMs, createdAtMs }) => [
    name,
    Math.round((expiresAtMs - createdAtMs) / 86_400_000),
  ]);
  expect(days).toEqual([
    ['claude-batch-evals-0', 3],
    ['claude-batch-evals-0.html', 3],
  ]);
});

test('an empty artifact-name uploads nothing', async () => {
  const simulator = await simulate();
  const result = await run(simulator, REQUESTS, { inputs: { 'artifact-name': '' } });
  expect(result.conclusion).toBe('success');
  expect(artifactsOf(simulator)).toEqual([]);
  expect(result.outputs.has('artifact-id')).toBe(false);
});

test.each<[string, SimulatedRun]>([
  ['on a server without this artifact service', { job: { serverUrl: 'https://github.example.com' } }],
  ['on a local runner', { env: { ACTIONS_RUNTIME_TOKEN: '', ACTIONS_RESULTS_URL: '' } }],
])('%s the results stay on the runner, said once, green', async (_, given) => {
  const simulator = await simulate();
  const result = await run(simulator, REQUESTS, given);
  expect([result.conclusion, errorsOf(result)]).toEqual(['success', []]);
  const path = result.outputs.get('results-file') ?? '';
  expect(result.log.split(printMessage({ code: 'no-artifact-service', folder: dirname(path) }))).toHaveLength(2);
  expect(existsSync(path)).toBe(true);
});

test('results that are refused once they are uploaded are not uploaded under one name after the other', async () => {
  const simulator = await simulate();
  const conflict = json(409, { code: 'already_exists', msg: 'conflict' });
  simulator.faults.push({
    method: 'POST',
    path: /FinalizeArtifact$/,
    when: ({ body }) => body.includes('claude-batch-evals'),
    times: 999,
    does: { kind: 'answer', response: conflict },
  });
  const result = await run(simulator, REQUESTS);
  expect(errorsOf(result)).toHaveLength(1);
  const names = simulator.exchanges
    .filter(({ path }) => path.endsWith('CreateArtifact'))
    .map(({ body }) => String(JSON.parse(body.toString('utf8')).name))
    .filter((name) => name.startsWith('claude-batch-evals'));
  expect(names).toEqual(['claude-batch-evals-0']);
});

test('results that cannot be stored fail the step and say how to collect them again', async () => {
  const simulator = await simulate();
  simulator.faults.push({
    method: 'POST',
    path: /CreateArtifact$/,
    // The record of the batch is stored before.
    after: 1,
    does: {
      kind: 'answer',
      response: {
        status: 403,
        headers: { 'content-type': 'application/json' },
        body: '{"code":"permission_denied","msg":"no room"}',
      },
    },
  });
  const result = await run(simulator, REQUESTS);
  expect(result.conclusion).toBe('failure');
  const [error = '', ...others] = errorsOf(result);
  expect(others).toEqual([]);
  expect(error).toContain('no room');
  expect(error).toContain(wayToCollect(result.outputs.get('batch-id')));
  const { failure, next_step } = JSON.parse(readOutput(result, 'summary-file'));
  expect(`${failure} ${next_step}`).toBe(error);
});

test('retry.jsonl holds the failed requests as written, and they can be given as requests', async () => {
  const failing = new Set(['b', 'c']);
  const simulator = await simulate({
    anthropic: { outcomeOf: (id) => (failing.has(id) ? { kind: 'errored', type: 'overloaded_error' } : undefined) },
  });
  const written = [
    requestLine('a'),
    `  ${requestLine('b')}  `,
    JSON.stringify({ ...JSON.parse(requestLine('c')), assert: [{ type: 'equals', value: 'x' }] }),
  ];
  const first = await run(simulator, lines(...written), {
    inputs: { 'max-error-rate': '100', 'override-params': 'max_tokens: 9' },
  });
  const retry = readFileSync(join(dirname(first.outputs.get('results-file') ?? ''), 'retry.jsonl'), 'utf8');
  expect(retry).toBe(lines(written[1] ?? '', written[2] ?? ''));
  failing.clear();
  const second = await run(simulator, retry, { inputs: { 'max-error-rate': '0' } });
  expect([second.conclusion, second.outputs.get('succeeded-count')]).toEqual(['success', '2']);
});

test('an existing results folder is not wiped, and the artifact holds only what this run wrote', async () => {
  const simulator = await simulate();
  const files = { 'out/mine.txt': 'mine', 'out/results.jsonl': 'old', 'out/retry.jsonl': 'old' };
  const result = await run(simulator, REQUESTS, { files, inputs: { 'results-path': 'out' } });
  expect(result.outputs.get('results-file')).toBe(join(result.workspace, 'out', 'results.jsonl'));
  expect(readFileSync(join(result.workspace, 'out', 'mine.txt'), 'utf8')).toBe('mine');
  expect(readOutput(result, 'results-file')).not.toContain('old');
  expect([...unzip(artifactsOf(simulator)[0]?.blob.bytes ?? Buffer.alloc(0)).keys()].sort()).toEqual([
    'report.md',
    'requests.jsonl',
    'results.jsonl',
    'retry.jsonl',
    'summary.json',
  ]);
});
