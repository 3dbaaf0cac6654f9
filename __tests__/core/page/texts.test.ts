import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printPageText } from '../../../src/core/messages/page.ts';
import { answerText, parametersText, promptText } from '../../../src/core/page/texts.ts';
import { cutEnd, cutText, toReadable } from '../../../src/core/text/untrusted-text.ts';

const json = (value: unknown): string => JSON.stringify(value, null, 2);
const elided = (characters: number): string => printPageText({ code: 'elided', characters });
const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('promptText', () => {
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
      `[image]\n${json({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: elided(5_000) } })}`,
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
      `[document]\n${json({ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'B'.repeat(201) } })}`,
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

describe('answerText', () => {
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
      `a\n\n[tool_use]\n${json({ type: 'tool_use' })}\n\nb`,
    ],
    [
      'a tool',
      [
        { type: 'text', text: 'Looking.' },
        { type: 'tool_use', id: 't1', name: 'find', input: { q: [1, 'x'], none: {} } },
      ],
      `Looking.\n\n[tool_use]\n${json({ type: 'tool_use', id: 't1', name: 'find', input: { q: [1, 'x'], none: {} } })}`,
    ],
    [
      'what was thought before',
      [{ type: 'thinking', thinking: 'Hm' }, { type: 'text', text: '42' }, { type: 'tool_use' }],
      `42\n\n[tool_use]\n${json({ type: 'tool_use' })}\n\n[thinking]\nHm`,
    ],
    ['thinking', [{ type: 'thinking', thinking: 'Hm', signature: 'S'.repeat(300) }], '[thinking]\nHm'],
    [
      'redacted',
      [{ type: 'redacted_thinking', data: 'S'.repeat(300) }],
      `[redacted_thinking]\n${json({ type: 'redacted_thinking', data: elided(300) })}`,
    ],
    ['text without text', [{ type: 'text', text: 7 }], `[text]\n${json({ type: 'text', text: 7 })}`],
    ['nothing', [], ''],
    ['undefined', undefined, ''],
    ['null', null, ''],
  ])('%s', (_, content, text) => {
    expect(answerText(content)).toBe(text);
  });

  test('nested too deep to be printed', () => {
    expect(answerText([{ type: 'tool_use', input: nested(100_000) }])).toBe(
      `[tool_use]\n${printPageText({ code: 'nested-too-deeply' })}`,
    );
  });

  test('nested so deep that its indentation would fill the page: on one line', () => {
    expect(answerText([{ type: 'tool_use', input: nested(1_000) }]).length).toBeLessThan(2_100);
  });
});

describe('parametersText', () => {
  test.each<[string, unknown, unknown]>([
    [
      'all but messages and system prompt',
      { model: 'm', messages: [], system: 's', max_tokens: 8 },
      { model: 'm', max_tokens: 8 },
    ],
    ['tools', { tools: [{ name: 'find', input_schema: {} }] }, { tools: [{ name: 'find', input_schema: {} }] }],
    [
      'no token of an MCP server',
      { mcp_servers: [{ url: 'https://example.com/?key=secret', authorization_token: 'secret' }, 7] },
      { mcp_servers: [{ url: `https://example.com/?${elided(11)}`, authorization_token: elided(6) }, 7] },
    ],
    ['members of the prototype', JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":1}')],
  ])('%s', (_, params, shown) => {
    expect(parametersText(params)).toBe(json(shown));
  });

  test.each([[null], [undefined], ['x'], [[1]], [{}], [{ messages: [] }]])('%j has none', (params) => {
    expect(parametersText(params)).toBeNull();
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
