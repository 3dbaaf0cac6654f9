import { describe, expect, test } from '@jest/globals';
import type { Outcome } from '../../../src/core/endings/outcome.ts';
import { escapeMarkdown } from '../../../src/core/markdown/escape.ts';
import {
  renderAlert,
  renderVerdict,
  type Severity,
  severityOf,
  verdictOf,
} from '../../../src/core/markdown/verdict.ts';
import { type Message, printMessage } from '../../../src/core/messages/message.ts';
import { REPORT, VERDICTS } from '../../../src/core/messages/report.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import type { Summary, SummaryNotice } from '../../../src/core/summary/summary.ts';
import { about, accounts, batch, collected, FAILURE, FAILURE_WORDS, pending, summaryOf } from '../summary/samples.ts';

/** All answered in full, and priced. */
const good = summaryOf({
  counts: { total: 1319, succeeded: 1319, errored: 0, canceled: 0, expired: 0, missing: 0 },
  failures: [],
  stopReasons: new Map([['end_turn', 1319]]),
});
const noticed = (notice: SummaryNotice): Summary => ({ ...good, notices: [notice] });
const cut = (reason: string): Summary => {
  const stopReasons = new Map([
    ['end_turn', 1318],
    [reason, 1],
  ]);
  return { ...good, incomplete: summaryOf({ stopReasons }).incomplete };
};
const of = (outcome: Outcome): Summary => summarize(outcome, about);
const head = (ending: keyof typeof VERDICTS): string => `**\`evals-0\` ${VERDICTS[ending]}.**`;
const ANSWERED = {
  code: 'requests-answered',
  answered: 1319,
  total: 1319,
  usd: '1.234568',
  saved_usd: '1.234567',
  lower_bound: false,
  tookMs: null,
} as const;

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
    ['paid twice', 'doubtful', noticed({ kind: 'duplicate-submission', batch_ids: ['b'], run_id: 1 })],
    [
      'paid twice beside another notice',
      'doubtful',
      {
        ...good,
        notices: [
          { kind: 'deleted', batch_id: 'b' },
          { kind: 'duplicate-submission', batch_ids: ['b'], run_id: 1 },
          { kind: 'deleted', batch_id: 'b' },
        ],
      },
    ],
    ['some without a price', 'doubtful', { ...good, cost: { ...good.cost, unpriced: 1 } }],
    ['some without an answer', 'doubtful', { ...good, failures: summaryOf().failures }],
    ['pending', 'doubtful', of(pending)],
    ['completed, but the step fails', 'bad', { ...good, failure: 'Too many; look.' }],
    ['pending, and the step fails', 'bad', of({ ...pending, failures: [FAILURE] } as Outcome)],
    ['canceled', 'bad', of({ ...collected, status: 'canceled', failures: [FAILURE] })],
    ['rejected', 'bad', of({ status: 'rejected', problems: [], failures: [FAILURE] })],
    ['failed', 'bad', of({ status: 'failed', failures: [FAILURE] })],
    ['a dry run that fails', 'bad', of({ status: 'dry-run', requestCount: 1, failures: [FAILURE] })],
    ['a dry run', 'neutral', of({ status: 'dry-run', requestCount: 1, failures: [] })],
    ['nothing to do', 'neutral', of({ status: 'empty', patterns: [], loud: true })],
    ['skipped', 'neutral', of({ status: 'skipped', why: 'fork' })],
  ])('%s: %s', (_, severity, summary) => {
    expect(severityOf(summary)).toBe(severity);
    const alert = { good: 'TIP', doubtful: 'WARNING', bad: 'CAUTION', neutral: 'NOTE' }[severity];
    expect(renderVerdict(summary).split('\n')[0]).toBe(`> [!${alert}]`);
  });
});

