import { expect, test } from '@jest/globals';
import { HEADLINES, LEADS, sayAbout, sayUsd } from '../../../src/core/messages/headlines.ts';

test.each([
  ['0.573765', false, '$0.57'],
  ['0.004121', true, 'at least $0.0041'],
  ['-0.573765', false, '-$0.57'],
  ['1234.500000', false, '$1,234.50'],
  [null, true, 'unknown'],
])('prose says the amount %s, a lower bound: %s', (usd, isLowerBound, words) => {
  expect(sayUsd(usd, isLowerBound)).toBe(words);
});

test.each([
  [false, 'about $0.57'],
  [true, 'about $0.57 or more'],
])('a likely amount, of a part: %s', (isLowerBound, words) => {
  expect(sayAbout('0.573765', isLowerBound)).toBe(words);
});

const all = { answered: 1_319, total: 1_319 };

const HEADLINE_WORDS: readonly (readonly [keyof typeof HEADLINES, unknown, string])[] = [
  ['answered', all, '1,319 of 1,319 answered'],
  ['answered-in-part', { ...all, incomplete: 17 }, '1,319 of 1,319 answered, 17 incomplete'],
  ['paid-twice', all, '1,319 of 1,319 answered, but paid twice'],
  ['cost-unknown', { ...all, isAll: true }, '1,319 of 1,319 answered, cost unknown'],
  ['cost-unknown', { ...all, isAll: false }, '1,319 of 1,319 answered, cost known only in part'],
  ['also-no-answer', { count: 1_018, repeats: 1 }, '1,018 without an answer'],
  ['also-no-answer', { count: 180, repeats: 3 }, '180 answers missing'],
  ['also-no-answer', { count: 1, repeats: 3 }, '1 answer missing'],
  ['also-required-ungraded', { count: 1 }, 'a required case is ungraded'],
  ['also-required-ungraded', { count: 3 }, '3 required cases are ungraded'],
  ['also-not-judged', { failed: 3, judgements: 60 }, '3 of 60 judgements failed'],
  ['also-unjudged', {}, 'some answers were not judged'],
  ['also-paid-twice', {}, 'paid twice'],
  ['also-cost-unknown', { isAll: true }, 'cost unknown'],
  ['also-cost-unknown', { isAll: false }, 'cost known only in part'],
  ['no-answer', { answered: 1_301, total: 1_319 }, '18 of 1,319 requests have no answer'],
  ['no-answer', { answered: 1_318, total: 1_319 }, '1 of 1,319 requests has no answer'],
  ['no-answer', { answered: 0, total: 1 }, '1 of 1 request has no answer'],
  ['step-failed', { ...all, cause: undefined }, '1,319 of 1,319 answered, but the step failed'],
  [
    'step-failed',
    { ...all, cause: 'the results were not uploaded' },
    '1,319 of 1,319 answered, but the results were not uploaded',
  ],
  ['canceled', { answered: 800, total: 1_319 }, 'canceled with 800 of 1,319 answered'],
  ['pending', { state: 'running', waitedMs: 19_800_000 }, 'still running at Anthropic after 5 h 30 min of waiting'],
  ['pending', { state: 'running', waitedMs: 59_999 }, 'still running at Anthropic'],
  ['pending', { state: 'canceling', waitedMs: null }, 'being canceled at Anthropic'],
  ['pending', { state: 'ended', waitedMs: 19_800_000 }, 'ended at Anthropic, not collected yet'],
  [
    'pending-judge',
    { state: 'running', waitedMs: 19_800_000 },
    'answered, still being judged after 5 h 30 min of waiting',
  ],
  ['pending-judge', { state: 'canceling', waitedMs: null }, 'answered, judging is being canceled'],
  ['pending-judge', { state: 'ended', waitedMs: null }, 'answered and judged, not collected yet'],
  ['handed-over', { batches: 1 }, 'submitted, to be collected by a later job'],
  ['handed-over', { batches: 0 }, 'nothing to submit, to be reported by a later job'],
  ['waiting', { requests: 1_319 }, 'waiting for 1,319 answers'],
  ['waiting', { requests: 1 }, 'waiting for 1 answer'],
  ['waiting', { requests: 7, judgements: 1_319 }, 'answered, waiting for 1,319 judgements'],
  ['waiting', { requests: 7, judgements: 1 }, 'answered, waiting for 1 judgement'],
  ['waiting', { requests: undefined }, 'waiting for the answers'],
  [
    'dry-run',
    { requests: 1_319, total: 1_319, usd: '2.081890', isLowerBound: false },
    '1,319 requests would cost about $2.08',
  ],
  [
    'dry-run',
    { requests: 1, total: 1, usd: '0.006027', isLowerBound: true },
    '1 request would cost about $0.006 or more',
  ],
  ['dry-run', { requests: 7, total: 7, usd: null, isLowerBound: true }, '7 requests checked, cost unknown'],
  [
    'dry-run',
    { requests: 12, total: 1_319, usd: '0.010000', isLowerBound: false },
    '12 of 1,319 requests would cost about $0.01',
  ],
  ['dry-run-judgements', { judgements: 1, usd: null }, '1 judgement of reused answers would cost an unknown amount'],
  ['dry-run-judgements', { judgements: 12, usd: '0.012000' }, '12 judgements of reused answers would cost about $0.01'],
  ['dry-run-reused', { requests: 1_319 }, 'nothing to submit, all 1,319 answers would be reused'],
  ['dry-run-reused', { requests: 1 }, 'nothing to submit, the answer would be reused'],
  ['dry-run-failed', {}, 'the dry run failed'],
  ['rejected', { problems: 0, cause: undefined }, 'rejected'],
  ['rejected', { problems: 0, cause: 'the API key was rejected' }, 'the API key was rejected'],
  ['rejected', { problems: 1, cause: undefined }, 'one problem to fix'],
  ['rejected', { problems: 1_200, cause: undefined }, 'nothing was submitted, 1,200 problems'],
  ['empty', {}, 'no requests found'],
  ['skipped-fork', {}, 'not run for a pull request from a fork'],
  ['skipped-dependabot', {}, 'not run for Dependabot'],
  ['failed', {}, 'no results'],
];

