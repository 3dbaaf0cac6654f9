import { describe, expect, test } from '@jest/globals';
import { printRecord, type SavedRecord } from '../../../src/core/record/record.ts';
import { yieldToConcurrentRun } from '../../../src/steps/send/yield-to-concurrent-run.ts';
import { batchOf, recordOf, roundOf, runOf, shardOf } from '../../core/record/records.ts';
import { createFakes, type Fakes } from '../../fakes/ports.ts';
import { codesOf, type Given, intentAt, MINUTE_MS, type Sending, sending, stored } from './sending.ts';

const SENT = [roundOf({ batch: batchOf('msgbatch_7') })];
const BEGUN = [{ shards: [shardOf({ batch: null, intent: intentAt(0, { nonce: 'other' }) })] }];
const FRESH = [{ shards: [shardOf({ batch: null, intent: null })] }];
/** Three minutes, and a share for two requests of 19 bytes. */
const SILENT_MS = 3 * MINUTE_MS + (2 * 19) / 250;

/** Stores a record that another run wrote of the same requests. */
function storeOther({ memory, clock }: Fakes, changed: Partial<SavedRecord> = {}): SavedRecord {
  const record = recordOf({
    generation: 'other',
    revision: 5,
    savedAt: new Date(clock.time).toISOString(),
    run: runOf({ id: 7, name: 'theirs', nonce: 'other' }),
    runs: [{ id: 7, attempt: 1 }],
    rounds: SENT,
    ...changed,
  });
  memory.texts.push({ key: record.fingerprint, text: printRecord(record), durable: false, atMs: clock.time });
  return record;
}

/** Does something once so much time has passed, while somebody sleeps. */
function later(fakes: Fakes, afterMs: number, act: () => void): void {
  const { sleep } = fakes.clock;
  const atMs = fakes.clock.time + afterMs;
  let isDone = false;
  Object.assign(fakes.clock, {
    sleep: async (ms: number) => {
      await sleep(ms);
      if (isDone || fakes.clock.time < atMs) return;
      isDone = true;
      act();
    },
  });
}

/** A run with nothing begun that is about to send. */
const waiting = (given: Given = {}): Sending =>
  sending({ ...given, record: { revision: 3, rounds: FRESH, ...given.record } });

async function yielding({ run, fakes }: Sending, round = 0): Promise<number> {
  const before = fakes.clock.time;
  await yieldToConcurrentRun(run, round);
  return fakes.clock.time - before;
}

describe('a run alone', () => {
  test('writes its record, claims the submission and goes on after a second', async () => {
    const one = waiting();
    expect(await yielding(one)).toBe(1_000);
    expect(stored(one.fakes).map(({ revision, run }) => [revision, run.nonce])).toEqual([[4, 'nonce-1']]);
    expect(codesOf(one.fakes)).toEqual([]);
    const tenMinutes = Math.floor(Date.parse('2026-11-22T10:00:00Z') / (10 * MINUTE_MS));
    expect([...one.fakes.memory.claims]).toEqual([`send-${'a'.repeat(32)}-0-3-${tenMinutes}`]);
  });

  test.each<[string, Given, number]>([
    ['another round', {}, 1],
    ['another state of the record', { record: { revision: 4 } }, 0],
    ['another text in place of the record', { foreign: 'f00' }, 0],
  ])('claims another name for %s', async (_, given, round) => {
    const { fakes } = waiting();
    await yielding(waiting({ fakes }));
    fakes.memory.texts.length = 0;
    await yielding(waiting({ fakes, ...given }), round);
    expect(fakes.memory.claims.size).toBe(2);
    expect(codesOf(fakes)).toEqual([]);
  });

  test('claims another name ten minutes later', async () => {
    const { fakes } = waiting();
    for (const atMs of [0, 9 * MINUTE_MS, 10 * MINUTE_MS]) {
      fakes.memory.texts.length = 0;
      fakes.clock.time = Date.parse('2026-11-22T10:00:00Z') + atMs;
      await yielding(waiting({ fakes }));
    }
    expect(fakes.memory.claims.size).toBe(2);
  });
});

