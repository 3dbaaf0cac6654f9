import { describe, expect, test } from '@jest/globals';
import { rubricsOf } from '../../../src/core/asserts/assert.ts';
import { evaluate } from '../../../src/core/asserts/evaluate.ts';
import type { Judgement } from '../../../src/core/asserts/judgement.ts';
import { answerOf, assertOf } from './given.ts';

const JUDGE = { model: 'claude-opus-5', prompt: 1 };
const says = (verdict: Judgement['verdict'], score: number): Judgement => ({
  verdict,
  score,
  reason: 'because',
  judge: JUDGE,
});
const graded = (given: object, judgement: Judgement | undefined, answer: Parameters<typeof answerOf>[0] = 'Good day') =>
  evaluate(assertOf({ type: 'llm-rubric', value: 'is polite', ...given }), answerOf(answer), () => judgement);

describe.each(['llm-rubric', 'not-llm-rubric'])('%s', (type) => {
  const turned = type.startsWith('not-');

  test.each<[object, Judgement | undefined, 'pass' | 'fail' | 'ungraded', number | undefined]>([
    [{}, says('pass', 0.9), 'pass', 0.9],
    [{}, says('fail', 0.2), 'fail', 0.2],
    [{ threshold: 0.8 }, says('pass', 0.8), 'pass', 0.8],
    [{ threshold: 0.8 }, says('pass', 0.7), 'fail', 0.7],
    [{ threshold: 0.2 }, says('fail', 0.3), 'fail', 0.3],
    [{}, says('unknown', 0.5), 'ungraded', undefined],
    [{}, says('unusable', 0), 'ungraded', undefined],
    [{}, says('pass', Number.NaN), 'ungraded', undefined],
    [{}, says('pass', 1.5), 'ungraded', undefined],
    [{}, undefined, 'ungraded', undefined],
  ])('%j %j: %s', (given, judgement, outcome, score) => {
    const result = graded({ type, ...given }, judgement);
    const opposite = outcome === 'pass' ? 'fail' : outcome === 'fail' ? 'pass' : outcome;
    expect(result.outcome).toBe(turned ? opposite : outcome);
    if (score === undefined) expect(result.score).toBeUndefined();
    else expect(result.score).toBeCloseTo(turned ? 1 - score : score, 12);
    expect(result.judge).toEqual(judgement && JUDGE);
  });

  test.each([
    { text: 'No.', stopReason: 'refusal' },
    { text: 'Once upon', stopReason: 'max_tokens' },
    { text: 'Once upon', stopReason: 'pause_turn' },
    { text: ' \n' },
    { content: [{ type: 'thinking', thinking: 'hm' }] },
  ])('fails without a judge: %j', (answer) => {
    expect(graded({ type }, says('pass', 1), answer)).toMatchObject({ outcome: 'fail', score: 0 });
    expect(graded({ type }, undefined, answer)).toMatchObject({ outcome: 'fail', score: 0 });
  });
});

test('of a verdict and a score that contradict each other, the verdict holds', () => {
  expect(graded({}, says('pass', 0))).toMatchObject({ outcome: 'pass', score: 1, isContradictory: true });
  expect(graded({}, says('fail', 1))).toMatchObject({ outcome: 'fail', score: 0, isContradictory: true });
  expect(graded({}, says('pass', 0.6)).isContradictory).toBeUndefined();
});

test('rubrics are found in sets, and each has its own judgement', () => {
  const set = assertOf({
    type: 'assert-set',
    assert: [
      { type: 'llm-rubric', value: 'a' },
      { type: 'is-json' },
      { type: 'not-llm-rubric', value: 'b', reference: 'r' },
    ],
  });
  expect(rubricsOf([set]).map(({ rubric, reference }) => [rubric, reference])).toEqual([
    ['a', undefined],
    ['b', 'r'],
  ]);
  const { results = [] } = evaluate(set, answerOf('x'), ({ rubric }) => says(rubric === 'a' ? 'pass' : 'unknown', 1));
  expect(results.map(({ outcome }) => outcome)).toEqual(['pass', 'fail', 'ungraded']);
});
