import { describe, expect, test } from '@jest/globals';
import type { Rejected } from '../../../src/core/endings/outcome.ts';
import type { Message } from '../../../src/core/messages/message.ts';
import { fingerprintOf } from '../../../src/core/record/fingerprint.ts';
import type { RecordShard, SavedRecord } from '../../../src/core/record/record.ts';
import { hashShard } from '../../../src/steps/send/body.ts';
import { placeholderOf } from '../../../src/steps/send/placeholder.ts';
import { type Round, sendRound } from '../../../src/steps/send/round.ts';
import { batchOf, CREATED_AT, reuseOf, shardOf } from '../../core/record/records.ts';
import { bodyWith } from '../../fakes/body.ts';
import { createFakes } from '../../fakes/ports.ts';
import { codesOf, type Given, intentAt, type Sending, sending, shardIn, status, stored } from './sending.ts';

const REASON: Message = { code: 'lost-batch-absent' };
/** How long a run waits for others to show before it sends, in ms. */
const SETTLE_MS = 1_000;
const HASH = (() => {
  const { run, fakes } = sending();
  return hashShard(fakes.files, run.requests, [0, 1]);
})();

const roundWith = (changed: Partial<Round> = {}): Round => ({
  number: 0,
  selection: [0, 1],
  joining: 'joined',
  reason: REASON,
  ...changed,
});

/** A run whose record has these shards of its first round; none: nothing was begun. */
const withShards = (shards: readonly Partial<RecordShard>[], given: Given = {}): Sending =>
  sending({
    ...given,
    record: { rounds: shards.length === 0 ? [] : [{ shards: shards.map((one) => shardOf({ sha256: HASH, ...one })) }] },
  });

describe('a round that nobody has begun', () => {
  test('is begun, sent and told with its reason', async () => {
    const { run, fakes, store } = withShards([]);
    const { time } = fakes.clock;
    expect(await sendRound(run, roundWith())).toEqual({ ok: true, value: ['msgbatch_1'] });
    expect(codesOf(fakes)).toEqual(['lost-batch-absent', 'batch-sent']);
    expect(shardIn(store.record)).toMatchObject({ count: 2, sha256: HASH, batch: { id: 'msgbatch_1' } });
    expect(fakes.clock.time - time).toBe(SETTLE_MS);
    expect(fakes.memory.claims.size).toBe(1);
  });

  test('has only the requests that are asked for, and what it left them out for', async () => {
    const { run, fakes, store } = withShards([], { count: 3 });
    const reuse = reuseOf();
    await sendRound(run, roundWith({ selection: [0, 2], reuse, reason: undefined }));
    const [sent] = [...fakes.apiState.batches.values()];
    expect(sent?.body).toBe('{"requests":[{"custom_id":"r0"},{"custom_id":"r2"}]}');
    expect(store.record.reuse).toEqual(reuse);
    expect(codesOf(fakes)).toEqual(['batch-sent']);
  });

  test('beyond the first leaves what the first left out as it is', async () => {
    const { run, store } = withShards([{ batch: batchOf('first') }]);
    const reuse = reuseOf();
    await store.pinReuse(reuse);
    await sendRound(run, roundWith({ number: 1, selection: [1], reuse: null }));
    expect(store.record.reuse).toEqual(reuse);
    expect(shardIn(store.record, 1)).toMatchObject({ count: 1, batch: { id: 'msgbatch_1' } });
    expect(shardIn(store.record, 0)).toMatchObject({ batch: { id: 'first' } });
  });

  test('waits for nobody and claims nothing with resume: never', async () => {
    const { run, fakes } = withShards([], { raw: { resume: 'never' } });
    const { time } = fakes.clock;
    expect(await sendRound(run, roundWith())).toMatchObject({ ok: true });
    expect([fakes.clock.time - time, fakes.memory.claims.size]).toEqual([0, 0]);
  });
});

describe('a round with its batch', () => {
  test.each(['joined', 'reused'] as const)('goes on as %s: nothing is sent, nor waited for', async (joining) => {
    const { run, fakes } = withShards([{ batch: batchOf('msgbatch_9') }]);
    const { time } = fakes.clock;
    expect(await sendRound(run, roundWith({ joining }))).toEqual({ ok: true, value: ['msgbatch_9'] });
    expect(fakes.log.messages).toEqual([{ code: 'batch-resumed', id: 'msgbatch_9', createdAt: CREATED_AT }]);
    expect(run.runState).toMatchObject({ source: joining, batches: [{ id: 'msgbatch_9' }] });
    expect([fakes.apiState.created, fakes.clock.time - time]).toEqual([0, 0]);
  });

  test('goes on also where a text hides what may be stored besides', async () => {
    const { run } = withShards([{ batch: batchOf('msgbatch_9') }], { hidden: 'unreadable' });
    expect(await sendRound(run, roundWith())).toEqual({ ok: true, value: ['msgbatch_9'] });
  });
});

