import { expect, test } from '@jest/globals';
import { OUTCOME_NAMES } from '../../../src/core/messages/outcome-names.ts';
import {
  choiceText,
  costText,
  cutText,
  outcomeWords,
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
  [outcomeWords('cut').short, 'Incomplete'],
  [outcomeWords('errored').short, OUTCOME_NAMES.errored],
  [costText({ usd: '0.000583', outcome: 'succeeded' }), '$0.000583'],
  [statusText({ shown: 1, total: 2_000, unsearched: 0 }), '1 of 2,000 cases shown'],
  [
    statusText({ shown: 0, total: 1, unsearched: 1 }),
    '0 of 1 case shown. Search covers only the text on this page; 1 case has text that is left out.',
  ],
  [
    statusText({ shown: 0, total: 9, unsearched: 2 }),
    '0 of 9 cases shown. Search covers only the text on this page; 2 cases have text that is left out.',
  ],
  [cutText(1, answer), `1 character left out here. The full text is in ${IN_ARTIFACT}.`],
  [cutText(35_000, prompt), `35,000 characters left out here. The full text is in ${ON_RUNNER}.`],
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
