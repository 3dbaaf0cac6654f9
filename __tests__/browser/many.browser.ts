import { expect, test } from '@jest/globals';
import { casesOf, pageOf } from '../core/page/samples.ts';
import { idsOf, shownText, usePages, waitForStatus } from './pages.ts';

const { open } = usePages();
const html = pageOf(casesOf(2_000));

test('2,000 cases are searched and sorted', async () => {
  const page = await open(html);
  await page.fill('#search', 'question 1999');
  await waitForStatus(page, shownText(1, 2_000));
  await page.fill('#search', '');
  await waitForStatus(page, shownText(2_000, 2_000));
  await page.selectOption('#order', 'cost');
  const ids = await idsOf(page);
  expect(ids).toHaveLength(2_000);
  const dearest = casesOf(2_000).toSorted((a, b) => Number(b.usd) - Number(a.usd))[0];
  expect(ids[0]).toBe(dearest?.id);
});
