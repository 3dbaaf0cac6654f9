import { expect, test } from '@jest/globals';
import { knownAnswers } from '../../simulator/anthropic/known-answers.ts';
import { printComparison } from '../../src/core/messages/verdicts.ts';
import type { Summary } from '../../src/core/summary/summary.ts';
import { readJunit } from '../junit-report.ts';
import { exactMidP, gradedOutputs, gradesOf, onMain, passesOf } from './graded.ts';
import { createsOf, errorsOf, readOutput, run, sharedFile, simulate, summaryOf } from './harness.ts';
import { makeQuestions, QUESTIONS, readQuestions, twoModels } from './math-questions.ts';

// Two models whose every answer is known, over 1,319 questions: each place says exactly what is known of them.

const path = sharedFile('gsm8k.jsonl');
const questions = path === undefined ? makeQuestions() : readQuestions(path);
const COUNTS = { broken: 62, fixed: 26, neither: 90 };
const models = twoModels(questions, COUNTS);
const OTHER_MODEL = 'claude-sonnet-4-6';

/** Percent, or points, of the questions. */
const percent = (count: number): string => ((count / QUESTIONS) * 100).toFixed(2);
const passedBefore = QUESTIONS - COUNTS.fixed - COUNTS.neither;
const passedNow = QUESTIONS - COUNTS.broken - COUNTS.neither;
const p = exactMidP(COUNTS.broken, COUNTS.fixed);

const LISTED = [
  'verdict',
  'pass-rate',
  'baseline-pass-rate',
  'drop',
  'case-count',
  'passed-count',
  'failed-count',
  'ungraded-count',
  'flaky-count',
  'broken-count',
  'fixed-count',
];

test('1,319 questions: what a pull request broke and fixed is told exactly, everywhere', async () => {
  expect(questions.numbers.size).toBe(QUESTIONS);
  const simulator = await simulate({
    anthropic: { outcomeOf: knownAnswers({ 'claude-haiku-4-5': models.first, [OTHER_MODEL]: models.second }) },
  });
  const gates = { 'max-drop': '2' };

  const first = await onMain(simulator, questions.text, { inputs: gates });
  // There is nothing to compare with yet, which is no reason to be red.
  expect([first.conclusion, errorsOf(first)]).toEqual(['success', []]);
  expect(gradedOutputs(first, ...LISTED)).toMatchObject({
    verdict: 'not-comparable',
    'pass-rate': percent(passedBefore),
    'case-count': String(QUESTIONS),
    'passed-count': String(passedBefore),
    'failed-count': String(COUNTS.fixed + COUNTS.neither),
    'ungraded-count': '0',
    'flaky-count': '0',
  });
  const [mainRun] = simulator.repository.runs.keys();

  const other = { 'override-params': `model: ${OTHER_MODEL}` };
  const second = await run(simulator, questions.text, { inputs: { ...gates, ...other } });
  expect([second.conclusion, second.outputs.get('status'), errorsOf(second).length]).toEqual([
    'failure',
    'completed',
    1,
  ]);
  expect(gradedOutputs(second, ...LISTED)).toEqual({
    verdict: 'fail',
    'pass-rate': percent(passedNow),
    'baseline-pass-rate': percent(passedBefore),
    drop: percent(COUNTS.broken - COUNTS.fixed),
    'case-count': String(QUESTIONS),
    'passed-count': String(passedNow),
    'failed-count': String(COUNTS.broken + COUNTS.neither),
    'ungraded-count': '0',
    'flaky-count': '0',
    'broken-count': String(COUNTS.broken),
    'fixed-count': String(COUNTS.fixed),
  });
  expect(second.outputs.get('baseline-run-id')).toBe(String(mainRun));
  expect(second.outputs.get('p-value')).toMatch(/^0\.\d+$/);
  expect(Number(second.outputs.get('p-value'))).toBe(Number(p.toPrecision(6)));

  const { grading }: Summary = JSON.parse(readOutput(second, 'summary-file'));
  expect(grading?.comparison).toMatchObject({
    pairs: QUESTIONS,
    same_answers: 0,
    broken_ids: models.broken,
    fixed_ids: models.fixed,
    request_changed: QUESTIONS,
    model_change: { before: 'claude-haiku-4-5', now: OTHER_MODEL },
  });
  expect(Math.abs((grading?.comparison?.figures?.p ?? 1) - p)).toBeLessThan(1e-9);
  expect(grading?.because).toMatchObject({ code: 'fell' });

  const failing = new Set([...models.broken, ...models.neither]);
  const expected = Object.fromEntries([...questions.numbers.keys()].map((id) => [id, !failing.has(id)]));
  expect(passesOf(second)).toEqual(expected);
  expect(gradesOf(second).map(({ custom_id }) => custom_id)).toEqual([...questions.numbers.keys()]);

  const suite = readJunit(readOutput(second, 'junit-file'));
  expect(suite).toMatchObject({ tests: QUESTIONS, failures: failing.size, errors: 0 });
  expect(suite.cases.map(({ name, outcome }) => [name, outcome])).toEqual(
    [...questions.numbers.keys()].map((id) => [id, failing.has(id) ? 'failure' : 'pass']),
  );

  const onPage = pageCasesOf(readOutput(second, 'page-file'));
  const changed = (change: string): string[] =>
    onPage.filter(({ grade }) => grade.case.change === change).map(({ id }) => id);
  expect([changed('broken').sort(), changed('fixed').sort()]).toEqual([models.broken, models.fixed]);
  expect(onPage.slice(0, COUNTS.broken).map(({ id }) => id)).toEqual(models.broken);
  const failed = onPage.filter(({ grade }) => grade.outcome === 'fail').map(({ id }) => id);
  expect(new Set(failed)).toEqual(failing);
  for (const { id, before } of onPage.slice(0, COUNTS.broken))
    expect(before?.answer?.[0]?.text.head).toBe(models.first.get(id));

  const body = simulator.repository.comments[0]?.body ?? '';
  const rounded = (count: number): string => ((count / QUESTIONS) * 100).toFixed(1);
  for (const place of [body, second.summary, readOutput(second, 'report-file')]) {
    expect(place).toContain(`${rounded(passedNow)} %`);
    expect(place).toContain(`${rounded(passedBefore)} %`);
    expect(place).toContain(`−${rounded(COUNTS.broken - COUNTS.fixed)} points`);
    expect(place).toContain(printComparison({ code: 'chance', p }));
    // The first ones are listed, in file order.
    for (const id of models.broken.slice(0, 10)) expect(place).toContain(id);
    expect(place).toContain(`${COUNTS.broken} broken`);
    expect(place).toContain(`${COUNTS.fixed} fixed`);
    expect(place).toContain(`run ${mainRun}`);
  }
  expect(errorsOf(second)[0]).toContain(grading?.reason);
});

