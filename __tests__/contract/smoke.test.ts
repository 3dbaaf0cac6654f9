import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { findNode24 } from '../../scripts/node24.js';
import { MODEL, price } from '../../scripts/smoke/requests.ts';
import { simulatedKey } from '../../simulator/anthropic/anthropic.ts';
import { errorAnswer } from '../../simulator/anthropic/refusal.ts';
import type { Fault, WireResponse } from '../../simulator/wire.ts';
import { priceRows } from '../../src/core/cost/table.ts';
import { parseUsage } from '../../src/core/cost/usage.ts';
import { requests, start } from '../simulator/start-anthropic.ts';

const script = fileURLToPath(new URL('../../scripts/smoke.ts', import.meta.url));
const BATCH = /\/v1\/messages\/batches\/[^/]+$/;

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the check as a process, with a key and with a variable of the client that would replace it. */
function smoke(
  args: readonly string[],
  env: Record<string, string> = {},
  onStart = (_: ReturnType<typeof spawn>): void => undefined,
): Promise<Ended> {
  const own = { ANTHROPIC_API_KEY: simulatedKey, ANTHROPIC_CUSTOM_HEADERS: 'x-api-key: another-key' };
  const system = process.platform === 'win32' ? { SystemRoot: 'C:\\Windows' } : {};
  const child = spawn(findNode24() ?? 'node', ['--disable-warning=ExperimentalWarning', script, ...args], {
    env: { ...system, ...own, ...env },
  });
  onStart(child);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.on('data', (piece: Buffer) => {
      said[name] += String(piece);
    });
  return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, ...said })));
}

const spending = (origin: string, ...more: readonly string[]) => ['--spend-real-money', '--base-url', origin, ...more];

/** An API whose clock is real, whose batches end at the third look and which asks for no pause. */
const startApi: typeof start = (options = {}) =>
  start({ now: Date.now, endsAfterLooks: 3, retryAfterSeconds: 0, ...options });

/** Changes the text of the answers that have it. */
function change(method: string, path: RegExp, from: string | RegExp, to: string): Fault {
  const edit = (answer: WireResponse): WireResponse => {
    const pieces =
      typeof answer.body === 'string' ? [Buffer.from(answer.body)] : [...(answer.body as Iterable<Uint8Array>)];
    const text = Buffer.concat(pieces).toString();
    return { ...answer, body: text.replaceAll(new RegExp(from, 'g'), to) };
  };
  return { method, path, times: 100, does: { kind: 'change', change: edit } };
}

test('without leave to spend, it says what it would do and cost, and does nothing', async () => {
  const { server } = await startApi();
  const ended = await smoke(['--base-url', server.origin]);
  expect([ended.exitCode, ended.stdout]).toEqual([2, '']);
  expect(ended.stderr).toMatch(/two requests to claude-haiku-5-5 .* at most \$0\.0000\d\d.* --spend-real-money/);
  expect(server.exchanges).toEqual([]);
});

test.each<[string, string[], Record<string, string>, string]>([
  ['without a key', ['--spend-real-money'], { ANTHROPIC_API_KEY: '' }, 'ANTHROPIC_API_KEY'],
  ['for another host', ['--spend-real-money', '--base-url', 'https://gateway.example'], {}, '--base-url'],
  ['for a time that is none', ['--spend-real-money', '--wait-minutes', 'long'], {}, '--wait-minutes'],
  ['with an unknown option', ['--spend-real-money', '--model', 'claude-opus-5'], {}, '--model'],
])('%s, it refuses', async (_, args, env, word) => {
  const ended = await smoke(args, env);
  expect([ended.exitCode, ended.stdout]).toEqual([2, '']);
  expect(ended.stderr).toContain(word);
});

test('where all is as expected, it ends well, has paid one batch and deleted it', async () => {
  const { server, state } = await startApi();
  const ended = await smoke(spending(server.origin));
  expect([ended.stdout, ended.exitCode]).toEqual([
    expect.stringMatching(/ 0 of these are relied on\. It cost \$0\.00000\d\.\n$/),
    0,
  ]);
  expect([state.created, state.batches.size]).toEqual([1, 0]);
  expect(ended.stdout + ended.stderr).not.toContain(simulatedKey);
  expect(server.exchanges.map(({ headers }) => headers.get('x-api-key'))).not.toContain('another-key');
});

