import { describe, expect, test } from '@jest/globals';
import type { AssertResult, Outcome } from '../../../src/core/asserts/finding.ts';
import { comparedCase } from '../../../src/core/comparison/case.ts';
import { createExampleIds, examplesOf } from '../../../src/core/comparison/examples.ts';
import { createRoundup } from '../../../src/core/comparison/roundup.ts';
import { gradeAnswer, ungradedAnswer } from '../../../src/core/grading/grade-answer.ts';
import { type Case, type GradedCase, gradeCase } from '../../../src/core/grading/grade-case.ts';
import type { Scalar } from '../../../src/core/requests/grading-keys.ts';
import { toNumber } from '../../../src/core/statistics/fraction.ts';

const result = (outcome: Outcome, more: Partial<AssertResult> = {}): AssertResult => ({
  type: 'contains',
  metric: undefined,
  outcome,
  score: outcome === 'ungraded' ? undefined : Number(outcome === 'pass'),
  weight: 1,
  reason: { code: 'quoted', text: outcome },
  ...more,
});
const [pass, fail, ungraded] = [result('pass'), result('fail'), result('ungraded')];

function caseOf(
  customId: string,
  answers: readonly (readonly AssertResult[])[],
  more: Partial<Case> & { readonly minPass?: number } = {},
): GradedCase {
  const { minPass = answers.length, ...rest } = more;
  const of = { customId, required: false, metadata: new Map(), model: 'm', requestDigest: 'r', assertsDigest: 'a' };
  const graded = answers.map((results, at) => {
    const id = { batchId: 'msgbatch_1', customId: answers.length === 1 ? customId : `${customId}-r${at + 1}` };
    return results.length === 0 ? ungradedAnswer(id) : gradeAnswer(id, results);
  });
  return gradeCase({ ...of, ...rest }, graded, minPass);
}

function roundUp(cases: readonly GradedCase[], repeats = 1) {
  const roundup = createRoundup(repeats);
  for (const one of cases) roundup.add(one, comparedCase(one));
  return roundup.end();
}

const metadata = (values: Readonly<Record<string, Scalar>>) => ({ metadata: new Map(Object.entries(values)) });

test('what comparing keeps of a case', () => {
  const graded = caseOf('a', [[pass, result('fail', { metric: 'tone', score: 0.25 })], []], { required: true });
  expect(comparedCase(graded)).toEqual({
    id: 'a',
    answers: [
      { pass: false, isAnswered: true, batchId: 'msgbatch_1', customId: 'a-r1' },
      { pass: null, isAnswered: false, batchId: 'msgbatch_1', customId: 'a-r2' },
    ],
    pass: false,
    required: true,
    model: 'm',
    requestDigest: 'r',
    assertsDigest: 'a',
    scores: new Map([['tone', 0.25]]),
  });
});

describe('rows by metadata', () => {
  test('are there for each value, whatever its type', () => {
    const { labels } = roundUp([
      caseOf('a', [[pass]], metadata({ n: 1 })),
      caseOf('b', [[fail]], metadata({ n: '1' })),
      caseOf('c', [[]], metadata({ n: '1', __proto__x: null })),
    ]);
    const rates = labels.map(({ passRate, ...row }) => ({ ...row, rate: passRate && toNumber(passRate) }));
    expect(rates).toEqual([
      { key: 'n', value: 1, cases: 1, graded: 1, rate: 1 },
      { key: 'n', value: '1', cases: 2, graded: 1, rate: 0 },
      { key: '__proto__x', value: null, cases: 1, graded: 0, rate: undefined },
    ]);
  });

  test.each([
    [10, 10],
    [11, 0],
  ])('of a key with %s values are %s', (values, rows) => {
    const cases = Array.from({ length: values }, (_, at) => caseOf(`c${at}`, [[pass]], metadata({ id: at })));
    expect(roundUp([...cases, ...cases]).labels).toHaveLength(rows);
  });
});

test('scores, contradictions in sets, models and the chance that all answers pass are added up', () => {
  const judged = result('fail', { isContradictory: true, metric: 'tone', score: 0 });
  const set = result('fail', { type: 'assert-set', results: [judged, pass] });
  const roundup = roundUp(
    [
      caseOf('a', [[set], [judged]], { model: 'x' }),
      caseOf('b', [[pass], [result('pass', { metric: 'tone' })]], { model: 'y' }),
      caseOf('c', [[pass], []], { model: 'y' }),
    ],
    2,
  );
  expect(roundup).toMatchObject({
    tally: { cases: 3, passed: 1, failed: 1, ungraded: 1, flaky: 0 },
    metrics: [{ metric: 'tone', cases: 2, mean: 0.5 }],
    contradictions: 2,
    model: 'y',
    passPower: [{ k: 2, share: 0.5 }],
  });
});

