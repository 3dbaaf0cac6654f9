import { describe, expect, test } from '@jest/globals';
import { type EndedBatch, roundLimit, selectAgain } from '../../../src/core/record/rounds.ts';
import type { Choice } from '../../../src/core/results/select-results.ts';
import { roundOf } from './records.ts';

type Chosen = Pick<Choice, 'ids' | 'lineOf'>;

/** Lines of a batch: `.` answered, `p` ended for a passing reason, `a` for one of the account, `f` for good, `c` canceled. */
const batch = (drawing: string, stopped = false): EndedBatch => ({
  lines: {
    kind: (line) => (drawing[line] === '.' ? 'succeeded' : drawing[line] === 'c' ? 'canceled' : 'errored'),
    retry: (line) => (drawing[line] === 'p' ? 'soon' : drawing[line] === 'a' ? 'after-fix' : 'never'),
  },
  stopped,
});

/** By position: download and line; undefined where none came. */
const choice = (...lines: readonly (readonly [number, number] | undefined)[]): Chosen => ({
  ids: new Map(lines.map((_, i) => [`id-${i}`, i])),
  lineOf(position) {
    const at = lines[position];
    return at && { download: at[0], line: at[1] };
  },
});

describe('what is sent again', () => {
  test.each<[string, Chosen, EndedBatch[], left: number[], spent: number[]]>([
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
    expect(selectAgain(chosen, downloads, 'certain')).toEqual(left);
    expect(selectAgain(chosen, downloads, 'if-passing')).toEqual(left);
    expect(selectAgain(chosen, downloads, 'none')).toEqual(spent);
  });

  test.each<[string, string, stopped: boolean, certain: number[], ifPassing: number[], none: number[]]>([
    ['nothing that only a person cures, unless one asked', 'a.a', false, [0, 2], [], []],
    ['that beside what passes', 'pfa', false, [0, 2], [0, 2], []],
    ['that beside what this action left undone', 'ca', true, [0, 1], [0, 1], [0]],
    ['not beside what a person canceled', 'ca', false, [1], [], []],
  ])('%s', (_, drawing, stopped, ...expected) => {
    const chosen = choice(...Array.from(drawing, (_, line) => [0, line] as const));
    const rounds = ['certain', 'if-passing', 'none'] as const;
    expect(rounds.map((next) => selectAgain(chosen, [batch(drawing, stopped)], next))).toEqual(expected);
  });
});

describe('how many rounds the record may have', () => {
  test.each<[string, begun: number, freshRounds: boolean, retryRounds: number, expected: number]>([
    ['a new one, without further ones', 0, false, 0, 1],
    ['a new one', 0, false, 2, 3],
    ['nothing begun, fresh', 0, true, 1, 2],
    ['the first begun', 1, false, 1, 2],
    ['all begun', 2, false, 1, 2],
    ['more begun than now allowed', 3, false, 0, 3],
    ['the first begun, fresh', 1, true, 1, 2],
    ['all begun, fresh', 2, true, 1, 3],
    ['all begun, fresh, none allowed', 2, true, 0, 2],
  ])('%s', (_, begun, freshRounds, retryRounds, expected) => {
    const rounds = Array.from({ length: begun }, () => roundOf({}));
    expect(roundLimit({ rounds }, { freshRounds }, retryRounds)).toBe(expected);
  });
});
