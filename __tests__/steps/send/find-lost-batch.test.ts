import { describe, expect, test } from '@jest/globals';
import { printReason } from '../../../src/core/messages/reasons.ts';
import { printRecord, type SavedRecord } from '../../../src/core/record/record.ts';
import type { Batch } from '../../../src/ports/api.ts';
import { claimsOfOthers, findLostBatch } from '../../../src/steps/send/find-lost-batch.ts';
import { batchOf, recordOf, roundOf, shardOf } from '../../core/record/records.ts';
import { createFakes, type Fakes } from '../../fakes/ports.ts';
import {
  addBatch,
  codesOf,
  FIRST,
  intentAt,
  MINUTE_MS,
  OTHER_FINGERPRINT,
  reset,
  sending,
  shardIn,
  status,
  stored,
  watch,
} from './sending.ts';

interface Lost {
  readonly fakes?: Fakes;
  /** How long ago the create ended. */
  readonly agoMs?: number;
  readonly intent?: Parameters<typeof intentAt>[1];
  readonly shard?: Parameters<typeof shardOf>[0];
  readonly others?: SavedRecord['rounds'][number]['shards'];
}

/** A run after a create of two requests without an answer, and when it looks at lists, counted from the end of the create. */
function looking({ fakes = createFakes(), agoMs = 0, intent, shard, others = [] }: Lost = {}) {
  const endedMs = fakes.clock.time;
  fakes.clock.time += agoMs;
  const missing = shardOf({ batch: null, intent: intentAt(endedMs, intent), ...shard });
  const { run, store } = sending({ fakes, record: { rounds: [{ shards: [missing, ...others] }] } });
  const looks: number[] = [];
  watch(fakes, {
    list: ({ afterId }) => {
      if (afterId === undefined) looks.push(fakes.clock.time - endedMs);
    },
  });
  return { fakes, store, looks, endedMs, look: () => findLostBatch(run, FIRST, endedMs) };
}

/** Leaves a record of other requests, or of another submission of the same, that names these batches. */
function claim(
  fakes: Fakes,
  changed: Partial<SavedRecord>,
  batches: Parameters<typeof batchOf>[],
  atMs = fakes.clock.time,
) {
  const shards = batches.map((given) => shardOf({ batch: batchOf(...given) }));
  const record = recordOf({ fingerprint: OTHER_FINGERPRINT, generation: 'other', rounds: [{ shards }], ...changed });
  fakes.memory.texts.push({ key: record.fingerprint, text: printRecord(record), durable: true, atMs });
}

const ALL_LOOKS = [0, 2_000, 7_000, 17_000, 37_000, 77_000, 90_000];
const NONE = { ok: true, value: undefined };
const found = (id: string) => ({ ok: true, value: expect.objectContaining({ id }) });