test('that k answers pass is never likelier than that fewer do: cases with an ungraded answer are left out of it', () => {
  const cases = [caseOf('a', [[pass], [fail], [ungraded]]), caseOf('b', [[pass], [pass], [pass]])];
  expect(roundUp(cases, 3).passPower).toEqual([
    { k: 2, share: 1 },
    { k: 3, share: 1 },
  ]);
});

test('required cases are named, failed and ungraded apart', () => {
  const cases = [
    caseOf('failed', [[fail]], { required: true }),
    caseOf('open', [[ungraded]], { required: true }),
    caseOf('gone', [[]], { required: true }),
    caseOf('other', [[ungraded]]),
  ];
  expect(roundUp(cases).tally).toMatchObject({ requiredFailed: ['failed'], requiredUngraded: ['open', 'gone'] });
});

describe('examples', () => {
  const listsOf = (cases: readonly GradedCase[]) => {
    const ids = createExampleIds();
    for (const one of cases) ids.add(one);
    return ids.end(undefined);
  };

  test('are the first ten of each kind, required ones before others', () => {
    const cases = [
      ...Array.from({ length: 12 }, (_, at) => caseOf(`f${at}`, [[fail]])),
      caseOf('must', [[fail]], { required: true }),
      caseOf('flaky', [[pass], [fail]], { minPass: 1 }),
      caseOf('none', [[]]),
      caseOf('needed', [[]], { required: true }),
    ];
    const lists = listsOf(cases);
    expect(lists.failed).toEqual(['must', ...Array.from({ length: 9 }, (_, at) => `f${at}`)]);
    expect(lists).toMatchObject({ flaky: ['flaky'], ungraded: ['needed', 'none'], broken: [], fixed: [] });
  });

  const tell = (kind: 'broken' | 'fixed' | 'failed' | 'flaky' | 'ungraded', now: GradedCase, before?: GradedCase) => {
    const none = { broken: [], fixed: [], failed: [], flaky: [], ungraded: [] };
    return examplesOf({ ...none, [kind]: ['a'] }, () => ({ now, before }))[kind][0]?.assert;
  };
  test('of several answers say how many pass, now and before', () => {
    const none = { broken: [], fixed: [], failed: [], flaky: [], ungraded: [] };
    const now = caseOf('a', [[pass], [fail], [fail]]);
    const before = caseOf('a', [[pass], [pass], [fail]]);
    const [one] = examplesOf({ ...none, broken: ['a'] }, () => ({ now, before })).broken;
    expect(one?.share).toEqual({ now: { passed: 1, graded: 3 }, before: { passed: 2, graded: 3 } });
    const single = caseOf('a', [[fail]]);
    expect(examplesOf({ ...none, broken: ['a'] }, () => ({ now: single, before })).broken[0]?.share).toBeUndefined();
  });

  const regex = (outcome: Outcome) => result(outcome, { type: 'regex' });

  test.each<[string, ReturnType<typeof tell>, object | undefined]>([
    [
      'the one that broke',
      tell('broken', caseOf('a', [[fail, regex('fail')]]), caseOf('a', [[fail, regex('pass')]])),
      {
        type: 'regex',
        outcome: 'fail',
        before: { outcome: 'pass', reason: 'pass' },
      },
    ],
    [
      'the one that was fixed',
      tell('fixed', caseOf('a', [[pass, regex('pass')]]), caseOf('a', [[pass, regex('fail')]])),
      {
        type: 'regex',
        outcome: 'pass',
        before: { outcome: 'fail' },
      },
    ],
    [
      'of a baseline with other asserts nothing',
      tell('failed', caseOf('a', [[fail]]), caseOf('a', [[pass]], { assertsDigest: 'b' })),
      {
        type: 'contains',
        before: undefined,
      },
    ],
    [
      'the first that failed and counts',
      tell('failed', caseOf('a', [[pass, result('fail', { weight: 0 }), regex('fail')]])),
      {
        type: 'regex',
      },
    ],
    [
      'that of the answer that failed',
      tell(
        'flaky',
        caseOf('a', [
          [result('fail', { weight: 0 }), pass],
          [pass, regex('fail')],
        ]),
      ),
      {
        type: 'regex',
      },
    ],
    [
      'inside a set',
      tell('failed', caseOf('a', [[result('fail', { type: 'assert-set', results: [pass, regex('fail')] })]])),
      {
        type: 'regex',
      },
    ],
    ['what could not be decided', tell('ungraded', caseOf('a', [[pass, ungraded]])), { outcome: 'ungraded' }],
    ['nothing without an answer', tell('ungraded', caseOf('a', [[]])), undefined],
  ])('tell %s', (_, told, expected) => {
    if (expected === undefined) expect(told).toBeUndefined();
    else expect(told).toMatchObject(expected);
  });
});