test.each<[string, string, Fault]>([
  [
    'answers at the full price',
    'service tier',
    change('GET', /\/results$/, '"service_tier":"batch"', '"service_tier":"standard"'),
  ],
  [
    'a model without a price',
    'the answer has a price',
    change('GET', /\/results$/, `"model":"${MODEL}"`, '"model":"claude-other"'),
  ],
  ['usage that is none', 'cost, above 0', change('GET', /\/results$/, '"output_tokens":', '"tokens_out":')],
  ['errors of another type', 'max_tokens 0', change('GET', /\/results$/, '"invalid_request_error"', '"other_error"')],
  ['states of other names', 'requests by state', change('GET', BATCH, '"errored":', '"failed":')],
  [
    'a shorter life',
    'hours from creation',
    change('GET', BATCH, /"expires_at":"[^"]+"/, '"expires_at":"2030-01-01T00:00:00Z"'),
  ],
  ['another kind of error', 'never was', change('GET', BATCH, '"not_found_error"', '"invalid_request_error"')],
  [
    'a model that takes no batches',
    'takes batches',
    change('GET', /\/models\//, /"batch":\{"supported":true\}/, '"batch":{"supported":false}'),
  ],
])('%s: it fails, names that and deletes the batch', async (_, words, fault) => {
  const { server, state } = await startApi();
  server.faults.push(fault);
  const ended = await smoke(spending(server.origin));
  expect([ended.stdout, ended.exitCode]).toEqual([expect.stringContaining('relied on'), 1]);
  expect(ended.stdout.replaceAll(/\s+/g, ' ')).toContain(words);
  expect([state.created, state.batches.size]).toEqual([1, 0]);
});

test('a member that is new is told, and nothing fails', async () => {
  const { server } = await startApi();
  server.faults.push(change('GET', BATCH, '"type":"message_batch"', '"type":"message_batch","priority":1'));
  const ended = await smoke(spending(server.origin));
  expect([ended.stdout, ended.exitCode]).toEqual([expect.stringContaining('new member priority'), 0]);
});

test('a batch that takes longer is left, and checked later by its id', async () => {
  const { server, state } = await startApi();
  state.script.retryAfterSeconds = 10;
  const first = await smoke(spending(server.origin, '--wait-minutes', '0'));
  const [id = ''] = state.batches.keys();
  expect([first.stdout, first.exitCode]).toEqual([expect.stringContaining(`--batch-id ${id}`), 2]);
  state.script.retryAfterSeconds = 0;
  const later = await smoke(spending(server.origin, '--batch-id', id));
  expect([later.stdout, later.exitCode]).toEqual([expect.stringContaining(' 0 of these are relied on'), 0]);
  expect([state.created, state.batches.size]).toEqual([1, 0]);
});

test('a batch of somebody else stays as it is, ended or not', async () => {
  const { server, state, batches } = await startApi();
  const { id } = await batches.create({ requests: requests(2) });
  const ended = await smoke(spending(server.origin, '--batch-id', id));
  expect([ended.stdout, ended.exitCode]).toEqual([expect.stringContaining(`${id} is no batch of this check`), 1]);
  const running = await batches.create({ requests: requests(2) });
  state.script.endsAfterLooks = 1_000;
  server.faults.push({
    method: 'GET',
    path: /\/models\//,
    does: { kind: 'answer', response: errorAnswer('permission_error', 'No') },
  });
  expect((await smoke(spending(server.origin, '--batch-id', running.id))).exitCode).toBe(1);
  expect([...state.batches.values()].map(({ cancelledAtMs }) => cancelledAtMs)).toEqual([undefined, undefined]);
});

test('what passes is waited out: a batch that is not found yet, an overload, results that come later', async () => {
  const { server, state } = await startApi({ unseenLooks: 1, unseenResults: 1 });
  server.faults.push({
    method: 'GET',
    path: BATCH,
    after: 2,
    does: { kind: 'answer', response: errorAnswer('overloaded_error', 'Busy') },
  });
  const ended = await smoke(spending(server.origin));
  expect([ended.stdout, ended.exitCode]).toEqual([expect.stringContaining(' 0 of these are relied on'), 0]);
  expect([state.created, state.batches.size]).toEqual([1, 0]);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s while it waits: the batch is stopped and deleted', async (signal) => {
  const { server, state } = await startApi({ endsAfterLooks: 1_000, retryAfterSeconds: 600, cancelTakesMs: 0 });
  const ended = await smoke(spending(server.origin), {}, (child) =>
    server.watchers.push((stage, { method }) => {
      if (stage === 'answered' && method === 'GET' && [...state.batches.values()][0]?.looks === 1) child.kill(signal);
      return 'go-on';
    }),
  );
  expect(ended.exitCode).toBe(1);
  expect(ended.stdout).toMatch(new RegExp(`The batch msgbatch_\\w+ is deleted\nFailed: .*${signal}`));
  expect([state.created, state.batches.size]).toEqual([1, 0]);
});

test('a batch that cannot be deleted is named', async () => {
  const { server, state } = await startApi();
  server.faults.push({
    method: 'DELETE',
    path: BATCH,
    times: 100,
    does: { kind: 'answer', response: errorAnswer('api_error', 'Internal') },
  });
  const ended = await smoke(spending(server.origin));
  const [id = ''] = state.batches.keys();
  expect([ended.stdout, ended.exitCode]).toEqual([expect.stringContaining(`The batch ${id} could not be deleted`), 1]);
});

test('a key that the API refuses: nothing is made', async () => {
  const { server, state } = await startApi();
  const ended = await smoke(spending(server.origin), { ANTHROPIC_API_KEY: 'sk-ant-another-key' });
  expect([ended.stdout, ended.exitCode]).toEqual([expect.stringContaining('Failed: '), 1]);
  expect(ended.stdout).not.toContain('sk-ant-another-key');
  expect(state.created).toBe(0);
});

test('no model costs less', () => {
  const models = priceRows.flatMap((row) => row.models);
  const costOf = (model: string): bigint => {
    const pricing = price(
      model,
      parseUsage({ input_tokens: 1_000, output_tokens: 1_000 }),
      Date.parse('2026-11-30T00:00:00Z'),
    );
    if (pricing.kind !== 'priced') throw new Error(`${model} has no price`);
    return pricing.batch;
  };
  expect(models.filter((model) => costOf(model) < costOf(MODEL))).toEqual([]);
});
