import { expect, test } from '@jest/globals';
import { printMessage } from '../../../src/core/messages/message.ts';
import {
  CAUSES,
  HEADINGS,
  LABELS,
  type Note,
  type Notice,
  printNotice,
  printUsd,
  REPORT,
  STOP_REASONS,
} from '../../../src/core/messages/report.ts';

test.each<[string | null, boolean, string]>([
  ['0.058312', false, '$0.058312'],
  ['-0.058312', false, '-$0.058312'],
  ['0.058312', true, 'at least $0.058312'],
  [null, true, 'unknown'],
])('the amount %s, a lower bound: %s', (amount, isLowerBound, words) => {
  expect(printUsd(amount, isLowerBound)).toBe(words);
});

const WORDS: readonly (readonly [keyof typeof REPORT, unknown, string])[] = [
  [
    'skipped-fork',
    {},
    'This pull request comes from a fork. Runs for forks get no secrets, and this action signs in for none, so nothing was submitted. A maintainer can run it from a branch of this repository.',
  ],
  [
    'skipped-dependabot',
    {},
    'Runs for Dependabot get no Actions secrets, so nothing was submitted. Add the key to the Dependabot secrets of this repository to run it, or sign in without a key, with "id-token: write".',
  ],
  [
    'none-found',
    { patterns: [] },
    'Check the patterns, which are relative to the workspace, and the step that writes the files. To make this fail the step, set `if-no-requests-found: error`.',
  ],
  [
    'none-found',
    { patterns: ['`a`', '`b`'] },
    'Looked for `a`, `b`. Check the patterns, which are relative to the workspace, and the step that writes the files. To make this fail the step, set `if-no-requests-found: error`.',
  ],
  ['error-rate', { percent: 1.5, maxPercent: 1 }, '1.5% (1% allowed)'],
  ['runner-time', { minutes: 42.03, usd: '0.252180' }, '$0.252180 for 42.03 runner minutes'],
  ['runner-time', { minutes: 1, usd: '0.006000' }, '$0.006000 for 1 runner minute'],
  ['runner-time', { minutes: 1_440.5, usd: null }, '1,440.5 runner minutes'],
  ['prices-as-of', { date: '2026-11-22' }, 'Prices as of 2026-11-22.'],
  ['details', { cost: true, estimate: false, models: 1, batches: 1 }, 'Cost, tokens and batch'],
  ['details', { cost: true, estimate: false, models: 2, batches: 3 }, 'Cost, tokens, models and batches'],
  ['details', { cost: false, estimate: true, models: 0, batches: 1 }, 'Estimate and batch'],
  ['details', { cost: false, estimate: true, models: 0, batches: 0 }, 'Estimate'],
  ['details', { cost: false, estimate: false, models: 0, batches: 2 }, 'Batches'],
  ['details', { cost: true, estimate: false, models: 1, batches: 0, isReuse: true }, 'Cost, tokens and reused answers'],
  ['reused-answers', {}, 'Reused answers come from these earlier batches:'],
  ['round', { round: 0 }, 'First'],
  ['round', { round: 2 }, 'Retry 2'],
  ['other-ways', {}, 'Other ways to get the results'],
  [
    'collect-anywhere',
    { isReuse: false },
    'This step collects the results in any workflow, and submits no request again:',
  ],
  [
    'collect-anywhere',
    { isReuse: true },
    'This step collects the results in any workflow, and submits no request again. Reused answers come along if `name` and the inputs that change requests, such as `default-params`, are those of this run:',
  ],
  ['such-as', { message: 'no' }, 'such as: no'],
  ['other-causes', { kinds: 2, isMore: false }, '2 other causes'],
  ['other-causes', { kinds: 1000, isMore: true }, '1,000 or more other causes'],
  ['more-failures', { requests: 1, rows: 1 }, 'And 1 more request in 1 more row: see `summary.json`.'],
  ['warnings', { count: 1 }, '1 warning about the requests'],
  ['warnings', { count: 1_319 }, '1,319 warnings about the requests'],
  ['more-models', { count: 2 }, 'And 2 more models: see `summary.json`.'],
  ['more-problems', { count: 1 }, 'And 1 more kind of problem: see the log.'],
  ['more-warnings', { count: 2 }, 'And 2 more kinds of warning: see the log.'],
  ['more-lines', { count: 2 }, 'and 2 more lines'],
  [
    'retry-file',
    { keptBy: undefined },
    '`retry.jsonl` contains the requests without an answer. "Submitting retry.jsonl" in `docs/results.md` of this action shows how to submit only these.',
  ],
  [
    'retry-file',
    { keptBy: 'artifact-name' },
    '`retry.jsonl` contains the requests without an answer. "Submitting retry.jsonl" in `docs/results.md` of this action shows how to submit only these. It stays in `results-path` on the runner for later steps of this job, because `artifact-name` is empty.',
  ],
  [
    'retry-file',
    { keptBy: 'artifact-content' },
    '`retry.jsonl` contains the requests without an answer. "Submitting retry.jsonl" in `docs/results.md` of this action shows how to submit only these. It stays in `results-path` on the runner for later steps of this job, because `artifact-content` is not `full`, so no artifact holds it.',
  ],
  ['see-answers', {}, 'See the answers'],
  ['see-cases', { count: 1 }, 'See the case'],
  ['see-cases', { count: 1_319 }, 'See the 1,319 cases'],
  ['all-answers', {}, 'All answers'],
  ['download', {}, 'Download'],
  ['run-link', {}, 'Run'],
  ['rerun-this-job', {}, 're-run this job'],
  ['run', { id: 42, attempt: 1 }, 'Run 42'],
  ['run', { id: 42, attempt: 2 }, 'Run 42, attempt 2'],
  ['rest-in-log', { link: '[a](b)' }, 'The rest did not fit here: the log of [a](b) has more.'],
  ['rest-in-summary', { link: '[a](b)' }, 'The rest did not fit here: [a](b) has the full report.'],
  [
    'rest-in-artifact',
    { link: '[a](b)' },
    'The rest did not fit here: `report.md` in the artifact [a](b) has the full report.',
  ],
  [
    'rest-nowhere',
    { link: '[a](b)' },
    'The rest did not fit here and was not kept. Set `summary: true` to get the full report in the summary of [a](b).',
  ],
];

