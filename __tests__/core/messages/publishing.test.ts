import { expect, test } from '@jest/globals';
import { type Message, printMessage } from '../../../src/core/messages/message.ts';
import type { Problem } from '../../../src/core/messages/problems.ts';

const SAVED = { saved_usd: '0.004100', age_days: 0 } as const;

test.each<[Message, string]>([
  [
    { code: 'no-artifact-service', folder: '/r' },
    'There is no artifact service here: the results are in /r. To keep them, copy them in a later step.',
  ],
  [
    { code: 'results-path-shared', path: '/r', folder: '/r/own' },
    'Another step that ran at the same time wrote its files to /r, so those of this step are in /r/own. Give each step its own results-path.',
  ],
  [{ code: 'page-not-written', folder: '/r', reason: 'ENOSPC' }, 'Could not write the page to /r: ENOSPC.'],
  [
    { code: 'page-not-uploaded', path: '/r/p.html', reason: 'quota' },
    'Could not upload the page: quota. It is in /r/p.html on the runner.',
  ],
  [
    { code: 'secret-in-results', files: ['results.jsonl'], isUploaded: true },
    'A result repeats the API key or a token of this run. This action shows it as ***, but results.jsonl is unchanged. Delete the artifact with the results, and replace that key.',
  ],
  [
    { code: 'secret-in-results', files: ['results.jsonl', 'judge-results.jsonl'], isUploaded: false },
    'A result repeats the API key or a token of this run. This action shows it as ***, but results.jsonl and judge-results.jsonl are unchanged. Do not publish those files, and replace that key.',
  ],
  [
    { code: 'secret-in-requests' },
    'The request files contain the API key or a token of this run, so the artifact has no requests.jsonl and no retry.jsonl. Remove it from the request files, and replace that key.',
  ],
  [{ code: 'collected-not-recorded', reason: 'boom' }, 'Could not record that these results were collected: boom.'],
  [{ code: 'estimate' }, 'Estimate'],
  [{ code: 'batch-deleted', id: 'b1' }, 'Deleted batch b1 and its results from the API.'],
  [{ code: 'deletion-failed', reason: 'boom' }, 'Could not delete the batch from the API: boom.'],
  [
    { code: 'batch-notice', notice: { kind: 'deleted', batch_id: 'b1' } },
    'Batch b1 and its results were deleted from the API.',
  ],
  [{ code: 'job-summary-not-written', reason: 'ENOSPC' }, 'Could not write the job summary: ENOSPC.'],
  [
    {
      code: 'requests-answered',
      answered: 2,
      total: 3,
      usd: '1.000000',
      saved_usd: '1.000000',
      lower_bound: false,
      tookMs: 61000,
    },
    '2 of 3 requests answered for $1.00, $1.00 less than without a batch. The batch took 1 min 1 s.',
  ],
  [
    {
      code: 'requests-answered',
      answered: 0,
      total: 1,
      usd: '1.000000',
      saved_usd: '1.000000',
      lower_bound: false,
      tookMs: null,
    },
    '0 of 1 request answered, so nothing is billed.',
  ],
  [
    { code: 'answers-reused', reused: 1_307, sent: 12, saved_usd: '1.031200', age_days: 3, judge: null },
    '1,307 of 1,319 answers reused, up to 3 days old, which saves $1.03. 12 requests submitted.',
  ],
  [
    { code: 'answers-reused', reused: 2, sent: 0, saved_usd: '0.004100', age_days: 0, judge: null },
    '2 of 2 answers reused, which saves $0.0041. Nothing was submitted.',
  ],
  [
    { code: 'answers-reused', ...{ reused: 4, sent: 1, judge: { reused: 3, judgements: 5 } }, ...SAVED },
    '4 of 5 answers and 3 of 5 judgements reused, which saves $0.0041. 1 request submitted.',
  ],
  [
    { code: 'answers-reused', ...{ reused: 5, sent: 0, judge: { reused: 0, judgements: 5 } }, ...SAVED },
    '5 of 5 answers reused, which saves $0.0041.',
  ],
  [{ code: 'requests-failed', count: 1319, kind: 'api_error' }, '1,319 × api_error'],
  [{ code: 'answers-incomplete', count: 2, reason: 'refusal' }, '2 incomplete answers, stopped by refusal'],
  [{ code: 'answers-incomplete', count: 1, reason: 'unknown' }, '1 incomplete answer, stopped by an unknown reason'],
  [{ code: 'answers-incomplete', count: 2, reason: 'empty' }, '2 answers without text or tool call'],
  [
    {
      code: 'model-answered',
      model: 'claude-opus-5',
      answers: 1,
      usd: '1.000000',
      saved_usd: '1.000000',
      lower_bound: false,
    },
    'claude-opus-5: 1 answer for $1.00, $1.00 less than without a batch',
  ],
  [
    { code: 'round-answered', round: 0, answered: 2, requests: 3, usd: '1.000000', lower_bound: true },
    'First round: 2 of 3 requests answered for at least $1.00',
  ],
  [
    { code: 'round-answered', round: 1, answered: 1, requests: 1, usd: null, lower_bound: true },
    'Retry 1: 1 of 1 request answered',
  ],
  [
    { code: 'no-results-yet', batches: 2, requests: 3, waitedMs: 61000 },
    '2 batches with 3 requests: no results yet after 1 min 1 s of waiting.',
  ],
  [
    { code: 'runner-time', minutes: 42.03, usd: '0.252180', runner: 'Linux 2-core (x64)' },
    "Waiting took 42 runner minutes, about $0.25 at GitHub's list price of Linux 2-core (x64).",
  ],
  [{ code: 'runner-time', minutes: 42.03, usd: null, runner: null }, 'Waiting took 42 runner minutes.'],
  [{ code: 'no-results-yet', batches: 1, requests: null, waitedMs: null }, '1 batch: no results yet.'],
  [{ code: 'no-results-yet', batches: 1, requests: null, waitedMs: 367 }, '1 batch: no results at the first check.'],
  [
    { code: 'requests-answered', answered: 1, total: 1, usd: null, saved_usd: null, lower_bound: true, tookMs: null },
    '1 of 1 request answered at unknown cost: no price for that model or token type.',
  ],
  [
    {
      code: 'requests-answered',
      answered: 1,
      total: 1,
      usd: '1.000000',
      saved_usd: '-0.100000',
      lower_bound: true,
      tookMs: null,
    },
    '1 of 1 request answered for at least $1.00, at least -$0.10 less than without a batch.',
  ],
  [
    {
      code: 'dry-run-ended',
      requests: 2,
      total: 2,
      batch: { low: '0.900000', likely: '1.100000', high: '1.300000', upper: '1.500000' },
      unpriced: 0,
    },
    'The 2 requests would cost about $1.100000 in a batch (likely $0.900000 to $1.300000, upper bound $1.500000). Nothing was submitted.',
  ],
  [
    {
      code: 'dry-run-ended',
      requests: 2,
      total: 2,
      batch: { low: '0.900000', likely: '1.100000', high: '1.300000', upper: null },
      unpriced: 1,
    },
    'The 2 requests would cost at least about $1.100000 in a batch (likely $0.900000 to $1.300000, excluding 1 without a known price). Nothing was submitted.',
  ],
  [
    { code: 'dry-run-ended', requests: 2, total: 2, batch: null, unpriced: 2 },
    'The cost of 2 requests is unknown: no price for that model or token type. Nothing was submitted.',
  ],
  [
    {
      code: 'dry-run-ended',
      requests: 2,
      total: 1_319,
      batch: { low: '0.900000', likely: '1.100000', high: '1.300000', upper: '1.500000' },
      unpriced: 0,
    },
    '2 of 1,319 requests would cost about $1.100000 in a batch (likely $0.900000 to $1.300000, upper bound $1.500000). Nothing was submitted.',
  ],
  [{ code: 'dry-run-reused', requests: 1_319 }, 'All 1,319 answers would be reused. Nothing was submitted.'],
  [{ code: 'dry-run-reused', requests: 1 }, 'The answer would be reused. Nothing was submitted.'],
  [
    { code: 'dry-run-judgements', requests: 1_319, judgements: 1, batch: null },
    '1,319 answers would be reused. The cost of 1 judgement is unknown: no price for that model. Nothing was submitted.',
  ],
  [
    {
      code: 'dry-run-judgements',
      requests: 1_319,
      judgements: 12,
      batch: { low: '0.900000', likely: '1.100000', high: '1.300000', upper: '1.500000' },
    },
    '1,319 answers would be reused. 12 judgements of them would cost about $1.100000 in a batch (likely $0.900000 to $1.300000, upper bound $1.500000). Nothing was submitted.',
  ],
  [
    { code: 'step-failed', failures: [{ code: 'upload-failed', reason: 'quota' }], next: { code: 'fix-and-rerun' } },
    'Collected the results, but could not upload them as an artifact: quota. Fix this and run again.',
  ],
  [{ code: 'step-broken', reason: 'no' }, 'The step failed unexpectedly: no. Nothing was submitted.'],
  [
    { code: 'handed-over', job: 'collect', batches: 2, requests: 1_319 },
    '2 batches with 1,319 requests: the job collect of this run collects the results.',
  ],
  [
    { code: 'handed-over', job: 'collect', batches: 0, requests: 1_319 },
    'Nothing to submit: the job collect of this run reports the earlier answers.',
  ],
  [
    { code: 'collector-in-doubt', job: 'collect', because: ['if', 'requests'] },
    'The job collect has a step with the same name, but it may be skipped or submit another batch, because of its if, requests. So this step does not leave the batch to it. Let that job run whenever this one has run, with the same requests and params: see docs/waiting.md of this action.',
  ],
  [
    { code: 'green-without-evidence', gates: ['min-pass-rate'], because: 'wait-minutes' },
    'This step is green without evidence: min-pass-rate is not decided before the results are in. To keep a check pending until then, collect in a later job: see docs/waiting.md of this action.',
  ],
  [
    { code: 'green-without-evidence', gates: ['min-pass-rate', 'max-drop'], because: 'on-timeout' },
    'This step is green without evidence: min-pass-rate and max-drop are not decided before the results are in. To make it fail instead, set on-timeout: fail. To keep a check pending until then, collect in a later job: see docs/waiting.md of this action.',
  ],
  [
    { code: 'still-running', count: 1, of: 'answers', next: { code: 'fix-and-rerun' } },
    'The batch is still running. Fix this and run again.',
  ],
  [
    { code: 'still-running', count: 2, of: 'answers', next: { code: 'fix-and-rerun' } },
    'At least 1 of 2 batches has not ended. Fix this and run again.',
  ],
  [
    { code: 'still-running', count: 1, of: 'judgements', next: { code: 'fix-and-rerun' } },
    "The judge's batch is still running. Fix this and run again.",
  ],
  [
    { code: 'still-running', count: 2, of: 'judgements', next: { code: 'fix-and-rerun' } },
    'At least 1 of 2 judge batches has not ended. Fix this and run again.',
  ],
  [
    { code: 'run-skipped', why: 'fork' },
    'Skipped: a pull request from a fork gets no secrets, and this action signs in for none, so there is no way to call the API. A maintainer can run this from a branch of the repository.',
  ],
  [
    { code: 'run-skipped', why: 'dependabot' },
    'Skipped: a run for Dependabot gets no Actions secrets, so there is no API key. Add the key to the Dependabot secrets to run this, or sign in without a key, with "id-token: write".',
  ],
  [{ code: 'no-requests-found', patterns: ['a', 'b'] }, 'No requests found for "a", "b". Nothing was submitted.'],
])('%j', (message, words) => {
  expect(printMessage(message)).toBe(words);
});
const FIRST: Problem = { code: 'not-utf8', where: { file: 'a.jsonl', line: 7 } };
const found = (problem: Problem, lines: number, files: number) =>
  printMessage({ code: 'problem-found', problem, lines, files });
