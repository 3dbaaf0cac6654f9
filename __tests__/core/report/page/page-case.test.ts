import { describe, expect, test } from '@jest/globals';
import { formatCount } from '../../../../src/core/report/numbers.ts';
import type { CaseRecord, PageCase, PageContent } from '../../../../src/core/report/page/case.ts';
import { MAX_TEXT, pageCase } from '../../../../src/core/report/page/page-case.ts';
import { answerParts, promptParts } from '../../../../src/core/report/page/texts.ts';
import { attacks } from './attacks.ts';
import { caseOf } from './samples.ts';

const read = (html: string): CaseRecord => JSON.parse(html.replace(/^<script[^>]*>/, '').replace(/<\/script>\n$/, ''));
const ROOM = 1_000_000;

describe('pageCase', () => {
  test('all of a case', () => {
    const found = caseOf(3, { prompt: 'P', answer: 'A' });
    expect(read(pageCase(found, 'full', ROOM).html)).toEqual({
      ...found,
      prompt: { text: 'P', length: 1, left_out: 0 },
      answer: { text: 'A', length: 1, left_out: 0 },
      texts_left_out: false,
    });
  });

  test.each<[PageContent, string | undefined, string | undefined]>([
    ['full', 'secret prompt', 'secret answer'],
    ['answers', undefined, 'secret answer'],
    ['none', undefined, undefined],
  ])('%s', (content, prompt, answer) => {
    const { html } = pageCase(caseOf(1, { prompt: 'secret prompt', answer: 'secret answer' }), content, ROOM);
    expect(read(html)).toMatchObject({ texts_left_out: false });
    expect([read(html).prompt?.text, read(html).answer?.text]).toEqual([prompt, answer]);
    expect(html.includes('secret prompt')).toBe(prompt !== undefined);
    expect(html.includes('secret answer')).toBe(answer !== undefined);
  });

  test('a long text is cut and tells its length', () => {
    const { answer } = read(pageCase(caseOf(1, { answer: '😀'.repeat(MAX_TEXT) }), 'full', ROOM).html);
    expect(answer).toEqual({
      text: `${'😀'.repeat(MAX_TEXT / 2)}\n[… ${formatCount(MAX_TEXT)} more characters]`,
      length: 2 * MAX_TEXT,
      left_out: MAX_TEXT,
    });
  });

  test.each<[string, PageCase['answer'], string, number]>([
    [
      'a long thought does not hide the answer',
      answerParts([
        { type: 'thinking', thinking: 't'.repeat(60_000) },
        { type: 'text', text: 'The answer.' },
      ]),
      `[thinking]\n${'t'.repeat(MAX_TEXT - 24)}\n[… 40,024 more characters]\n\nThe answer.`,
      60_024,
    ],
    [
      'without any room a name is left',
      answerParts([
        { type: 'thinking', thinking: 't'.repeat(1_000) },
        { type: 'text', text: 'a'.repeat(30_000) },
      ]),
      `[thinking]\n[… 1,000 more characters]\n\n${'a'.repeat(MAX_TEXT - 13)}\n[… 10,013 more characters]`,
      31_013,
    ],
  ])('%s', (_, answer, text, length) => {
    const record = read(pageCase(caseOf(1, { answer }), 'full', ROOM).html);
    expect(record.answer).toMatchObject({ text, length });
  });

  test('a long system prompt does not hide the question', () => {
    const prompt = promptParts({ system: 's'.repeat(90_000), messages: [{ role: 'user', content: 'The question?' }] });
    const record = read(pageCase(caseOf(1, { prompt }), 'full', ROOM).html);
    expect(record.prompt?.text).toMatch(/^\[system\]\ns+\n\[… 70,0\d\d more characters\]\n\n\[user\]\nThe question\?$/);
  });

  test('line breaks of two characters are no cut', () => {
    const { prompt } = read(pageCase(caseOf(1, { prompt: 'a\r\nb\r\n' }), 'full', ROOM).html);
    expect(prompt).toEqual({ text: 'a\nb\n', length: 4, left_out: 0 });
  });

  test('takes its bytes off the room', () => {
    const { html, room } = pageCase(caseOf(1, { answer: 'Grüße' }), 'full', ROOM);
    expect(room).toBe(ROOM - Buffer.byteLength(html));
  });

  test('without room its texts are left out, not its figures', () => {
    const found = caseOf(1);
    const { html, room } = pageCase(found, 'full', 1_000);
    expect(read(html)).toEqual({ ...found, prompt: null, answer: null, texts_left_out: true });
    expect(room).toBe(1_000 - Buffer.byteLength(html));
    expect(pageCase(found, 'full', 0).room).toBe(0);
    expect(read(pageCase(found, 'none', 0).html).texts_left_out).toBe(false);
  });

  test.each(attacks)('%s: one block, one line for short texts', (_, text) => {
    const found = caseOf(1, {
      id: text,
      model: text,
      stop_reason: text,
      error: { type: text, message: text },
      prompt: text,
      answer: text,
    });
    const { html } = pageCase(found, 'full', ROOM);
    expect(html.match(/[<>]/g)).toHaveLength(4);
    const { id, model, stop_reason, error } = read(html);
    for (const line of [id, model, stop_reason, error?.type]) {
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      expect(Array.from(line ?? '').length).toBeLessThanOrEqual(200);
    }
  });
});
