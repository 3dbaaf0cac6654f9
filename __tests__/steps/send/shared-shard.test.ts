import { describe, expect, test } from '@jest/globals';
import type { Rejected } from '../../../src/core/endings/outcome.ts';
import { fingerprintOf } from '../../../src/core/record/fingerprint.ts';
import { printRecord, type RecordShard, type SavedRecord } from '../../../src/core/record/record.ts';
import { placeholderOf } from '../../../src/steps/send/placeholder.ts';
import { noteReported, offerShards, reportedElsewhere, takeOverShards } from '../../../src/steps/send/shared-shard.ts';
import { batchOf, recordOf, roundOf, runOf, shardOf } from '../../core/record/records.ts';
import { createFakes, type Fakes } from '../../fakes/ports.ts';
import { inputsOf } from '../../fakes/step.ts';
import { codesOf, type Given, intentAt, OTHER_FINGERPRINT, type Sending, sending, stored } from './sending.ts';

const A = 'a1'.repeat(32);
const B = 'b2'.repeat(32);
const FEMTO_PER_USD = 10n ** 15n;

/** The key under which a shard is offered. */
const keyOf = (sha256: string): string => fingerprintOf(inputsOf().api, `shard ${sha256}`);
const offeredOf = (fakes: Fakes, sha256: string) => stored(fakes, keyOf(sha256));

/** A run with these shards in its first round, none of which was begun unless it says so. */
function withShards(shards: readonly Partial<RecordShard>[], given: Given = {}): Sending {
  const rounds = [roundOf(...shards.map((one) => ({ intent: null, batch: null, ...one })))];
  return sending({ ...given, record: { rounds, ...given.record } });
}

/** A record of other requests with these shards, stored and offered under each of their digests. */
function offer(fakes: Fakes, shards: readonly Partial<RecordShard>[], changed: Partial<SavedRecord> = {}): SavedRecord {
  const record = recordOf({
    fingerprint: OTHER_FINGERPRINT,
    generation: 'other',
    run: runOf({ id: 7, nonce: 'other' }),
    rounds: [roundOf(...shards)],
    ...changed,
  });
  const keys = [record.fingerprint, ...shards.map(({ sha256 = '' }) => keyOf(sha256))];
  for (const key of keys)
    fakes.memory.texts.push({ key, text: printRecord(record), durable: true, atMs: fakes.clock.time });
  return record;
}

describe('what was sent of requests of which others were refused', () => {
  test('is offered under the digest of each shard with a batch, and noted as shared', async () => {
    const { run, fakes, store } = withShards([
      { sha256: A, batch: batchOf('msgbatch_1') },
      { sha256: B },
      { sha256: 'c3'.repeat(32), batch: batchOf('msgbatch_2'), shared: true },
    ]);
    await offerShards(run);
    expect(store.record.rounds[0]?.shards.map(({ shared }) => shared)).toEqual([true, false, true]);
    expect(offeredOf(fakes, A)).toEqual([store.record]);
    expect(fakes.memory.texts.map(({ key, durable }) => [key, durable])).toEqual([
      [store.record.fingerprint, false],
      [keyOf(A), true],
    ]);
  });

  test.each<[string, readonly Partial<RecordShard>[], Given]>([
    ['without a batch', [{ sha256: A }], {}],
    ['that are shared already', [{ sha256: A, batch: batchOf('msgbatch_1'), shared: true }], {}],
    ['with resume: never', [{ sha256: A, batch: batchOf('msgbatch_1') }], { raw: { resume: 'never' } }],
  ])('is not offered of shards %s: nothing is stored', async (_, shards, given) => {
    const { run, fakes } = withShards(shards, given);
    await offerShards(run);
    expect(fakes.memory.texts).toEqual([]);
  });

  test('of no round at all is nothing', async () => {
    const { run, fakes } = sending({ record: { rounds: [] } });
    await offerShards(run);
    expect(fakes.memory.texts).toEqual([]);
  });
});

