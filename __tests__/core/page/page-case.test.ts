import { describe, expect, test } from '@jest/globals';
import type { PageContent } from '../../../src/core/inputs/inputs.ts';
import type { CaseRecord, PageCase } from '../../../src/core/page/case.ts';
import { MAX_TEXT } from '../../../src/core/page/fitted-case.ts';
import { pageCase } from '../../../src/core/page/page-case.ts';
import { answerParts, promptParts } from '../../../src/core/page/texts.ts';
import { formatCount } from '../../../src/core/text/numbers.ts';
import { attacks } from './attacks.ts';
import { caseOf } from './samples.ts';

const read = (html: string): CaseRecord => JSON.parse(html.replace(/^<script[^>]*>/, '').replace(/<\/script>\n$/, ''));
const ROOM = 1_000_000;

describe('pageCase', () => {
  test('all of a case', () => {
    const found = caseOf(3, { prompt: 'P', answer: 'A' });
    expect(read(pageCase(found, 'full', ROOM).html)).toEqual({
      ...found,
      prompt: { text: 'P', length: 1, left_out: 0, indented: false },
      answer: { text: 'A', length: 1, left_out: 0, indented: false },
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
      text: `${'😀'.repeat(6_667)}\n[… ${formatCount(MAX_TEXT)} characters left out …]\n${'😀'.repeat(3_333)}`,
      length: 2 * MAX_TEXT,
      left_out: MAX_TEXT,
      indented: false,
    });
  });

  test.each<[string, PageCase['answer'], string, number]>([
    [
      'a long thought does not hide the answer',
      answerParts([
        { type: 'thinking', thinking: 't'.repeat(60_000) },
        { type: 'text', text: 'The answer.' },
      ]),
      `[thinking]\n${'t'.repeat(13_318)}\n[… 40,024 characters left out …]\n${'t'.repeat(6_658)}\n\nThe answer.`,
      60_024,
    ],
    [
      'without any room a name is left',
      answerParts([
        { type: 'thinking', thinking: 't'.repeat(1_000) },
        { type: 'text', text: 'a'.repeat(30_000) },
      ]),
      `[thinking]\n[… 1,000 characters left out …]\n\n${'a'.repeat(13_325)}\n[… 10,013 characters left out …]\n${'a'.repeat(6_662)}`,
      31_013,
    ],
  ])('%s', (_, answer, text, length) => {
    const record = read(pageCase(caseOf(1, { answer }), 'full', ROOM).html);
    expect(record.answer).toMatchObject({ text, length });
  });

  test('a long system prompt does not hide the question', () => {
    const prompt = promptParts({ system: 's'.repeat(90_000), messages: [{ role: 'user', content: 'The question?' }] });
    const record = read(pageCase(caseOf(1, { prompt }), 'full', ROOM).html);
    expect(record.prompt?.text).toMatch(
      /^\[system\]\ns+\n\[… 70,0\d\d characters left out …\]\ns+\n\n\[user\]\nThe question\?$/,
    );
  });

  test('line breaks of two characters are no cut', () => {
    const { prompt } = read(pageCase(caseOf(1, { prompt: 'a\r\nb\r\n' }), 'full', ROOM).html);
    expect(prompt).toEqual({ text: 'a\nb\n', length: 4, left_out: 0, indented: false });
  });

  test('tells its bytes', () => {
    const { html, bytes } = pageCase(caseOf(1, { answer: 'Grüße <b>& 漢\u2028' }), 'full', ROOM);
    expect(bytes).toBe(Buffer.byteLength(html));
  });

  const words = (mark: string, count: number): string => `BEGIN ${`${mark} `.repeat(count)}END`;

  test.each<[string, string, string, number]>([
    ['plain', words('a', 9_000), words('b', 9_000), 12_000],
    ['a short prompt', 'Why?', words('b', 9_000), 12_000],
    ['marks that take six bytes', words('<', 9_000), words('&>', 6_000), 12_000],
    ['characters that take three', words('漢', 9_000), words('字', 9_000), 12_000],
    [
      'both, one after the other',
      words('a', 5_000) + words('<', 5_000),
      words('漢', 4_000) + words('b', 5_000),
      12_000,
    ],
    ['very little', words('漢', 9_000), words('<', 9_000), 5_000],
  ])('of a small share texts take what they can: %s', (_, prompt, answer, share) => {
    const { html, bytes } = pageCase(caseOf(1, { prompt, answer }), 'full', share);
    expect(bytes).toBeLessThanOrEqual(share);
    expect(bytes).toBeGreaterThan(0.8 * share);
    const record = read(html);
    expect(record.texts_left_out).toBe(false);
    for (const [shown, whole] of [
      [record.prompt, prompt],
      [record.answer, answer],
    ] as const) {
      expect(shown?.length).toBe(whole.length);
      const pieces = shown?.text.split(/\n\[… .* left out …\]\n/) ?? [];
      expect(pieces.join('').length).toBe(whole.length - (shown?.left_out ?? 0));
      expect([whole.startsWith(pieces[0] ?? '?'), whole.endsWith(pieces.at(-1) ?? '?')]).toEqual([true, true]);
    }
  });

  test('parameters give way first, and say so', () => {
    const parameters = [{ names: ['tools'], text: 'p'.repeat(4_000), rank: 0 }];
    const found = caseOf(1, { prompt: 'a'.repeat(3_000), answer: 'b'.repeat(3_000), parameters });
    const roomy = read(pageCase(found, 'full', 12_000).html);
    expect(roomy.parameters).toMatchObject({ length: 4_008, left_out: 0 });
    const tight = read(pageCase(found, 'full', 6_700).html);
    expect([tight.prompt?.left_out, tight.answer?.left_out]).toEqual([0, 0]);
    expect(tight.parameters).toEqual({
      text: '[… 4,008 characters left out …]',
      length: 4_008,
      left_out: 4_008,
      indented: false,
    });
    expect(read(pageCase(found, 'answers', 12_000).html).parameters).toBeNull();
  });

  test('without room its texts are left out, not its figures', () => {
    const found = caseOf(1);
    const bare = { ...found, prompt: null, answer: null, texts_left_out: true };
    expect(read(pageCase(found, 'full', 500).html)).toEqual(bare);
    expect(read(pageCase(found, 'full', 0).html)).toEqual(bare);
    expect(read(pageCase(found, 'none', 0).html).texts_left_out).toBe(false);
  });

  test.each([
    ['m'.repeat(1_000), 0],
    ['m'.repeat(1_234), 234],
    [`${'m'.repeat(999)}😀`, 2],
  ])('tells how much of a message of an error is left out: %#', (message, left_out) => {
    const { error } = read(pageCase(caseOf(1, { error: { type: 'e', message } }), 'full', ROOM).html);
    expect(error).toEqual({ type: 'e', message: message.slice(0, message.length - left_out), left_out });
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
