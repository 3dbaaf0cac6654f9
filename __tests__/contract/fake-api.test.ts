import { describe, expect, test } from '@jest/globals';
import { errorAnswer } from '../../simulator/anthropic/refusal.ts';
import { parseBatchOf, parseBatchPage, parseCount, parseModel } from '../../src/adapters/api-shapes.ts';
import { readResult } from '../../src/core/results/result.ts';
import { ApiError, type Batch, type BatchApi } from '../../src/ports/api.ts';
import { bodyWith } from '../fakes/body.ts';
import { createFakes, errored, type Fakes, succeeded } from '../fakes/ports.ts';
import { addBatch } from '../fakes/waking.ts';
import { batchOnWire, expectShape, modelOnWire } from './api-wire.ts';

// Whatever the fake API answers, the real one could have sent: a test on the fake proves nothing otherwise.

const outcomes: Readonly<Record<string, object>> = {
  a: succeeded('a'),
  b: errored('b', 'overloaded_error', 'Overloaded'),
  c: { custom_id: 'c', result: { type: 'canceled' } },
  d: { custom_id: 'd', result: { type: 'expired' } },
};
const params = { model: 'claude-haiku-4-5', max_tokens: 8, messages: [{ role: 'user', content: 'Hi' }] };

const requests = Object.keys(outcomes).map((custom_id) => ({ custom_id, params }));
const BODY = bodyWith(JSON.stringify({ requests }));

function fakesWithAnswers(): Fakes {
  const fakes = createFakes();
  fakes.apiState.answer = (id) => outcomes[id] ?? {};
  return fakes;
}

/** Of a batch that the API could send: its counts and times agree with its state. */
function expectBatch(batch: Batch, requests: number): void {
  const wire = batchOnWire(batch);
  expectShape('batch', wire);
  expect(parseBatchOf(batch.id, wire)).toEqual(batch);
  const { processing, succeeded: answered, errored: failed, canceled, expired } = batch.counts;
  const isEnded = batch.status === 'ended';
  expect([processing, answered + failed + canceled + expired]).toEqual(isEnded ? [0, requests] : [requests, 0]);
  expect(batch.endedAt !== null).toBe(isEnded);
  expect(Date.parse(batch.createdAt)).toBeLessThanOrEqual(Date.parse(batch.endedAt ?? batch.expiresAt));
}

/** A failure that an answer of the API would be turned into. */
async function expectRefused(call: Promise<unknown>): Promise<void> {
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  if (!(error instanceof ApiError)) throw new Error('It did not fail as the API does');
  const wire = { type: 'error', error: { type: error.type, message: '' }, request_id: null };
  expectShape('error', wire);
  expect([error.reach, error.status]).toEqual(['answered', errorAnswer('not_found_error', '').status]);
}

const methods: { readonly [Method in keyof BatchApi]: (fakes: Fakes) => Promise<void> } = {
  async create({ api }) {
    expectBatch(await api.create(BODY), 4);
  },
  async retrieve({ api, apiState, clock }) {
    const { id } = await api.create(BODY);
    apiState.retryAfterMs = 10_000;
    for (let look = 0; look < 3; look += 1) {
      const { batch, retryAfterMs } = await api.retrieve(id);
      expectBatch(batch, 4);
      expect(retryAfterMs).toBe(10_000);
    }
    clock.time += 40 * 86_400_000;
    const { batch } = await api.retrieve(id);
    expect(batch.archivedAt).not.toBeNull();
    expectBatch(batch, 4);
    await expectRefused(api.retrieve('msgbatch_none'));
  },
  async list({ api }) {
    for (let made = 0; made < 3; made += 1) await api.create(BODY);
    for (const page of [{ limit: 2 }, { limit: 100 }, { limit: 2, afterId: 'msgbatch_2' }]) {
      const { batches, hasMore } = await api.list(page);
      const [first, last] = [batches[0]?.id ?? null, batches.at(-1)?.id ?? null];
      const wire = { data: batches.map(batchOnWire), has_more: hasMore, first_id: first, last_id: last };
      expectShape('batchPage', wire);
      expect(parseBatchPage(wire)).toEqual({ batches, hasMore });
      expect(batches.length).toBeLessThanOrEqual(page.limit);
    }
  },
  async cancel({ api }) {
    const { id } = await api.create(BODY);
    expectBatch(await api.cancel(id), 4);
    expectBatch((await api.retrieve(id)).batch, 4);
    await expectRefused(api.cancel('msgbatch_none'));
  },
  async remove({ api, apiState }) {
    const { id } = await api.create(BODY);
    apiState.pollsNeeded = 1;
    await api.retrieve(id);
    await api.retrieve(id);
    await api.remove(id);
    await expectRefused(api.retrieve(id));
    await expectRefused(api.remove(id));
  },
  async results({ api }) {
    const { id } = await api.create(BODY);
    let text = '';
    for await (const piece of await api.results(id)) text += Buffer.from(piece).toString();
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.length).toBe(4);
    for (const line of lines) {
      expectShape('line', line);
      expect(readResult(line)).toMatchObject({ customId: line.custom_id, ending: { kind: line.result.type } });
    }
    await expectRefused(api.results('msgbatch_none'));
  },
  async model({ api, apiState }) {
    apiState.models.set('old', { lifecycle: 'retired', retiresAt: '2025-10-28T00:00:00Z' });
    apiState.models.set('none', null);
    for (const name of ['claude-haiku-4-5', 'old']) {
      const model = await api.model(name);
      if (model === undefined) throw new Error(`No model ${name}`);
      expectShape('model', modelOnWire(model));
      expect(parseModel(modelOnWire(model))).toEqual(model);
    }
    expect(await api.model('none')).toBeUndefined();
  },
  async countTokens({ api }) {
    const input_tokens = await api.countTokens(
      Buffer.from(JSON.stringify({ model: params.model, messages: params.messages })),
    );
    expectShape('count', { input_tokens });
    expect(parseCount({ input_tokens })).toBe(input_tokens);
  },
};

describe('the fake API answers what the real one can send', () => {
  test.each(Object.entries(methods))('%s', async (_, drive) => {
    await drive(fakesWithAnswers());
  });

  test('and has no method besides', () => {
    expect(Object.keys(createFakes().api).sort()).toEqual(Object.keys(methods).sort());
  });

  test.each([['in_progress'], ['canceling'], ['ended']])('also of a batch that a test adds as %s', async (status) => {
    const fakes = createFakes();
    addBatch(fakes, 'msgbatch_added', status);
    expectBatch((await fakes.api.retrieve('msgbatch_added')).batch, 1);
  });
});

test('an answer without a member that the API always sends is found', () => {
  const { role: _, ...message } = JSON.parse(JSON.stringify(succeeded('a'))).result.message;
  const cut = { custom_id: 'a', result: { type: 'succeeded', message } };
  expect(() => expectShape('line', cut)).toThrow('role');
});
