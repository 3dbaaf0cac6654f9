import { describe, expect, test } from '@jest/globals';
import { STOP_REASONS } from '../../../src/core/messages/report.ts';
import { chooseCases } from '../../../src/core/page/choice.ts';
import { hasWholeAnswer } from '../../../src/core/results/whole-answer.ts';

/** `.` has a whole answer, `o` one that is not whole, `x` has none. */
const choose = (cases: string, limit?: number): ReturnType<typeof chooseCases> =>
  chooseCases(
    Array.from(cases, (mark) => (mark === '.' ? 2 : mark === 'o' ? 1 : 0)),
    limit,
  );

describe('chooseCases', () => {
  test.each([
    ['', 3, []],
    ['..', 3, [0, 1]],
    ['..x', 3, [2, 0, 1]],
    ['x..x.x', 4, [0, 3, 5, 1]],
    ['.x.x.x', 3, [1, 3, 5]],
    ['.x.x.xx', 3, [1, 3, 5]],
    ['....', 2, [0, 1]],
    ['.x', 0, []],
    ['oo.x', 4, [3, 0, 1, 2]],
    ['ooox', 2, [3, 0]],
  ])('%j, at most %d: %j', (cases, limit, positions) => {
    expect(choose(cases, limit).positions).toEqual(positions);
  });

  test('counts all', () => {
    expect(choose('x..x.x', 1)).toEqual({ positions: [0], shown: 1, total: 6, unanswered: 3, incomplete: 0 });
    expect(choose('xo.o', 1)).toEqual({ positions: [0], shown: 1, total: 4, unanswered: 1, incomplete: 2 });
  });

  /** `r` is required and fails, `b` broke, `f` fails, `u` is ungraded, `+` was fixed, `p` passes, `c` passes although it is cut; a number: so many answers. */
  const graded = (cases: string, limit?: number): ReturnType<typeof chooseCases> => {
    const ranks = {
      r: 'required',
      b: 'broken',
      f: 'failing',
      u: 'ungraded',
      '+': 'fixed',
      p: 'other',
      c: 'incomplete',
    } as const;
    return chooseCases(
      Array.from(cases.matchAll(/([rbfu+pc])(\d?)|x/g), ([, mark, answers]) =>
        mark === undefined ? 0 : { rank: ranks[mark as 'b'], answers: Number(answers || 1) },
      ),
      limit,
    );
  };

  test.each([
    ['pufb', 4, [3, 2, 1, 0]],
    ['pbrfr', 4, [2, 4, 1, 3]],
    ['p+cx', 4, [3, 2, 1, 0]],
    ['xub', 3, [2, 1, 0]],
    ['p2f2', 4, [2, 3, 0, 1]],
    ['p2f3', 4, [2, 3, 4]],
    ['f3p', 2, []],
    ['pppp', 2, [0, 1]],
  ])('grades %j, at most %d answers: %j', (cases, limit, positions) => {
    expect(graded(cases, limit).positions).toEqual(positions);
  });

  test('counts cases, not answers', () => {
    expect(graded('b2f2u2p2x', 4)).toEqual({
      positions: [0, 1, 2, 3],
      shown: 2,
      total: 5,
      unanswered: 1,
      incomplete: 0,
      graded: { required: 0, broken: 1, failing: 1, ungraded: 1 },
    });
  });

  test('2,000 by default', () => {
    expect(choose('.'.repeat(5_000)).positions).toHaveLength(2_000);
  });
});

test.each([
  ['succeeded', 'end_turn', true],
  ['succeeded', 'tool_use', true],
  ['succeeded', 'stop_sequence', true],
  ['succeeded', null, false],
  ['succeeded', 'of_a_later_version', false],
  ['succeeded', 'empty', false],
  ['succeeded', 'max_tokens', false],
  ['succeeded', 'refusal', false],
  ['succeeded', 'pause_turn', false],
  ['succeeded', 'model_context_window_exceeded', false],
  ['errored', null, false],
  ['expired', 'end_turn', false],
  ['canceled', null, false],
  ['missing', null, false],
] as const)('%s with %s: whole answer %s', (outcome, stop_reason, whole) => {
  expect(hasWholeAnswer({ outcome, stop_reason })).toBe(whole);
});

test('what is no whole answer is what the comment counts as such', () => {
  for (const reason of Object.keys(STOP_REASONS))
    expect(hasWholeAnswer({ outcome: 'succeeded', stop_reason: reason })).toBe(false);
});

test('an answer without text and tool call is no whole one, whatever ended it', () => {
  for (const stop_reason of ['end_turn', 'tool_use', 'max_tokens'])
    expect(hasWholeAnswer({ outcome: 'succeeded', stop_reason, is_empty: true })).toBe(false);
});