describe('a run that finds that another has begun since it read the record', () => {
  test('waits for nothing where all is sent: it goes on with those batches, and says that it takes part', async () => {
    const one = waiting();
    storeOther(one.fakes);
    expect(await yielding(one)).toBe(0);
    expect(one.fakes.log.messages).toEqual([{ code: 'run-yielded', runId: 7, name: 'theirs' }]);
    expect(one.store.record).toMatchObject({ generation: 'other', rounds: SENT, revision: 6 });
    expect(stored(one.fakes).at(-1)?.runs).toEqual([
      { id: 7, attempt: 1 },
      { id: 41, attempt: 1 },
    ]);
    expect(one.fakes.memory.claims.size).toBe(0);
  });

  test('also where the other has collected it', async () => {
    const one = waiting({ record: { rounds: [] } });
    storeOther(one.fakes, { phase: 'collected' });
    expect(await yielding(one)).toBe(0);
    expect(one.store.record.rounds).toEqual(SENT);
  });

  test('waits until it has sent all', async () => {
    const one = waiting();
    storeOther(one.fakes, { rounds: BEGUN });
    later(one.fakes, 12_000, () => storeOther(one.fakes, { revision: 6 }));
    expect(await yielding(one)).toBe(15_000);
    expect(one.store.record.rounds).toEqual(SENT);
    expect(codesOf(one.fakes)).toEqual(['run-yielded']);
  });

  test('waits for each of several batches', async () => {
    const one = waiting();
    const [shard] = BEGUN[0]?.shards ?? [];
    const rounds = (batch: ReturnType<typeof batchOf> | null) => [
      roundOf({ batch: batchOf('msgbatch_7') }, { ...shard, sha256: 'd'.repeat(64), batch }),
    ];
    storeOther(one.fakes, { rounds: rounds(null) });
    later(one.fakes, 12_000, () => storeOther(one.fakes, { revision: 6, rounds: rounds(batchOf('msgbatch_8')) }));
    expect(await yielding(one)).toBe(15_000);
    expect(one.store.record.rounds[0]?.shards.map(({ batch }) => batch?.id)).toEqual(['msgbatch_7', 'msgbatch_8']);
  });

  test('takes it for dead once it was silent for three minutes and its upload, and goes on with what it began', async () => {
    const one = waiting();
    storeOther(one.fakes, { rounds: BEGUN });
    expect(await yielding(one)).toBe(185_000);
    expect(one.fakes.log.messages).toEqual([
      { code: 'run-yielded', runId: 7, name: 'theirs' },
      { code: 'other-run-silent', runId: 7, name: 'theirs', silentMs: SILENT_MS },
    ]);
    expect(one.store.record).toMatchObject({ generation: 'other', rounds: BEGUN });
  });

  test('waits on as long as it writes its record', async () => {
    const one = waiting();
    storeOther(one.fakes, { rounds: BEGUN });
    later(one.fakes, 100_000, () => storeOther(one.fakes, { rounds: BEGUN, revision: 6 }));
    expect(await yielding(one)).toBe(100_000 + 185_000);
  });

  test('is not kept waiting by what others save that was written before', async () => {
    const one = waiting();
    const other = storeOther(one.fakes, { rounds: BEGUN });
    later(one.fakes, 100_000, () => storeOther(one.fakes, { ...other, revision: 6 }));
    expect(await yielding(one)).toBe(185_000);
  });

  test.each<[string, Partial<SavedRecord>]>([
    ['deleted', { phase: 'deleted' }],
    ['canceled', { phase: 'canceled' }],
    ['of no later state than ours', { revision: 3 }],
    ['with nothing begun', { rounds: FRESH }],
    ['without this round', { rounds: [] }],
    ['of this run itself', { run: runOf({ nonce: 'nonce-1' }) }],
  ])('does not yield to a record %s before it has written its own', async (_, changed) => {
    const one = waiting();
    storeOther(one.fakes, changed);
    expect(await yielding(one)).toBe(1_000);
    expect(codesOf(one.fakes)).toEqual([]);
    expect(one.store.record.generation).toBe('generation-1');
  });
});

