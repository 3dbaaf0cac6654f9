import { describe, expect, test } from '@jest/globals';
import { failed } from '../../../src/core/endings/ending.ts';
import type { Outcome, Pending } from '../../../src/core/endings/outcome.ts';
import { NO_KEY } from '../../../src/core/inputs/credential.ts';
import { countFailing, endingOf, headlineOf, type Severity, severityOf } from '../../../src/core/markdown/headline.ts';
import type { Failure } from '../../../src/core/messages/failures.ts';
import { HEADLINES } from '../../../src/core/messages/headlines.ts';
import { causeOf } from '../../../src/core/messages/titles.ts';
import { type About, summarize } from '../../../src/core/summary/summarize.ts';
import type { Summary, SummaryNotice } from '../../../src/core/summary/summary.ts';
import { about, accounts, batch, collected, FAILURE, pending, summaryOf } from '../summary/samples.ts';

/** All answered in full, and priced. */
const good = summaryOf({
  counts: { total: 1319, succeeded: 1319, errored: 0, canceled: 0, expired: 0, missing: 0 },
  failures: [],
  stopReasons: new Map([['end_turn', 1319]]),
});
const noticed = (...notices: readonly SummaryNotice[]): Summary => ({ ...good, notices });
const cut = (reason: string): Summary => {
  const stopReasons = new Map([
    ['end_turn', 1318],
    [reason, 1],
  ]);
  return { ...good, incomplete: summaryOf({ stopReasons }).incomplete };
};
const of = (outcome: Outcome, changed: Partial<About> = {}): Summary => summarize(outcome, { ...about, ...changed });
const TWICE: SummaryNotice = { kind: 'duplicate-submission', batch_ids: ['b'], run_id: 1 };
const UPLOAD: Failure = { code: 'upload-failed', reason: 'away' };
const failing = (summary: Summary, code: Failure['code']): Summary => ({
  ...summary,
  failure: 'Too many; look.',
  failure_codes: [code],
});

/** The API looked up no model and counted no prompt. */
const UNCHECKED = {
  warnings: [{ code: 'model-not-checked', count: 1, file: null, line: null, input: null, what: 'w', fix: 'f' }],
} satisfies Partial<Summary>;

const COUNTED = (counted: number) => ({ requests: 7, counted, unpriced: 0, batch: null }) as Summary['estimate'];

describe('the severity', () => {
  test.each<[string, Severity, Summary]>([
    ['all answered', 'good', good],
    ['stopped as it should', 'good', cut('stop_sequence')],
    ['an earlier batch was stopped', 'good', noticed({ kind: 'superseded', batch_id: 'b', sha: 'a' })],
    ['another batch was rejected', 'good', noticed({ kind: 'rejected-batch', batch_id: 'b' })],
    ['the batch was deleted', 'good', noticed({ kind: 'deleted', batch_id: 'b' })],
    [
      'the batch was not deleted',
      'good',
      noticed({ kind: 'not-deleted', batch_id: 'b', why: 'api-refused', reason: 'no' }),
    ],
    ['some refused', 'doubtful', cut('refusal')],
    ['some cut off', 'doubtful', cut('max_tokens')],
    ['some paused', 'doubtful', cut('pause_turn')],
    ['some too long for the model', 'doubtful', cut('model_context_window_exceeded')],
    ['paid twice', 'doubtful', noticed(TWICE)],
    [
      'paid twice beside another notice',
      'doubtful',
      noticed({ kind: 'deleted', batch_id: 'b' }, TWICE, { kind: 'deleted', batch_id: 'b' }),
    ],
    ['some without a price', 'doubtful', { ...good, cost: { ...good.cost, unpriced: 1 } }],
    ['some without an answer', 'doubtful', { ...good, failures: summaryOf().failures }],
    ['pending', 'neutral', of(pending)],
    ['completed, but the step fails', 'bad', { ...good, failure: 'Too many; look.' }],
    ['pending, and the step fails', 'bad', of({ ...pending, failures: [FAILURE] } as Outcome)],
    ['canceled', 'bad', of({ ...collected, status: 'canceled', failures: [FAILURE] })],
    ['rejected', 'bad', of({ status: 'rejected', problems: [], failures: [FAILURE] })],
    ['failed', 'bad', of({ status: 'failed', failures: [FAILURE] })],
    ['a dry run that fails', 'bad', of({ status: 'dry-run', requestCount: 1, failures: [FAILURE] })],
    ['a dry run', 'good', of({ status: 'dry-run', requestCount: 1, failures: [] })],
    [
      'a dry run for which the API answered nothing',
      'doubtful',
      { ...of({ status: 'dry-run', requestCount: 1, failures: [] }), ...UNCHECKED, estimate: COUNTED(0) },
    ],
    [
      'a dry run for which the API counted tokens alone',
      'good',
      { ...of({ status: 'dry-run', requestCount: 1, failures: [] }), ...UNCHECKED, estimate: COUNTED(1) },
    ],
    [
      'a dry run without a key',
      'good',
      { ...of({ status: 'dry-run', requestCount: 1, failures: [] }), estimate: COUNTED(0) },
    ],
    ['nothing to do', 'doubtful', of({ status: 'empty', patterns: [], loud: true })],
    ['skipped', 'doubtful', of({ status: 'skipped', why: 'fork' })],
  ])('%s: %s', (_, severity, summary) => {
    expect(severityOf(summary)).toBe(severity);
  });

  test('the sample is otherwise as doubtful as it looks', () => {
    expect([
      severityOf(summaryOf()),
      severityOf(summaryOf({ ...accounts, failures: [], stopReasons: new Map(), incomplete: new Map() })),
    ]).toEqual(['doubtful', 'good']);
  });
});

