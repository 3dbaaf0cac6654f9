import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { prettyJson } from '../../../src/core/page/pretty-json.ts';
import { answerParts, promptParts } from '../../../src/core/page/texts.ts';
import { cutEnd, cutText, toReadable } from '../../../src/core/text/readable.ts';
import { fitText } from './samples.ts';

const promptText = (params: unknown): string => fitText(promptParts(params), Number.POSITIVE_INFINITY).text;
const answerText = (content: unknown): string => fitText(answerParts(content), Number.POSITIVE_INFINITY).text;
const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('promptParts', () => {
  test.each<[string, unknown, string]>([
    ['one message', { messages: [{ role: 'user', content: 'Hi' }] }, 'Hi'],
    [
      'a system prompt',
      { system: 'Be kind', messages: [{ role: 'user', content: 'Hi' }] },
      '[system]\nBe kind\n\n[user]\nHi',
    ],
    [
      'a conversation of blocks',
      {
        system: [
          { type: 'text', text: 'A' },
          { type: 'text', text: 'B', cache_control: { type: 'ephemeral' } },
        ],
        messages: [
          { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
          { role: 'assistant', content: 'Yes?' },
        ],
      },
      '[system]\nA\n\nB\n\n[user]\nHi\n\n[assistant]\nYes?',
    ],
    [
      'an image',
      {
        messages: [
          {
            role: 'user',
            content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'A'.repeat(5_000) } }],
          },
        ],
      },
      '[image]\nsource:\n  type: base64\n  media_type: image/png\n  data: (5,000 characters)',
    ],
    [
      'a document of plain text',
      {
        messages: [
          {
            role: 'user',
            content: [{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'B'.repeat(201) } }],
          },
        ],
      },
      `[document]\nsource:\n  type: text\n  media_type: text/plain\n  data: ${'B'.repeat(201)}`,
    ],
    ['nothing', {}, ''],
    ['no object', 'x', ''],
    ['null', null, ''],
    ['messages that are no list', { messages: 'Hi' }, ''],
    ['a message that is none', { messages: [7, null] }, '[message]\n\n\n[message]\n'],
    ['a role that is no text', { messages: [{ role: 1, content: 2 }] }, '[message]\n[content]\n2'],
    ['members of the prototype', JSON.parse('{"__proto__": {"messages": [{"role": "user", "content": "x"}]}}'), ''],
  ])('%s', (_, params, text) => {
    expect(promptText(params)).toBe(text);
  });

  test('expects nothing of what it gets', () => {
    fc.assert(
      fc.property(
        fc.anything(),
        (params) => typeof promptText(JSON.parse(JSON.stringify(params) ?? 'null')) === 'string',
      ),
    );
  });
});

describe('answerParts', () => {
  test.each<[string, unknown, string]>([
    ['text', [{ type: 'text', text: '# Yes\n\n**42**' }], '# Yes\n\n**42**'],
    [
      'two texts',
      [
        { type: 'text', text: 'a ' },
        { type: 'text', text: 'b', citations: null },
      ],
      'a b',
    ],
    [
      'texts around a tool',
      [{ type: 'text', text: 'a' }, { type: 'tool_use' }, { type: 'text', text: 'b' }],
      'a\n\n[tool_use]\n{}\n\nb',
    ],
    [
      'a tool',
      [
        { type: 'text', text: 'Looking.' },
        { type: 'tool_use', id: 't1', name: 'find', input: { q: [1, 'x'], none: {} } },
      ],
      'Looking.\n\n[tool_use]\nid: t1\nname: find\ninput:\n  q:\n    - 1\n    - x\n  none: {}',
    ],
    ['thinking', [{ type: 'thinking', thinking: 'Hm', signature: 'S'.repeat(300) }], '[thinking]\nHm'],
    ['redacted', [{ type: 'redacted_thinking', data: 'S'.repeat(300) }], '[redacted_thinking]\ndata: (300 characters)'],
    ['text without text', [{ type: 'text', text: 7 }], '[text]\ntext: 7'],
    ['nothing', [], ''],
    ['undefined', undefined, ''],
    ['null', null, ''],
  ])('%s', (_, content, text) => {
    expect(answerText(content)).toBe(text);
  });

  test('nested too deep to be printed', () => {
    expect(answerText([{ type: 'tool_use', input: nested(100_000) }])).toBe(
      '[tool_use]\n(nested too deep to be shown)',
    );
  });

  test('nested so deep that its indentation would fill the page: on one line', () => {
    expect(answerText([{ type: 'tool_use', input: nested(1_000) }]).length).toBeLessThan(2_100);
  });
});

describe('prettyJson', () => {
  test.each([
    [
      '{"a":1,"b":[true,null],"c":{},"d":[ ]}',
      '{\n  "a": 1,\n  "b": [\n    true,\n    null\n  ],\n  "c": {},\n  "d": []\n}',
    ],
    [' [1] ', '[\n  1\n]'],
    ['{"n":12345678901234567890.10,"n":1e3}', '{\n  "n": 12345678901234567890.10,\n  "n": 1e3\n}'],
    ['{"a\\"}{[,:":"\\\\"}', '{\n  "a\\"}{[,:": "\\\\"\n}'],
    ['{"__proto__":1}', '{\n  "__proto__": 1\n}'],
  ])('%s', (text, pretty) => {
    expect(prettyJson(text)).toBe(pretty);
  });

  test.each([
    '',
    'x',
    '1',
    '"x"',
    'null',
    '{',
    '{a:1}',
    '[1,]',
    '# {"a":1}',
    '{"a":1} x',
    '['.repeat(50_000) + ']'.repeat(50_000),
  ])('%.20s stays as it is', (text) => {
    expect(prettyJson(text)).toBeUndefined();
  });

  test('says the same as the text, and what JSON.stringify would say', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        const pretty = prettyJson(JSON.stringify(value));
        expect(pretty).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });
});

describe('toReadable, cutText and cutEnd', () => {
  test.each([
    ['a\r\nb\rc\n\td', 'a\nb\nc\n\td'],
    ['a\0b\u001B[31m\u009B', 'a\uFFFDb\uFFFD[31m\uFFFD'],
    ['\u202Eevil\u2069', '\uFFFDevil\uFFFD'],
    ['\uD800x', '\uFFFDx'],
    ['👩‍👩‍👧 é עברית', '👩‍👩‍👧 é עברית'],
  ])('%j becomes %j', (text, readable) => {
    expect(toReadable(text)).toBe(readable);
  });

  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc'],
    ['ab😀', 3, 'ab'],
    ['ab😀', 4, 'ab😀'],
    ['', 0, ''],
  ])('%j cut at %d is %j', (text, length, cut) => {
    expect(cutText(text, length)).toBe(cut);
  });

  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'bcd'],
    ['😀ab', 3, 'ab'],
    ['😀ab', 4, '😀ab'],
    ['ab', 0, ''],
  ])('the end of %j cut at %d is %j', (text, length, end) => {
    expect(cutEnd(text, length)).toBe(end);
  });
});