describe('a batch that may have been made', () => {
  test.each<[string, number, number[]]>([
    ['the create has just ended', 0, ALL_LOOKS],
    ['ten seconds have passed', 10_000, [17_000, 37_000, 77_000, 90_000]],
    ['it is time for a look', 37_000, [37_000, 77_000, 90_000]],
    ['all these times have passed', 100_000, [100_000]],
    ['the create is still to come, by a clock that was wrong', -5_000, ALL_LOOKS.map((at) => at - 5_000)],
  ])('is looked for at these times where %s', async (_, agoMs, expected) => {
    const { fakes, looks, look } = looking({ agoMs });
    expect(await look()).toEqual(NONE);
    expect(looks).toEqual(expected);
    expect([codesOf(fakes), stored(fakes)]).toEqual([[], []]);
  });

  test('is not looked for where no create was begun', async () => {
    const { looks, look } = looking({ shard: { intent: null } });
    expect(await look()).toEqual(NONE);
    expect(looks).toEqual([]);
  });

  test('is recorded as adopted as soon as a list shows it', async () => {
    const { fakes, looks, look, endedMs } = looking();
    watch(fakes, {
      list: () => {
        if (fakes.clock.time - endedMs >= 7_000 && fakes.apiState.batches.size === 0) addBatch(fakes, 'ours');
      },
    });
    expect(await look()).toEqual(found('ours'));
    expect(looks).toEqual([0, 2_000, 7_000]);
    expect(fakes.log.messages).toEqual([{ code: 'lost-batch-found', id: 'ours' }]);
    expect(shardIn(stored(fakes, undefined, true).at(-1))).toMatchObject({ batch: { id: 'ours', adopted: true } });
  });

  test.each<[string, Partial<Batch>, number]>([
    ['of another size', {}, 3],
    ['older than the newest that the create noted', { createdAt: '2026-11-22T09:59:58.000Z' }, 2],
  ])('is none %s', async (_, changed, count) => {
    const { fakes, look } = looking({ intent: { newest: { id: 'gone', createdAt: '2026-11-22T09:59:59.000Z' } } });
    addBatch(fakes, 'other', changed, count);
    expect(await look()).toEqual(NONE);
  });

  test('is none that turned out to hold other requests, nor one of another shard', async () => {
    const { fakes, look } = looking({
      shard: { rejected: ['foreign'] },
      others: [shardOf({ sha256: 'd'.repeat(64), batch: batchOf('of-another-shard') })],
    });
    addBatch(fakes, 'foreign');
    addBatch(fakes, 'of-another-shard');
    expect(await look()).toEqual(NONE);
  });

  test('without a time that can be read was made when the create began', async () => {
    const { fakes, look, endedMs } = looking();
    addBatch(fakes, 'ours', { createdAt: 'soon' });
    expect(await look()).toMatchObject({ value: { createdAt: new Date(endedMs).toISOString() } });
    expect(shardIn(stored(fakes).at(-1))).toMatchObject({ batch: { createdAt: new Date(endedMs).toISOString() } });
  });

  test('with a time has that one', async () => {
    const { fakes, look } = looking();
    const { createdAt } = addBatch(fakes, 'ours', { createdAt: '2026-11-22T10:00:01.5Z' });
    expect(await look()).toMatchObject({ value: { createdAt } });
  });

  test('is named beside others of its size, and none is taken; a later run looks again', async () => {
    const { fakes, looks, look } = looking();
    addBatch(fakes, 'one');
    addBatch(fakes, 'two');
    expect(await look()).toMatchObject({
      ok: false,
      outcome: { status: 'failed', failures: [{ code: 'lost-batch-ambiguous', ids: ['two', 'one'], total: 2 }] },
    });
    expect(looks).toEqual([0]);
    expect(shardIn(stored(fakes, undefined, true).at(-1))).toMatchObject({
      intent: { nonce: 'nonce-1' },
      batch: null,
    });
  });
});

describe('lists that fail', () => {
  test('to the end leave it unknown whether there is a batch; a later run looks again', async () => {
    const { fakes, looks, look } = looking();
    fakes.apiState.failOn('list', status(500), 3);
    fakes.apiState.failOn('list', reset(), 99);
    expect(await look()).toMatchObject({
      ok: false,
      outcome: { status: 'failed', failures: [{ code: 'lost-batch-unknown', reason: 'read ECONNRESET' }] },
    });
    expect(looks).toEqual(ALL_LOOKS);
    expect(shardIn(stored(fakes, undefined, true).at(-1))).toMatchObject({ intent: { nonce: 'nonce-1' } });
  });

  test('before one that shows no batch are made up for', async () => {
    const { fakes, looks, look } = looking();
    fakes.apiState.failOn('list', reset(), 6);
    expect(await look()).toEqual(NONE);
    expect(looks).toEqual(ALL_LOOKS);
  });

  test('because the key is unknown are not asked for again', async () => {
    const { fakes, looks, look } = looking();
    fakes.apiState.failOn('list', status(401), 99);
    expect(await look()).toMatchObject({ ok: false, outcome: { failures: [{ code: 'lost-batch-unknown' }] } });
    expect(looks).toEqual([0]);
  });

  test('in another way than the API does end the search', async () => {
    const { fakes, look } = looking();
    fakes.apiState.failOn('list', new Error('a mistake of ours'));
    await expect(look()).rejects.toThrow('a mistake of ours');
  });
});