test.each(WORDS)('%s %j', (code, facts, words) => {
  const print = REPORT[code] as (facts: unknown) => string;
  expect(print(facts)).toBe(words);
});

test('every entry is above', () => {
  expect(new Set(WORDS.map(([code]) => code))).toEqual(new Set(Object.keys(REPORT)));
});

test.each<[Note, string]>([
  [
    { code: 'no-key' },
    'Without an API key or a sign-in, this run could not look up models or count prompts. Set anthropic-api-key, or sign in, for a more complete check and a closer estimate.',
  ],
  [
    { code: 'answers-unavailable', count: 1 },
    '1 kept answer could not be reused, so its request was submitted and paid for again. The log says why.',
  ],
  [
    { code: 'answers-unavailable', count: 3 },
    '3 kept answers could not be reused, so their requests were submitted and paid for again. The log says why.',
  ],
  [
    { code: 'answers-gone', count: 1 },
    '1 kept answer could not be reused, so its request has no result here. The log says why.',
  ],
  [
    { code: 'answers-gone', count: 3 },
    '3 kept answers could not be reused, so their requests have no result here. The log says why.',
  ],
  [
    { code: 'judgements-unavailable', count: 1 },
    '1 kept judgement could not be reused, so it was requested and paid for again. The log says why.',
  ],
  [
    { code: 'judgements-unavailable', count: 2 },
    '2 kept judgements could not be reused, so they were requested and paid for again. The log says why.',
  ],
  [
    { code: 'answers-old', days: 9 },
    'Reused answers are up to 9 days old. Models and services change meanwhile: submit everything now and then, best on a schedule with reuse-answers: save.',
  ],
  [
    { code: 'unpriced', count: 1, isAll: true },
    '1 answered request used a model or token type without a known price, so its cost is unknown. Add the price with the prices input.',
  ],
  [
    { code: 'unpriced', count: 2, isAll: false },
    '2 answered requests used a model or token type without a known price, so the cost is a lower bound. Add the price with the prices input.',
  ],
  [
    { code: 'wait-cost-more' },
    'Waiting cost more than the batch saved. To wait for free, let a scheduled workflow with wake-paused re-run this job once the batch has ended or, on GitHub Enterprise, collect in a second job behind a wait timer: see docs/waiting.md of this action.',
  ],
  [
    { code: 'code-executions', count: 2 },
    '2 requests ran code; container hours are billed separately and not included here.',
  ],
  [{ code: 'unmatched-lines', count: 1 }, '1 result line matched no request and is not counted.'],
  [{ code: 'unmatched-lines', count: 2 }, '2 result lines matched no request and are not counted.'],
  [
    { code: 'unmatched-lines', count: 20, sample: '20%' },
    '20 result lines matched no request and are not counted. They may belong to requests that sample: 20% leaves out: use the sample that the batch was submitted with.',
  ],
  [
    { code: 'not-in-given', count: 1, sample: undefined },
    'The batches in batch-id have no result for 1 request. If they were submitted with a sample, set the same one.',
  ],
  [
    { code: 'not-in-given', count: 20, sample: '10%' },
    'The batches in batch-id have no result for 20 requests. If they were submitted with a sample other than 10%, set that one.',
  ],
  [{ code: 'repeated-lines', count: 1 }, '1 result line repeats the ID of an earlier line and is not counted.'],
  [{ code: 'repeated-lines', count: 2 }, '2 result lines repeat IDs of earlier lines and are not counted.'],
  [{ code: 'unreadable-lines', count: 1 }, 'Could not read 1 result line, so it is not counted.'],
  [{ code: 'unreadable-lines', count: 2 }, 'Could not read 2 result lines, so they are not counted.'],
])('the note %j', (note, words) => {
  expect(printMessage(note)).toBe(words);
});