const batch = { low: '0.168853', likely: '0.483820', high: '1.320361', upper: '1.541361' };
const spent = { usd: '0.991035', saved_usd: '0.991035', new_usd: null, lower_bound: false, half_price: true };
const WAITED = { minutes: 42.03, usd: '0.252180' };
const HALF = 'half of what it costs without a batch';

const LEAD_WORDS: readonly (readonly [keyof typeof LEADS, unknown, string])[] = [
  ['error-rate', { percent: 1.37, maxPercent: 1 }, '1.37% failed, 1% is allowed.'],
  ['spent', spent, `**$0.99 spent, ${HALF}**`],
  ['spent', { ...spent, new_usd: spent.usd }, `**$0.99 spent, ${HALF}**`],
  ['spent', { ...spent, new_usd: '0.014210' }, `**$0.99 spent, ${HALF}, $0.01 of it by this step**`],
  ['spent', { ...spent, new_usd: '0.000000' }, `**$0.99 spent before this step, ${HALF}**`],
  ['spent', { ...spent, lower_bound: true }, `**At least $0.99 spent, ${HALF}**`],
  ['spent', { ...spent, half_price: false, saved_usd: '0.900000' }, '**$0.99 spent, $0.90 less than without a batch**'],
  ['spent', { ...spent, half_price: false, saved_usd: '0.990900' }, `**$0.99 spent, ${HALF}**`],
  ['spent', { ...spent, new_usd: '0.990900' }, `**$0.99 spent, ${HALF}**`],
  ['spent', { ...spent, half_price: false, saved_usd: null }, '**$0.99 spent**'],
  ['spent', { ...spent, usd: '0.000000', saved_usd: '0.000000', half_price: false }, '**$0.00 spent**'],
  ['spent', { ...spent, usd: null }, '**Cost unknown: no price for that model or token type**'],
  ['spent', { ...spent, waiting: WAITED }, '**$0.99 spent, $0.99 saved; waiting took 42 runner minutes, about $0.25**'],
  [
    'spent',
    { ...spent, new_usd: '0.014210', lower_bound: true, waiting: { ...WAITED, usd: null } },
    '**At least $0.99 spent, $0.01 of it by this step, at least $0.99 saved; waiting took 42 runner minutes**',
  ],
  [
    'spent',
    { ...spent, new_usd: '0.000000', waiting: { ...WAITED, minutes: 1.4 } },
    '**$0.99 spent before this step, $0.99 saved; waiting took 1 runner minute, about $0.25**',
  ],
  [
    'spent',
    { ...spent, saved_usd: '0.000000', waiting: WAITED },
    '**$0.99 spent; waiting took 42 runner minutes, about $0.25**',
  ],
  [
    'spent',
    { ...spent, usd: null, waiting: WAITED },
    '**Cost unknown: no price for that model or token type; waiting took 42 runner minutes, about $0.25**',
  ],
  [
    'spent-with-reuse',
    { sent: 12, total: 1_319, spent: { ...spent, usd: '0.009400' }, saved: '1.031200', isEach: true, waiting: WAITED },
    '12 of 1,319 requests changed: **$0.0094 spent, $1.03 saved by reuse; waiting took 42 runner minutes, about $0.25**',
  ],
  ['waited-so-far', WAITED, 'waiting took 42 runner minutes, about $0.25 so far'],
  ['waited-so-far', { minutes: 1_440, usd: null }, 'waiting took 1,440 runner minutes so far'],
  [
    'spent-with-reuse',
    { sent: 12, total: 1_319, spent: { ...spent, usd: '0.009400' }, saved: '1.031200', isEach: true },
    '12 of 1,319 requests changed: **$0.0094 spent, $1.03 saved by reuse**',
  ],
  [
    'spent-with-reuse',
    { sent: 12, total: 1_319, spent: { ...spent, new_usd: '0.000000' }, saved: '1.031200', isEach: true },
    '12 of 1,319 requests changed: **$0.99 spent before this step, $1.03 saved by reuse**',
  ],
  [
    'spent-with-reuse',
    { sent: 15, total: 1_319, spent: { ...spent, lower_bound: true }, saved: '1.031200', isEach: false },
    '15 of 1,319 requests were submitted: **At least $0.99 spent, $1.03 saved by reuse**',
  ],
  [
    'spent-with-reuse',
    { sent: 1, total: 2, spent: { ...spent, usd: null }, saved: '0.000000', isEach: false },
    '1 of 2 requests was submitted: **Cost unknown**',
  ],
  [
    'spent-with-reuse',
    { sent: 0, total: 1_319, spent: { ...spent, usd: '0.052000' }, saved: '1.031200', isEach: true },
    'all 1,319 answers were reused: **$0.05 spent, $1.03 saved by reuse**',
  ],
  [
    'spent-with-reuse',
    { sent: 0, total: 1_319, spent: { ...spent, usd: '0.000000' }, saved: '1.031200', isEach: true },
    'all 1,319 answers were reused: nothing was submitted, **$1.03 saved by reuse**',
  ],
  [
    'spent-with-reuse',
    { sent: 0, total: 1, spent: { ...spent, usd: null }, saved: '0.000000', isEach: true },
    'the answer was reused: nothing was submitted',
  ],
  ['saved-by-reuse', { requests: 1_307, usd: '1.031200' }, '1,307 earlier answers reused, which saves about $1.03'],
  ['saved-by-reuse', { requests: 1, usd: '0.000000' }, '1 earlier answer reused'],
  ['models', { count: 14 }, '14 models'],
  ['sampled', { requests: 132, of: 1_319, input: '10%' }, '132 of 1,319 requests, by `sample: 10%`'],
  ['commit', { sha: '4f1d9c2' }, 'commit 4f1d9c2'],
  ['in-a-batch', { batch, unpriced: 0 }, 'likely $0.17 to $1.32 in a batch, at most $1.55'],
  [
    'in-a-batch',
    { batch: { ...batch, upper: null }, unpriced: 10 },
    'likely $0.17 to $1.32 in a batch, without 10 requests of unknown price',
  ],
  ['in-a-batch', { batch: { ...batch, high: '1.545000' }, unpriced: 0 }, 'likely $0.17 to at most $1.55 in a batch'],
  ['in-a-batch', { batch: { ...batch, low: '1.320361' }, unpriced: 0 }, 'likely $1.32 in a batch, at most $1.55'],
  ['in-a-batch', { batch: { ...batch, low: '1.545000', high: '1.545000' }, unpriced: 0 }, 'at most $1.55 in a batch'],
  ['without-a-batch', batch, 'about $0.48 without a batch'],
  ['nothing-submitted', {}, 'nothing was submitted'],
  ['in-batches', { batches: 1, requests: 1_319 }, '1,319 requests in one batch'],
  ['in-batches', { batches: 3, requests: 1_319 }, '1,319 requests in 3 batches'],
  ['in-batches', { batches: 0, requests: 1_319 }, '1,319 requests'],
  ['in-batches', { batches: 1, requests: null }, '1 batch'],
  ['in-batches', { batches: 2, requests: undefined }, '2 batches'],
  ['about-to-cost', { batch, isLowerBound: false }, 'about $0.48, at most $1.55'],
  ['about-to-cost', { batch: { ...batch, likely: '1.545000' }, isLowerBound: false }, 'at most $1.55'],
  ['about-to-cost', { batch: { ...batch, upper: null }, isLowerBound: true }, 'about $0.48 or more'],
  ['will-appear', {}, 'Most batches end within an hour, all within 24 hours. The results will appear here.'],
  [
    'rerun-to-collect',
    { rerun: '[re-run this job](x)', until: '21 December' },
    'Nothing is lost, and nothing is paid twice. **To get the results, [re-run this job](x)** any time until 21 December. Any later run with the same requests does it too.',
  ],
  [
    'rerun-to-collect',
    { rerun: '[re-run this job](x)', until: undefined },
    'Nothing is lost, and nothing is paid twice. **To get the results, [re-run this job](x)**. Any later run with the same requests does it too.',
  ],
  [
    'rerun-to-send',
    { rerun: '[re-run this job](x)' },
    '**To get the results, correct this and [re-run this job](x).** It submits only the requests without an answer.',
  ],
  [
    'step-to-collect',
    { until: '21 December' },
    'Nothing is lost, but no run finds the batch by itself. **To get the results, run the step below** any time until 21 December. It submits no request again.',
  ],
  [
    'step-to-collect',
    { until: undefined },
    'Nothing is lost, but no run finds the batch by itself. **To get the results, run the step below**. It submits no request again.',
  ],
  [
    'console-to-collect',
    { until: '21 December' },
    'Nothing is lost, but no run finds the batch. **To get the results, use the Claude Console** any time until 21 December.',
  ],
  [
    'job-to-collect',
    { job: '`collect`', batches: 1 },
    'This is not a result yet. **The job `collect` of this run collects the batch**, and its check says how it went.',
  ],
  [
    'job-to-collect',
    { job: '`collect`', batches: 2 },
    'This is not a result yet. **The job `collect` of this run collects the batches**, and its check says how it went.',
  ],
  [
    'job-to-collect',
    { job: '`collect`', batches: 0 },
    'This is not a result yet. **The job `collect` of this run reports the earlier answers**, and its check says how it went.',
  ],
  [
    'waker-to-collect',
    {
      workflow: 'Wake',
      schedules: [{ often: { kind: 'hourly', minutes: [13, 43] }, cron: '`C`', zone: 'UTC' }],
      batches: 1,
      rerun: '[re-run this job](R)',
      until: '21 December',
    },
    'Nothing is lost, and nothing is paid twice. **The workflow Wake re-runs this job once the batch has ended**. It looks every hour at minutes 13, 43. You can also [re-run this job](R) any time until 21 December.',
  ],
  [
    'waker-to-collect',
    {
      workflow: 'Wake',
      schedules: [{ often: { kind: 'hourly', minutes: [7] }, cron: '`C`', zone: 'UTC' }],
      batches: 1,
      rerun: '[re-run this job](R)',
      until: '21 December',
    },
    'Nothing is lost, and nothing is paid twice. **The workflow Wake re-runs this job once the batch has ended**. It looks every hour at minute 7. You can also [re-run this job](R) any time until 21 December.',
  ],
  [
    'waker-to-collect',
    {
      workflow: 'Wake',
      schedules: [{ often: { kind: 'hourly', minutes: [0, 10, 20, 30, 40, 50] }, cron: '`C`', zone: 'UTC' }],
      batches: 1,
      rerun: '[re-run this job](R)',
      until: '21 December',
    },
    'Nothing is lost, and nothing is paid twice. **The workflow Wake re-runs this job once the batch has ended**. It looks 6 times an hour. You can also [re-run this job](R) any time until 21 December.',
  ],
  [
    'waker-to-collect',
    {
      workflow: 'Wake',
      schedules: [
        { often: { kind: 'daily', times: ['09:30', '17:30'] }, cron: '`C`', zone: 'Asia/Tokyo' },
        { often: undefined, cron: '`C`', zone: 'UTC' },
      ],
      batches: 1,
      rerun: '[re-run this job](R)',
      until: '21 December',
    },
    'Nothing is lost, and nothing is paid twice. **The workflow Wake re-runs this job once the batch has ended**. It looks every day at 09:30 and 17:30 (Asia/Tokyo) and on the schedule `C` (UTC). You can also [re-run this job](R) any time until 21 December.',
  ],
  [
    'waker-to-collect',
    { workflow: 'Wake', schedules: [], batches: 2, rerun: '[re-run this job](R)', until: undefined },
    'Nothing is lost, and nothing is paid twice. **To get the results, start the workflow Wake once the batches have ended**: it re-runs this job. You can also [re-run this job](R).',
  ],
  [
    'without-evidence',
    { gates: ['min-pass-rate'], because: 'wait-minutes' },
    '**This check is green without evidence:** `min-pass-rate` is not decided before the results are in. To keep a check pending until then, collect in a later job: see `docs/waiting.md` of this action.',
  ],
  [
    'without-evidence',
    { gates: ['min-pass-rate', 'max-drop'], because: 'on-timeout' },
    '**This check is green without evidence:** `min-pass-rate` and `max-drop` are not decided before the results are in. To make the step fail instead, set `on-timeout: fail`. To keep a check pending until then, collect in a later job: see `docs/waiting.md` of this action.',
  ],
  [
    'console-to-collect',
    { until: undefined },
    'Nothing is lost, but no run finds the batch. **To get the results, use the Claude Console**.',
  ],
  [
    'ends-by',
    { batches: 1, endsBy: '23 November, 11:20 UTC' },
    'The batch ends by 23 November, 11:20 UTC at the latest, and most end within an hour.',
  ],
  [
    'ends-by',
    { batches: 2, endsBy: '23 November, 11:20 UTC' },
    'The batches end by 23 November, 11:20 UTC at the latest, and most end within an hour.',
  ],
];

test.each(HEADLINE_WORDS)('the headline %s %j', (code, facts, words) => {
  expect((HEADLINES[code] as (facts: unknown) => string)(facts)).toBe(words);
});

test.each(LEAD_WORDS)('the lead %s %j', (code, facts, words) => {
  expect((LEADS[code] as (facts: unknown) => string)(facts)).toBe(words);
});

test('every entry is above', () => {
  expect(new Set(HEADLINE_WORDS.map(([code]) => code))).toEqual(new Set(Object.keys(HEADLINES)));
  expect(new Set(LEAD_WORDS.map(([code]) => code))).toEqual(new Set(Object.keys(LEADS)));
});
