import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isAlike, isBegun, mergeRecords, pickRecord } from '../../../src/core/record/merge-records.ts';
import {
  batchesOf,
  type Intent,
  type RecordArtifact,
  type RecordRound,
  type RecordShard,
  type SavedRecord,
} from '../../../src/core/record/record.ts';
import { anyRecord, batchOf, recordOf, reuseOf, roundOf, shardOf } from './records.ts';

const idsOf = (record: SavedRecord | undefined): string[] =>
  batchesOf(record ?? recordOf({ rounds: [] })).map(({ id }) => id);
const rejectedOf = ({ rounds }: SavedRecord): string[] =>
  rounds.flatMap(({ shards }) => shards.flatMap(({ rejected }) => rejected));

/** The rounds, each shard as its batch's id, `?` where a create was begun, `-` where none was. */
const drawn = ({ rounds }: Pick<SavedRecord, 'rounds'>): string[] =>
  rounds.map(({ shards }) => shards.map(({ batch, intent }) => batch?.id ?? (intent === null ? '-' : '?')).join(' '));

/** A round as drawn above; `name` tells which requests it holds. */
function round(drawing: string, name = 'a'): RecordRound {
  const shards = drawing.split(' ').map((word, i): RecordShard => {
    const sha256 = `${name}${i}`.padEnd(64, '0');
    if (word === '-') return shardOf({ sha256, intent: null, batch: null });
    return shardOf({ sha256, batch: word === '?' ? null : batchOf(word) });
  });
  return { shards };
}

describe('pickRecord', () => {
  const mine = recordOf({
    rounds: [round('m1')],
    generation: 'mine',
    revision: 2,
    phase: 'collected',
    runs: [{ id: 41, attempt: 1 }],
  });
  const open = recordOf({
    rounds: [round('o1')],
    generation: 'open',
    revision: 5,
    phase: 'open',
    runs: [{ id: 42, attempt: 1 }],
  });
  const newest = recordOf({
    rounds: [round('n1')],
    generation: 'newest',
    revision: 9,
    phase: 'collected',
    runs: [{ id: 43, attempt: 1 }],
  });

  test.each<[string, SavedRecord[], number, string | undefined]>([
    ['none of none', [], 41, undefined],
    ['the one that this run took part in, however old', [newest, open, mine], 41, 'mine'],
    ['one that is not finished before a newer one that is', [newest, open, mine], 99, 'open'],
    ['the newest where all are finished', [newest, mine], 99, 'newest'],
  ])('is %s', (_, records, runId, generation) => {
    expect(pickRecord(records, runId)?.generation).toBe(generation);
  });

  test('is not an unfinished one whose batches another has collected: its runs took part in that', () => {
    const batches = { rounds: [round('b1')] };
    const adopter = recordOf({ generation: 'adopter', revision: 7, runs: [{ id: 50, attempt: 1 }], ...batches });
    const done = recordOf({
      generation: 'done',
      revision: 3,
      phase: 'deleted',
      runs: [{ id: 51, attempt: 1 }],
      ...batches,
    });
    for (const runId of [50, 51, 99]) expect(pickRecord([adopter, done], runId)?.generation).toBe('done');
    expect(
      pickRecord([adopter, done], 50)
        ?.runs.map(({ id }) => id)
        .sort(),
    ).toEqual([50, 51]);
    const more = { ...adopter, rounds: [round('b1'), round('b2', 'c')] };
    expect(pickRecord([more, done], 99)?.generation).toBe('adopter');
  });

  test('is none that a later one goes on from', () => {
    const later = recordOf({ generation: 'later', revision: 6, phase: 'collected', replacedGenerations: ['open'] });
    expect(pickRecord([later, open, mine], 99)?.generation).toBe('later');
  });

  test('is none that was finished before a later one began, though only its beginning is still stored', () => {
    const later = recordOf({ generation: 'later', revision: 6, phase: 'collected', finishedGenerations: ['open'] });
    expect(pickRecord([later, open], 99)?.generation).toBe('later');
    expect(pickRecord([later, open], open.runs[0]?.id ?? 0)?.generation).toBe('open');
  });

  test('is the one that this run took part in beside others', () => {
    const both = { ...mine, runs: [{ id: 40, attempt: 1 }, ...mine.runs] };
    expect(pickRecord([newest, open, both], 41)?.generation).toBe('mine');
  });

  test('is one that began after others were finished, however new those are', () => {
    const gone = { ...newest, generation: 'gone' };
    const later = recordOf({ generation: 'later', revision: 6, phase: 'collected', finishedGenerations: ['gone'] });
    expect(pickRecord([gone, later], 99)?.generation).toBe('later');
  });

  test('is an open one that has no batch yet, whatever others have collected', () => {
    const bare = recordOf({ generation: 'bare', revision: 6, rounds: [], runs: [{ id: 44, attempt: 1 }] });
    expect(pickRecord([newest, bare], 99)?.generation).toBe('bare');
  });

  test('is that which holds the given batches', () => {
    const given = recordOf({ generation: 'given', revision: 1, rounds: [round('g1')] });
    expect(pickRecord([newest, open, given], 99, ['g1'])?.generation).toBe('given');
    expect(pickRecord([newest, open, given], 99, ['g1', 'other'])?.generation).toBe('open');
  });

  test('has a revision above all, so that what is saved next is the newest', () => {
    expect(pickRecord([newest, open, mine], 41)?.revision).toBe(9);
  });

  test('holds what all records of its generation know', () => {
    const learned = recordOf({ revision: 3, rounds: [round('b1 b2')] });
    expect(idsOf(pickRecord([recordOf({ revision: 4, rounds: [round('b1 ?')] }), learned], 41))).toEqual(['b1', 'b2']);
  });
});