describe('nothing is sent', () => {
  test.each<[string, readonly Partial<RecordShard>[]]>([
    ['nothing was begun', []],
    ['a batch is missing', [{ batch: batchOf('msgbatch_9') }, { batch: null }]],
  ])('where a text hides what may be stored, and %s', async (_, shards) => {
    const { run, fakes } = withShards(shards, { hidden: 'other-version' });
    expect(await sendRound(run, roundWith())).toMatchObject({
      ok: false,
      outcome: { status: 'failed', failures: [{ code: 'record-unreadable', why: 'other-version' }] },
    });
    expect([fakes.apiState.created, stored(fakes)]).toEqual([0, []]);
  });

  test('of a round that was begun with other requests: its batches are collected', async () => {
    const { run, fakes, store } = withShards([
      { sha256: 'd'.repeat(64), batch: batchOf('msgbatch_7') },
      { sha256: 'e'.repeat(64), batch: null, intent: intentAt(0) },
      { sha256: 'f'.repeat(64), batch: batchOf('msgbatch_8') },
    ]);
    const before = store.record;
    expect(await sendRound(run, roundWith())).toEqual({ ok: true, value: ['msgbatch_7', 'msgbatch_8'] });
    expect([fakes.apiState.created, store.record]).toEqual([0, before]);
    expect(run.runState.batches.map(({ id }) => id)).toEqual(['msgbatch_7', 'msgbatch_8']);
  });
});

test('a round of other requests that nothing was sent of is begun anew', async () => {
  const { run, fakes, store } = withShards([{ sha256: 'd'.repeat(64), batch: null, intent: null }]);
  const { time } = fakes.clock;
  expect(await sendRound(run, roundWith())).toEqual({ ok: true, value: ['msgbatch_1'] });
  expect(shardIn(store.record)).toMatchObject({ sha256: HASH, batch: { id: 'msgbatch_1' } });
  expect(fakes.clock.time - time).toBe(0);
});

test('a round whose create broke off looks for the batch before it sends, once others could have shown', async () => {
  const fakes = createFakes();
  const { run, store } = withShards([{ batch: null, intent: intentAt(fakes.clock.time, { nonce: 'nonce-0' }) }], {
    fakes,
  });
  const { time } = fakes.clock;
  expect(await sendRound(run, roundWith({ reason: undefined }))).toEqual({ ok: true, value: ['msgbatch_1'] });
  expect(codesOf(fakes)).toEqual(['lost-batch-absent', 'batch-sent']);
  expect(fakes.clock.time - time).toBe(90_000);
  expect(store.record.generation).toBe('nonce-1');
  expect(fakes.memory.claims.size).toBe(1);
});

test('what keeps a run from submitting is its ending, unless the batches are there', async () => {
  const refusal: Rejected = { status: 'rejected', problems: [], failures: [] };
  const { run, fakes } = withShards([], { refusal });
  expect(await sendRound(run, roundWith())).toEqual({ ok: false, outcome: refusal });
  expect(fakes.apiState.created).toBe(0);
});

describe('two requests that are too long for one body', () => {
  const LONG_BYTES = 200_000_000;

  /** A run that is about to send them; the disk only says that it has lines of that length. `refuseFrom`: the first create that is refused. */
  function long(rounds: SavedRecord['rounds'], refuseFrom = 9): Sending {
    const one = sending({ record: { rounds } });
    Object.assign(one.run.requests, { starts: [0, LONG_BYTES, 2 * LONG_BYTES] });
    const readAt = (offset: number): Buffer => Buffer.from(`line at ${offset}`);
    Object.assign(one.fakes.files, { open: () => ({ readAt, close: () => undefined }) });
    const { create } = one.fakes.api;
    let sent = 0;
    Object.assign(one.fakes.api, {
      create: async () => {
        sent += 1;
        if (sent >= refuseFrom) throw status(400);
        return create(bodyWith('{"requests":[{"custom_id":"r"}]}'));
      },
    });
    return one;
  }
  /** What runs with other requests may take over of the first shard of a round. */
  const offered = ({ run, fakes, store }: Sending, number: number) => {
    const { sha256 = '' } = store.record.rounds[number]?.shards[0] ?? {};
    return stored(fakes, fingerprintOf(run.inputs.api, `shard ${sha256}`));
  };

  test('go out in two, in their order', async () => {
    const { run, store } = long([]);
    expect(await sendRound(run, roundWith())).toEqual({ ok: true, value: ['msgbatch_1', 'msgbatch_2'] });
    expect(store.record.rounds[0]?.shards.map(({ count, batch }) => [count, batch?.id])).toEqual([
      [1, 'msgbatch_1'],
      [1, 'msgbatch_2'],
    ]);
  });

  test('of which the second is refused: the first is offered to runs with other requests', async () => {
    const one = long([], 2);
    expect(await sendRound(one.run, roundWith())).toMatchObject({ ok: false });
    expect(offered(one, 0).map(({ rounds }) => rounds[0]?.shards[0]?.batch?.id)).toEqual(['msgbatch_1']);
  });

  test('of which the second is refused after the first round: none is offered, since only those of the first are looked for', async () => {
    const one = long([{ shards: [shardOf({ sha256: HASH, batch: batchOf('msgbatch_9') })] }], 2);
    expect(await sendRound(one.run, roundWith({ number: 1 }))).toMatchObject({ ok: false });
    expect([offered(one, 0), offered(one, 1)]).toEqual([[], []]);
  });
});

describe('a batch of the record that nobody has looked at yet', () => {
  test('is running, with all its requests, until a day after it was made', () => {
    expect(placeholderOf(shardOf({ count: 7, batch: batchOf('b', { createdAt: '2026-11-22T10:00:00Z' }) }))).toEqual({
      id: 'b',
      status: 'in_progress',
      counts: { processing: 7, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
      createdAt: '2026-11-22T10:00:00Z',
      endedAt: null,
      expiresAt: '2026-11-23T10:00:00.000Z',
      archivedAt: null,
    });
  });

  test('and whose time cannot be read has no end that is known', () => {
    expect(placeholderOf({ count: 1, batch: batchOf('b', { createdAt: 'soon' }) })).toMatchObject({
      createdAt: 'soon',
      expiresAt: '',
    });
  });
});
