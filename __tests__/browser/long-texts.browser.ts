import { expect, test } from '@jest/globals';
import { cutNote } from '../../src/core/messages/page-script.ts';
import { answerParts, promptParts } from '../../src/core/page/parts.ts';
import { MAX_TEXT } from '../../src/core/page/print-case.ts';
import { caseOf, pageOf } from '../core/page/samples.ts';
import { idsOf, shownText, usePages, waitForStatus } from './pages.ts';

const { open } = usePages();

const answer = answerParts([
  { type: 'thinking', thinking: `${'t'.repeat(60_000)} Last thought.` },
  { type: 'text', text: 'So it is forty-two.' },
]);
const prompt = promptParts({
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

test('what is too long is cut in the middle, and says how much is left out and where it is; what is short stays whole', async () => {
  const page = await open(html, { fragment: '#case=case-1' });
  for (const [name, parts, file] of [
    ['answer', answer, 'results.jsonl'],
    ['prompt', prompt, 'requests.jsonl'],
  ] as const) {
    const [long = '', short = ''] = parts.map(({ text }) => text).toSorted((one, other) => other.length - one.length);
    const half = Math.floor((MAX_TEXT - short.length) / 2);
    const blocks = await page.locator(`[data-text=${name}]`).locator('pre, .left-out').allTextContents();
    expect(blocks.toSorted()).toEqual(
      [
        short,
        long.slice(0, half),
        cutNote(long.length - 2 * half, { file, artifact: 'claude-batch-evals-0' }),
        long.slice(-half),
      ].toSorted(),
    );
  }
});

test('a short text has no note', async () => {
  const page = await open(html, { fragment: '#case=case-0' });
  expect(await page.locator('.detail .left-out').count()).toBe(0);
});
