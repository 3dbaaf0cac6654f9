import { describe, expect, test } from '@jest/globals';
import { type LedgerRows, ledgerRows, renderLedger } from '../../../src/core/markdown/ledger.ts';
import { LABELS, printUsd, REPORT } from '../../../src/core/messages/report.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import type { Summary } from '../../../src/core/summary/summary.ts';
import { about, pending, summaryOf } from '../summary/samples.ts';

const summary = summaryOf();
const rows = (changed: Partial<Summary> = {}): LedgerRows => {
  const found = ledgerRows({ ...summary, ...changed });
  if (found === undefined) throw new Error('no rows');
  return found;
};
const range = { low: '0.900000', likely: '1.100000', high: '1.300000', upper: '1.500000' };
const estimate: NonNullable<Summary['estimate']> = {
  requests: 1319,
  counted: 0,
  basis: 'rule',
  input_tokens: { low: 1, likely: 2, high: 3, upper: 4 },
  output_tokens: { low: 1, likely: 2, high: 3, upper: 4 },
  batch: range,
  standard: range,
  unpriced: 0,
  unpriced_models: [],
  unbounded: 0,
  unbounded_by: [],
  reuse: null,
  judging: null,
  calculator: null,
};

test('none before results are in', () => {
  expect(ledgerRows(summarize(pending, about))).toBeUndefined();
  expect(renderLedger(summarize(pending, about))).toBeUndefined();
});

test('what a run with failures and a cache has', () => {
  expect(rows()).toEqual({
    requests: [
      [LABELS.sent, '1,319'],
      [LABELS.answered, '1,317'],
      [LABELS.errored, '1'],
      [LABELS.expired, '1'],
      [LABELS['no-answer'], REPORT['error-rate']({ percent: 0.16, maxPercent: 0.29 })],
    ],
    tokens: [
      [LABELS.input, '120,345'],
      [LABELS.output, '54,321'],
      [LABELS['cache-read'], '1,000,000'],
      [LABELS['cache-write'], '320'],
    ],
    cost: [
      [LABELS['batch-cost'], '$1.234568'],
      [LABELS['standard-cost'], '$2.469135'],
      [LABELS['saved-by-batch'], '$1.234567'],
      [LABELS['saved-by-caching'], '$0.450000'],
    ],
  });
});

test('what has nothing to say has no row', () => {
  const tokens = { input: 0, output: 0, cache_read: 0, cache_write: 0, cache_write_5m: 0, cache_write_1h: 0 };
  const nothing: Partial<Summary> = {
    requests: { total: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0, missing: 0 },
    error_rate_percent: 0,
    tokens,
    cost: { ...summary.cost, cache_saved_usd: null },
  };
  expect(rows(nothing)).toEqual({
    requests: [
      [LABELS.sent, '0'],
      [LABELS.answered, '0'],
    ],
    tokens: [
      [LABELS.input, '0'],
      [LABELS.output, '0'],
    ],
    cost: [
      [LABELS['batch-cost'], '$1.234568'],
      [LABELS['standard-cost'], '$2.469135'],
      [LABELS['saved-by-batch'], '$1.234567'],
    ],
  });
});

test('every outcome and every kind of token has a row of its own', () => {
  const { requests, tokens } = rows({
    requests: { total: 21_000, succeeded: 1, errored: 2_000, canceled: 3_000, expired: 4_000, missing: 5_000 },
    error_rate_percent: 99.99,
    max_error_rate_percent: 100,
    web_searches: 6_000,
  });
  expect(requests).toEqual([
    [LABELS.sent, '21,000'],
    [LABELS.answered, '1'],
    [LABELS.errored, '2,000'],
    [LABELS.canceled, '3,000'],
    [LABELS.expired, '4,000'],
    [LABELS.missing, '5,000'],
    [LABELS['no-answer'], REPORT['error-rate']({ percent: 99.99, maxPercent: 100 })],
  ]);
  expect(tokens.at(-1)).toEqual([LABELS['web-searches'], '6,000']);
});

