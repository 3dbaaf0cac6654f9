import { expect, test } from '@jest/globals';
import type { RunResult } from '../../simulator/runner.ts';
import { LEADS } from '../../src/core/messages/headlines.ts';
import type { Summary } from '../../src/core/summary/summary.ts';
import { costByHand } from './cost.ts';
import { gradedOutputs, gradesOf, onMain } from './graded.ts';
import { createsOf, idsOf, readOutput, run, sharedFile, simulate, summaryOf } from './harness.ts';
import { answerQuestions, makeQuestions, QUESTIONS, readQuestions } from './math-questions.ts';

// 1,319 questions on main, a pull request that changes 12 of them, and a push that changes nothing.

const path = sharedFile('gsm8k.jsonl');
const questions = path === undefined ? makeQuestions() : readQuestions(path);
const ids = [...questions.numbers.keys()];
const CHANGED = new Set(ids.filter((_, index) => index % 110 === 8).slice(0, 12));
/** What the change breaks. */
const BROKEN = [...CHANGED].slice(0, 3);
const HINT = ' Think twice.';

const changedText = questions.text
  .trimEnd()
  .split('\n')
  .map((line) => {
    const request = JSON.parse(line);
    if (!CHANGED.has(request.custom_id)) return `${line}\n`;
    request.params.messages[0].content += HINT;
    return `${JSON.stringify(request)}\n`;
  })
  .join('');

const before = answerQuestions(questions, (id) => id.charCodeAt(id.length - 1) % 5 !== 0);
const now = answerQuestions(questions, (id) => !BROKEN.includes(id));
const anthropic = {
  outcomeOf: (id: string, params: object) => {
    const text = (JSON.stringify(params).includes(HINT) ? now : before).get(id) ?? '';
    return { kind: 'succeeded', text } as const;
  },
};

/** Results without the names of messages, which are others in every batch. */
const withoutNames = (results: string): string => results.replaceAll(/"id":"msg_\w+"/g, '"id":"msg"');
const linesOf = (results: string): ReadonlyMap<string, string> =>
  new Map(idsOf(results).map((id, index) => [id, results.split('\n')[index] ?? '']));

/** What a verdict says. */
const verdictOf = (result: RunResult) => ({
  ...gradedOutputs(
    result,
    ...['verdict', 'pass-rate', 'baseline-pass-rate', 'drop', 'p-value', 'broken-count', 'fixed-count'],
    ...['case-count', 'passed-count', 'failed-count', 'ungraded-count', 'baseline-run-id'],
  ),
  because: wholeSummaryOf(result).grading?.because,
  comparison: wholeSummaryOf(result).grading?.comparison,
});

/** The output `summary-json` leaves out lists. */
function wholeSummaryOf(result: RunResult): Summary {
  return JSON.parse(readOutput(result, 'summary-file'));
}

test('of 1,319 questions only the 12 that changed are sent and paid for, and of none nothing', async () => {
  expect([ids.length, CHANGED.size]).toEqual([QUESTIONS, 12]);
  const simulator = await simulate({ anthropic });
  const inputs = { 'reuse-answers': 'true', 'max-drop': '2' };
  const first = await onMain(simulator, questions.text, { inputs });
  expect([first.conclusion, first.outputs.get('reused-count')]).toEqual(['success', '0']);

  const second = await run(simulator, changedText, { inputs });
  const sent = [...simulator.anthropic.batches.values()].map(({ requests }) =>
    requests.map(({ customId }) => customId),
  );
  expect(sent).toEqual([ids, [...CHANGED]]);

  const results = readOutput(second, 'results-file');
  expect(idsOf(results)).toEqual(ids);
  const lines = linesOf(results);
  const earlier = linesOf(readOutput(first, 'results-file'));
  const kept = ids.filter((id) => !CHANGED.has(id));
  expect(kept.filter((id) => lines.get(id) !== earlier.get(id))).toEqual([]);
  const other = await simulate({ anthropic });
  const full = await run(other, changedText);
  expect(withoutNames(results)).toBe(withoutNames(readOutput(full, 'results-file')));
  expect(gradesOf(second).map(({ custom_id, pass }) => [custom_id, pass])).toEqual(
    gradesOf(full).map(({ custom_id, pass }) => [custom_id, pass]),
  );

  const cost = costByHand([...CHANGED].map((id) => lines.get(id)).join('\n'), 0.5);
  expect(second.outputs.get('new-cost-usd')).toBe(cost);
  expect(second.outputs.get('cost-usd')).toBe(costByHand(results, 0.5));
  expect(second.outputs.get('reused-count')).toBe(String(QUESTIONS - CHANGED.size));
  expect(summaryOf(second).requests).toMatchObject({ total: QUESTIONS, succeeded: QUESTIONS, missing: 0 });
  expect(wholeSummaryOf(second).grading?.comparison).toMatchObject({
    pairs: QUESTIONS,
    same_answers: kept.length,
    broken_ids: BROKEN,
  });
  const told = LEADS['spent-with-reuse']({
    ...{ sent: CHANGED.size, total: QUESTIONS, isEach: true, saved: summaryOf(second).reuse?.saved_usd ?? '' },
    spent: { usd: cost, new_usd: cost, lower_bound: false },
  });
  expect(simulator.repository.comments[0]?.body).toContain(told);

  const third = await run(simulator, changedText, { inputs });
  expect(createsOf(simulator)).toBe(2);
  expect(readOutput(third, 'results-file')).toBe(results);
  expect([third.outputs.get('new-cost-usd'), third.outputs.get('batch-source')]).toEqual(['0.000000', 'none']);
  expect(third.outputs.get('reused-count')).toBe(String(QUESTIONS));
  expect([third.conclusion, verdictOf(third)]).toEqual([second.conclusion, verdictOf(second)]);
});
