import { describe, expect, test } from '@jest/globals';
import type { Decision } from '../../../src/core/record/decide.ts';
import { type EndedBatch, roundLimit, selectAgain } from '../../../src/core/record/rounds.ts';
import type { Choice } from '../../../src/core/results/select-results.ts';
import { recordOf, roundOf } from './records.ts';

/** Lines of a batch: `.` answered, `p` ended for a passing reason, `f` failed for good, `c` canceled. */
const batch = (drawing: string, stopped = false): EndedBatch => ({
  lines: Array.from(drawing, (word) => ({ passing: word === 'p', canceled: word === 'c' })),
  stopped,
});

/** By position: download and line; undefined where none came. */
const choice = (...lines: readonly (readonly [number, number] | undefined)[]): Choice => ({
  lines: lines.map((at) => at && { download: at[0], line: at[1] }),
  ids: lines.map((_, i) => `id-${i}`),
  came: [],
  unmatched: 0,
  repeated: 0,
});

describe('what is sent again', () => {
  test.each<[string, Choice, EndedBatch[], left: number[], spent: number[]]>([
    ['nothing of answers', choice([0, 0], [0, 1]), [batch('..')], [], []],
    ['what passes, while a round is left', choice([0, 0], [0, 1], [0, 2]), [batch('p.p')], [0, 2], []],
    ['not what fails for good', choice([0, 0], [0, 1]), [batch('ff')], [], []],
    ['not what a person canceled', choice([0, 0], [0, 1]), [batch('cp')], [1], []],
    [
      'what this action itself left undone, in any case',
      choice([0, 0], [0, 1], [0, 2]),
      [batch('c.p', true)],
      [0, 2],
      [0],
    ],
    ['not what has no line, which may have been answered', choice(undefined, [0, 0]), [batch('p')], [1], []],
    ['by the line that counts, of the later batch', choice([1, 0], [0, 1]), [batch('pp'), batch('.')], [1], []],
    ['by the batch that counts, stopped or not', choice([1, 0], [0, 1]), [batch('cc'), batch('c', true)], [0], [0]],
    ['in the order of the requests, not of the lines', choice([0, 2], [0, 1], [0, 0]), [batch('p.p')], [0, 2], []],
    ['nothing of a download that is not there', choice([3, 0], [0, 9]), [batch('p')], [], []],
  ])('%s', (_, chosen, downloads, left, spent) => {
    expect(selectAgain(chosen, downloads, true)).toEqual(left);
    expect(selectAgain(chosen, downloads, false)).toEqual(spent);
  });
});

describe('how many rounds the record may have', () => {
  const going = (kind: 'attach' | 'reconcile' | 'collect', begun: number, freshRounds: boolean): Decision => {
    const rounds = Array.from({ length: begun }, () => roundOf({}));
    return { kind, record: recordOf({ rounds }), freshRounds, why: '' };
  };
  const artifact = { runId: 1, id: 1, name: 'a', digest: '' };
  const restore: Decision = { kind: 'restore', record: recordOf(), artifact, why: '' };
  test.each<[string, Decision, number, number]>([
    ['a new one, without further ones', { kind: 'submit', why: '' }, 0, 1],
    ['a new one', { kind: 'submit', why: '' }, 2, 3],
    ['a refusal', { kind: 'refuse', why: '', failure: { code: 'record-unreadable' } }, 1, 2],
    ['restored ones', restore, 1, 2],
    ...(['attach', 'reconcile', 'collect'] as const).flatMap((kind): [string, Decision, number, number][] => [
      [`${kind}, nothing begun`, going(kind, 0, false), 1, 2],
      [`${kind}, nothing begun, fresh`, going(kind, 0, true), 1, 2],
      [`${kind}, the first begun`, going(kind, 1, false), 1, 2],
      [`${kind}, all begun`, going(kind, 2, false), 1, 2],
      [`${kind}, more begun than now allowed`, going(kind, 3, false), 0, 3],
      [`${kind}, the first begun, fresh`, going(kind, 1, true), 1, 2],
      [`${kind}, all begun, fresh`, going(kind, 2, true), 1, 3],
      [`${kind}, all begun, fresh, none allowed`, going(kind, 2, true), 0, 2],
    ]),
  ])('%s', (_, decision, retryRounds, expected) => {
    expect(roundLimit(decision, retryRounds)).toBe(expected);
  });
});
