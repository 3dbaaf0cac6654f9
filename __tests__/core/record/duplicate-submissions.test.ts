import { describe, expect, test } from '@jest/globals';
import { findDuplicateSubmissions } from '../../../src/core/record/duplicate-submissions.ts';
import type { SavedRecord } from '../../../src/core/record/record.ts';
import { batchOf, recordOf, roundOf, runOf } from './records.ts';

const at = (minutes: number): string => new Date(Date.parse('2026-11-22T11:20:00Z') + minutes * 60_000).toISOString();

/** A record of run 42 with a batch that was made so many minutes after ours. */
const other = (minutes: number, changed: Partial<SavedRecord> = {}): SavedRecord =>
  recordOf({
    generation: 'generation-2',
    run: runOf({ id: 42 }),
    rounds: [roundOf({ batch: batchOf('msgbatch_02', { createdAt: at(minutes) }) })],
    ...changed,
  });
const ours = recordOf({
  finishedGenerations: ['finished'],
  rounds: [roundOf({ batch: batchOf('msgbatch_01', { createdAt: at(0) }) })],
});

describe('findDuplicateSubmissions', () => {
  test.each<[string, SavedRecord[], string[]]>([
    ['nothing beside ours', [ours], []],
    ['another submission at the same moment', [ours, other(0)], ['msgbatch_02']],
    ['one that began a few minutes later', [other(9)], ['msgbatch_02']],
    ['one that began ten minutes later', [other(10)], ['msgbatch_02']],
    ['one that began long after', [other(11)], []],
    [
      'one that began long before, and made another batch since',
      [
        other(-11, {
          rounds: [roundOf(...[-11, 0].map((minutes, i) => ({ batch: batchOf(`b${i}`, { createdAt: at(minutes) }) })))],
        }),
      ],
      [],
    ],
    [
      'one of which nobody can read when it began',
      [other(0, { rounds: [roundOf({ batch: batchOf('b', { createdAt: 'soon' }) })] })],
      [],
    ],
    ['one that began long before', [other(-11)], []],
    ['one that was over before ours began', [other(-5, { phase: 'collected', savedAt: at(-1) })], []],
    [
      'one that was over, of which the state before its end is stored too',
      [other(-5, { phase: 'collected', savedAt: at(-1), revision: 3 }), other(-5, { savedAt: at(-5), revision: 2 })],
      [],
    ],
    ['one that is still open, saved before ours began', [other(-5, { savedAt: at(-5) })], ['msgbatch_02']],
    [
      'one that was collected in the moment in which ours began',
      [other(-5, { phase: 'collected', savedAt: at(0) })],
      ['msgbatch_02'],
    ],
    [
      'one beside which a third was over',
      [other(0), other(-5, { generation: 'generation-3', phase: 'collected', savedAt: at(-1), rounds: [] })],
      ['msgbatch_02'],
    ],
    [
      'one that knew only at its end that ours was finished',
      [other(5, { finishedGenerations: [ours.generation] }), other(5)],
      [],
    ],
    ['one that was collected after ours began', [other(-5, { phase: 'collected', savedAt: at(1) })], ['msgbatch_02']],
    ['one whose end is known to ours alone', [other(-5, { generation: 'finished' })], []],
    ['one that knows that ours was finished', [other(5, { finishedGenerations: [ours.generation] })], []],
    ['one without any batch', [other(0, { rounds: [] })], []],
    ['a second batch for a shard of our own submission', [other(99, { generation: ours.generation })], ['msgbatch_02']],
    ['each batch once', [other(0), other(0)], ['msgbatch_02']],
  ])('finds %s', (_, records, expected) => {
    expect(findDuplicateSubmissions(ours, records).flatMap(({ ids }) => ids)).toEqual(expected);
  });

  test('a submission without a batch has none beside it', () => {
    expect(findDuplicateSubmissions({ ...ours, rounds: [] }, [other(0)])).toEqual([]);
  });

  test('names the run, and leaves out what ours has rejected', () => {
    expect(findDuplicateSubmissions(ours, [other(0)])).toEqual([{ runId: 42, ids: ['msgbatch_02'] }]);
    const letting = { ...ours, rounds: [roundOf({ rejected: ['msgbatch_02'] })] };
    expect(findDuplicateSubmissions(letting, [other(0)])).toEqual([]);
  });
});
