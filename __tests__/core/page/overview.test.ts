import { describe, expect, test } from '@jest/globals';
import { ledgerRows } from '../../../src/core/markdown/ledger.ts';
import { whatThereIs } from '../../../src/core/markdown/log-lines.ts';
import { OUTCOME_NAMES } from '../../../src/core/messages/outcome-names.ts';
import { type PageMessage, printPageText } from '../../../src/core/messages/page.ts';
import { printUsd, REPORT, STOP_REASONS } from '../../../src/core/messages/report.ts';
import { pageHead } from '../../../src/core/page/page.ts';
import type { Summary } from '../../../src/core/summary/summary.ts';
import { attacks } from './attacks.ts';
import { NO_CASES, summary, textOf } from './samples.ts';

const head = (changed: Partial<Summary> = {}): string => pageHead({ ...summary, ...changed }, NO_CASES);

describe('the overview', () => {
  const partial: Partial<Summary> = {
    cost: { ...summary.cost, usd: '1.500000', new_usd: '0.500000', lower_bound: true, unpriced: 3 },
    web_searches: 12,
  };
  const unknown: Partial<Summary> = {
    cost: { ...summary.cost, usd: null, standard_usd: null, saved_usd: null, new_usd: null, lower_bound: true },
  };
  const clean: Partial<Summary> = {
    requests: { total: 5, succeeded: 5, errored: 0, canceled: 0, expired: 0, missing: 0 },
    error_rate_percent: 0,
  };

  test.each([
    ['as it is', {}],
    ['a part of the cost', partial],
    ['an unknown cost', unknown],
    ['all answered', clean],
  ])('%s: names and numbers are those of the comment', (_, changed) => {
    const { requests, tokens, cost } = ledgerRows({ ...summary, ...changed }) ?? { requests: [], tokens: [], cost: [] };
    const rows = Array.from(head(changed).matchAll(/<tr><th scope="row">(.*?)<\/th><td[^>]*>(.*?)<\/td>/g));
    expect(rows.map(([, name = '', value = '']) => [textOf(name), textOf(value)])).toEqual([
      ...requests,
      ...tokens,
      ...cost,
    ]);
  });

  test.each<[string, Partial<Summary>, PageMessage['code']]>([
    ['completed', {}, 'verdict-unanswered'],
    ['too many failures', { failure: '1.9 % of <b>requests</b> have no answer' }, 'verdict-unanswered'],
    ['all answered', clean, 'verdict-answered'],
    ['all answered, and failed', { ...clean, failure: 'The artifact could not be uploaded.' }, 'verdict-failed'],
    ['with what to do', { failure: 'It failed.', next_step: 'Run <again>.' }, 'verdict-unanswered'],
    ['canceled', { status: 'canceled' }, 'verdict-canceled'],
    ['none answered', { requests: { ...summary.requests, succeeded: 0 } }, 'verdict-unanswered'],
  ])('%s: one line says what came out, the rest is folded', (_, changed, code) => {
    const shown = { ...summary, ...changed };
    const html = head(changed);
    const { total = 0, succeeded = 0 } = shown.requests;
    const verdict = printPageText({
      code: code as 'verdict-answered',
      answered: succeeded ?? 0,
      total: total ?? 0,
      incomplete: 26,
    });
    expect(textOf(/<h1.*?<\/h1>/s.exec(html)?.[0] ?? '')).toMatch(new RegExp(`Evals: ${verdict}$`));
    const figures = textOf(/<details id="figures">.*?<\/details>/s.exec(html)?.[0] ?? '');
    for (const sentence of [shown.failure, shown.next_step, whatThereIs(shown)])
      expect(figures).toContain(sentence ?? '');
    expect(textOf(html).split(shown.failure ?? '\0')).toHaveLength(shown.failure === null ? 1 : 2);
  });

  const cellsOf = (html: string): string[] =>
    Array.from(html.matchAll(/<td[^>]*>(.*?)<\/td>/g), ([, cell]) => textOf(cell ?? ''));

  test('each cause of failures is a row with its count, its error and its example', () => {
    const cells = cellsOf(head());
    for (const { count, type, outcome, message, example_id } of summary.failures) {
      const row = cells.indexOf(example_id);
      expect(cells[row - 2]).toBe(String(count));
      expect(cells[row - 1]).toBe(message === null ? outcome : `${type}: ${message}`);
      expect(cells[row + 1]).toMatch(/\.$/);
    }
  });

  test.each([6, 0, 1])('incomplete answers by stop reason; of %d refusals nothing is billed', (unbilled_refusals) => {
    const cells = cellsOf(head({ cost: { ...summary.cost, unbilled_refusals } }));
    const rows = ['refusal', 'max_tokens'].map((reason) => cells.indexOf(reason));
    expect(rows.map((row) => cells[row - 1])).toEqual(['6', '20']);
    const { meaning, advice } = STOP_REASONS.refusal({ count: 6, unbilled: unbilled_refusals });
    expect(cells[(rows[0] ?? 0) + 1]).toBe(`${meaning}. ${advice}.`);
  });

  test('models and rounds have a row each', () => {
    const rounds = [
      { round: 0, requests: 9, succeeded: 7, usd: '1.000000', lower_bound: true },
      { round: 1, requests: 2, succeeded: 0, usd: null, lower_bound: false },
    ];
    const cells = cellsOf(head({ rounds }));
    const costs = rounds.map(({ usd, lower_bound }) => printUsd(usd, lower_bound));
    const first = cells.indexOf(REPORT.round({ round: 0 }));
    expect(cells.slice(first, first + 8)).toEqual([
      REPORT.round({ round: 0 }),
      ...['9', '7', costs[0]],
      REPORT.round({ round: 1 }),
      ...['2', '0', costs[1]],
    ]);
    for (const { model, usd } of summary.models) {
      const row = cells.indexOf(model);
      expect(cells.slice(row, row + 8)).toContain(`$${usd}`);
    }
  });

  test('legend, causes and examples lead to their cases', () => {
    const links = Array.from(head().matchAll(/<a href="(#[^"]*)">(.*?)<\/a>/g), ([, fragment = '', label = '']) => [
      textOf(fragment),
      textOf(label).trim(),
    ]);
    expect(links).toEqual(
      expect.arrayContaining([
        ['#outcome=whole', `${OUTCOME_NAMES.whole} 1,936`],
        ['#outcome=missing', `${OUTCOME_NAMES.missing} 2`],
        ['#outcome=errored&stop=invalid_request_error', 'invalid_request_error'],
        ['#outcome=expired', 'expired'],
        ['#outcome=cut&stop=max_tokens', 'max_tokens'],
        ['#case=case-17', 'case-17'],
      ]),
    );
  });

  test('charts say in words what they draw', () => {
    const alternatives = Array.from(head().matchAll(/<svg role="img" aria-label="([^"]*)"/g), ([, text]) => text);
    const counts = { whole: '1,936', cut: '26', errored: '25', canceled: '3', expired: '8', missing: '2' } as const;
    const kinds = Object.keys(counts) as (keyof typeof counts)[];
    expect(alternatives).toEqual([kinds.map((kind) => `${OUTCOME_NAMES[kind]}: ${counts[kind]}`).join(', ')]);
    const bars = head().matchAll(/<rect class="(\w+)" x="([\d.]+)%" width="([\d.]+)%"/g);
    const widths = Array.from(bars, ([, ...found]) => found);
    expect(widths.slice(0, 6).map(([kind]) => kind)).toEqual(kinds);
    const sum = widths.slice(0, 6).reduce((all, [, , width]) => all + Number(width), 0);
    expect(sum).toBeCloseTo(100, 1);
    expect(widths).toHaveLength(6);
  });

  test('a wait that is billed stands beside the cost, also where that is unknown', () => {
    const waiting = { minutes: 42.03, runner: 'Linux 2-core (x64)', billed: true, usd: '0.252180' };
    const words = printPageText({ code: 'waited', ...waiting });
    expect(head({ waiting })).toContain(words);
    expect(head({ ...unknown, waiting })).toContain(words);
    expect(head({ waiting: { ...waiting, billed: false } })).not.toContain(words);
  });

  test('nothing to draw', () => {
    expect(head(unknown)).toContain(printPageText({ code: 'cost-unknown' }));
    const free = { ...summary.cost, usd: '0.000000', standard_usd: '0.000000', saved_usd: '0.000000' };
    expect(head({ cost: free })).not.toMatch(/NaN|Infinity/);
  });

  test.each(attacks)('%s: in any text of the summary it makes no markup', (_, text) => {
    const hostile: Partial<Summary> = {
      failure: text,
      next_step: text,
      run: {
        ...summary.run,
        name: text,
        repository: text,
        sha: text,
        event: text,
        workflow: text,
        job: text,
        url: text,
      },
      reuse: {
        ...{ reused: 7, sent: 1_993, saved_usd: '0.100000', unavailable: 0, age_days: 1, is_old: false },
        oldest_at: text,
        sources: [{ batch_id: text, created_at: text, answers: 7 }],
      },
      batches: summary.batches.map((batch) => ({ ...batch, id: text, status: text, created_at: text, ended_at: text })),
      models: summary.models.map((model) => ({ ...model, model: text })),
      notices: [{ kind: 'not-deleted', batch_id: text, why: 'api-refused', reason: text }],
      failures: summary.failures.map((group) => ({
        ...group,
        outcome: 'errored',
        type: text,
        message: text,
        example_id: text,
      })),
      warnings: [
        { code: text, count: 2, file: text, line: 1, input: null, what: text, fix: text },
        { code: text, count: 1, file: text, line: null, input: null, what: text, fix: text },
      ],
      cost: { ...summary.cost, prices_as_of: text },
    };
    const harmless = JSON.parse(JSON.stringify(hostile), (_key, value) => (value === text ? 'x' : value));
    // Links are made of addresses alone, and a text that is a time is printed as one.
    const tagsOf = (html: string): string[] => html.match(/<\/?[a-z]+|<!/gi) ?? [];
    const artifact = { name: text, url: text };
    const page = (changed: Partial<Summary>, name: string): string[] =>
      tagsOf(
        pageHead({ ...summary, ...changed }, { ...NO_CASES, artifact: { ...artifact, name } }).replace(
          /<\/?(?:a|bdi)\b/g,
          '',
        ),
      );
    expect(page(hostile, text)).toEqual(page(harmless, 'x'));
  });
});