describe('mergeRecords', () => {
  test('of none is none', () => {
    expect(mergeRecords([])).toBeUndefined();
  });

  test.each<[string, RecordRound[], RecordRound[], string[]]>([
    ['what both know', [round('b1 b2')], [round('b1 b2')], ['b1 b2']],
    ['what only the other one learned', [round('b1 ?')], [round('b1 b2')], ['b1 b2']],
    ['what only the other one began', [round('b1 -')], [round('b1 ?')], ['b1 ?']],
    ['what each learned alone', [round('b1 -')], [round('- b2')], ['b1 b2']],
    ['a round that only the other one has', [round('b1')], [round('b1'), round('b2', 'c')], ['b1', 'b2']],
    ['a round that only the first has', [round('b1'), round('b2', 'c')], [round('b1')], ['b1', 'b2']],
    ['no rounds at first', [], [round('b1')], ['b1']],
    ['a first create for one shard twice: the first record is believed', [round('b1')], [round('b2')], ['b1']],
    ['another division, begun by the first', [round('b1')], [round('b2 b3', 'c')], ['b1']],
    ['another division, begun only by the other', [round('- -')], [round('b2', 'c')], ['b2']],
    ['another division, begun by none', [round('- -')], [round('-', 'c')], ['- -']],
  ])('keeps %s', (_, ours, theirs, expected) => {
    const merged = mergeRecords([recordOf({ rounds: ours }), recordOf({ rounds: theirs })]);
    expect(merged && drawn(merged)).toEqual(expected);
  });

  const rejected = (batch: string | null, ...ids: string[]): RecordRound =>
    roundOf({ batch: batch === null ? null : batchOf(batch), rejected: ids });
  test.each<[string, RecordRound, RecordRound, Partial<RecordShard>]>([
    ['by the first', rejected(null, 'b1'), rejected('b1'), { batch: null, rejected: ['b1'] }],
    ['by the other', rejected('b1'), rejected(null, 'b1'), { batch: null, rejected: ['b1'] }],
    [
      'by the other, which found the right one',
      rejected('b1'),
      rejected('b2', 'b1'),
      { batch: batchOf('b2'), rejected: ['b1'] },
    ],
    ['by both, others', rejected(null, 'b1'), rejected(null, 'b2', 'b1'), { batch: null, rejected: ['b1', 'b2'] }],
  ])('a batch that was rejected %s does not come back', (_, ours, theirs, expected) => {
    const merged = mergeRecords([recordOf({ rounds: [ours] }), recordOf({ rounds: [theirs] })]);
    expect(merged?.rounds[0]?.shards[0]).toMatchObject(expected);
  });

  const stopped = batchOf('b1', { stopped: 'left' });
  test.each<[string, Partial<RecordShard>, Partial<RecordShard>, 'left' | null]>([
    ['by the first', { batch: stopped }, { batch: batchOf('b1') }, 'left'],
    ['by the other', { batch: batchOf('b1') }, { batch: stopped }, 'left'],
    ['by none', { batch: batchOf('b1') }, { batch: batchOf('b1') }, null],
    ['as another batch', { batch: batchOf('b2') }, { batch: stopped }, null],
  ])('a batch that was asked to stop %s is known as such', (_, ours, theirs, expected) => {
    const merged = mergeRecords([recordOf({ rounds: [roundOf(ours)] }), recordOf({ rounds: [roundOf(theirs)] })]);
    expect(merged?.rounds[0]?.shards[0]?.batch?.stopped).toBe(expected);
  });

  const inA = batchOf('b1', { workspaceId: 'wrkspc_A' });
  test.each<[string, Partial<RecordShard>, Partial<RecordShard>, string | undefined]>([
    ['the first says', { batch: inA }, { batch: batchOf('b1') }, 'wrkspc_A'],
    ['the other says', { batch: batchOf('b1') }, { batch: inA }, 'wrkspc_A'],
    ['both say, in two ways', { batch: inA }, { batch: batchOf('b1', { workspaceId: 'wrkspc_B' }) }, 'wrkspc_A'],
    ['none says', { batch: batchOf('b1') }, { batch: batchOf('b1') }, undefined],
    ['another batch is in', { batch: batchOf('b2') }, { batch: inA }, undefined],
  ])('the workspace of a batch is the one that %s', (_, ours, theirs, expected) => {
    const merged = mergeRecords([recordOf({ rounds: [roundOf(ours)] }), recordOf({ rounds: [roundOf(theirs)] })]);
    expect(merged?.rounds[0]?.shards[0]?.batch?.workspaceId).toBe(expected);
  });

  const at = (minute: number): Intent => ({ at: `2026-11-22T11:${minute}:00Z`, newest: null, nonce: `n${minute}` });
  test.each<[string, Partial<RecordShard>, Partial<RecordShard>, boolean]>([
    ['once the first says so', { shared: true }, {}, true],
    ['once the other says so', {}, { shared: true }, true],
    ['but not another batch of its shard', { batch: batchOf('b2') }, { shared: true }, false],
    ['but not once it was rejected', { batch: null, rejected: ['b1'] }, { shared: true }, false],
    ['but not the right one instead', { batch: batchOf('b2'), rejected: ['b1'] }, { shared: true }, false],
  ])('a batch is shared %s', (_, ours, theirs, expected) => {
    const of = (one: Partial<RecordShard>) => recordOf({ rounds: [roundOf({ batch: batchOf('b1'), ...one })] });
    expect(mergeRecords([of(ours), of(theirs)])?.rounds[0]?.shards[0]?.shared).toBe(expected);
  });

  test.each<[string, Intent | null, Intent | null, Intent | null]>([
    ['the first', at(30), at(20), at(30)],
    ['the other', at(20), at(30), at(30)],
    ['the only one, of the first', at(20), null, at(20)],
    ['the only one, of the other', null, at(30), at(30)],
    ['the first of equal times', { ...at(20), nonce: 'x' }, at(20), { ...at(20), nonce: 'x' }],
    ['none', null, null, null],
  ])('the later intent counts: %s', (_, ours, theirs, expected) => {
    const of = (intent: Intent | null) => recordOf({ rounds: [roundOf({ intent, batch: null })] });
    expect(mergeRecords([of(ours), of(theirs)])?.rounds[0]?.shards[0]?.intent).toEqual(expected);
  });

  const judge = { fingerprint: 'f'.repeat(64), model: 'claude-sonnet-4-6', prompt: 1 };
  const artifact: RecordArtifact = { runId: 41, id: 9, name: 'a', digest: '' };
  test.each<[string, Partial<SavedRecord>, Partial<SavedRecord>, Partial<SavedRecord>]>([
    ['the highest revision', { revision: 3 }, { revision: 9 }, { revision: 9 }],
    ['the phase of the first', { phase: 'open' }, { phase: 'collected' }, { phase: 'open' }],
    ['the phase of the first, collected', { phase: 'collected' }, { phase: 'open' }, { phase: 'collected' }],
    ['deleted by the other is deleted', { phase: 'collected' }, { phase: 'deleted' }, { phase: 'deleted' }],
    ['deleted stays deleted', { phase: 'deleted' }, { phase: 'open' }, { phase: 'deleted' }],
    [
      'the higher sum',
      { reportedUsd: 9_500_000_000_000_000n },
      { reportedUsd: 10_000_000_000_000_000n },
      { reportedUsd: 10_000_000_000_000_000n },
    ],
    [
      'its own higher sum',
      { reportedUsd: 10_000_000_000_000_000n },
      { reportedUsd: 9_500_000_000_000_000n },
      { reportedUsd: 10_000_000_000_000_000n },
    ],
    [
      'all runs, with their last attempts',
      {
        runs: [
          { id: 1, attempt: 3 },
          { id: 2, attempt: 1 },
        ],
      },
      {
        runs: [
          { id: 2, attempt: 2 },
          { id: 1, attempt: 1 },
          { id: 3, attempt: 1 },
        ],
      },
      {
        runs: [
          { id: 2, attempt: 2 },
          { id: 1, attempt: 3 },
          { id: 3, attempt: 1 },
        ],
      },
    ],
    ['the judge of the other', { judge: null }, { judge }, { judge }],
    ['its own judge', { judge }, { judge: { ...judge, model: 'other' } }, { judge }],
    ['the artifact of the other', { artifact: null }, { artifact }, { artifact }],
    ['its own artifact', { artifact }, { artifact: { ...artifact, id: 10 } }, { artifact }],
    ['the collector of the other', {}, { collectedBy: 42 }, { collectedBy: 42 }],
    ['its own collector', { collectedBy: 41 }, { collectedBy: 42 }, { collectedBy: 41 }],
    ['its own collector, which the other does not know', { collectedBy: 41 }, {}, { collectedBy: 41 }],
    [
      'all generations that either goes on from',
      { replacedGenerations: ['a', 'b'] },
      { replacedGenerations: ['b', 'c'] },
      { replacedGenerations: ['a', 'b', 'c'] },
    ],
    [
      'all generations that either knows as finished',
      { finishedGenerations: ['a', 'b'] },
      { finishedGenerations: ['b', 'c'] },
      { finishedGenerations: ['a', 'b', 'c'] },
    ],
    [
      'each unfinished one once, as the first knows it',
      { unfinished: [recordOf({ generation: 'u1', revision: 1 }), recordOf({ generation: 'u2' })] },
      { unfinished: [recordOf({ generation: 'u1', revision: 2 }), recordOf({ generation: 'u3' })] },
      {
        unfinished: [
          recordOf({ generation: 'u1', revision: 1 }),
          recordOf({ generation: 'u2' }),
          recordOf({ generation: 'u3' }),
        ],
      },
    ],
  ])('%s', (_, ours, theirs, expected) => {
    expect(mergeRecords([recordOf(ours), recordOf(theirs)])).toEqual(recordOf({ ...ours, ...expected }));
  });

  test('what is of another generation is left out', () => {
    const other = recordOf({
      generation: 'g2',
      revision: 99,
      rounds: [round('b9')],
      reportedUsd: 5_000_000_000_000_000n,
    });
    const ours = recordOf({ rounds: [round('b1')] });
    expect(mergeRecords([ours, other])).toEqual(ours);
    expect(mergeRecords([other, ours])).toEqual(other);
  });
});

