import { expect, test } from '@jest/globals';
import { OUTCOME_NAMES } from '../../../src/core/messages/outcome-names.ts';
import {
  answerText,
  assertFacts,
  choiceText,
  costText,
  cutNote,
  filtersText,
  foldedAssertsText,
  gradeNote,
  gradeText,
  imageNote,
  leftOutAssertsText,
  leftOutText,
  metricFailsText,
  outcomeText,
  outcomeWords,
  partName,
  reusedText,
  roleName,
  statusText,
  textlessCasesText,
  textlessText,
} from '../../../src/core/messages/page-script.ts';

const answer = { file: 'results.jsonl', artifact: 'evals' } as const;
const prompt = { file: 'requests.jsonl', artifact: undefined } as const;
const IN_ARTIFACT = 'results.jsonl in the artifact evals';
const ON_RUNNER = 'requests.jsonl in results-path on the runner, where later steps of the job can read it';

/** The words of the page's script, once for some facts. */
test.each([
  [choiceText('Errored', 1_200), 'Errored (1,200)'],
  [
    reusedText({ batch_id: 'msgbatch_9', answered_at: '2026-11-19T11:00:00.000Z', age_days: 3 }),
    '3 days old: 2026-11-19 11:00 UTC, batch msgbatch_9',
  ],
  [
    reusedText({ batch_id: 'msgbatch_9', answered_at: 'unknown', age_days: 0 }),
    'less than a day old: unknown, batch msgbatch_9',
  ],
  [choiceText('Fixed', 187, 1_351), 'Fixed (187 of 1,351)'],
  [choiceText('Fixed', 187, 187), 'Fixed (187)'],
  [outcomeWords('cut').short, 'Incomplete'],
  [outcomeWords('errored').short, OUTCOME_NAMES.errored],
  [costText({ usd: '0.000583', outcome: 'succeeded' }), '$0.000583'],
  [statusText({ shown: 1, total: 2_000, leftOut: 0, unsearched: 0 }), '1 of 2,000 cases shown'],
  [
    statusText({ shown: 187, total: 2_000, leftOut: 164, unsearched: 0, isOfFilter: true, isMixed: true }),
    '187 of 2,000 cases and other requests shown · 164 more of these not on this page',
  ],
  [
    statusText({ shown: 0, total: 1, leftOut: 0, unsearched: 1 }),
    '0 of 1 case shown · long texts of 1 case searched only in part',
  ],
  [
    statusText({ shown: 9, total: 2_000, leftOut: 3_003, unsearched: 2 }),
    '9 of 2,000 cases shown · 3,003 more not on this page · long texts of 2 cases searched only in part',
  ],
  [outcomeText('cut', 'max_tokens'), 'Cut off'],
  [outcomeText('cut', 'unknown'), 'Incomplete'],
  [outcomeText('expired', undefined), OUTCOME_NAMES.expired],
  [gradeText({ outcome: 'fail', score: 0.4 }), 'Fail, score 0.4'],
  [gradeText({ outcome: 'ungraded', score: null }), 'Ungraded'],
  [gradeNote({ change: null, required: false, passed: 1, answers: 1, incomplete: undefined }), ''],
  [gradeNote({ change: null, required: true, passed: 1, answers: 1, incomplete: undefined }), 'required'],
  [
    gradeNote({ change: 'broken', required: true, passed: 2, answers: 3, incomplete: 'Cut off' }),
    'required, broken, 2 of 3 pass, cut off',
  ],
  [answerText(2, 'fail'), '2 Fail'],
  [answerText(2, undefined), '2'],
  [assertFacts({ outcome: 'pass', score: 1, weight: 1, judge: null, asserts: [] }), ''],
  [
    assertFacts({
      outcome: 'fail',
      score: 1 / 3,
      weight: 2,
      judge: { model: 'claude-opus-5', prompt: 1 },
      asserts: [],
    }),
    'score 0.33 · weight 2 · judged by claude-opus-5, prompt 1',
  ],
  [assertFacts({ outcome: 'fail', score: 1 / 3, weight: 0, judge: null, asserts: [1] }), 'weight 0'],
  [foldedAssertsText(1_200), '1,200 passed'],
  [
    leftOutAssertsText(1, { file: 'grades.jsonl', artifact: 'evals' }),
    '1 assert left out here. All are in grades.jsonl in the artifact evals.',
  ],
  [metricFailsText('tone'), 'tone: not passed'],
  [roleName('user', false), 'User'],
  [roleName('user', true), 'Tool result'],
  [roleName('narrator', false), 'narrator'],
  [partName({ kind: 'tool-call', name: 'find', id: 't1' }), 'Tool call · find · t1'],
  [partName({ kind: 'thinking' }), 'Thinking'],
  [imageNote('image/png, 1.2 MB'), 'Image, not on this page: image/png, 1.2 MB'],
  [leftOutText(1_200), '[1,200 characters left out]'],
  [filtersText(0), 'Filter, sort'],
  [filtersText(2), 'Filter, sort (2)'],
  [cutNote(1, answer), `1 character left out here. The full text is in ${IN_ARTIFACT}.`],
  [cutNote(35_000, prompt), `35,000 characters left out here. The full text is in ${ON_RUNNER}.`],
  [
    textlessText({ answer, prompt }),
    `The texts of this case are left out to keep the page small. The answer is in ${IN_ARTIFACT}. The prompt is in ${ON_RUNNER}.`,
  ],
  [
    textlessText({ answer: undefined, prompt }),
    `The texts of this case are left out to keep the page small. The prompt is in ${ON_RUNNER}.`,
  ],
  [
    textlessCasesText(120, 2_000),
    'The texts of 120 of the 2,000 cases listed are left out to keep the page small. Each case says where to find them.',
  ],
])('%s', (words, expected) => {
  expect(words).toBe(expected);
});