describe('a shard that a run with other requests has sent', () => {
  test('is taken over, not sent, and offered on in the name of these requests', async () => {
    const { run, fakes, store } = withShards([{ sha256: B }, { sha256: A }]);
    const createdAt = '2026-11-22T09:30:00Z';
    offer(fakes, [{ sha256: A, batch: batchOf('msgbatch_7', { createdAt }) }]);
    expect(await takeOverShards(run, 0)).toBe(true);
    expect(store.record.rounds[0]?.shards).toMatchObject([
      { batch: null, shared: false },
      { batch: { id: 'msgbatch_7', createdAt, adopted: false }, shared: true },
    ]);
    expect(fakes.log.messages).toEqual([{ code: 'shard-taken-over', id: 'msgbatch_7', count: 2 }]);
    expect(offeredOf(fakes, A).at(-1)).toEqual(store.record);
    expect(stored(fakes).at(-1)).toEqual(store.record);
  });

  test('is found among several, by digest and count', async () => {
    const { run, fakes, store } = withShards([{ sha256: A }]);
    offer(fakes, [
      { sha256: B, batch: batchOf('msgbatch_6') },
      { sha256: A, count: 3, batch: batchOf('msgbatch_5') },
      { sha256: A, batch: batchOf('msgbatch_7') },
    ]);
    expect(await takeOverShards(run, 0)).toBe(true);
    expect(store.record.rounds[0]?.shards[0]?.batch?.id).toBe('msgbatch_7');
  });

  const open = [{ sha256: A, batch: batchOf('msgbatch_7') }];
  test.each<[string, readonly Partial<RecordShard>[], Partial<SavedRecord>]>([
    ['that is collected: what is sent later is measured anew', open, { phase: 'collected' }],
    ['of the same requests, whose own record would have it', open, { fingerprint: recordOf().fingerprint }],
    ['whose batch is not proved to be its own', [{ sha256: A, batch: batchOf('b', { adopted: true }) }], {}],
    ['whose batch was stopped', [{ sha256: A, batch: batchOf('b', { stopped: 'left' }) }], {}],
    ['that has no batch', [{ sha256: A, batch: null }], {}],
    ['that has begun nothing', open, { rounds: [] }],
    ['of another count', [{ sha256: A, count: 9, batch: batchOf('b') }], {}],
  ])('is not taken over from a submission %s', async (_, shards, changed) => {
    const { run, fakes, store } = withShards([{ sha256: A }]);
    offer(fakes, shards, changed);
    expect(await takeOverShards(run, 0)).toBe(false);
    expect([store.record.rounds[0]?.shards[0]?.batch, codesOf(fakes)]).toEqual([null, []]);
  });

  test('is taken over as its record is now, not as it was offered', async () => {
    const { run, fakes } = withShards([{ sha256: A }]);
    const record = offer(fakes, open);
    const later = { ...record, revision: record.revision + 1, phase: 'canceled' as const };
    fakes.memory.texts.push({ key: record.fingerprint, text: printRecord(later), durable: true, atMs: 0 });
    expect(await takeOverShards(run, 0)).toBe(false);
  });

  test('is taken over from the one that is open, of several that are offered', async () => {
    const { run, fakes, store } = withShards([{ sha256: A }]);
    const offers = [
      offer(fakes, open, { phase: 'collected' }),
      offer(fakes, [{ sha256: A, batch: batchOf('msgbatch_8') }], { fingerprint: 'f'.repeat(64) }),
    ];
    const { find } = fakes.state;
    const several = { texts: offers.map(printRecord), uploadedAtMs: [], readable: true };
    Object.assign(fakes.state, { find: async (key: string) => (key === keyOf(A) ? several : find(key)) });
    expect(await takeOverShards(run, 0)).toBe(true);
    expect(store.record.rounds[0]?.shards[0]?.batch?.id).toBe('msgbatch_8');
  });

  test('and whose record is gone is not taken over', async () => {
    const { run, fakes } = withShards([{ sha256: A }]);
    offer(fakes, open);
    fakes.memory.texts.splice(0, 1);
    expect(await takeOverShards(run, 0)).toBe(false);
  });

  test('is not found behind a text that is no record', async () => {
    const { run, fakes } = withShards([{ sha256: A }]);
    fakes.memory.texts.push({ key: keyOf(A), text: '{}', durable: true, atMs: 0 });
    expect(await takeOverShards(run, 0)).toBe(false);
  });

  const refusal: Rejected = { status: 'rejected', problems: [], failures: [] };
  test.each<[string, Partial<RecordShard>, Given, number]>([
    ['that has its batch', { batch: batchOf('own') }, {}, 0],
    ['whose create may have made a batch', { intent: intentAt(0) }, {}, 0],
    ['with resume: never', {}, { raw: { resume: 'never' } }, 0],
    ['of a run that may not submit', {}, { refusal }, 0],
    [
      'where the first submission was finished, which these measure again',
      {},
      { record: { finishedGenerations: ['x'] } },
      0,
    ],
    ['of a later round', {}, {}, 1],
  ])('is not taken over for one %s', async (_, shard, given, round) => {
    const { run, fakes, store } = withShards([{ sha256: A, ...shard }], given);
    offer(fakes, open);
    const before = store.record;
    expect(await takeOverShards(run, round)).toBe(false);
    expect([store.record, codesOf(fakes)]).toEqual([before, []]);
  });
});