describe('cost', () => {
  const names = (changed: Partial<Summary>): string[] => rows(changed).cost.map((figure) => figure.join(' '));
  const cost = (changed: Partial<Summary['cost']>): Partial<Summary> => ({ cost: { ...summary.cost, ...changed } });
  const ALWAYS = [
    `${LABELS['batch-cost']} $1.234568`,
    `${LABELS['standard-cost']} $2.469135`,
    `${LABELS['saved-by-batch']} $1.234567`,
  ];
  const [first = '', ...others] = ALWAYS;
  const WAITING = { minutes: 42.03, runner: 'Linux 2-core (x64)', billed: true, usd: '0.252180' };
  const CACHE = `${LABELS['saved-by-caching']} $0.450000`;

  test.each<[string, Partial<Summary>, string[]]>([
    ['nothing cached', cost({ cache_saved_usd: null }), ALWAYS],
    [
      'cached for nothing',
      cost({ cache_saved_usd: '0.000000' }),
      [...ALWAYS, `${LABELS['saved-by-caching']} $0.000000`],
    ],
    ['all new', cost({ new_usd: '1.234568' }), [...ALWAYS, CACHE]],
    ['some new', cost({ new_usd: '0.100000' }), [first, `${LABELS['new-cost']} $0.100000`, ...others, CACHE]],
    ['nothing new', cost({ new_usd: '0.000000' }), [first, `${LABELS['new-cost']} $0.000000`, ...others, CACHE]],
    [
      'a wait that is billed',
      { waiting: WAITING },
      [...ALWAYS, CACHE, `${LABELS.waiting} ${REPORT['runner-time'](WAITING)}`],
    ],
    ['a wait that is not', { waiting: { ...WAITING, billed: false, usd: null } }, [...ALWAYS, CACHE]],
    ['a wait of seconds', { waiting: { ...WAITING, minutes: 0.9 } }, [...ALWAYS, CACHE]],
    [
      'estimated',
      { estimate },
      [...ALWAYS, CACHE, `${LABELS['estimated-before']} $1.100000`, `${LABELS['highest-estimate']} $1.500000`],
    ],
    [
      'estimated without a bound',
      { estimate: { ...estimate, batch: { ...range, upper: null } } },
      [...ALWAYS, CACHE, `${LABELS['estimated-before']} $1.100000`],
    ],
    ['estimated without a price', { estimate: { ...estimate, batch: null } }, [...ALWAYS, CACHE]],
    [
      'a part of it',
      { ...cost({ lower_bound: true, new_usd: '0.100000' }), estimate },
      [
        `${LABELS['batch-cost']} ${printUsd('1.234568', true)}`,
        `${LABELS['new-cost']} ${printUsd('0.100000', true)}`,
        `${LABELS['standard-cost']} ${printUsd('2.469135', true)}`,
        `${LABELS['saved-by-batch']} ${printUsd('1.234567', true)}`,
        `${LABELS['saved-by-caching']} ${printUsd('0.450000', true)}`,
        `${LABELS['estimated-before']} $1.100000`,
        `${LABELS['highest-estimate']} $1.500000`,
      ],
    ],
    [
      'unknown',
      cost({ usd: null, standard_usd: null, saved_usd: null, cache_saved_usd: null, lower_bound: true }),
      [
        `${LABELS['batch-cost']} ${printUsd(null, true)}`,
        `${LABELS['standard-cost']} ${printUsd(null, true)}`,
        `${LABELS['saved-by-batch']} ${printUsd(null, true)}`,
      ],
    ],
  ])('%s', (_, changed, expected) => {
    expect(names(changed)).toEqual(expected);
  });
});

test('the comment has them side by side, the first of each in bold, and as many cells in every row', () => {
  const tall = { ...summary, estimate, cost: { ...summary.cost, new_usd: '0.100000' } };
  const lines = (renderLedger(tall) ?? '').split('\n');
  expect(lines.slice(0, 2)).toEqual([
    `| ${LABELS.requests} |  | ${LABELS.tokens} |  | ${LABELS.cost} |  |`,
    '| :--- | ---: | :--- | ---: | :--- | ---: |',
  ]);
  const cells = lines.slice(2).map((line) => line.slice(2, -2).split(' | '));
  expect(cells.map((row) => row.length)).toEqual(Array(7).fill(6));
  for (const [group, figures] of Object.values(rows(tall)).entries()) {
    const column = cells.map((row) => row.slice(2 * group, 2 * group + 2));
    const bold = (text: string): string => `**${text}**`;
    expect(column.filter(([name]) => name !== '')).toEqual(
      figures.map((figure: readonly string[], at: number) => (at === 0 ? figure.map(bold) : figure)),
    );
    expect(column.slice(figures.length).flat().join('')).toBe('');
  }
});
