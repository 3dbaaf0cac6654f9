import { describe, expect, test } from '@jest/globals';
import type { RecordShard } from '../../../src/core/record/record.ts';
import { ApiError } from '../../../src/ports/api.ts';
import { createBatch } from '../../../src/steps/send/create-batch.ts';
import { bodyWith } from '../../fakes/body.ts';
import {
  addBatch,
  codesOf,
  FIRST,
  type Given,
  MINUTE_MS,
  reset,
  sending,
  shardIn,
  status,
  stored,
  unsent,
  watch,
} from './sending.ts';

const BODY = bodyWith('{"requests":[{"custom_id":"r0"},{"custom_id":"r1"}]}');

/** A run, with every POST it makes and when: what was stored of the shard by then. */
function creating(given: Given = {}) {
  const all = sending(given);
  const { run, fakes } = all;
  const start = fakes.clock.time;
  const posts: { atMs: number; shard: RecordShard | undefined }[] = [];
  watch(fakes, {
    create: () => posts.push({ atMs: fakes.clock.time - start, shard: shardIn(stored(fakes).at(-1)) }),
  });
  const create = () => createBatch(run, FIRST, BODY);
  return { ...all, posts, create, lasted: () => fakes.clock.time - start };
}

describe('a create', () => {
  test('is noted before it begins, with the newest batch there is, and its batch right after', async () => {
    const { fakes, posts, create } = creating();
    addBatch(fakes, 'older');
    const newest = addBatch(fakes, 'newest');
    const { time } = fakes.clock;
    expect(await create()).toMatchObject({ ok: true, value: { id: 'msgbatch_1', status: 'in_progress' } });
    const intent = {
      at: new Date(time).toISOString(),
      newest: { id: 'newest', createdAt: newest.createdAt },
      nonce: 'nonce-1',
    };
    expect(posts).toMatchObject([{ shard: { intent, batch: null } }]);
    expect(shardIn(stored(fakes, undefined, true).at(-1))).toMatchObject({
      intent,
      batch: { id: 'msgbatch_1', adopted: false },
    });
    expect(fakes.apiState.created).toBe(1);
    expect(fakes.log.messages).toEqual([]);
  });

  test('is noted also where the workspace has no batch yet; only one is asked for', async () => {
    const { fakes, posts, create } = creating();
    const pages: unknown[] = [];
    watch(fakes, { list: (page) => pages.push(page) });
    await create();
    expect(posts).toMatchObject([{ shard: { intent: { newest: null } } }]);
    expect(pages).toEqual([{ limit: 1 }]);
  });

  test.each([
    ['2026-11-22T10:00:07.5Z', '2026-11-22T10:00:07.5Z'],
    ['soon', '2026-11-22T10:01:00.000Z'],
    ['', '2026-11-22T10:01:00.000Z'],
  ])('answered with the time “%s” was made at %s', async (createdAt, at) => {
    const { fakes, create } = creating();
    fakes.clock.setMs = MINUTE_MS;
    const { create: post } = fakes.api;
    Object.assign(fakes.api, { create: async (body: typeof BODY) => ({ ...(await post(body)), createdAt }) });
    expect(await create()).toMatchObject({ ok: true, value: { createdAt: at } });
    expect(shardIn(stored(fakes).at(-1))).toMatchObject({ batch: { createdAt: at } });
  });

  test('answered with a batch that has ended is looked at before that is believed', async () => {
    const { fakes, create } = creating();
    const { create: post } = fakes.api;
    Object.assign(fakes.api, { create: async (body: typeof BODY) => ({ ...(await post(body)), status: 'ended' }) });
    expect(await create()).toMatchObject({ ok: true, value: { status: 'in_progress' } });
  });

  test.each<[string, ApiError, string, string]>([
    ['400', status(400), 'rejected', 'create-refused'],
    ['413', status(413), 'rejected', 'create-refused'],
    ['401', status(401), 'rejected', 'key-refused'],
    ['404', status(404), 'failed', 'create-forbidden'],
    ['a spend limit', status(429, { errorCode: 'enforced_spend_limit_reached' }), 'failed', 'spend-limit-reached'],
  ])('refused by %s ends, sent once, and leaves nothing to look for', async (_, error, ending, code) => {
    const { fakes, posts, create, lasted } = creating();
    fakes.apiState.failOn('create', error, 9);
    expect(await create()).toMatchObject({ ok: false, outcome: { status: ending, failures: [{ code }] } });
    expect(posts).toMatchObject([{ shard: { intent: { nonce: 'nonce-1' } } }]);
    expect(shardIn(stored(fakes).at(-1))).toMatchObject({ intent: null, batch: null });
    expect([lasted(), codesOf(fakes)]).toEqual([0, []]);
  });
});

