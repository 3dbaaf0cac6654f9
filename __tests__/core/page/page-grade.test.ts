import { describe, expect, test } from '@jest/globals';
import type { AssertResult } from '../../../src/core/asserts/finding.ts';
import type { GradedCase } from '../../../src/core/grading/grade-case.ts';
import { parseGrades } from '../../../src/core/grading/parse-grades.ts';
import { printGrades } from '../../../src/core/grading/print-grades.ts';
import { GRADE_HEAD_BYTES, readGradeHead } from '../../../src/core/page/grade-head.ts';
import { pageGradeOf, withoutAsserts, withoutReasons } from '../../../src/core/page/page-grade.ts';
import type { Scalar } from '../../../src/core/requests/grading-keys.ts';

const result = (changed: Partial<AssertResult> = {}): AssertResult => ({
  type: 'contains',
  metric: undefined,
  outcome: 'pass',
  score: 1,
  weight: 1,
  reason: { code: 'quoted', text: 'found "x"' },
  ...changed,
});

const failed = result({
  outcome: 'fail',
  score: 0,
  metric: 'facts',
  reason: { code: 'quoted', text: 'did not find "x"' },
});

const graded = (results: readonly AssertResult[]): GradedCase => ({
  customId: 'refund-1',
  required: true,
  metadata: new Map<string, Scalar>([
    ['lang', 'en'],
    ['hard', true],
  ]),
  model: 'claude-opus-5',
  requestDigest: 'a'.repeat(64),
  assertsDigest: 'b'.repeat(64),
  outcome: 'fail',
  score: 0.5,
  answers: [
    { batchId: 'msgbatch_1', customId: 'refund-1-r1', outcome: 'pass', score: 1, results: [result()] },
    { batchId: 'msgbatch_1', customId: 'refund-1-r2', outcome: 'fail', score: 0.25, results },
  ],
});

const NONE = { broken: new Set<string>(), fixed: new Set<string>() };
const read = (results: readonly AssertResult[], id = 'refund-1-r2', changes = NONE) => {
  const parsed = parseGrades(printGrades(graded(results), { reasons: true }));
  return 'fault' in parsed ? undefined : pageGradeOf(parsed, id, changes);
};

describe('a grade as the page shows it', () => {
  test('has the case, and of the answer each assert', () => {
    const judge = { model: 'claude-opus-5', prompt: 1 };
    const set = result({
      type: 'assert-set',
      metric: 'facts',
      weight: 2,
      outcome: 'ungraded',
      score: undefined,
      results: [result({ judge })],
    });
    expect(read([failed, set])).toEqual({
      case: {
        id: 'refund-1',
        outcome: 'fail',
        change: null,
        required: true,
        metadata: [
          ['lang', 'en'],
          ['hard', true],
        ],
      },
      outcome: 'fail',
      score: 0.25,
      asserts: [
        {
          type: 'contains',
          metric: 'facts',
          outcome: 'fail',
          score: 0,
          weight: 1,
          reason: 'did not find "x"',
          judge: null,
          asserts: [],
        },
        {
          ...{
            type: 'assert-set',
            metric: 'facts',
            outcome: 'ungraded',
            score: null,
            weight: 2,
            reason: 'found "x"',
            judge: null,
          },
          asserts: [
            {
              type: 'contains',
              metric: null,
              outcome: 'pass',
              score: 1,
              weight: 1,
              reason: 'found "x"',
              judge,
              asserts: [],
            },
          ],
        },
      ],
      asserts_left_out: 0,
      metrics: [{ metric: 'facts', score: 0, passes: false }],
    });
  });

  test.each([
    ['broken', { ...NONE, broken: new Set(['refund-1']) }],
    ['fixed', { ...NONE, fixed: new Set(['refund-1']) }],
  ])('says what became of the case: %s', (change, changes) => {
    expect(read([failed], undefined, changes)?.case.change).toBe(change);
  });

  test('of an answer that the case does not have is none', () => {
    expect(read([failed], 'refund-1')).toBeUndefined();
  });

  test('has 60 asserts at most, first those that do not pass, in their order', () => {
    const many = Array.from({ length: 100 }, (_, index) =>
      index % 2 === 0 ? result({ type: `a${index}` }) : result({ type: `a${index}`, outcome: 'fail', score: 0 }),
    );
    const grade = read(many);
    expect([grade?.asserts.length, grade?.asserts_left_out]).toEqual([60, 40]);
    expect(grade?.asserts.filter(({ outcome }) => outcome === 'fail')).toHaveLength(50);
    const types = grade?.asserts.map(({ type }) => Number(type.slice(1))) ?? [];
    expect(types).toEqual(types.toSorted((one, other) => one - other));
  });

  test('has 30 metrics at most', () => {
    const many = Array.from({ length: 40 }, (_, index) => result({ metric: `m${index}` }));
    expect(read(many)?.metrics.map(({ metric }) => metric)).toEqual(many.slice(0, 30).map(({ metric }) => metric));
  });

  test('without room has no asserts, and says how many it had', () => {
    const grade = read([failed, result({ type: 'assert-set', results: [result()] })]);
    expect(grade && withoutAsserts(grade)).toMatchObject({ asserts: [], asserts_left_out: 3, metrics: grade?.metrics });
  });

  test('without reasons has none, in sets neither', () => {
    const grade = read([failed, result({ type: 'assert-set', results: [failed] })]);
    expect(JSON.stringify(grade && withoutReasons(grade))).not.toMatch(/find|found/);
  });
});

describe('the beginning of a line of grades', () => {
  test.each([
    ['pass', 'pass'],
    ['fail', 'fail'],
    ['ungraded', 'ungraded'],
  ] as const)('says which case it is and that it is %s', (_, outcome) => {
    const id = 'x'.repeat(64);
    const line = printGrades({ ...graded([failed]), customId: id, outcome }, { reasons: true });
    expect(readGradeHead(line.slice(0, GRADE_HEAD_BYTES))).toEqual({ id, outcome });
  });

  test.each(['', '{}', '{"schema":2,"custom_id":"a","pass":true', '{"schema":1,"custom_id":"<b>","pass":true'])(
    'of %j says nothing',
    (text) => {
      expect(readGradeHead(text)).toBeUndefined();
    },
  );
});
