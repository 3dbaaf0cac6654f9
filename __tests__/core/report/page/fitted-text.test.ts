import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TextPart } from '../../../../src/core/report/page/text-part.ts';
import { answerParts, promptParts } from '../../../../src/core/report/page/texts.ts';
import { anyText } from '../../../any-text.ts';
import { fitText } from './samples.ts';

const text = (length: number, mark = 'a'): object => ({ type: 'text', text: mark.repeat(length) });
const user = (...content: object[]): object => ({ role: 'user', content });
/** A text as it is shown, with each run of a letter as `a×12`. */
const shownOf = (parts: readonly TextPart[], room: number): string =>
  fitText(parts, room).text.replace(/([a-z])\1{2,}/g, (run) => `${run[0]}×${run.length}`);

describe('an answer', () => {
  test.each<[string, object[], string]>([
    ['fits', [text(300)], 'a×300'],
    ['one text', [text(301)], 'a×200\n[… 1 character left out …]\na×100'],
    [
      'lines of its own',
      [{ type: 'text', text: `${'a'.repeat(199)}\n${'b'.repeat(90)}\n${'c'.repeat(99)}` }],
      'a×199\n[… 90 characters left out …]\nc×99',
    ],
    [
      'texts first',
      [{ type: 'thinking', thinking: 't'.repeat(600) }, text(200, 'b')],
      '[thinking]\nt×58\n[… 513 characters left out …]\nt×29\n\nb×200',
    ],
    [
      'an end only where there is room enough for one',
      [{ type: 'thinking', thinking: 't'.repeat(300) }, text(240, 'b')],
      '[thinking]\nt×47\n[… 253 characters left out …]\n\nb×240',
    ],
    [
      'the last first, then those before it',
      [text(150), { type: 'thinking', thinking: 't'.repeat(9) }, text(150, 'b')],
      'a×90\n[… 15 characters left out …]\na×45\n\n[thinking]\nt×9\n\nb×150',
    ],
    [
      'citations before what is no text',
      [
        { type: 'thinking', thinking: 't'.repeat(600) },
        { type: 'text', text: 'a', citations: [{ url: 'u'.repeat(60) }] },
      ],
      '[thinking]\nt×136\n[… 396 characters left out …]\nt×68\n\na [1]\n\n[citations]\n[1] u×60',
    ],
    [
      'citations after texts',
      [
        { type: 'text', text: 'a'.repeat(150), citations: [{ url: 'u'.repeat(140) }] },
        { type: 'thinking', thinking: 't' },
        text(109, 'b'),
      ],
      'a×150 [1]\n\n[citations]\n[1] u×17\n[… 123 characters left out …]\n\n[thinking]\nt\n\nb×109',
    ],
  ])('%s', (_, content, shown) => {
    expect(shownOf(answerParts(content), 300)).toBe(shown);
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
      '[system]\ns×78\n[… 83 characters left out …]\ns×39\n\n[user]\na×79\n[… 82 characters left out …]\na×39\n\n[assistant]\nYes?\n\n[user]\nq×20',
    ],
    [
      'a long document before the question, in one message',
      { messages: [user(text(500), text(20, 'q'))] },
      'a×186\n[… 222 characters left out …]\na×92\n\nq×20',
    ],
    [
      'the last user with a text, not the result of a tool',
      {
        messages: [
          user(text(20, 'q')),
          { role: 'assistant', content: [{ type: 'tool_use' }] },
          user({ type: 'tool_result', content: 'r'.repeat(400) }),
        ],
      },
      '[user]\nq×20\n\n[assistant]\n[tool_use]\n{}\n\n[user]\n[tool_result]\ncontent: r×140\n[… 186 characters left out …]\nr×74',
    ],
  ])('%s', (_, params, shown) => {
    expect(shownOf(promptParts(params), 300)).toBe(shown);
  });

  test.each([
    [
      20_000,
      /^\[system\]\ns×900\n\n\[user\]\nTurn 0\. u×690\n\n\[… 27\d blocks, 19\d,\d\d\d characters left out …\]\n\n\[(user|assistant)\]\n/,
    ],
    [
      3_000,
      /^\[system\]\ns×\d+\n\[… .*\]\ns×\d+\n\n\[user\]\nTurn 0\. u×\d+\n\[… .*\]\nu×\d+\n\n\[… 29\d blocks, 20\d,\d\d\d characters left out …\]\n\n/,
    ],
  ])(
    'of a long conversation in %d characters: the last question, the system prompt, the first message and the nearest',
    (room, head) => {
      const turns = Array.from({ length: 150 }, (_, turn) => [
        { role: 'user', content: `Turn ${turn}. ${'u'.repeat(690)}` },
        { role: 'assistant', content: `Reply ${turn}. ${'v'.repeat(680)}` },
      ]).flat();
      const messages = [...turns, { role: 'user', content: 'And now?' }];
      const parts = promptParts({ system: 's'.repeat(900), messages });
      const shown = shownOf(parts, room);
      expect(shown).toMatch(head);
      expect(shown.endsWith('\n\n[user]\nAnd now?')).toBe(true);
      const seen = Array.from(shown.matchAll(/(?:Turn|Reply) (\d+)/g), ([, turn]) => Number(turn));
      // Those that are seen are the first and the last ones, without a gap.
      expect(seen).toEqual(
        Array.from({ length: seen.length }, (_, at) => (at === 0 ? 0 : 149 - Math.floor((seen.length - 1 - at) / 2))),
      );
      expect(seen.length).toBeGreaterThanOrEqual(9);
    },
  );

  test('of very many blocks in one message, the last is the question', () => {
    const blocks = Array.from({ length: 300 }, (_, index) => text(400, index === 299 ? 'q' : 'd'));
    expect(shownOf(promptParts({ messages: [user(...blocks)] }), 20_000)).toMatch(/q×1\d\d\n\[… 2\d\d .*\]\nq×\d\d$/);
  });
});

