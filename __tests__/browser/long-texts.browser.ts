import { expect, test } from '@jest/globals';
import { answerParts, promptParts } from '../../src/core/page/texts.ts';
import { caseOf, pageOf } from '../core/page/samples.ts';
import { idsOf, usePages, waitForStatus } from './pages.ts';

const { open } = usePages();

test('the answer behind a long thought is shown and found, and the page says what is not', async () => {
  const answer = answerParts([
    { type: 'thinking', thinking: 't'.repeat(60_000) },
    { type: 'text', text: 'So it is forty-two.' },
  ]);
  const prompt = promptParts({
    system: 's'.repeat(90_000),
    messages: [{ role: 'user', content: 'What is the question?' }],
  });
  const page = await open(pageOf([caseOf(0), caseOf(1, { prompt, answer })]));
  for (const words of ['forty-two', 'What is the question?']) {
    await page.fill('#search', words);
    await waitForStatus(page, '1 of 2 cases shown');
    expect(await idsOf(page)).toEqual(['case-1']);
  }
  await page.locator('.row').click();
  expect(await page.locator('.detail p').allTextContents()).toEqual([
    'Not the whole text: 20,000 of 90,039 characters are shown. The whole is in requests.jsonl in the artifact claude-batch-evals-0.',
    'Not the whole text: 20,000 of 60,032 characters are shown. The whole is in results.jsonl in the artifact claude-batch-evals-0.',
    expect.stringMatching(/^Link to this case/),
  ]);
});

test('JSON is indented also where it is cut', async () => {
  const cut = [{ names: [], text: `["${'x'.repeat(30_000)}"]`, rank: 0 }];
  const page = await open(pageOf([caseOf(0, { prompt: cut, parameters: null, answer: '[1]' })]));
  await page.locator('.row').click();
  expect(await page.locator('.detail h3').allTextContents()).toEqual([
    'Prompt (JSON, indented)',
    'Answer (JSON, indented)',
  ]);
});
