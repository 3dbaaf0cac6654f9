import { readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createResults } from '../../simulator/results/index.ts';
import { type Server, startServer } from '../../simulator/server.ts';
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

test('notes get the lowest free number of their run, and are read as they were left', async () => {
  await step().leaveNote('{"a":1}');
  await step().leaveNote('{"a":2}');
  await step(6).leaveNote('{"a":3}');
  expect(names()).toEqual(['5 claude-batch-paused-1', '5 claude-batch-paused-2', '6 claude-batch-paused-1']);
  expect(artifacts.every(({ contentType }) => contentType === 'application/zip')).toBe(true);
  expect(await step().notesOfRun()).toEqual([
    { name: 'claude-batch-paused-2', text: '{"a":2}' },
    { name: 'claude-batch-paused-1', text: '{"a":1}' },
  ]);
  await step().removeNote('claude-batch-paused-1');
  await step().leaveNote('{"a":4}');
  expect(names()).toEqual(['5 claude-batch-paused-2', '6 claude-batch-paused-1', '5 claude-batch-paused-1']);
});

test('jobs that pause at the same time get numbers of their own', async () => {
  await Promise.all([1, 2, 3, 4].map((job) => step().leaveNote(`${job}`)));
  expect(names().sort()).toEqual([1, 2, 3, 4].map((number) => `5 claude-batch-paused-${number}`));
});

test('other artifacts of the run are no notes, and of many notes the newest are read', async () => {
  const bytes = await zipOf({ 'paused.json': '{}' });
  results.state.store({ run: 5, name: 'claude-batch-paused-x', bytes });
  for (let number = 1; number <= 40; number += 1)
    results.state.store({ run: 5, name: `claude-batch-paused-${number}`, bytes });
  const found = await step().notesOfRun();
  expect(found.map(({ name }) => name)).toEqual(Array.from({ length: 30 }, (_, i) => `claude-batch-paused-${40 - i}`));
});

test('what is no note at all is an error, or empty where it is too long', async () => {
  results.state.store({ run: 5, name: 'claude-batch-paused-1', bytes: await zipOf({ 'other.json': '{}' }) });
  await expect(step().notesOfRun()).rejects.toThrow('paused.json');
  await expect(step().removeNote('claude-batch-paused-9')).rejects.toThrow();
});

test('without an artifact service nothing is left', async () => {
  const server2 = startStoreProcess(server.origin, { GITHUB_SERVER_URL: 'https://github.example' });
  try {
    await step(5, server2).leaveNote('{}');
    expect(names()).toEqual([]);
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
  await expect(step().leaveNote('{}')).rejects.toThrow();
});