const WORDS = 'the line is not valid UTF-8; save the file as UTF-8';

test.each([
  [found(FIRST, 1, 1), `a.jsonl:7: ${WORDS}`],
  [found(FIRST, 412, 1), `412 lines: ${WORDS} (first at a.jsonl:7)`],
  [found(FIRST, 412, 2), `412 lines in 2 files: ${WORDS} (first at a.jsonl:7)`],
  [found({ code: 'not-utf8' }, 2, 0), WORDS],
])('%s', (printed, sentence) => {
  expect(printed).toBe(sentence);
});

test.each<[Message, string]>([
  [
    { code: 'more-problems', rest: { places: 1, kinds: 1 }, total: 11 },
    '1 more problem of 1 other kind; the log has the list (11 in all). Nothing was submitted.',
  ],
  [
    { code: 'more-warnings', rest: { places: 1234, kinds: 2 }, total: 1240 },
    '1,234 more warnings of 2 other kinds; the log has the list (1,240 in all).',
  ],
  [
    { code: 'problems-not-logged', count: 2 },
    '… and 2 more lines, which summary.json lists under problems and warnings.',
  ],
  [{ code: 'all-problems', total: 2 }, 'All 2 problems'],
  [{ code: 'all-warnings', total: 2 }, 'All 2 warnings'],
  [{ code: 'problem-lines', problem: FIRST, file: 'a.jsonl', ranges: ['7-9', '12'] }, `a.jsonl:7-9,12: ${WORDS}`],
])('%j', (message, words) => {
  expect(printMessage(message)).toBe(words);
});