describe('the alert', () => {
  test('one paragraph is one line below its kind', () => {
    expect(renderAlert('good', 'all is well')).toBe('> [!TIP]\n> all is well');
  });

  test('several are parted by an empty line of the quote', () => {
    expect(renderAlert('bad', 'one', 'two', 'three')).toBe('> [!CAUTION]\n> one\n>\n> two\n>\n> three');
  });

  test('a failure of several lines stays in its one', () => {
    const failed = renderVerdict({ ...good, failure: 'one\n\n# two\r\n> [!TIP]\n' });
    expect(failed.split('\n')).toEqual([
      '> [!CAUTION]',
      `> ${head('failed')} one <span>#</span> two &#62; &#91;!TIP&#93;`,
      '>',
      `> ${printMessage(ANSWERED)}`,
    ]);
  });
});

describe('what came out', () => {
  const waitedNothing = { ...of(pending), timings: { waited_ms: null, took_ms: null } };
  const unsized = { ...of(pending), requests: { ...of(pending).requests, total: null } };
  const several = of({ ...pending, batches: [batch, batch] } as Outcome);
  const NO_RESULTS = { code: 'no-results-yet', batches: 1, requests: 1319, waitedMs: 21_000_000 } as const;
  test.each<[string, Summary, keyof typeof VERDICTS, Message]>([
    ['all answered', good, 'completed', ANSWERED],
    [
      'none answered',
      { ...good, requests: { ...good.requests, succeeded: 0 } },
      'completed',
      { ...ANSWERED, answered: 0 },
    ],
    [
      'a lower bound',
      { ...good, cost: { ...good.cost, lower_bound: true } },
      'completed',
      { ...ANSWERED, lower_bound: true },
    ],
    ['a batch that is not waited for', waitedNothing, 'pending', { ...NO_RESULTS, waitedMs: null }],
    ['one of an unknown size', unsized, 'pending', { ...NO_RESULTS, requests: null }],
    ['several batches', several, 'pending', { ...NO_RESULTS, batches: 2 }],
    [
      'a dry run without a price',
      of({ status: 'dry-run', requestCount: 1319, failures: [] }),
      'dry-run',
      { code: 'dry-run-ended', requests: 1319, batch: null, unpriced: 0 },
    ],
  ])('%s', (_, summary, ending, message) => {
    expect(renderVerdict(summary).split('\n').slice(1)).toEqual([`> ${head(ending)} ${printMessage(message)}`]);
  });

  test.each<[string, Outcome, keyof typeof VERDICTS, string]>([
    [
      'nothing by no pattern',
      { status: 'empty', patterns: [], loud: true },
      'empty',
      REPORT['none-found']({ patterns: [] }),
    ],
    ['a failure', { status: 'failed', failures: [FAILURE] }, 'failed', escapeMarkdown(FAILURE_WORDS)],
  ])('%s', (_, outcome, ending, words) => {
    expect(renderVerdict(of(outcome)).split('\n').slice(1)).toEqual([`> ${head(ending)} ${words}`]);
  });
});

test.each<[Summary['status'], keyof typeof VERDICTS, keyof typeof VERDICTS]>([
  ['completed', 'completed', 'failed'],
  ['pending', 'pending', 'failed-pending'],
  ['canceled', 'canceled', 'canceled'],
  ['dry-run', 'dry-run', 'failed-dry-run'],
  ['rejected', 'rejected', 'rejected'],
  ['failed', 'failed', 'failed'],
  ['empty', 'empty', 'empty'],
  ['skipped', 'skipped', 'skipped'],
])('%s ends as %s, and with a failure as %s', (status, ending, withFailure) => {
  expect(verdictOf({ status, failure: null })).toBe(VERDICTS[ending]);
  expect(verdictOf({ status, failure: 'x' })).toBe(VERDICTS[withFailure]);
});

test('the sample is otherwise as doubtful as it looks', () => {
  expect([
    severityOf(summaryOf()),
    severityOf(summaryOf({ ...accounts, failures: [], stopReasons: new Map(), incomplete: new Map() })),
  ]).toEqual(['doubtful', 'good']);
});