test('the same drop is a pass, inconclusive or a fail, by what is allowed', async () => {
  const few = makeQuestions(400);
  const known = twoModels(few, { broken: 17, fixed: 6, neither: 40 });
  const simulator = await simulate({
    anthropic: { outcomeOf: knownAnswers({ 'claude-haiku-4-5': known.first, [OTHER_MODEL]: known.second }) },
  });
  await onMain(simulator, few.text);
  const rows = [
    { maxDrop: '3', significance: '0.05', verdict: 'pass', code: 'small-but-real', conclusion: 'success' },
    { maxDrop: '2', significance: '0.00001', verdict: 'inconclusive', code: 'may-be-chance', conclusion: 'success' },
    { maxDrop: '0', significance: '0.05', verdict: 'fail', code: 'fell', conclusion: 'failure' },
  ];
  for (const { maxDrop, significance, verdict, code, conclusion } of rows) {
    const inputs = { 'override-params': `model: ${OTHER_MODEL}`, 'max-drop': maxDrop, significance, resume: 'always' };
    const result = await run(simulator, few.text, { inputs });
    expect([result.conclusion, result.outputs.get('verdict')]).toEqual([conclusion, verdict]);
    expect(summaryOf(result).grading?.because.code).toBe(code);
    expect(Number(result.outputs.get('p-value'))).toBe(Number(exactMidP(17, 6).toPrecision(6)));
    expect(gradedOutputs(result, 'drop', 'broken-count', 'fixed-count')).toEqual({
      drop: '2.75',
      'broken-count': '17',
      'fixed-count': '6',
    });
  }
  // One for main, one for the pull request.
  expect(createsOf(simulator)).toBe(2);
});

/** The cases of a page in the order in which they stand. */
function pageCasesOf(html: string): readonly {
  readonly id: string;
  readonly grade: { readonly outcome: string; readonly case: { readonly change: string | null } };
  /** The baseline's answer. */
  readonly before?: { readonly answer: readonly { readonly text: { readonly head: string } }[] | null };
}[] {
  const blocks = html.matchAll(/<script[^>]*class="case"[^>]*>(.*?)<\/script>/gs);
  return Array.from(blocks, ([, json]) => JSON.parse(json ?? ''));
}
