import { expect, test } from '@jest/globals';
import { casesOf, pageOf } from '../core/report/page/samples.ts';
import { measureFirstPaint } from './first-paint.ts';
import { usePages, waitForStatus } from './pages.ts';

const { open } = usePages();
const html = pageOf(casesOf(2_000));

// The bounds are several times what was measured on two slow cores: they are for what grows with the square of something.
test('2,000 cases are shown soon', async () => {
  const { ratio, readyMs } = await measureFirstPaint(html, 3);
  expect(ratio).toBeLessThan(10);
  expect(readyMs).toBeLessThan(5_000);
});

test('2,000 cases are searched and sorted smoothly', async () => {
  const page = await open(html);
  const begin = performance.now();
  await page.fill('#search', 'question 1999');
  await waitForStatus(page, '1 of 2,000');
  await page.fill('#search', '');
  await waitForStatus(page, '2,000 of 2,000');
  await page.selectOption('#order', 'cost');
  expect(performance.now() - begin).toBeLessThan(5_000);
});
