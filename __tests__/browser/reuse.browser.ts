import { expect, test } from '@jest/globals';
import { choiceText, LABELS, reusedText } from '../../src/core/messages/page-script.ts';
import { caseOf, pageOf } from '../core/page/samples.ts';
import { idsOf, shownText, usePages, waitForStatus } from './pages.ts';

const { open } = usePages();
const reused = { batch_id: 'msgbatch_<i>9</i>', answered_at: '2026-11-19T11:00:00.000Z', age_days: 3 };
const cases = [0, 1, 2, 3].map((position) => caseOf(position, position === 2 ? {} : { reused }));
const html = pageOf(cases);

test('a page filters by what was reused', async () => {
  const page = await open(html);
  expect(await page.locator('#reuse option').allTextContents()).toEqual([
    LABELS.all,
    choiceText(LABELS.sentNow, 1),
    choiceText(LABELS.reusedAnswers, 3),
  ]);
  await page.selectOption('#reuse', 'sent');
  expect(await idsOf(page)).toEqual(['case-2']);
  await page.selectOption('#reuse', 'reused');
  expect(await idsOf(page)).toEqual(['case-0', 'case-1', 'case-3']);
});

test('its address opens with what this run submitted', async () => {
  const page = await open(html, { fragment: '#reuse=sent' });
  await waitForStatus(page, shownText(1, 4));
  expect(await idsOf(page)).toEqual(['case-2']);
});

test('a reused answer says where it is from and how old it is, as text', async () => {
  const page = await open(html);
  const fact = page.locator('.detail [data-fact="reused"] dd');
  await page.locator('.row', { hasText: 'case-0' }).click();
  expect(await fact.allInnerTexts()).toEqual([reusedText(reused)]);
  await page.locator('.row', { hasText: 'case-2' }).click();
  await page.locator('.detail [data-fact="id"] dd', { hasText: 'case-2' }).waitFor();
  expect(await fact.count()).toBe(await page.locator('.detail [data-fact="id"] dd', { hasText: 'case-0' }).count());
});

test('a page without a reused answer has no such filter', async () => {
  const page = await open(pageOf([caseOf(0), caseOf(1)]));
  expect(await page.locator('#reuse').count()).toBe(0);
});
