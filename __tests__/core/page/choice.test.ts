import { describe, expect, test } from '@jest/globals';
import { STOP_REASONS } from '../../../src/core/messages/report.ts';
import { chooseCases, leftOutSentence } from '../../../src/core/page/choice.ts';
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
    expect(choose('x..x.x', 1)).toEqual({ positions: [0], total: 6, failing: 3, unanswered: 3 });
    expect(choose('xo.o', 1)).toEqual({ positions: [0], total: 4, failing: 3, unanswered: 1 });
  });

  test('2,000 unless told', () => {
    expect(choose('.'.repeat(5_000)).positions).toHaveLength(2_000);
  });
});

test.each<[string, number, string | undefined]>([
  ['..x', 3, undefined],
  ['', 3, undefined],
  ['....', 2, '2 of 4 cases are listed: the first of the file, and every case has a whole answer.'],
  ['.x..', 2, '2 of 4 cases are listed: the one that has no whole answer, and the first of the others.'],
  ['xx..', 3, '3 of 4 cases are listed: all 2 that have no whole answer, and the first of the others.'],
  ['xx..', 2, '2 of 4 cases are listed: all 2 that have no whole answer.'],
  ['xxx.', 2, '2 of 4 cases are listed: the first of 3 that have no answer.'],
  ['ooo.', 2, '2 of 4 cases are listed: the first of 3 that have no whole answer.'],
  ['ooox', 2, '2 of 4 cases are listed: the one without an answer, and the first of 3 whose answer is not whole.'],
])('what is left out of %j at %d: %s', (cases, limit, sentence) => {
  expect(leftOutSentence(choose(cases, limit))).toBe(sentence);
});

test.each([
  ['succeeded', 'end_turn', true],
  ['succeeded', 'tool_use', true],
  ['succeeded', 'stop_sequence', true],
  ['succeeded', null, true],
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