describe('lists of many batches', () => {
  /** A workspace with so many newer batches of another size. */
  function crowd(fakes: Fakes, count: number): void {
    for (let i = 0; i < count; i += 1) addBatch(fakes, `of-another-size-${i}`, {}, 9);
  }
  const pagesOf = (fakes: Fakes) => {
    const pages: unknown[] = [];
    watch(fakes, { list: (page) => pages.push(page) });
    return pages;
  };

  test('are read page by page, each after the last batch of the one before', async () => {
    const { fakes, look } = looking({ agoMs: 2 * MINUTE_MS });
    addBatch(fakes, 'ours');
    crowd(fakes, 250);
    const pages = pagesOf(fakes);
    expect(await look()).toEqual(found('ours'));
    expect(pages).toEqual([
      { limit: 100 },
      { limit: 100, afterId: 'of-another-size-150' },
      { limit: 100, afterId: 'of-another-size-50' },
    ]);
  });

  test('are read only down to the batch that the create noted', async () => {
    const newest = { id: 'noted', createdAt: '2026-11-22T10:00:00.000Z' };
    const { fakes, look } = looking({ agoMs: 2 * MINUTE_MS, intent: { newest } });
    crowd(fakes, 300);
    addBatch(fakes, 'noted');
    addBatch(fakes, 'ours');
    const pages = pagesOf(fakes);
    expect(await look()).toEqual(found('ours'));
    expect(pages).toEqual([{ limit: 100 }]);
  });

  test('and come to no end leave it unknown whether there is a batch, after 20 pages', async () => {
    const { fakes, look } = looking({ agoMs: 2 * MINUTE_MS });
    addBatch(fakes, 'ours');
    crowd(fakes, 2_000);
    const pages = pagesOf(fakes);
    const reason = printReason({ code: 'batch-list-endless', count: 2_000 });
    expect(await look()).toMatchObject({ ok: false, outcome: { failures: [{ code: 'lost-batch-unknown', reason }] } });
    expect(pages).toHaveLength(20);
  });

  test('and end with the 20th page are whole', async () => {
    const { fakes, look } = looking({ agoMs: 2 * MINUTE_MS });
    addBatch(fakes, 'ours');
    crowd(fakes, 1_999);
    expect(await look()).toEqual(found('ours'));
  });

  test('and begin anew each time leave it unknown, after two pages', async () => {
    const { fakes, look } = looking({ agoMs: 2 * MINUTE_MS });
    crowd(fakes, 300);
    const { list } = fakes.api;
    Object.assign(fakes.api, { list: ({ limit }: { readonly limit: number }) => list({ limit }) });
    const pages = pagesOf(fakes);
    expect(await look()).toMatchObject({ ok: false, outcome: { failures: [{ code: 'lost-batch-unknown' }] } });
    expect(pages).toHaveLength(2);
  });
});

