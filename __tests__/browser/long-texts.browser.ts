import { expect, test } from '@jest/globals';
import { cutText } from '../../src/core/messages/page-script.ts';
import { MAX_TEXT } from '../../src/core/page/print-case.ts';
import { answerText, promptText } from '../../src/core/page/texts.ts';
import { caseOf, pageOf } from '../core/page/samples.ts';
import { idsOf, shownText, usePages, waitForStatus } from './pages.ts';

const { open } = usePages();

const answer = answerText([
  { type: 'thinking', thinking: `${'t'.repeat(60_000)} Last thought.` },
  { type: 'text', text: 'So it is forty-two.' },
]);
const prompt = promptText({
  system: 's'.repeat(90_000),
  messages: [{ role: 'user', content: 'What is the question?' }],
});
const html = pageOf([caseOf(0), caseOf(1, { prompt, answer })]);

test('head and tail of a long text are searched', async () => {
  const page = await open(html);
  for (const words of ['forty-two', 'Last thought', 'What is the question?']) {
    await page.fill('#search', words);
    await waitForStatus(page, shownText(1, 2, 1));
    expect(await idsOf(page)).toEqual(['case-1']);
  }
});

test('head and tail of a long text are shown, and between them how much is left out and where it is', async () => {
  const page = await open(html, { fragment: '#case=case-1' });
  for (const [name, text, file] of [
    ['answer', answer, 'results.jsonl'],
    ['prompt', prompt, 'requests.jsonl'],
  ] as const) {
    const shown = page.locator(`[data-text=${name}] > :not(h3)`);
    expect(await shown.allTextContents()).toEqual([
      text.slice(0, MAX_TEXT / 2),
      cutText(text.length - MAX_TEXT, { file, artifact: 'claude-batch-evals-0' }),
      text.slice(-MAX_TEXT / 2),
    ]);
  }
});

test('a short text has no note', async () => {
  const page = await open(html, { fragment: '#case=case-0' });
  expect(await page.locator('.detail .left-out').count()).toBe(0);
});
