import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { simulatedKey } from '../../simulator/anthropic/anthropic.ts';
import { isDescribed } from '../../simulator/anthropic/description.ts';
import { errorAnswer } from '../../simulator/anthropic/refusal.ts';
import type { Recorded } from '../../simulator/anthropic/replay.ts';
import { describedFaultOf, faultOf } from '../../simulator/anthropic/shapes.ts';
import type { WireShape } from '../../simulator/anthropic/wire-shapes.ts';
import { params, start } from './start-anthropic.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

test('the committed schema is what the client says today', () => {
  const check = spawnSync(process.execPath, [at('scripts/wire-schemas.ts'), '--check'], {
    env: { SystemRoot: 'C:\\Windows' },
    encoding: 'utf8',
  });
  expect(check.stderr).toBe('');
  expect(check.status).toBe(0);
});

test.each<[string, Parameters<typeof faultOf>[0], unknown]>([
  ['a missing property', 'count', {}],
  ['a property of another type', 'count', { input_tokens: '1' }],
  ['one too many', 'deleted', { id: 'a', type: 'message_batch_deleted', more: 1 }],
  [
    'errors without their nesting',
    'line',
    { custom_id: 'a', result: { type: 'errored', error: { type: 'api_error' } } },
  ],
  [
    'an unknown detail',
    'error',
    { type: 'error', request_id: null, error: { type: 'api_error', message: '', details: {} } },
  ],
])('the schema refuses %s', (_, shape, value) => {
  expect(faultOf(shape, value)).toContain(shape);
});

test('an error of a spend limit has the details that the client reads', () => {
  const answer = errorAnswer('rate_limit_error', 'No more', {
    details: { error_code: 'enforced_spend_limit_reached' },
  });
  expect(answer.status).toBe(429);
  expect(JSON.parse(String(answer.body))).toMatchObject({
    error: { details: { error_code: 'enforced_spend_limit_reached' } },
  });
});

/** One of each answer, under the name of its shape. */
async function answers(): Promise<[shape: WireShape, answer: unknown][]> {
  const { call, clock } = await start({ outcomeOf: (id) => (id === 'c' ? { kind: 'expired' } : undefined) });
  const json = async (method: string, path: string, body?: unknown) =>
    (await call(method, path, body === undefined ? undefined : JSON.stringify(body))).json();
  const marked = { ...params, cache_control: { type: 'ephemeral' } };
  const bad = { ...params, max_tokens: 0 };
  const requests = [params, bad, params, marked].map((one, index) => ({
    custom_id: 'abcd'.charAt(index),
    params: one,
  }));
  const { max_tokens, ...counted } = params;
  const created = (await json('POST', '/v1/messages/batches', { requests })) as { id: string };
  const at = `/v1/messages/batches/${created.id}`;
  const canceling = await json('POST', `${at}/cancel`);
  clock.nowMs += 10;
  const second = (await json('POST', '/v1/messages/batches', { requests })) as { id: string };
  clock.nowMs += 1000;
  const lines = (await (await call('GET', `/v1/messages/batches/${second.id}/results`)).text()).split('\n');
  return [
    ['batch', created],
    ['batch', canceling],
    ['batch', await json('GET', at)],
    ['batchPage', await json('GET', '/v1/messages/batches')],
    ['deleted', await json('DELETE', at)],
    ...lines.map((line): [WireShape, unknown] => ['line', JSON.parse(line)]),
    ['count', await json('POST', '/v1/messages/count_tokens', counted)],
    ['message', await json('POST', '/v1/messages', params)],
    ['model', await json('GET', '/v1/models/claude-opus-4-6')],
    ['modelPage', await json('GET', '/v1/models')],
    ['error', await json('GET', '/v1/messages/batches/none')],
    ['error', await (await call('GET', '/v1/models', undefined, { 'x-api-key': `${simulatedKey}x` })).json()],
  ];
}

const recordings = at('../shared/data/recorded');

describe('what others say of the API', () => {
  const whenDescribed = isDescribed ? test : test.skip;
  whenDescribed('its public description holds for every answer (skipped where the description is absent)', async () => {
    for (const [shape, answer] of await answers()) {
      expect([shape, describedFaultOf(shape, answer)]).toEqual([shape, undefined]);
      const without = Object.fromEntries(Object.entries(answer as object).slice(1));
      expect([shape, describedFaultOf(shape, without)]).toEqual([shape, expect.stringContaining('required property')]);
    }
  });

  const whenRecorded = existsSync(recordings) ? test : test.skip;
  whenRecorded('recorded batches have the shape of ours (skipped where the recordings are absent)', () => {
    const files = readdirSync(recordings).map((name) => readFileSync(`${recordings}/${name}`, 'utf8'));
    const batches = files
      .flatMap((text) => JSON.parse(text) as Recorded[])
      .filter(({ path }) => !path.endsWith('/results'));
    expect(batches.length).toBeGreaterThan(0);
    for (const { body } of batches) expect(faultOf('batch', JSON.parse(body))).toBeUndefined();
  });
});