describe('an API that is busy or away', () => {
  test('is asked again after the pause that it asks for, then after pauses that double', async () => {
    const { fakes, posts, create } = creating();
    fakes.apiState.failOn('create', status(429, { retryAfterMs: 20_000 }));
    fakes.apiState.failOn('create', unsent());
    fakes.apiState.failOn('create', status(429));
    expect(await create()).toMatchObject({ ok: true });
    expect(posts.map(({ atMs }) => atMs)).toEqual([0, 20_000, 22_000, 26_000]);
    expect(fakes.log.messages).toEqual([
      { code: 'create-delayed', reason: '429', pauseMs: 20_000 },
      { code: 'create-delayed', reason: 'refused', pauseMs: 2_000 },
      { code: 'create-delayed', reason: '429', pauseMs: 4_000 },
    ]);
  });

  test.each<[string, number, number]>([
    ['half an hour, though there is less time', 0, 29],
    ['half an hour, though there is hardly more', 30.5, 30],
    ['the time there is', 90, 89],
  ])('is waited for %s', async (_, lastsMinutes, expected) => {
    const { fakes, posts, create, lasted } = creating({ lastsMs: lastsMinutes * MINUTE_MS });
    fakes.apiState.failOn('create', status(429, { retryAfterMs: MINUTE_MS }), 999);
    expect(await create()).toMatchObject({ ok: false, outcome: { failures: [{ code: 'api-busy' }] } });
    expect(lasted()).toBe(expected * MINUTE_MS);
    expect(posts).toHaveLength(expected + 1);
    expect(shardIn(stored(fakes).at(-1))).toMatchObject({ intent: null });
  });

  test('is waited for by a run of its own time: that of the run, not of the machine', async () => {
    const { fakes, create, lasted } = creating({ lastsMs: 40 * MINUTE_MS });
    fakes.clock.setMs = -1e9;
    fakes.apiState.failOn('create', status(429, { retryAfterMs: MINUTE_MS }), 999);
    await create();
    expect(lasted()).toBe(39 * MINUTE_MS);
  });

  test('and a run that is stopped meanwhile: nothing was sent that would have to be looked for', async () => {
    const { fakes, create } = creating();
    fakes.apiState.failOn('create', status(429), 9);
    watch(fakes, { create: () => fakes.stopNow() });
    await expect(create()).rejects.toThrow('stopped');
    expect(shardIn(stored(fakes).at(-1))).toMatchObject({ intent: null });
  });
});

test('a run that is stopped while it notes the create does not begin it, and leaves nothing to look for', async () => {
  const { fakes, posts, create } = creating();
  const { save } = fakes.state;
  Object.assign(fakes.state, {
    save: (...given: Parameters<typeof save>) => {
      fakes.stopNow();
      return save(...given);
    },
  });
  await expect(create()).rejects.toThrow('stopped');
  expect(posts).toEqual([]);
  expect(stored(fakes).map((record) => shardIn(record)?.intent === null)).toEqual([false, true]);
});

test('what fails in another way than the API does is no answer: the create stays noted', async () => {
  const { fakes, create } = creating();
  fakes.apiState.failOn('create', new Error('the disk is gone'));
  await expect(create()).rejects.toThrow('the disk is gone');
  expect(shardIn(stored(fakes).at(-1))).toMatchObject({ intent: { nonce: 'nonce-1' } });
});

