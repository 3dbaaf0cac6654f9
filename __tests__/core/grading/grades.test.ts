import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { combine } from '../../../src/core/asserts/combine.ts';
import type { AssertResult, Outcome } from '../../../src/core/asserts/finding.ts';
import { assertsDigest, requestDigest } from '../../../src/core/grading/digests.ts';
import { parseExtraGrade } from '../../../src/core/grading/extra-grades.ts';
import { gradeAnswer, ungradedAnswer } from '../../../src/core/grading/grade-answer.ts';
import {
  countAnswers,
  type GradedCase,
  gradeCase,
  isFlaky,
  metricScores,
  passAllOf,
} from '../../../src/core/grading/grade-case.ts';
import { parseGrades } from '../../../src/core/grading/parse-grades.ts';
import { printGrades } from '../../../src/core/grading/print-grades.ts';
import { printAssertReason } from '../../../src/core/messages/asserts.ts';

const result = (outcome: Outcome, more: Partial<AssertResult> = {}): AssertResult => ({
  type: 'contains',
  metric: undefined,
  outcome,
  score: outcome === 'ungraded' ? undefined : Number(outcome === 'pass'),
  weight: 1,
  reason: { code: 'quoted', text: 'why' },
  ...more,
});
const [pass, fail, ungraded] = [result('pass'), result('fail'), result('ungraded')];
const heavy = (one: AssertResult, weight: number): AssertResult => ({ ...one, weight });

describe('an answer', () => {
  test.each<[AssertResult[], number | undefined, Outcome, number | undefined]>([
    [[pass, pass], undefined, 'pass', 1],
    [[pass, fail], undefined, 'fail', 0.5],
    [[pass, heavy(fail, 0)], undefined, 'pass', 1],
    [[pass, heavy(ungraded, 0)], undefined, 'pass', 1],
    [[pass, ungraded], undefined, 'ungraded', 1],
    [[fail, ungraded], undefined, 'fail', 0],
    [[heavy(fail, 2), pass], undefined, 'fail', 1 / 3],
    [[heavy(fail, 2), pass], 0.3, 'pass', 1 / 3],
    [[heavy(fail, 2), pass], 0.34, 'fail', 1 / 3],
    [[fail, pass, pass], 2 / 3, 'pass', 2 / 3],
    [[pass, ungraded], 0.5, 'pass', 1],
    [[pass, ungraded], 0.6, 'ungraded', 1],
    [[fail, heavy(ungraded, 3)], 0.8, 'fail', 0],
    [[fail, heavy(ungraded, 3)], 0.75, 'ungraded', 0],
    [[result('fail', { score: 0.7 }), pass], 0.85, 'pass', 0.85],
    [[ungraded], undefined, 'ungraded', undefined],
  ])('%#', (results, threshold, outcome, score) => {
    const combined = combine(results, threshold);
    expect(combined.outcome).toBe(outcome);
    if (score === undefined) expect(combined.score).toBeUndefined();
    else expect(combined.score).toBeCloseTo(score, 12);
  });

  test('is ungraded exactly where what is ungraded could still change it', () => {
    const one = fc.record({
      outcome: fc.constantFrom<Outcome>('pass', 'fail', 'ungraded'),
      weight: fc.constantFrom(0, 1, 2, 5),
    });
    const threshold = fc.constantFrom(undefined, 0.25, 0.5, 0.9, 1);
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 5 }), threshold, (list, limit) => {
        const all = (open: 'pass' | 'fail') =>
          combine(
            list.map(({ outcome, weight }) => heavy(result(outcome === 'ungraded' ? open : outcome), weight)),
            limit,
          ).outcome;
        const [best, worst] = [all('pass'), all('fail')];
        const now = combine(
          list.map(({ outcome, weight }) => heavy(result(outcome), weight)),
          limit,
        ).outcome;
        expect(now).toBe(best === worst ? best : 'ungraded');
      }),
    );
  });
});

const ID = { batchId: 'msgbatch_01Ab', customId: 'a' };
const CASE = {
  customId: 'a',
  required: false,
  metadata: new Map(),
  model: 'claude-haiku-4-5',
  requestDigest: requestDigest('{}'),
  assertsDigest: assertsDigest({ asserts: [], threshold: undefined, schemaTexts: new Map() }),
};
const answers = (...outcomes: Outcome[]) => outcomes.map((outcome) => gradeAnswer(ID, [result(outcome)]));