describe('two runs that get there together', () => {
  test('the one that sees the later record of the other yields', async () => {
    const one = waiting();
    later(one.fakes, 1_000, () => storeOther(one.fakes, { rounds: [], revision: 4 }));
    later(one.fakes, 20_000, () => storeOther(one.fakes, { revision: 5 }));
    // Looks follow one another by 5 s, from one second on.
    expect(await yielding(one)).toBe(21_000);
    expect(one.store.record).toMatchObject({ generation: 'other', rounds: SENT });
    expect(one.fakes.memory.claims.size).toBe(0);
  });

  test('the one that sees only an earlier record does not', async () => {
    const one = waiting();
    later(one.fakes, 1_000, () => storeOther(one.fakes, { rounds: FRESH, revision: 3 }));
    expect(await yielding(one)).toBe(1_000);
    expect(codesOf(one.fakes)).toEqual([]);
  });

  test('the one that cannot claim yields, where the cache shows nothing yet', async () => {
    const fakes = createFakes();
    await yielding(waiting({ fakes }));
    fakes.memory.texts.length = 0;
    fakes.clock.time = Date.parse('2026-11-22T10:00:00Z');
    const two = waiting({ fakes, nonce: 'nonce-2' });
    later(fakes, 5_000, () => storeOther(fakes));
    expect(await yielding(two)).toBe(6_000);
    expect(fakes.log.messages).toEqual([{ code: 'run-yielded', runId: undefined, name: undefined }]);
    expect(two.store.record.rounds).toEqual(SENT);
  });

  test('the one that cannot claim, and never hears of the other, goes on at last', async () => {
    const fakes = createFakes();
    await yielding(waiting({ fakes }));
    fakes.memory.texts.length = 0;
    fakes.clock.time = Date.parse('2026-11-22T10:00:00Z');
    const two = waiting({ fakes, nonce: 'nonce-2' });
    expect(await yielding(two)).toBe(186_000);
    expect(codesOf(fakes)).toEqual(['run-yielded', 'other-run-silent']);
    expect(two.store.record).toMatchObject({ generation: 'generation-1', rounds: FRESH });
  });

  test('the one that has begun a create itself keeps its submission', async () => {
    const mine = [{ shards: [shardOf({ batch: null, intent: intentAt(0) })] }];
    const one = waiting({ record: { rounds: mine } });
    storeOther(one.fakes);
    await yielding(one);
    expect(one.store.record).toMatchObject({ generation: 'generation-1', rounds: mine });
  });

  test('that continue one submission join what both have begun', async () => {
    const runs = [{ id: 55, attempt: 2 }];
    const one = waiting({ record: { runs } });
    storeOther(one.fakes, { generation: 'generation-1' });
    await yielding(one);
    expect(one.store.record).toMatchObject({ generation: 'generation-1', rounds: SENT });
    expect(one.store.record.runs.map(({ id }) => id)).toEqual([55, 7, 41]);
  });

  test('that continue one submission, of which the other dies before it begins, lose nothing', async () => {
    const one = waiting({ record: { runs: [{ id: 55, attempt: 2 }] } });
    later(one.fakes, 1_000, () => storeOther(one.fakes, { generation: 'generation-1', rounds: FRESH }));
    expect(await yielding(one)).toBe(186_000);
    expect(one.store.record.runs.map(({ id }) => id)).toEqual([55, 7, 41]);
  });
});

describe('a run without a place to remember', () => {
  /** The name is taken, as by an earlier try of the same run. */
  function takeName(fakes: Fakes): void {
    fakes.memory.claims.has = () => true;
  }

  test('does not take a name in use for another run where the cache takes no record', async () => {
    const one = waiting();
    takeName(one.fakes);
    Object.assign(one.fakes.state, { save: async () => 'artifact' });
    expect(await yielding(one)).toBe(1_000);
    expect([codesOf(one.fakes), one.fakes.memory.claims.size]).toEqual([[], 0]);
  });

  test.each<[string, boolean, string[]]>([
    ['and says that records cannot be read', true, ['records-not-read']],
    ['and does not say it twice', false, []],
  ])('does not wait for another that it would not see, %s', async (_, readable, expected) => {
    const one = waiting({ readable });
    takeName(one.fakes);
    one.fakes.state.claim = async () => false;
    Object.assign(one.fakes.state, { find: async () => ({ texts: [], uploadedAtMs: [], readable: false }) });
    expect(await yielding(one)).toBe(1_000);
    expect(codesOf(one.fakes)).toEqual(expected);
  });
});