test.each<[Notice, string]>([
  [
    { kind: 'superseded', batch_id: 'b1', sha: '16c999e8c71134401a78' },
    'Batch b1 of the earlier commit 16c999e was canceled because it contained other requests. Its answers up to then are billed.',
  ],
  [
    { kind: 'duplicate-submission', batch_ids: ['b1', 'b2'], run_id: 43 },
    'Run 43 submitted the same requests at the same time (b1, b2), so you pay for them twice. Add a concurrency group to the workflow to prevent this.',
  ],
  [
    { kind: 'rejected-batch', batch_id: 'b1' },
    'After a create request without a clear response, batch b1 seemed to belong to this run. It contains other requests, so its results do not count here.',
  ],
  [
    { kind: 'restored', batch_ids: ['b1', 'b2'], artifact: 'evals', run_id: 43 },
    'These results come from the artifact evals of run 43, because the API no longer has b1, b2.',
  ],
  [{ kind: 'deleted', batch_id: 'b1' }, 'Batch b1 and its results were deleted from the API.'],
  [
    { kind: 'not-deleted', batch_id: 'b1', why: 'no-artifact', reason: '' },
    'Batch b1 was not deleted from the API: no artifact holds its results.',
  ],
  [
    { kind: 'not-deleted', batch_id: 'b1', why: 'artifact-not-verified', reason: 'evals' },
    'Batch b1 was not deleted from the API: could not verify the artifact evals.',
  ],
  [
    { kind: 'not-deleted', batch_id: 'b1', why: 'results-differ', reason: '' },
    'Batch b1 was not deleted from the API: some of its results are missing, could not be read, or belong to other requests. Delete it in the Claude Console if you do not need them.',
  ],
  [
    { kind: 'not-deleted', batch_id: 'b1', why: 'judgements-missing', reason: '' },
    'Batch b1 was not deleted from the API: some answers have no judgement yet. A re-run asks for the missing ones and deletes the batch once it has them.',
  ],
  [
    { kind: 'not-deleted', batch_id: 'b1', why: 'api-refused', reason: '529' },
    'Batch b1 was not deleted from the API: 529.',
  ],
])('the notice %j', (notice, words) => {
  expect(printNotice(notice)).toBe(words);
});

test.each([
  [0, 'The model declined to answer'],
  [1, 'The model declined to answer. 1 of these came before any output and is not billed'],
  [2, 'The model declined to answer, before any output, so it is not billed'],
])('two refusals of which %d are not billed', (unbilled, meaning) => {
  expect(STOP_REASONS.refusal({ count: 2, unbilled })).toEqual({ meaning, advice: 'Read the prompt' });
});

test('words that stand in a row of a table end without a full stop', () => {
  const reasons = Object.values(STOP_REASONS).map((words) => words({ count: 3, unbilled: 2 }));
  const cells = [...CAUSES.values(), ...reasons.flatMap(({ meaning, advice }) => [meaning, advice])];
  expect(cells.filter((cell) => !/^[A-Z]/.test(cell) || /[.,:;!?]$/.test(cell))).toEqual([]);
  for (const title of [...Object.values(LABELS), ...Object.values(HEADINGS)]) expect(title).toMatch(/^\w[^.:]*\w$/);
});