describe('what a shared batch costs', () => {
  const costs = new Map([
    ['msgbatch_7', FEMTO_PER_USD / 3n],
    ['msgbatch_8', FEMTO_PER_USD / 3n],
    ['msgbatch_9', FEMTO_PER_USD],
  ]);
  const shared = (sha256: string, id: string) => ({ sha256, batch: batchOf(id), shared: true });

  /** What was reported by others, in millionths of a dollar. */
  async function reported({ run, store }: Sending): Promise<number> {
    const femto = await reportedElsewhere(run, store, costs);
    return Number(femto) / 1e9;
  }

  test.each<[string, Partial<SavedRecord>, number]>([
    ['that others have collected was reported by them', { phase: 'collected' }, 333_333],
    ['that others have reported of was reported by them', { reportedUsd: FEMTO_PER_USD }, 333_333],
    ['that others wait for was not', {}, 0],
    ['that was noted by these requests was not', { fingerprint: recordOf().fingerprint, phase: 'collected' }, 0],
    ['was not by others that have another one', { phase: 'collected', rounds: [roundOf({ batch: batchOf('x') })] }, 0],
  ])('%s', async (_, changed, micro) => {
    const all = withShards([shared(A, 'msgbatch_7')]);
    offer(all.fakes, [shared(A, 'msgbatch_7')], { reportedUsd: 0n, ...changed });
    expect(await reported(all)).toBe(micro);
  });

  test('is summed over shards before it is rounded, without those that are not shared, not known, or not there', async () => {
    const all = withShards([
      shared(A, 'msgbatch_7'),
      shared(B, 'msgbatch_8'),
      { ...shared('c3'.repeat(32), 'msgbatch_9'), shared: false },
      shared('d4'.repeat(32), 'unknown'),
      { sha256: 'e5'.repeat(32), shared: true },
    ]);
    offer(all.fakes, all.store.record.rounds[0]?.shards ?? [], { phase: 'collected' });
    expect(await reported(all)).toBe(666_667);
  });

  test('is in what these requests have reported already, once they have', async () => {
    const all = withShards([shared(A, 'msgbatch_7')], { record: { reportedUsd: 1n } });
    offer(all.fakes, [shared(A, 'msgbatch_7')], { phase: 'collected' });
    expect(await reported(all)).toBe(0);
  });

  test('is noted for others once these have reported it', async () => {
    const { run, fakes, store } = withShards([shared(A, 'msgbatch_7'), { sha256: B, batch: batchOf('msgbatch_8') }]);
    offer(fakes, [shared(A, 'msgbatch_7')]);
    await noteReported(run, store);
    expect([offeredOf(fakes, A).at(-1), offeredOf(fakes, B)]).toEqual([store.record, []]);
  });

  test('is not noted where another has reported it before: that note stays', async () => {
    const { run, fakes, store } = withShards([shared(A, 'msgbatch_7')]);
    const note = offer(fakes, [shared(A, 'msgbatch_7')], { phase: 'collected' });
    await noteReported(run, store);
    expect(offeredOf(fakes, A)).toEqual([note]);
  });

  test('is nothing that others could have reported, once the batch turned out to hold other requests: their note stays', async () => {
    const { run, fakes, store } = withShards([{ sha256: A, shared: true, rejected: ['msgbatch_7'] }]);
    const note = offer(fakes, [shared(A, 'msgbatch_7')], { phase: 'collected' });
    expect(await reportedElsewhere(run, store, costs)).toBe(0n);
    await noteReported(run, store);
    expect(offeredOf(fakes, A)).toEqual([note]);
  });

  test('counts once where a third set of requests had another batch instead, which was rejected', async () => {
    const fakes = createFakes();
    const reporter = withShards([shared(A, 'msgbatch_7')], {
      fakes,
      record: { fingerprint: OTHER_FINGERPRINT, phase: 'collected' },
    });
    await noteReported(reporter.run, reporter.store);
    const third = withShards([{ sha256: A, batch: batchOf('msgbatch_8', { adopted: true }) }], {
      fakes,
      record: { fingerprint: '3'.repeat(64) },
    });
    await third.store.markShared(new Set([A]));
    await third.store.rejectBatch({ round: 0, shard: 0 });
    await noteReported(third.run, third.store);
    await third.store.recordBatch(
      { round: 0, shard: 0 },
      placeholderOf(shardOf({ batch: batchOf('msgbatch_9') })),
      'created',
    );
    await noteReported(third.run, third.store);
    expect(await reported(withShards([shared(A, 'msgbatch_7')], { fakes }))).toBe(333_333);
  });

  test('is read beside texts that are no records', async () => {
    const all = withShards([shared(A, 'msgbatch_7')]);
    all.fakes.memory.texts.push({ key: keyOf(A), text: '{}', durable: true, atMs: 0 });
    expect(await reported(all)).toBe(0);
  });
});

test('a shard is offered by API: another address is another batch', async () => {
  const fakes = createFakes();
  const { run } = withShards([{ sha256: A, batch: batchOf('msgbatch_1') }], { fakes });
  await offerShards(run);
  const elsewhere = withShards([{ sha256: A }], {
    fakes,
    raw: { 'anthropic-base-url': 'https://gateway.test' },
    record: { fingerprint: OTHER_FINGERPRINT },
  });
  expect(await takeOverShards(elsewhere.run, 0)).toBe(false);
  const here = withShards([{ sha256: A }], { fakes, record: { fingerprint: OTHER_FINGERPRINT } });
  expect(await takeOverShards(here.run, 0)).toBe(true);
});