describe('a case', () => {
  test.each<[Outcome[], number, Outcome, number | undefined, boolean]>([
    [['pass'], 1, 'pass', 1, false],
    [['fail'], 1, 'fail', 0, false],
    [['ungraded'], 1, 'ungraded', undefined, false],
    [['pass', 'pass', 'fail'], 3, 'fail', 2 / 3, true],
    [['pass', 'pass', 'fail'], 2, 'pass', 2 / 3, true],
    [['pass', 'ungraded', 'fail'], 2, 'ungraded', 0.5, true],
    [['pass', 'pass', 'ungraded'], 2, 'pass', 1, false],
    [['fail', 'fail', 'ungraded'], 2, 'fail', 0, false],
  ])('%j with %d to pass: %s', (outcomes, minPass, outcome, score, flaky) => {
    const graded = gradeCase(CASE, answers(...outcomes), minPass);
    expect(graded.outcome).toBe(outcome);
    if (score === undefined) expect(graded.score).toBeUndefined();
    else expect(graded.score).toBeCloseTo(score, 12);
    expect(isFlaky(countAnswers(graded.answers))).toBe(flaky);
  });

  test('without an answer is ungraded', () => {
    expect(gradeCase(CASE, [ungradedAnswer(ID)], 1)).toMatchObject({ outcome: 'ungraded', score: undefined });
  });

  test.each([
    [3, 2, 2, 1 / 3],
    [5, 4, 3, 0.4],
    [10, 7, 3, 0.291667],
    [2, 2, 3, undefined],
  ])('of %d answers %d pass: pass^%d is %d', (graded, passed, k, share) => {
    const found = passAllOf(k, { passed, failed: graded - passed, ungraded: 1 });
    if (share === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(share, 6);
  });
});

test('scores per metric are means over the answers, sets and what is inside included', () => {
  const tone = (score: number) => result('pass', { metric: 'tone', score });
  const set = result('fail', { metric: 'form', score: 0.5, results: [tone(1), result('ungraded', { metric: 'x' })] });
  expect(metricScores([gradeAnswer(ID, [tone(0.5), set]), gradeAnswer(ID, [tone(0)]), ungradedAnswer(ID)])).toEqual(
    new Map([
      ['tone', 0.5],
      ['form', 0.5],
    ]),
  );
});

describe('digests', () => {
  const of = (asserts: unknown[], threshold?: number, texts: [string, string][] = []) =>
    assertsDigest({ asserts, threshold, schemaTexts: new Map(texts) });

  test('do not depend on the order of keys, and on everything else', () => {
    expect(of([{ type: 'equals', value: { a: 1, b: 2 } }])).toBe(of([{ value: { b: 2, a: 1 }, type: 'equals' }]));
    const all = [of([]), of([1, 2]), of([2, 1]), of([], 0.5), of([], 0.5, [['a', '{}']]), of([{}]), of([[]])];
    const proto = of([JSON.parse('{"__proto__":1}')]);
    expect(new Set([...all, proto, of(['{}'])]).size).toBe(9);
  });
});

const GRADED: GradedCase = gradeCase(
  {
    ...CASE,
    required: true,
    metadata: new Map<string, string | number | null>([
      ['topic', 'a|b'],
      ['__proto__', 1],
      ['n', null],
    ]),
  },
  [
    gradeAnswer({ batchId: 'msgbatch_01Ab', customId: 'a-r1' }, [
      result('pass', { metric: 'tone', weight: 2, score: 1 / 3, judge: { model: 'claude-opus-5', prompt: 1 } }),
      result('fail', { type: 'assert-set', results: [fail, ungraded] }),
    ]),
    ungradedAnswer({ batchId: undefined, customId: 'a-r2' }),
    ungradedAnswer({ batchId: 'msgbatch_00', customId: 'a-r3', reusedFrom: '2026-11-19T11:00:00.000Z' }),
  ],
  1,
);

describe('a line of grades.jsonl', () => {
  const line = printGrades(GRADED, { reasons: true });

  test('has everything, by the names of the contract', () => {
    expect(JSON.parse(line)).toMatchObject({
      schema: 1,
      custom_id: 'a',
      pass: null,
      required: true,
      model: 'claude-haiku-4-5',
      metadata: { topic: 'a|b', n: null },
      request_digest: CASE.requestDigest,
      asserts_digest: CASE.assertsDigest,
      answers: [
        {
          batch_id: 'msgbatch_01Ab',
          custom_id: 'a-r1',
          pass: false,
          asserts: [
            {
              type: 'contains',
              metric: 'tone',
              pass: true,
              score: 0.333333,
              weight: 2,
              reason: 'why',
              judge: { model: 'claude-opus-5', prompt: 1 },
            },
            {
              type: 'assert-set',
              pass: false,
              asserts: [
                { pass: false, score: 0 },
                { pass: null, score: null },
              ],
            },
          ],
        },
        { batch_id: null, pass: null, score: null, asserts: [] },
        { batch_id: 'msgbatch_00', custom_id: 'a-r3', reused: true, answered_at: '2026-11-19T11:00:00.000Z' },
      ],
    });
    expect(JSON.parse(line).answers[0]).not.toHaveProperty('reused');
  });

  test('comes back as it was, reasons as text', () => {
    const read = parseGrades(line);
    expect('fault' in read).toBe(false);
    expect('fault' in read ? '' : printGrades(read, { reasons: true })).toBe(line);
  });

  test('has no text of an answer where reasons are left out', () => {
    const bare = printGrades(GRADED, { reasons: false });
    expect(bare).not.toContain('why');
    expect(parseGrades(bare)).toMatchObject({ customId: 'a', outcome: 'ungraded' });
  });

  test('of another form is not taken at all', () => {
    const whole = JSON.parse(line);
    const [first, second] = whole.answers;
    const [one] = first.asserts;
    const withAssert = (assert: object) => ({ ...whole, answers: [{ ...first, asserts: [{ ...one, ...assert }] }] });
    const wrong: unknown[] = [
      ...[null, [], 'x', {}, { ...whole, schema: 0 }, { ...whole, schema: '1' }, { ...whole, custom_id: 'a b' }],
      ...[
        { ...whole, pass: 'true' },
        { ...whole, score: 1.1 },
        { ...whole, score: -1 },
        { ...whole, score: undefined },
      ],
      ...[
        { ...whole, required: 1 },
        { ...whole, model: undefined },
        { ...whole, metadata: { a: {} } },
        { ...whole, request_digest: 'x' },
      ],
      ...[
        { ...whole, asserts_digest: undefined },
        { ...whole, answers: {} },
        { ...whole, answers: [null] },
      ],
      { ...whole, answers: Array.from({ length: 21 }, () => second) },
      { ...whole, answers: [{ ...first, batch_id: '../x' }] },
      { ...whole, answers: [{ ...first, asserts: undefined }] },
      { ...whole, answers: [{ ...first, reused: 'yes' }] },
      { ...whole, answers: [{ ...first, reused: true }] },
      { ...whole, answers: [{ ...first, reused: true, answered_at: 'yesterday' }] },
      ...[
        { type: 'A b' },
        { type: 7 },
        { metric: 7 },
        { weight: -1 },
        { reason: 7 },
        { judge: 'x' },
        { judge: {} },
      ].map(withAssert),
      withAssert({ asserts: [{ ...one, asserts: [] }] }),
    ];
    for (const value of wrong)
      expect([value, parseGrades(JSON.stringify(value))]).toEqual([value, { fault: 'unreadable' }]);
    expect(parseGrades(line.slice(1))).toEqual({ fault: 'unreadable' });
    expect(parseGrades(`${line}${' '.repeat(4_000_001)}`)).toEqual({ fault: 'unreadable' });
    expect(parseGrades(JSON.stringify({ schema: 2 }))).toEqual({ fault: 'newer-schema' });
  });

  test('may have members that this version does not know', () => {
    expect(parseGrades(JSON.stringify({ ...JSON.parse(line), later: 1 }))).toMatchObject({ customId: 'a' });
  });

  test('has short and inert texts, whoever wrote it', () => {
    const edited = line.replaceAll('"why"', JSON.stringify(`\u202e\n${'x'.repeat(999)}`));
    const read = parseGrades(edited);
    const [reason] =
      'fault' in read ? [] : (read.answers[0]?.results ?? []).map((one) => printAssertReason(one.reason));
    expect(reason).toHaveLength(300);
    expect(reason).not.toMatch(/[\u202e\n]/);
  });

  test('throws for nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        parseGrades(JSON.stringify(a));
        parseGrades(JSON.stringify({ ...JSON.parse(line), answers: a, metadata: b }));
        parseExtraGrade(JSON.stringify(a));
      }),
    );
  });
});