describe('JSON', () => {
  test.each<[string, string, string | undefined]>([
    ['is indented', '{"a":[1]}', '{\n  "a": [\n    1\n  ]\n}'],
    ['that is so already', '{\n  "a": 1\n}\n', undefined],
    ['in a fence', '```json\n{"a":1}\n```\n', '```json\n{\n  "a": 1\n}\n```'],
    ['in a fence of no language', '```\n[1]\n```', '```\n[\n  1\n]\n```'],
    ['in a fence after words', 'So:\n```json\n{"a":1}\n```', undefined],
    ['in a fence of another language', '```js\n{"a":1}\n```', undefined],
    ['in a fence without an end', '```json\n{"a":1}', undefined],
    ['two fences', '```json\n[1]\n```\n```json\n[2]\n```', undefined],
    ['in words', 'It is {"a":1}', undefined],
    ['a fence alone', '```', undefined],
  ])('%s', (_, given, indented) => {
    const text = indented ?? given;
    expect(fitText(given, 1_000)).toEqual({ text, length: text.length, left_out: 0, indented: indented !== undefined });
  });

  test('is indented part by part', () => {
    const content = [
      { type: 'thinking', thinking: 'Hm' },
      { type: 'text', text: '{"a":1}' },
    ];
    expect(fitText(answerParts(content), 1_000)).toMatchObject({
      text: '[thinking]\nHm\n\n{\n  "a": 1\n}',
      indented: true,
    });
    const params = { system: 'Be kind', messages: [{ role: 'user', content: '[1]' }] };
    expect(fitText(promptParts(params), 1_000).text).toBe('[system]\nBe kind\n\n[user]\n[\n  1\n]');
  });

  test('that is too long is indented before it is cut', () => {
    const shown = fitText(`[${Array(200).fill('7').join()}]`, 300);
    expect(shown).toMatchObject({ length: 1_002, left_out: 702, indented: true });
    expect(shown.text).toMatch(/^\[\n {2}7,\n.*\n\[… 702 characters left out …\]\n.*\n {2}7\n\]$/s);
  });

  test('that is not shown is not indented', () => {
    const parts = [
      { names: [], text: '{"a":1}', rank: 1 },
      { names: [], text: 'a'.repeat(2_000), rank: 0 },
    ];
    expect(fitText(parts, 90).indented).toBe(false);
  });
});

test('of very many short parts as many as have room are shown, and how many are not', () => {
  const content = Array.from({ length: 3_000 }, () => ({ type: 'tool_use' }));
  const shown = fitText(answerParts([...content, text(5)]), 20_000);
  expect(shown.text).toMatch(
    /^(\[tool_use\]\n\{\}\n\n){666}\[… 1,668 blocks, 25,020 characters left out …\](\n\n\[tool_use\]\n\{\}){666}\n\naaaaa$/,
  );
  expect(shown).toMatchObject({ length: 45_005, left_out: 25_020 });
});

test('a conversation of many short turns is shown as far as there is room', () => {
  const messages = Array.from({ length: 301 }, (_, turn) => ({
    role: turn % 2 === 0 ? 'user' : 'assistant',
    content: `Turn ${turn}. ${'x'.repeat(70)}`,
  }));
  const { text: shown, left_out: leftOut } = fitText(promptParts({ messages }), 20_000);
  expect(shown).toMatch(/^\[user\]\nTurn 0\. x{70}\n\n\[… \d+ blocks, [\d,]+ characters left out …\]\n\n/);
  expect(shown.length).toBeGreaterThan(19_800);
  expect(leftOut).toBeLessThan(10_000);
});

test('a very long name is cut', () => {
  const shown = fitText(answerParts([{ type: 'x'.repeat(50_000) }, text(5)]), 20_000);
  expect(shown.text).toBe(`[${'x'.repeat(59)}…]\n{}\n\naaaaa`);
  expect(shown).toMatchObject({ length: 50_012, left_out: 49_940 });
});

const part = fc.record({
  names: fc.array(fc.string({ maxLength: 80 }), { maxLength: 2 }),
  text: fc.oneof(
    anyText({ maxLength: 400 }),
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
      const marks = Array.from(seen.matchAll(/\[… (?:[\d,]+ blocks?, )?([\d,]+) character/g), ([, count]) =>
        Number(count?.replaceAll(',', '')),
      );
      expect(marks.reduce((sum, count) => sum + count, 0)).toBe(left_out);
      const skipped = Array.from(seen.matchAll(/([\d,]+) blocks?,/g), ([, count]) => Number(count));
      const shown = parts.length - skipped.reduce((sum, count) => sum + count, 0);
      expect((seen.match(/😀/g)?.length ?? 0) * 2 + 2 * (shown - 1)).toBe(length - left_out);
    }),
  );
});
