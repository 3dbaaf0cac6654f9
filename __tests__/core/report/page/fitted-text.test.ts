import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitText } from '../../../../src/core/report/page/fitted-text.ts';
import type { TextPart } from '../../../../src/core/report/page/text-part.ts';
import { answerParts, promptParts } from '../../../../src/core/report/page/texts.ts';

const text = (length: number, mark = 'a'): object => ({ type: 'text', text: mark.repeat(length) });
const user = (...content: object[]): object => ({ role: 'user', content });
/** A text as it is shown, with each run of a letter as `a×12`. */
const shownOf = (parts: readonly TextPart[], room: number): string =>
  fitText(parts, room).text.replace(/([a-z])\1{2,}/g, (run) => `${run[0]}×${run.length}`);

describe('an answer', () => {
  test.each<[string, object[], string]>([
    ['fits', [text(100)], 'a×100'],
    ['one text', [text(101)], 'a×100\n[… 1 more character]'],
    [
      'texts first',
      [{ type: 'thinking', thinking: 't'.repeat(200) }, text(80, 'b')],
      '[thinking]\nt×7\n[… 193 more characters]\n\nb×80',
    ],
    [
      'in the order of reading',
      [text(50), { type: 'thinking', thinking: 't'.repeat(9) }, text(50, 'b')],
      'a×50\n\n[thinking]\n[… 9 more characters]\n\nb×35\n[… 15 more characters]',
    ],
    [
      'citations before what is no text',
      [
        { type: 'thinking', thinking: 't'.repeat(200) },
        { type: 'text', text: 'a', citations: [{ url: 'u'.repeat(60) }] },
      ],
      '[thinking]\nt×4\n[… 196 more characters]\n\na [1]\n\n[citations]\n[1] u×60',
    ],
    [
      'citations after texts',
      [
        { type: 'text', text: 'a'.repeat(60), citations: [{ url: 'u'.repeat(40) }] },
        { type: 'thinking', thinking: 't' },
        text(9, 'b'),
      ],
      'a×60 [1]\n\n[citations]\n[… 44 more characters]\n\n[thinking]\n[… 1 more character]\n\nb×7\n[… 2 more characters]',
    ],
  ])('%s', (_, content, shown) => {
    expect(shownOf(answerParts(content), 100)).toBe(shown);
  });
});

describe('a prompt', () => {
  test.each<[string, object, string]>([
    [
      'the last question first, the others share',
      {
        system: 's'.repeat(200),
        messages: [user(text(200)), { role: 'assistant', content: 'Yes?' }, user(text(20, 'q'))],
      },
      '[system]\ns×17\n[… 183 more characters]\n\n[user]\na×18\n[… 182 more characters]\n\n[assistant]\nYes?\n\n[user]\nq×20',
    ],
    [
      'a long document before the question, in one message',
      { messages: [user(text(500), text(20, 'q'))] },
      'a×78\n[… 422 more characters]\n\nq×20',
    ],
    [
      'the last user with a text, not the result of a tool',
      {
        messages: [
          user(text(20, 'q')),
          { role: 'assistant', content: [{ type: 'tool_use' }] },
          user({ type: 'tool_result', content: 'r'.repeat(200) }),
        ],
      },
      '[user]\nq×20\n\n[assistant]\n[tool_use]\n{}\n\n[user]\n[tool_result]\n{\n  "content": "r×7\n[… 196 more characters]',
    ],
  ])('%s', (_, params, shown) => {
    expect(shownOf(promptParts(params), 100)).toBe(shown);
  });
});

test('of very many parts the first are shown, and how many are not', () => {
  const content = Array.from({ length: 3_000 }, () => ({ type: 'tool_use' }));
  const shown = fitText(answerParts([...content, text(5)]), 20_000);
  expect(shown.text).toMatch(/^(\[tool_use\]\n\{\}\n\n){99}\[… 2,901 more blocks, 43,515 characters\]\n\naaaaa$/);
  expect(shown).toMatchObject({ length: 45_005, left_out: 43_515 });
});

test('a very long name is cut', () => {
  const shown = fitText(answerParts([{ type: 'x'.repeat(50_000) }, text(5)]), 20_000);
  expect(shown.text).toBe(`[${'x'.repeat(59)}…]\n{}\n\naaaaa`);
  expect(shown).toMatchObject({ length: 50_012, left_out: 49_940 });
});

const part = fc.record({
  names: fc.array(fc.string({ maxLength: 80 }), { maxLength: 2 }),
  text: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc
      .array(fc.constantFrom('a', '😀', '\r\n', '\r', '\uD800', '\u202E'), { maxLength: 400 })
      .map((all) => all.join('')),
  ),
  rank: fc.integer({ min: 0, max: 3 }),
});

test('what is shown and what is left out is all there is; no character is split', () => {
  fc.assert(
    fc.property(fc.array(part), fc.integer({ min: 0, max: 3_000 }), (parts, extra) => {
      // Names of two lines of 60 characters for each part fit in any case.
      const room = parts.length * 130 + extra;
      const shown = fitText(parts, room);
      const whole = fitText(parts, Number.POSITIVE_INFINITY);
      expect(shown.length - shown.left_out).toBeLessThanOrEqual(room);
      expect(shown.left_out >= 0).toBe(true);
      if (shown.left_out === 0) expect(shown).toEqual(whole);
      expect(shown.text).not.toMatch(/[\r\u202E]/);
      expect(shown.text.isWellFormed()).toBe(true);
    }),
  );
});

test('the figures are those of what is seen', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ length: fc.nat(300), rank: fc.nat(3) }), { minLength: 1 }), (sizes) => {
      const parts = sizes.map(({ length, rank }) => ({ names: [], text: '😀'.repeat(length), rank }));
      const { text: seen, length, left_out } = fitText(parts, 500);
      const marks = Array.from(seen.matchAll(/\[… ([\d,]+) more character/g), ([, count]) =>
        Number(count?.replaceAll(',', '')),
      );
      expect(marks.reduce((sum, count) => sum + count, 0)).toBe(left_out);
      expect((seen.match(/😀/g)?.length ?? 0) * 2 + 2 * (parts.length - 1)).toBe(length - left_out);
    }),
  );
});
