import { expect, test } from '@jest/globals';
import { PAGE_TEXTS, type PageMessage, printPageText } from '../../../src/core/messages/page.ts';

const GRADED = { shown: 2_000, total: 5_003, required: 0, broken: 12, failing: 1_400, ungraded: 0 };
const LIST = { shown: 2_000, total: 5_003, unanswered: 3, incomplete: 1_010 };

/** Every sentence of the page, once for some facts, and again where singular or plural differ. */
const SENTENCES: readonly (readonly [PageMessage, string])[] = [
  [{ code: 'verdict-answered', answered: 1_319, total: 1_319, incomplete: 0 }, '1,319 of 1,319 requests answered'],
  [{ code: 'verdict-answered', answered: 5, total: 5, incomplete: 1 }, '5 of 5 requests answered, 1 incomplete answer'],
  [
    { code: 'verdict-unanswered', answered: 1_301, total: 1_319, incomplete: 20 },
    '18 of 1,319 requests have no answer, 20 incomplete answers',
  ],
  [{ code: 'verdict-unanswered', answered: 0, total: 1, incomplete: 0 }, '1 of 1 request has no answer'],
  [{ code: 'verdict-failed', answered: 3, total: 3, incomplete: 0 }, 'failed; 3 of 3 requests answered'],
  [{ code: 'verdict-canceled', answered: 2, total: 3, incomplete: 0 }, 'canceled; 2 of 3 requests answered'],
  [{ code: 'sampled', requests: 132, of: 1_319, input: '10%' }, '132 of 1,319 requests, by sample: 10%'],
  [{ code: 'cost-unknown' }, 'The cost is unknown.'],
  [{ code: 'saved', saved: '$1.000000' }, 'Saved $1.000000'],
  [{ code: 'waited', minutes: 42.03, usd: '0.252180' }, 'Waiting took 42 runner minutes, about $0.25'],
  [{ code: 'waited', minutes: 1.2, usd: null }, 'Waiting took 1 runner minute'],
  [{ code: 'prices-as-of', date: '2026-11-22' }, 'Prices as of 2026-11-22.'],
  [{ code: 'batch-duration', tookMs: 432_000 }, 'Took 7 min 12 s from creation to end.'],
  [
    { code: 'more-failures', requests: 4_900, causes: 101 },
    '4,900 more requests with 101 more causes: see summary.json.',
  ],
  [{ code: 'more-failures', requests: 1, causes: 1 }, '1 more request with 1 more cause: see summary.json.'],
  [{ code: 'more-problems', count: 1 }, '1 more kind of problem: see the log.'],
  [{ code: 'more-problems', count: 3 }, '3 more kinds of problem: see the log.'],
  [{ code: 'shows-full' }, 'Open a case to see its answer, prompt and parameters.'],
  [
    { code: 'shows-answers-of-batch-id' },
    'Open a case to see its answer. Prompts are unknown because only batch-id was set. To see them, set requests as well.',
  ],
  [
    { code: 'shows-answers' },
    'Open a case to see its answer. Prompts are left out of this page, but an answer may quote its prompt.',
  ],
  [
    { code: 'shows-none' },
    'This page has only numbers, IDs, file names, model names and error messages: no prompts and no answers. An error message may quote part of a request.',
  ],
  [{ code: 'search-full' }, 'IDs, answers, prompts, errors'],
  [{ code: 'search-answers' }, 'IDs, answers, errors'],
  [{ code: 'search-none' }, 'IDs, errors'],
  [
    { code: 'needs-javascript', artifact: undefined },
    'The case list needs JavaScript, which is off. All results are in results.jsonl in results-path on the runner, where later steps of the job can read it.',
  ],
  [
    { code: 'cases-left-out', ...LIST, artifact: 'evals' },
    '2,000 of 5,003 cases are listed: first those with no answer (3), then incomplete answers (1,010), then complete answers (3,990). The rest are in results.jsonl in the artifact evals.',
  ],
  [
    { code: 'graded-cases-left-out', ...GRADED, artifact: 'evals' },
    '2,000 of 5,003 cases are listed: first those that broke (12), then others that fail (1,400), then ungraded ones (0), then the rest. The others are in grades.jsonl in the artifact evals.',
  ],
  [
    { code: 'graded-cases-left-out', ...GRADED, required: 2, artifact: 'evals' },
    '2,000 of 5,003 cases are listed: first required ones that fail (2), then others that broke (12), then others that fail (1,400), then ungraded ones (0), then the rest. The others are in grades.jsonl in the artifact evals.',
  ],
  [{ code: 'missing-left-out' }, 'Cases with no readable result line are listed in summary.json.'],
  [{ code: 'parts-left-out', count: 4_800 }, '4,800 more blocks left out here.'],
  [{ code: 'elided', characters: 5_000 }, '(5,000 characters)'],
  [{ code: 'nested-too-deeply' }, '(nested too deeply to show)'],
  [{ code: 'cited-pages', first: 5, last: 5 }, 'page 5'],
  [{ code: 'cited-pages', first: 5, last: 7 }, 'pages 5 to 7'],
  [{ code: 'cited-blocks', first: 0, last: 1 }, 'blocks 0 to 1'],
  [{ code: 'cited-characters', first: 0, last: 1_099 }, 'characters 0 to 1,099'],
  [{ code: 'cited-document', index: 0 }, 'document 0'],
  [{ code: 'cited-search-result', index: 2 }, 'search result 2'],
];

test.each(SENTENCES)('%j', (message, sentence) => {
  expect(printPageText(message)).toBe(sentence);
});

test('every sentence is here', () => {
  expect(new Set(SENTENCES.map(([{ code }]) => code))).toEqual(new Set(Object.keys(PAGE_TEXTS)));
});