/** What several runs know of one submission: the same shards, each with one true batch, known to some and rejected by some. */
const histories: fc.Arbitrary<readonly SavedRecord[]> = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 })
  .chain((sizes) => {
    const shard = (r: number, s: number): fc.Arbitrary<RecordShard> =>
      fc
        .record({
          knows: fc.constantFrom('nothing', 'intent', 'id', 'foreign', 'rejected'),
          stopped: fc.constantFrom('left' as const, null),
        })
        .map(({ knows, stopped }) => {
          const sha256 = `${r}${s}`.padEnd(64, '0');
          const [id, foreign] = [`b-${r}-${s}`, `x-${r}-${s}`];
          if (knows === 'nothing') return shardOf({ sha256, intent: null, batch: null });
          if (knows === 'id') return shardOf({ sha256, batch: batchOf(id, { stopped }), rejected: [foreign] });
          if (knows === 'foreign') return shardOf({ sha256, batch: batchOf(foreign, { adopted: true }) });
          return shardOf({ sha256, batch: null, rejected: knows === 'rejected' ? [foreign] : [] });
        });
    const rounds = fc
      .tuple(...sizes.map((size, r) => fc.tuple(...Array.from({ length: size }, (_, s) => shard(r, s)))))
      .chain((all) =>
        fc.integer({ min: 0, max: all.length }).map((length) => all.slice(0, length).map((shards) => ({ shards }))),
      );
    const record = fc
      .record({
        rounds,
        revision: fc.nat(9),
        reported: fc.nat(99),
        phase: fc.constantFrom('open', 'collected', 'deleted'),
      })
      .map(({ reported, ...rest }) => recordOf({ ...rest, reportedUsd: BigInt(reported) }));
    return fc.array(record, { minLength: 1, maxLength: 4 });
  });