describe('a line of extra grades', () => {
  const given = { custom_id: 'a-r1', metric: 'tone', pass: true };

  test.each<[object, Partial<AssertResult>]>([
    [{}, { outcome: 'pass', score: 1 }],
    [{ pass: false }, { outcome: 'fail', score: 0 }],
    [
      { pass: false, score: 0.4, reason: 'too\nlong' },
      { outcome: 'fail', score: 0.4, reason: { code: 'quoted', text: 'too long' } },
    ],
    [
      { pass: null, score: 0.4 },
      { outcome: 'ungraded', score: undefined },
    ],
    [{ grader: 'mine' }, { outcome: 'pass' }],
  ])('%j', (more, expected) => {
    const read = parseExtraGrade(JSON.stringify({ ...given, ...more }));
    expect(read).toMatchObject({
      customId: 'a-r1',
      result: { type: 'extra-grade', metric: 'tone', weight: 1, ...expected },
    });
  });

  test.each<[unknown, string]>([
    [7, 'not-json'],
    [{ ...given, custom_id: 'a b' }, 'custom-id'],
    [{ ...given, custom_id: undefined }, 'custom-id'],
    [{ ...given, metric: ' ' }, 'metric'],
    [{ ...given, pass: 'yes' }, 'pass'],
    [{ ...given, pass: undefined }, 'pass'],
    [{ ...given, score: 2 }, 'score'],
    [{ ...given, reason: {} }, 'reason'],
    [{ ...given, reason: 'x'.repeat(70_000) }, 'too-long'],
  ])('%j is wrong: %s', (line, fault) => {
    expect(parseExtraGrade(JSON.stringify(line))).toEqual({ fault });
  });
});
