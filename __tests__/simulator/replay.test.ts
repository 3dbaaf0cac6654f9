import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Anthropic from '@anthropic-ai/sdk';
import { afterEach, expect, test } from '@jest/globals';
import { createReplay, type Recorded } from '../../simulator/anthropic/replay.ts';
import { startServer } from '../../simulator/server.ts';

const opened: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.stop();
});

async function replay(recording: readonly Recorded[]) {
  const server = await startServer({ handlers: [createReplay(recording)] });
  opened.push(server);
  return server.origin;
}

const recorded = (method: string, path: string, body: string): Recorded => ({
  method,
  path,
  body,
  status: 200,
  headers: { 'x-recorded': body },
  request_body: null,
});

test('answers come in their order, the last look repeats and a POST never does', async () => {
  const origin = await replay([
    recorded('POST', '/a', 'created'),
    recorded('GET', '/a/1', 'first'),
    recorded('POST', '/a/1/cancel', 'canceling'),
    recorded('GET', '/a/1', 'second'),
    recorded('POST', '/a', 'created again'),
    recorded('GET', '/a/1/results', 'lines'),
  ]);
  const calls = ['GET /a/1', 'POST /a', 'GET /a/1?x=1', 'GET /a/1', 'POST /a/1/cancel', 'POST /a', 'POST /a', 'GET /b'];
  const seen: (string | null)[] = [];
  for (const call of [...calls, 'GET /a/1/results', 'GET /a/1/results']) {
    const [method = '', path] = call.split(' ');
    seen.push((await fetch(`${origin}${path}`, { method })).headers.get('x-recorded'));
  }
  expect(seen).toEqual([
    'first',
    'created',
    'second',
    'second',
    'canceling',
    'created again',
    null,
    null,
    'lines',
    'lines',
  ]);
});

const recording = fileURLToPath(new URL('../../../shared/data/recorded/basic_batch_completion.json', import.meta.url));
const whenRecorded = existsSync(recording) ? test : test.skip;

whenRecorded(
  'the real client goes through a recording to its end (skipped where the recording is absent)',
  async () => {
    const baseURL = await replay(JSON.parse(readFileSync(recording, 'utf8')) as Recorded[]);
    const client = new Anthropic({
      apiKey: 'any',
      authToken: null,
      baseURL,
      logLevel: 'off',
      openTelemetry: false,
      maxRetries: 0,
    });
    const { id } = await client.messages.batches.create({ requests: [] });
    let [looks, batch] = [1, await client.messages.batches.retrieve(id)];
    for (; batch.processing_status !== 'ended'; looks += 1) batch = await client.messages.batches.retrieve(id);
    expect(looks).toBeGreaterThan(10);
    const results = await (await fetch(`${baseURL}/v1/messages/batches/${id}/results`)).text();
    expect(results.split('\n').filter((line) => line !== '').length).toBe(batch.request_counts.succeeded);
  },
);
