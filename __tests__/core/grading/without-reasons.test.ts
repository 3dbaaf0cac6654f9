import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AssertResult } from '../../../src/core/asserts/finding.ts';
import type { GradedCase } from '../../../src/core/grading/grade-case.ts';
import { printGrades } from '../../../src/core/grading/print-grades.ts';
import { modelOfLine, withoutReasons } from '../../../src/core/grading/without-reasons.ts';
import type { Scalar } from '../../../src/core/requests/grading-keys.ts';

const TRAPS = ['","reason":"', ',"answers":[', '\\', '"', '\\"', '"}]', ',"model":"x","request_digest":"'];
const anyText = fc.oneof(
  fc.string(),
  fc.constantFrom(...TRAPS),
  fc.tuple(fc.string(), fc.constantFrom(...TRAPS)).map((parts) => parts.join('')),
);

const anyResult: fc.Arbitrary<AssertResult> = fc
  .record({ text: anyText, metric: fc.option(anyText, { nil: undefined }), weight: fc.constantFrom(1, 2) })
  .map(({ text, metric, weight }) => {
    const own = { type: 'contains', metric, outcome: 'fail', score: 0, weight } as const;
    return { ...own, reason: { code: 'quoted', text }, judge: { model: text, prompt: 1 } };
  });

const anyCase: fc.Arbitrary<GradedCase> = fc
  .record({
    model: anyText,
    metadata: fc.array(fc.tuple(fc.oneof(anyText, fc.constant('reason'), fc.constant('answers')), anyText)),
    results: fc.array(anyResult),
    inSet: fc.array(anyResult),
  })
  .map(({ model, metadata, results, inSet }): GradedCase => {
    const set: AssertResult = {
      ...{ type: 'assert-set', metric: undefined, outcome: 'fail', score: 0, weight: 1 },
      reason: { code: 'quoted', text: 'x' },
      results: inSet,
    };
    const own = { customId: 'a', outcome: 'fail', score: 0 } as const;
    return {
      ...{ ...own, required: false, metadata: new Map<string, Scalar>(metadata), model },
      ...{ requestDigest: 'aa', assertsDigest: 'bb' },
      answers: [{ ...own, batchId: undefined, results: [...results, set] }],
    };
  });

test('it is what is printed without them, whatever the texts', () => {
  fc.assert(
    fc.property(anyCase, (one) => {
      const line = printGrades(one, { reasons: true });
      expect(withoutReasons(line)).toBe(printGrades(one, { reasons: false }));
      expect(modelOfLine(line)).toBe(one.model);
    }),
  );
});

test('a case without answers', () => {
  const line = '{"schema":1,"model":"","request_digest":"aa","asserts_digest":"bb","answers":[]}';
  expect([withoutReasons(line), modelOfLine(line)]).toEqual([line, '']);
});
