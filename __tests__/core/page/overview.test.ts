import { describe, expect, test } from '@jest/globals';
import { renderFailures, renderIncomplete } from '../../../src/core/markdown/failures.ts';
import { ledgerRows, renderLedger, renderModels, renderRounds } from '../../../src/core/markdown/ledger.ts';
import { renderVerdict } from '../../../src/core/markdown/verdict.ts';
import { pageHead } from '../../../src/core/page/page.ts';
import type { Summary } from '../../../src/core/summary/summary.ts';
import { textNodes } from '../markdown/active.ts';
import { attacks } from './attacks.ts';
import { summary, textOf } from './samples.ts';

const head = (changed: Partial<Summary> = {}): string =>
  pageHead({ ...summary, ...changed }, { artifact: undefined, list: undefined });

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
  const nothing: Partial<Summary> = { tokens: null };

  test.each([
    ['as it is', {}],
    ['a part of the cost', partial],
    ['an unknown cost', unknown],
    ['all answered', clean],
    ['no results yet', nothing],
  ])('%s: names and figures are those of the comment', (_, changed) => {
    const { requests, tokens, cost } = ledgerRows({ ...summary, ...changed }) ?? { requests: [], tokens: [], cost: [] };
    const cells = renderLedger({ ...summary, ...changed })
      ?.split('\n')
      .slice(2)
      .map((line) => line.slice(2, -2).replaceAll('**', '').split(' | '));
    const shown = textOf(head(changed));
    for (const [group, figures] of [requests, tokens, cost].entries()) {
      const inComment = (cells ?? []).map((row) => row.slice(2 * group, 2 * group + 2)).filter(([name]) => name !== '');
      expect(inComment).toEqual(figures);
      for (const [name, value] of figures) expect(shown).toContain(`${name}${value}`);
    }
  });

  test.each<[string, Partial<Summary>]>([
    ['completed', {}],
    ['completed with a failure', { failure: '1.9 % of requests have no answer; 1 % are allowed' }],
    ['canceled', { status: 'canceled' }],
    ['pending', { status: 'pending', tokens: null, failure: null }],
    ['failed', { status: 'failed', failure: 'The API is down. Try later.', tokens: null }],
    ['none answered', { requests: { ...summary.requests, succeeded: 0 } }],
  ])('%s: the verdict is that of the comment', (_, changed) => {
    const markdown = renderVerdict({ ...summary, ...changed });
    // Without the frame of the alert, which is no words.
    const plain = markdown.replace(/^> ?(?:\[!\w+\]$)?/gm, '').trim();
    const words = textNodes(plain.replace(/\*\*|`/g, ''))
      .join('')
      .replace(/\.(?=\s|$)/g, '')
      .split(/\s+/);
    const shown = textOf(head(changed))
      .replace(/\.(?=\s|$)/g, '')
      .split(/\s+/);
    for (const word of words) expect(shown).toContain(word);
  });

  test.each<[string, Partial<Summary>, (changed: Summary) => string | undefined]>([
    ['failures', { files: ['retry.jsonl'] }, renderFailures],
    ['incomplete answers', {}, renderIncomplete],
    ['incomplete answers that are free', { cost: { ...summary.cost, unbilled_refusals: 6 } }, renderIncomplete],
    ['incomplete answers that are billed', { cost: { ...summary.cost, unbilled_refusals: 0 } }, renderIncomplete],
    ['models', {}, renderModels],
    [
      'rounds',
      {
        rounds: [
          { round: 0, requests: 9, succeeded: 7, usd: '1.000000', lower_bound: true },
          { round: 1, requests: 2, succeeded: 0, usd: null, lower_bound: false },
        ],
      },
      renderRounds,
    ],
  ])('%s: every cell of the comment stands in the page', (_, changed, render) => {
    const markdown = textNodes((render({ ...summary, ...changed }) ?? '').replace(/`/g, '')).join('');
    const cells = markdown
      .split(/\n+|\|/)
      .map((cell) => cell.replace(/^####/, '').trim())
      .filter((cell) => !/^(:?-*:?)$/.test(cell));
    expect(cells.length).toBeGreaterThan(4);
    const shown = textOf(head(changed));
    for (const cell of cells) expect(shown).toContain(cell);
  });

  test('charts say in words what they draw', () => {
    const alternatives = Array.from(head().matchAll(/<svg role="img" aria-label="([^"]*)"/g), ([, text]) => text);
    expect(alternatives).toEqual([
      'Outcomes. Answered in full: 1,936, Answered, but not in full: 26, Errored: 25, Canceled: 3, Expired: 8, Missing: 2.',
      'In a batch: $3.234568.',
      'The same without a batch: $6.469135.',
    ]);
    const widths = Array.from(
      head().matchAll(/<rect class="(\w+)" x="([\d.]+)%" width="([\d.]+)%"/g),
      ([, ...found]) => found,
    );
    const sum = widths.slice(0, 6).reduce((all, [, , width]) => all + Number(width), 0);
    expect(sum).toBeCloseTo(100, 1);
    expect(widths.slice(6)).toEqual([
      ['accent', '0.00', '50.00'],
      ['faint', '0.00', '100.00'],
    ]);
  });

  test('nothing to draw', () => {
    expect(head(unknown)).toContain('The cost is unknown.');
    expect(head({ tokens: null })).not.toContain('<svg');
    const free = { ...summary.cost, usd: '0.000000', standard_usd: '0.000000', saved_usd: '0.000000' };
    expect(head({ cost: free })).not.toMatch(/NaN|Infinity/);
  });

  test.each(attacks)('%s: in any text of the summary it makes no markup', (_, text) => {
    const hostile: Partial<Summary> = {
      failure: text,
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
      problems: [{ code: text, count: 2, file: text, line: 1, what: text, cure: text }],
      warnings: [{ code: text, count: 1, file: text, line: null, what: text, cure: text }],
      cost: { ...summary.cost, prices_as_of: text },
    };
    const harmless = JSON.parse(JSON.stringify(hostile), (_key, value) => (value === text ? 'x' : value));
    // Links are made of addresses alone, and a text that is a time is printed as one.
    const tagsOf = (html: string): string[] => html.match(/<\/?[a-z]+|<!/gi) ?? [];
    const artifact = { name: text, url: text };
    const page = (changed: Partial<Summary>, name: string): string[] =>
      tagsOf(
        pageHead({ ...summary, ...changed }, { artifact: { ...artifact, name }, list: undefined }).replace(
          /<\/?(?:a|bdi)\b/g,
          '',
        ),
      );
    expect(page(hostile, text)).toEqual(page(harmless, 'x'));
  });
});