describe('the headline', () => {
  const ALL = { answered: 1319, total: 1319 };
  const SOME = { answered: 1317, total: 1319 };
  const HOURS = { state: 'running', waitedMs: 21_000_000 } as const;
  const late = (...statuses: readonly string[]): Outcome => {
    const { batches, ...rest } = pending as Pending;
    return { ...rest, batches: statuses.map((status) => ({ ...(batches[0] ?? batch), status })) };
  };
  const dry = (failures: readonly Failure[] = []): Outcome => ({ status: 'dry-run', requestCount: 7, failures });
  const range = { low: '0.900000', likely: '1.100000', high: '1.300000', upper: null };
  const estimated = { ...of(dry()), estimate: { requests: 7, unpriced: 2, batch: range } as Summary['estimate'] };

  test.each<[string, Summary, string]>([
    ['all answered', good, HEADLINES.answered(ALL)],
    [
      'none of none answered',
      { ...good, requests: { ...good.requests, total: 0, succeeded: 0 } },
      HEADLINES.answered({ answered: 0, total: 0 }),
    ],
    ['some cut off', cut('max_tokens'), HEADLINES['answered-in-part']({ ...ALL, incomplete: 1 })],
    ['some without an answer, before what is incomplete', summaryOf(), HEADLINES['no-answer'](SOME)],
    ['too many without an answer', failing(summaryOf(), 'error-rate-exceeded'), HEADLINES['no-answer'](SOME)],
    [
      'all answered, but not uploaded',
      failing(good, 'upload-failed'),
      HEADLINES['step-failed']({ ...ALL, cause: causeOf(['upload-failed']) }),
    ],
    [
      'a failed step before payment',
      failing(noticed(TWICE), 'upload-failed'),
      HEADLINES['step-failed']({ ...ALL, cause: causeOf(['upload-failed']) }),
    ],
    ['paid twice', noticed(TWICE), HEADLINES['paid-twice'](ALL)],
    ['paid twice before incomplete', { ...cut('refusal'), notices: [TWICE] }, HEADLINES['paid-twice'](ALL)],
    [
      'the cost of some unknown',
      { ...good, cost: { ...good.cost, unpriced: 3 } },
      HEADLINES['cost-unknown']({ ...ALL, isAll: false }),
    ],
    [
      'the cost of all unknown',
      { ...good, cost: { ...good.cost, usd: null, unpriced: 1319 } },
      HEADLINES['cost-unknown']({ ...ALL, isAll: true }),
    ],
    ['canceled', of({ ...collected, status: 'canceled', failures: [FAILURE] }), HEADLINES.canceled(SOME)],
    ['pending', of(pending), HEADLINES.pending(HOURS)],
    ['pending, and the step fails', of({ ...pending, failures: [FAILURE] } as Outcome), HEADLINES.pending(HOURS)],
    [
      'pending without waiting',
      { ...of(pending), timings: { waited_ms: null, took_ms: null } },
      HEADLINES.pending({ ...HOURS, waitedMs: null }),
    ],
    ['one batch that ended', of(late('ended')), HEADLINES.pending({ ...HOURS, state: 'ended' })],
    ['all ended', of(late('ended', 'ended')), HEADLINES.pending({ ...HOURS, state: 'ended' })],
    ['one of several runs', of(late('ended', 'in_progress')), HEADLINES.pending(HOURS)],
    ['one is being canceled', of(late('canceling', 'ended')), HEADLINES.pending({ ...HOURS, state: 'canceling' })],
    ['one runs beside one that is being canceled', of(late('in_progress', 'canceling')), HEADLINES.pending(HOURS)],
    [
      'a dry run without a price',
      { ...of(dry()), estimate: COUNTED(7) },
      HEADLINES['dry-run']({ requests: 7, total: 7, usd: null, isLowerBound: false, isUnchecked: false }),
    ],
    [
      'a dry run of which a part has a price',
      estimated,
      HEADLINES['dry-run']({ requests: 7, total: 7, usd: '1.100000', isLowerBound: true, isUnchecked: false }),
    ],
    [
      'a dry run of which only a part would be sent',
      { ...estimated, estimate: { requests: 2, unpriced: 0, batch: range } as Summary['estimate'] },
      HEADLINES['dry-run']({ requests: 2, total: 7, usd: '1.100000', isLowerBound: false, isUnchecked: false }),
    ],
    [
      'a dry run of which only judgements would be sent',
      { ...estimated, estimate: { requests: 0, batch: range, judging: { judgements: 2 } } as Summary['estimate'] },
      HEADLINES['dry-run-judgements']({ judgements: 2, usd: '1.100000' }),
    ],
    [
      'a dry run of which only judgements without a price would be sent',
      { ...estimated, estimate: { requests: 0, batch: null, judging: { judgements: 2 } } as Summary['estimate'] },
      HEADLINES['dry-run-judgements']({ judgements: 2, usd: null }),
    ],
    ['a dry run that would send nothing', of(dry()), HEADLINES['dry-run-reused']({ requests: 7 })],
    [
      'a dry run for which the API answered nothing',
      { ...estimated, ...UNCHECKED, estimate: { ...COUNTED(0), unpriced: 2, batch: range } as Summary['estimate'] },
      HEADLINES['dry-run']({ requests: 7, total: 7, usd: '1.100000', isLowerBound: true, isUnchecked: true }),
    ],
    ['a dry run that fails', of(dry([UPLOAD])), HEADLINES['dry-run-failed']()],
    [
      'one problem',
      of({ status: 'rejected', problems: [NO_KEY], failures: [] }),
      HEADLINES.rejected({ problems: 1, cause: undefined }),
    ],
    [
      'one problem in three lines, and another',
      of({
        status: 'rejected',
        problems: [
          ...[7, 9, 12].map((line) => ({ code: 'not-utf8', where: { file: 'a.jsonl', line } }) as const),
          NO_KEY,
        ],
        failures: [],
      }),
      HEADLINES.rejected({ problems: 4, cause: undefined }),
    ],
    ['a failure', of(failed(FAILURE)), HEADLINES.failed({ cause: causeOf([FAILURE.code]) })],
    ['nothing to do', of({ status: 'empty', patterns: ['x'], loud: true }), HEADLINES.empty()],
    ['a fork', of({ status: 'skipped', why: 'fork' }), HEADLINES['skipped-fork']()],
    ['Dependabot', of({ status: 'skipped', why: 'dependabot' }), HEADLINES['skipped-dependabot']()],
  ])('%s', (_, summary, headline) => {
    expect(headlineOf(summary)).toBe(headline);
  });
});

test.each([
  ['all answered', good, 0],
  ['some without an answer, some incomplete', summaryOf(), 7],
  ['before results', of(pending), 0],
])('cases that need a look, %s: %j', (_, summary, count) => {
  expect(countFailing(summary)).toBe(count);
});

test.each<[Summary['status'], string, string]>([
  ['completed', 'completed', 'failed'],
  ['pending', 'pending', 'failed-pending'],
  ['canceled', 'canceled', 'canceled'],
  ['dry-run', 'dry-run', 'failed-dry-run'],
  ['rejected', 'rejected', 'rejected'],
  ['failed', 'failed', 'failed'],
  ['empty', 'empty', 'empty'],
  ['skipped', 'skipped', 'skipped'],
])('%s ends as %s, and with a failure as %s', (status, ending, withFailure) => {
  expect(endingOf({ status, failure: null })).toBe(ending);
  expect(endingOf({ status, failure: 'x' })).toBe(withFailure);
});
