import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { modelsWithoutPrice, type PriceRow, priceRows, pricesAsOf } from '../../../src/core/cost/table.ts';

const page = readFileSync(new URL('../../../docs/costs.md', import.meta.url), 'utf8');

function line(row: PriceRow): string {
  const { usd } = row;
  const cells = [
    row.models.map((model) => `\`${model}\``).join(', '),
    conditions(row),
    usd.input,
    usd.cacheWrite5m ?? '–',
    usd.cacheWrite1h ?? '–',
    usd.cacheRead ?? '–',
    usd.output,
    row.regional ? '× 1.1' : '–',
    `${row.source}, ${row.observed}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function conditions({ models, from, abovePromptTokens }: PriceRow): string {
  const alone = priceRows.filter((row) => row.models.some((model) => models.includes(model))).length === 1;
  const parts = [
    from === undefined ? [] : [`batches from ${from}`],
    abovePromptTokens === undefined ? [] : [`prompts over ${abovePromptTokens.toLocaleString('en-US')} tokens`],
  ];
  return parts.flat().join(', ') || (alone ? 'all' : 'otherwise');
}

test('the table of docs/costs.md is the table that the action reckons with', () => {
  const lines = page.split('\n').filter((text) => text.startsWith('| `claude-'));
  expect(lines).toEqual(priceRows.map(line));
});

test('docs/costs.md names the day of the prices and the models without one', () => {
  expect(page).toContain(`as of ${pricesAsOf}`);
  const unpublished = [...page.matchAll(/The price of `([^`]+)`, which is not published/g)].map(([, model]) => model);
  expect(unpublished).toEqual(modelsWithoutPrice);
});
