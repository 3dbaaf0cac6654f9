import { readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createResults } from '../../simulator/results/index.ts';
import { type Server, startServer } from '../../simulator/server.ts';
import { json } from '../../simulator/wire.ts';
import { numbersFor } from '../../src/core/wake/pause-number.ts';
import { type Step, type StoreProcess, startStoreProcess } from './store.ts';
import { zipOf } from './zips.ts';

const results = createResults();
const { artifacts } = results.state;
let server: Server;
let stores: StoreProcess;
let steps = 0;

beforeAll(async () => {
  server = await startServer({ handlers: [results.handler] });
  stores = startStoreProcess(server.origin);
});

beforeEach(() => {
  artifacts.length = 0;
  server.faults.length = 0;
});

afterEach(() => {
  const printed = stores.output().split('\n');
  expect(printed.filter((line) => !/^(?:::add-mask::.*|::debug::.*|)$/.test(line))).toEqual([]);
  expect(readdirSync(stores.temp, { recursive: true })).toEqual([]);
  expect(server.errors).toEqual([]);
});

afterAll(async () => {
  await stores.stop();
  await server.stop();
});

/** A step of a run. */
function step(runId = 5, of = stores): Step {
  steps += 1;
  const about = { issue: undefined, triggeringRun: undefined, event: 'push', headRepository: 'octo/evals' };
  const run = { owner: 'octo', repo: 'evals', branch: 'topic', runId, runAttempt: 1, ...about };
  return of.step({ name: `${steps}`, run, token: '', scopes: [] });
}

const names = () => artifacts.map(({ run, name }) => `${run} ${name}`);

test('notes get numbers of their run, the first one first, and are read as they were left', async () => {
  await step().leaveNote('{"a":1}', 'one');
  await step().leaveNote('{"a":2}', 'two');
  await step(6).leaveNote('{"a":3}', 'one');
  const [first, second, other] = names();
  expect([first, other]).toEqual(['5 claude-batch-paused-1', '6 claude-batch-paused-1']);
  // Among those that whoever wakes asks for in every round.
  expect(second).toMatch(/^5 claude-batch-paused-[2-8]$/);
  expect(artifacts.every(({ contentType }) => contentType === 'application/zip')).toBe(true);
  expect((await step().notesOfRun('one')).map(({ text }) => text)).toEqual(['{"a":1}', '{"a":2}']);
  await step().removeNote('claude-batch-paused-1');
  await step().leaveNote('{"a":4}', 'three');
  expect(names()).toEqual([second, other, '5 claude-batch-paused-1']);
});

test('50 jobs that pause at the same time all leave their notes, each of which its own job finds', async () => {
  const others = [1, 2, 3].map(() => startStoreProcess(server.origin));
  try {
    const legs = Array.from({ length: 50 }, (_, leg) => `leg-${leg}`);
    const all = [stores, ...others];
    await Promise.all(legs.map((leg, i) => step(5, all[i % all.length]).leaveNote(leg, leg)));
    const numbers = artifacts.map(({ name }) => Number(name.split('-').at(-1)));
    expect([numbers.length, new Set(numbers).size]).toEqual([50, 50]);
    expect(numbers.filter((number) => number <= 8)).toHaveLength(8);
    for (const leg of ['leg-0', 'leg-25', 'leg-49'])
      expect((await step().notesOfRun(leg)).map(({ text }) => text)).toContain(leg);
  } finally {
    await Promise.all(others.map((one) => one.stop()));
  }
}, 60_000);

test('of 256 notes a job reads some, its own among them, though others are removed meanwhile', async () => {
  results.state.store({ run: 5, name: 'claude-batch-paused-x', bytes: await zipOf({ 'paused.json': '{}' }) });
  const legs = Array.from({ length: 100 }, (_, leg) => `leg-${leg}`);
  const taken = new Set<number>();
  for (const leg of legs) {
    const number = numbersFor(leg).find((one) => !taken.has(one)) ?? 0;
    taken.add(number);
    results.state.store({ run: 5, name: `claude-batch-paused-${number}`, bytes: await zipOf({ 'paused.json': leg }) });
  }
  server.faults.push({
    method: 'POST',
    path: /GetSignedArtifactURL$/,
    does: { kind: 'answer', response: json(404, { code: 'not_found', msg: 'gone' }) },
  });
  const found = await step().notesOfRun('leg-77');
  expect(found.length).toBe(63);
  expect(found.map(({ text }) => text)).toContain('leg-77');
}, 60_000);

test('what is no note at all is an error, or empty where it is too long', async () => {
  results.state.store({ run: 5, name: 'claude-batch-paused-1', bytes: await zipOf({ 'other.json': '{}' }) });
  await expect(step().notesOfRun('evals')).rejects.toThrow('paused.json');
  await expect(step().removeNote('claude-batch-paused-9')).rejects.toThrow();
});

test('without an artifact service nothing is left', async () => {
  const server2 = startStoreProcess(server.origin, { GITHUB_SERVER_URL: 'https://github.example' });
  try {
    const local = step(5, server2);
    await local.leaveNote('{}', 'evals');
    expect([names(), await local.notesOfRun('evals')]).toEqual([[], []]);
  } finally {
    await server2.stop();
  }
});

test('a failed upload is an error', async () => {
  const refusal = {
    status: 403,
    headers: { 'content-type': 'application/json' },
    body: '{"code":"permission_denied"}',
  };
  server.faults.push({
    method: 'POST',
    path: /CreateArtifact$/,
    times: 9,
    does: { kind: 'answer', response: refusal },
  });
  await expect(step().leaveNote('{}', 'evals')).rejects.toThrow();
});