describe('a batch that another record names', () => {
  test.each([false, true])('of other requests is theirs: adopted %s', async (adopted) => {
    const { fakes, looks, look } = looking();
    addBatch(fakes, 'theirs');
    claim(fakes, {}, [['theirs', { adopted }]]);
    expect(await look()).toEqual(NONE);
    expect(looks).toEqual(ALL_LOOKS);
  });

  test('of other requests leaves the one that none names', async () => {
    const { fakes, look } = looking();
    addBatch(fakes, 'ours');
    addBatch(fakes, 'theirs');
    claim(fakes, {}, [['theirs']]);
    expect(await look()).toEqual(found('ours'));
  });

  test('of the same requests that another submission created is ours only if none comes: it holds what we would pay for again', async () => {
    const { fakes, looks, look } = looking();
    addBatch(fakes, 'same');
    claim(fakes, { fingerprint: recordOf().fingerprint }, [['same']]);
    expect(await look()).toEqual(found('same'));
    expect(looks).toEqual(ALL_LOOKS);
  });

  test('of the same requests is left where ours comes after all', async () => {
    const { fakes, look, endedMs } = looking();
    addBatch(fakes, 'same');
    claim(fakes, { fingerprint: recordOf().fingerprint }, [['same']]);
    watch(fakes, {
      list: () => {
        if (fakes.clock.time - endedMs >= 7_000 && fakes.apiState.batches.size === 1) addBatch(fakes, 'ours');
      },
    });
    expect(await look()).toEqual(found('ours'));
  });

  test('of the same requests is ours also where later lists show nothing', async () => {
    const { fakes, look, endedMs } = looking();
    addBatch(fakes, 'same');
    claim(fakes, { fingerprint: recordOf().fingerprint }, [['same']]);
    watch(fakes, {
      list: () => {
        if (fakes.clock.time - endedMs >= 7_000) fakes.apiState.batches.clear();
      },
    });
    expect(await look()).toEqual(found('same'));
  });

  test('of several submissions of the same requests, the newest is taken', async () => {
    const { fakes, look } = looking();
    addBatch(fakes, 'first');
    addBatch(fakes, 'second');
    claim(fakes, { fingerprint: recordOf().fingerprint }, [['first'], ['second']]);
    expect(await look()).toEqual(found('second'));
  });

  test('of the same requests that another submission only found may be ours', async () => {
    const { fakes, looks, look } = looking();
    addBatch(fakes, 'found');
    claim(fakes, { fingerprint: recordOf().fingerprint }, [['found', { adopted: true }]]);
    expect(await look()).toEqual(found('found'));
    expect(looks).toEqual([0]);
  });

  test('of this submission itself, by another job, is ours', async () => {
    const { fakes, looks, look } = looking();
    addBatch(fakes, 'ours');
    claim(fakes, { fingerprint: recordOf().fingerprint, generation: recordOf().generation }, [['ours']]);
    expect(await look()).toEqual(found('ours'));
    expect(looks).toEqual([0]);
  });

  test.each<[string, number, number, unknown]>([
    ['a minute before the create began', MINUTE_MS, 0, NONE],
    ['longer before, when nobody can have known the batch', MINUTE_MS + 1, 0, found('batch')],
    ['before, by a clock that was ahead, but after the batch was made', 5 * MINUTE_MS, 5 * MINUTE_MS, NONE],
  ])('counts as theirs if it was stored %s', async (_, earlierMs, madeEarlierMs, expected) => {
    const { fakes, look, endedMs } = looking({ agoMs: 2 * MINUTE_MS });
    addBatch(fakes, 'batch', { createdAt: new Date(endedMs - madeEarlierMs).toISOString() });
    claim(fakes, {}, [['batch']], endedMs - earlierMs);
    expect(await look()).toEqual(expected);
  });

  test('counts also beside a batch whose time cannot be read', async () => {
    const { fakes, look } = looking({ agoMs: 2 * MINUTE_MS });
    addBatch(fakes, 'ours', { createdAt: 'soon' });
    addBatch(fakes, 'theirs');
    claim(fakes, {}, [['theirs']]);
    fakes.memory.texts.push({ key: 'x', text: 'no record', durable: true, atMs: fakes.clock.time });
    expect(await look()).toEqual(found('ours'));
  });
});

test('batches that records of other requests name are theirs, and surely so where a create of theirs returned them', async () => {
  const fakes = createFakes();
  claim(fakes, {}, [['created'], ['found', { adopted: true }], ['both', { adopted: true }]]);
  claim(fakes, { fingerprint: 'd'.repeat(64) }, [['both']]);
  claim(fakes, { fingerprint: 'e'.repeat(64) }, [['both', { adopted: true }]]);
  claim(fakes, { fingerprint: recordOf().fingerprint, rounds: [roundOf({ batch: batchOf('own') })] }, []);
  expect([...(await claimsOfOthers(fakes, fakes.clock.time, recordOf().fingerprint))]).toEqual([
    ['created', true],
    ['found', false],
    ['both', true],
  ]);
});