const sorted = (ids: Iterable<string>): string[] => [...new Set(ids)].sort();

describe('of any records of one submission', () => {
  test('no batch is lost that one of them knows and none has rejected, and none is made up', () => {
    fc.assert(
      fc.property(histories, (records) => {
        const rejected = new Set(records.flatMap(rejectedOf));
        const known = records.flatMap(idsOf).filter((id) => !rejected.has(id));
        const trueOnes = known.filter((id) => id.startsWith('b-'));
        const merged = mergeRecords(records);
        expect(sorted(idsOf(merged).filter((id) => id.startsWith('b-')))).toEqual(sorted(trueOnes));
        expect(known).toEqual(expect.arrayContaining(idsOf(merged)));
      }),
    );
  });

  test('of two that name a batch of one shard, one is kept', () => {
    const rival = fc.constantFrom<string | null>('b1', 'b2', 'b3', null);
    fc.assert(
      fc.property(fc.array(rival, { minLength: 1, maxLength: 4 }), (ids) => {
        const of = (id: string | null) => recordOf({ rounds: [roundOf({ batch: id === null ? null : batchOf(id) })] });
        const merged = idsOf(mergeRecords(ids.map(of)));
        expect(merged).toEqual(ids.filter((id) => id !== null).slice(0, 1));
      }),
    );
  });

  test('their order does not matter to batches, those rejected, sums and revision', () => {
    fc.assert(
      fc.property(histories, (records) => {
        const told = (of: readonly SavedRecord[]) => {
          const merged = mergeRecords(of);
          if (merged === undefined) throw new Error('nothing came of it');
          const stopped = batchesOf(merged).flatMap((batch) => (batch.stopped ? batch.id : []));
          return {
            batches: sorted(idsOf(merged)),
            stopped: sorted(stopped),
            rejected: sorted(rejectedOf(merged)),
            deleted: merged.phase === 'deleted',
            reportedUsd: merged.reportedUsd,
            revision: merged.revision,
            drawn: drawn(merged),
          };
        };
        expect(told([...records].reverse())).toEqual(told(records));
      }),
    );
  });

  test('what was merged, merged again with any of them, stays as it is', () => {
    fc.assert(
      fc.property(histories, fc.nat(3), (records, pick) => {
        const merged = mergeRecords(records);
        if (merged === undefined) throw new Error('nothing came of it');
        expect(mergeRecords([merged, merged])).toEqual(merged);
        const one = records[pick % records.length] ?? merged;
        expect(mergeRecords([merged, one])).toMatchObject({
          ...merged,
          runs: expect.arrayContaining([...merged.runs]),
        });
      }),
    );
  });

  test('a record alone comes back as it is, whatever its form', () => {
    fc.assert(fc.property(anyRecord, (record) => expect(mergeRecords([record])).toEqual(record)));
  });
});