describe('a create whose end nobody saw', () => {
  test.each([
    ['a reset', reset()],
    ['500', status(500)],
    ['529', status(529)],
    ['409', status(409)],
  ])('%s is not repeated where its batch is found', async (_, error) => {
    const { fakes, posts, create } = creating();
    fakes.apiState.failOn('create-answer', error);
    expect(await create()).toMatchObject({ ok: true, value: { id: 'msgbatch_1' } });
    expect(posts).toHaveLength(1);
    expect(fakes.apiState.created).toBe(1);
    expect(shardIn(stored(fakes, undefined, true).at(-1))).toMatchObject({
      batch: { id: 'msgbatch_1', adopted: true },
    });
    expect(fakes.log.messages).toEqual([
      { code: 'create-uncertain', reason: error.message },
      { code: 'lost-batch-found', id: 'msgbatch_1' },
    ]);
  });

  test('is repeated once lists have shown no batch for 90 s, twice at most', async () => {
    const { fakes, posts, create } = creating();
    fakes.apiState.failOn('create', reset(), 9);
    expect(await create()).toMatchObject({
      ok: false,
      outcome: { failures: [{ code: 'create-broken-off', attempts: 3, reason: 'read ECONNRESET' }] },
    });
    expect(posts.map(({ atMs }) => atMs)).toEqual([0, 90_000, 180_000]);
    expect(codesOf(fakes)).toEqual([
      'create-uncertain',
      'create-repeated',
      'create-uncertain',
      'create-repeated',
      'create-uncertain',
    ]);
    expect(shardIn(stored(fakes).at(-1))).toMatchObject({ intent: null, batch: null });
  });

  test('notes again, before it is repeated, which batch is the newest', async () => {
    const { fakes, posts, create } = creating();
    fakes.apiState.failOn('create', reset());
    watch(fakes, { create: () => addBatch(fakes, 'other', {}, 7) });
    expect(await create()).toMatchObject({ ok: true });
    expect(posts.map(({ shard }) => shard?.intent?.newest?.id)).toEqual([undefined, 'other']);
  });

  test('is not repeated where lists cannot be had: there may be a batch', async () => {
    const { fakes, posts, create } = creating();
    fakes.apiState.failOn('create-answer', reset());
    watch(fakes, { create: () => fakes.apiState.failOn('list', status(500), 99) });
    expect(await create()).toMatchObject({
      ok: false,
      outcome: { failures: [{ code: 'lost-batch-unknown', reason: '500' }] },
    });
    expect(posts).toHaveLength(1);
    expect(shardIn(stored(fakes, undefined, true).at(-1))).toMatchObject({ intent: { nonce: 'nonce-1' } });
  });

  test('is not repeated where the batch has an ID that cannot be used', async () => {
    const { fakes, posts, create } = creating();
    fakes.apiState.failOn(
      'create-answer',
      new ApiError({ code: 'batch-id-unusable', id: 'a b' }, { reach: 'unknown' }),
    );
    expect(await create()).toMatchObject({ ok: false, outcome: { failures: [{ code: 'lost-batch-unknown' }] } });
    expect(posts).toHaveLength(1);
    expect(shardIn(stored(fakes).at(-1))).toMatchObject({ intent: { nonce: 'nonce-1' } });
  });
});

describe('the list before a create', () => {
  test('that fails is asked for again, after pauses that grow to about a minute, for five minutes', async () => {
    const { fakes, posts, create } = creating();
    fakes.apiState.failOn('list', status(500), 99);
    expect(await create()).toMatchObject({ ok: false, outcome: { failures: [{ code: 'api-unreachable' }] } });
    expect(fakes.log.messages).toEqual(
      [2, 4, 8, 16, 32, 64, 64, 64, 64].map((seconds) => ({
        code: 'batch-list-failed',
        reason: '500',
        pauseMs: seconds * 1_000,
      })),
    );
    expect([posts, stored(fakes)]).toEqual([[], []]);
  });

  test('that works again lets the create begin', async () => {
    const { fakes, posts, create } = creating();
    fakes.apiState.failOn('list', reset());
    fakes.apiState.failOn('list', status(429, { retryAfterMs: 30_000 }));
    expect(await create()).toMatchObject({ ok: true });
    expect(posts.map(({ atMs }) => atMs)).toEqual([32_000]);
  });

  test.each<[number, string, string]>([
    [400, 'failed', 'api-unreachable'],
    [401, 'rejected', 'key-refused'],
    [404, 'failed', 'create-forbidden'],
  ])('that is refused with %i ends the run at once: nothing is sent', async (code, ending, failure) => {
    const { fakes, posts, create, lasted } = creating();
    fakes.apiState.failOn('list', status(code), 99);
    expect(await create()).toMatchObject({ ok: false, outcome: { status: ending, failures: [{ code: failure }] } });
    expect([posts, lasted(), codesOf(fakes)]).toEqual([[], 0, []]);
  });

  test('that fails in another way than the API does ends the run', async () => {
    const { fakes, create } = creating();
    fakes.apiState.failOn('list', new Error('a mistake of ours'));
    await expect(create()).rejects.toThrow('a mistake of ours');
  });
});
