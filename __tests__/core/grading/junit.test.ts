import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AssertResult, Outcome } from '../../../src/core/asserts/finding.ts';
import { gradeAnswer, ungradedAnswer } from '../../../src/core/grading/grade-answer.ts';
import { type GradedCase, gradeCase } from '../../../src/core/grading/grade-case.ts';
import { junitOutcomeOf, printJunitCase, printJunitFrame } from '../../../src/core/grading/junit.ts';
import { GRADING_FILES } from '../../../src/core/messages/grading-files.ts';
import { anyText } from '../../any-text.ts';
import { type ReportedSuite, readJunit } from '../../junit-report.ts';

const result = (outcome: Outcome, more: Partial<AssertResult> = {}): AssertResult => ({
  type: 'contains',
  metric: undefined,
  outcome,
  score: outcome === 'ungraded' ? undefined : Number(outcome === 'pass'),
  weight: 1,
  reason: { code: 'quoted', text: 'why' },
  ...more,
});

/** A case whose answers have these results; none: there is no answer. */
function caseOf(customId: string, answers: readonly (readonly AssertResult[])[], minPass = answers.length): GradedCase {
  const of = { customId, required: false, metadata: new Map(), model: 'm', requestDigest: '', assertsDigest: '' };
  const graded = answers.map((results, at) => {
    const id = { batchId: 'msgbatch_1', customId: answers.length === 1 ? customId : `${customId}-r${at + 1}` };
    return results.length === 0 ? ungradedAnswer(id) : gradeAnswer(id, results);
  });
  return gradeCase(of, graded, minPass);
}

function reportOf(name: string, cases: readonly GradedCase[], reasons = true): ReportedSuite {
  const count = (kind: string): number => cases.filter((one) => junitOutcomeOf(one) === kind).length;
  const counts = { tests: cases.length, failures: count('failure'), errors: count('error') };
  const { head, tail } = printJunitFrame(name, counts);
  return readJunit(head + cases.map((one) => printJunitCase(name, one, { reasons })).join('') + tail);
}

const [pass, fail, ungraded] = [result('pass'), result('fail'), result('ungraded')];

test('a suite has the name of the evaluation, its counts and a test case for each case', () => {
  const report = reportOf('evals-0', [
    caseOf('a', [[pass]]),
    caseOf('b', [[pass, fail]]),
    caseOf('c', [[]]),
    caseOf('d', [[ungraded]]),
  ]);
  expect(report).toMatchObject({ name: 'evals-0', tests: 4, failures: 1, errors: 2 });
  expect(report.cases.map(({ classname, name, outcome }) => [classname, name, outcome])).toEqual([
    ['evals-0', 'a', 'pass'],
    ['evals-0', 'b', 'failure'],
    ['evals-0', 'c', 'error'],
    ['evals-0', 'd', 'error'],
  ]);
});

describe('a test case', () => {
  const said = (of: GradedCase, reasons = true) => {
    const [found] = reportOf('evals', [of], reasons).cases;
    return found && { outcome: found.outcome, type: found.type, text: found.text };
  };
  const assert = (type: string, reason: string, metric?: string) => GRADING_FILES.assert({ type, metric, reason });

  test('says what failed, and not what passed or has no weight', () => {
    const asserts = [fail, pass, result('fail', { type: 'regex', metric: 'tone' }), result('fail', { weight: 0 })];
    const text = [assert('contains', 'why'), assert('regex', 'why', 'tone')].join('\n');
    expect(said(caseOf('a', [asserts]))).toEqual({ outcome: 'failure', type: 'contains', text });
  });

  test('says which asserts of a set failed', () => {
    const set = result('fail', { type: 'assert-set', results: [pass, result('fail', { type: 'equals' })] });
    expect(said(caseOf('a', [[set]]))).toMatchObject({ type: 'equals', text: assert('equals', 'why') });
  });

  test('says nothing of answers where reasons are kept back', () => {
    expect(said(caseOf('a', [[fail]]), false)).toMatchObject({ text: 'contains' });
  });

  test('whose answer never came is an error, and so is one that could not be decided', () => {
    expect(said(caseOf('a', [[]]))).toEqual({
      outcome: 'error',
      type: 'no-answer',
      text: GRADING_FILES['no-answer'](),
    });
    expect(said(caseOf('a', [[pass, ungraded]]))).toMatchObject({ outcome: 'error', type: 'contains' });
  });

  test('that passes and fails is a failure, also where enough of its answers pass', () => {
    const flaky = caseOf('a', [[pass], [fail], [pass]], 2);
    expect(flaky.outcome).toBe('pass');
    const text = [
      GRADING_FILES['answers-pass']({ passed: 2, total: 3 }),
      GRADING_FILES.answer({ customId: 'a-r2', text: assert('contains', 'why') }),
    ].join('\n');
    expect(said(flaky)).toEqual({ outcome: 'failure', type: 'flaky', text });
    expect(said(caseOf('a', [[fail], [fail]]))).toMatchObject({ outcome: 'failure', type: 'contains' });
  });
});

test('any text is well-formed and read back as it was, but for what XML cannot say', () => {
  const legal = (text: string): string =>
    text.toWellFormed().replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
  fc.assert(
    fc.property(anyText(), anyText(), (name, reason) => {
      const one = caseOf('a', [[result('fail', { reason: { code: 'quoted', text: reason } })]]);
      const report = reportOf(name, [one]);
      expect(report.name).toBe(legal(name));
      expect(report.cases[0]?.classname).toBe(legal(name));
      expect(report.cases).toHaveLength(1);
    }),
  );
  const nasty =
    'a <b attr="1">&amp; ]]> \u0000\u0008\u001b\uFFFE\ud800 \u{1F600} </failure></testcase><!-- --> <![CDATA[';
  expect(reportOf(nasty, [caseOf('a', [[pass]])]).name).toBe(legal(nasty));
});