describe('rounds', () => {
  test.each<[string, boolean]>([
    ['- -', false],
    ['- ?', true],
    ['b1 -', true],
  ])('%s is begun: %s', (drawing, expected) => {
    expect(isBegun(round(drawing))).toBe(expected);
  });

  test('a batch that was taken over without a create begins a round as well', () => {
    expect(isBegun(roundOf({ intent: null, batch: batchOf('b1') }))).toBe(true);
  });

  test.each<[string, RecordRound, RecordRound, boolean]>([
    ['equal requests, other batches', round('b1 b2'), round('- ?'), true],
    ['other requests', round('b1 b2'), round('b1 b2', 'c'), false],
    ['more batches', round('b1'), round('b1 b2'), false],
    ['fewer batches', round('b1 b2'), round('b1'), false],
    ['none', { shards: [] }, { shards: [] }, true],
  ])('%s are alike or not', (_, one, other, expected) => {
    expect(isAlike(one, other)).toBe(expected);
  });
});

describe('which requests take earlier answers', () => {
  const [first, second] = [reuseOf(), reuseOf({ sources: ['msgbatch_91'] })];

  /** A round as drawn above and what belongs to it; the name tells which requests the round holds. */
  const saved = (rounds: readonly RecordRound[], reuse?: SavedRecord['reuse']) => recordOf({ rounds, reuse });

  test.each<[string, SavedRecord, SavedRecord, SavedRecord['reuse']]>([
    ['nobody has decided', saved([round('a1')]), saved([round('a1')]), undefined],
    ['only the other one says it', saved([round('a1')]), saved([round('a1')], second), second],
    ['both sent the same', saved([round('a1')], first), saved([round('a1')], second), first],
    ['nobody has begun', saved([], first), saved([], second), first],
    ['only the other one has decided and begun', saved([]), saved([round('a1')], second), second],
    ['the other one has begun', saved([], first), saved([round('a1')], second), second],
    ['the other one has begun and takes none', saved([], first), saved([round('a1')], null), null],
    ['the other one has begun without looking', saved([], first), saved([round('a1')]), undefined],
    ['we have begun', saved([round('a1')], first), saved([], second), first],
    ['we have begun and take none', saved([round('a1')], null), saved([], second), null],
    ['we have begun without looking', saved([round('a1')]), saved([], second), undefined],
    ['both sent others', saved([round('a1', 'x')], first), saved([round('b1', 'y')], second), first],
    ['both sent others, we without looking', saved([round('a1', 'x')]), saved([round('b1', 'y')], second), undefined],
    ['only the other one has a batch', saved([round('-', 'x')], first), saved([round('b1', 'y')], second), second],
  ])('%s', (_, ours, theirs, reuse) => {
    expect(mergeRecords([ours, theirs])?.reuse).toEqual(reuse);
  });

  test('is the split of the round that is kept', () => {
    const begun = fc.tuple(fc.constantFrom('-', '?', 'b1'), fc.constantFrom('x', 'y')).map((args) => [round(...args)]);
    const rounds = fc.oneof(begun, fc.constant([]));
    fc.assert(
      fc.property(rounds, rounds, (ours, theirs) => {
        const merged = mergeRecords([saved(ours, first), saved(theirs, second)]);
        const kept = merged?.rounds[0]?.shards[0]?.sha256;
        const isOurs = kept === ours[0]?.shards[0]?.sha256;
        expect(merged?.reuse).toEqual(isOurs ? first : second);
      }),
    );
  });
});
