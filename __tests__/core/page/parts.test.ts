import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printPageText } from '../../../src/core/messages/page.ts';
import type { PagePart } from '../../../src/core/page/case.ts';
import { answerParts, promptParts } from '../../../src/core/page/parts.ts';

const json = (value: unknown): string => JSON.stringify(value, null, 2);
const elided = (characters: number): string => printPageText({ code: 'elided', characters });
const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
const text = (said: string, role?: string): PagePart => ({
  kind: 'text',
  ...(role !== undefined && { role }),
  text: said,
});
const image = (media_type: string, data: string): object => ({
  type: 'image',
  source: { type: 'base64', media_type, data },
});
const asked = (...content: unknown[]): object => ({ messages: [{ role: 'user', content }] });

describe('promptParts', () => {
  test.each<[string, unknown, readonly PagePart[]]>([
    ['one message', { messages: [{ role: 'user', content: 'Hi' }] }, [text('Hi', 'user')]],
    [
      'a system prompt',
      { system: 'Be kind', messages: [{ role: 'user', content: 'Hi' }] },
      [text('Be kind', 'system'), text('Hi', 'user')],
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
      [text('A', 'system'), text('B', 'system'), text('Hi', 'user'), text('Yes?', 'assistant')],
    ],
    [
      'an image',
      asked(image('image/png', 'AAAA')),
      [{ role: 'user', kind: 'image', text: 'image/png, 3 bytes', image: 'data:image/png;base64,AAAA' }],
    ],
    [
      'an image that runs scripts',
      asked(image('image/svg+xml', 'AAAA')),
      [{ role: 'user', kind: 'image', text: 'image/svg+xml, 3 bytes' }],
    ],
    [
      'an image of something else',
      asked(image('image/png', 'A" x="')),
      [{ role: 'user', kind: 'image', text: 'image/png, 4 bytes' }],
    ],
    [
      'images elsewhere',
      asked(
        { type: 'image', source: { type: 'url', url: 'https://example.com/x.png' } },
        { type: 'image', source: { type: 'file', file_id: 'file_1' } },
      ),
      [
        { role: 'user', kind: 'image', text: 'https://example.com/x.png' },
        { role: 'user', kind: 'image', text: 'file_1' },
      ],
    ],
    [
      'an image without a source',
      asked({ type: 'image' }),
      [{ role: 'user', kind: 'other', name: 'image', text: json({ type: 'image' }) }],
    ],
    [
      'a file',
      asked({ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'A'.repeat(5_000) } }),
      [
        {
          role: 'user',
          kind: 'other',
          name: 'document',
          text: json({
            type: 'document',
            source: { type: 'base64', media_type: 'application/pdf', data: elided(5_000) },
          }),
        },
      ],
    ],
    [
      'calls of tools and their results',
      {
        messages: [
          { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'find', input: { q: 'x' } }] },
          {
            role: 'user',
            content: [
              { type: 'tool_result', tool_use_id: 't1', content: 'found' },
              {
                type: 'tool_result',
                tool_use_id: 't2',
                is_error: true,
                content: [{ type: 'text', text: 'no' }, image('image/gif', 'AAAA'), { type: 'other' }],
              },
            ],
          },
        ],
      },
      [
        { role: 'assistant', kind: 'tool-call', name: 'find', id: 't1', text: json({ q: 'x' }) },
        { role: 'user', kind: 'tool-result', id: 't1', text: 'found' },
        { role: 'user', kind: 'tool-result', id: 't2', name: 'error', text: `no\n\n${json({ type: 'other' })}` },
        { role: 'user', kind: 'image', text: 'image/gif, 3 bytes', image: 'data:image/gif;base64,AAAA' },
      ],
    ],
    ['nothing', {}, []],
    ['no object', 'x', []],
    ['null', null, []],
    ['messages that are no list', { messages: 'Hi' }, []],
    ['messages that are none', { messages: [7, null] }, [text('', 'message'), text('', 'message')]],
    [
      'a role that is no text',
      { messages: [{ role: 1, content: 2 }] },
      [{ role: 'message', kind: 'other', name: 'content', text: '2' }],
    ],
    ['members of the prototype', JSON.parse('{"__proto__": {"messages": [{"role": "user", "content": "x"}]}}'), []],
  ])('%s', (_, params, parts) => {
    expect(promptParts(params)).toEqual(parts);
  });

  test('of very many blocks there are the first and the last', () => {
    const parts = promptParts(asked(...Array.from({ length: 5_000 }, (_, n) => `${n}`)));
    expect(parts).toHaveLength(201);
    expect([parts[0]?.text, parts[200]?.text]).toEqual(['0', '4999']);
    expect(parts[100]).toEqual({ kind: 'left-out', text: printPageText({ code: 'parts-left-out', count: 4_800 }) });
  });

  test('expects nothing of what it gets', () => {
    fc.assert(
      fc.property(fc.anything(), (params) => Array.isArray(promptParts(JSON.parse(JSON.stringify(params) ?? 'null')))),
    );
  });
});

describe('answerParts', () => {
  test.each<[string, unknown, readonly PagePart[]]>([
    ['text', [{ type: 'text', text: '# Yes\n\n**42**' }], [text('# Yes\n\n**42**')]],
    [
      'two texts',
      [
        { type: 'text', text: 'a ' },
        { type: 'text', text: 'b', citations: null },
      ],
      [text('a b')],
    ],
    [
      'texts around a tool',
      [{ type: 'text', text: 'a' }, { type: 'tool_use' }, { type: 'text', text: 'b' }],
      [text('a'), { kind: 'tool-call', name: 'tool_use', text: json({ type: 'tool_use' }) }, text('b')],
    ],
    [
      'a tool of the server and what it found',
      [
        { type: 'server_tool_use', id: 't1', name: 'web_search', input: { q: [1, 'x'] } },
        { type: 'web_search_tool_result', tool_use_id: 't1', content: [{ encrypted_content: 'S'.repeat(300) }] },
      ],
      [
        { kind: 'tool-call', name: 'web_search', id: 't1', text: json({ q: [1, 'x'] }) },
        {
          kind: 'tool-result',
          name: 'web_search_tool_result',
          id: 't1',
          text: json({ encrypted_content: elided(300) }),
        },
      ],
    ],
    [
      'what was thought before',
      [
        { type: 'thinking', thinking: 'Hm', signature: 'S' },
        { type: 'text', text: '42' },
      ],
      [text('42'), { kind: 'thinking', text: 'Hm' }],
    ],
    [
      'redacted',
      [{ type: 'redacted_thinking', data: 'S'.repeat(300) }],
      [
        {
          kind: 'thinking',
          name: 'redacted_thinking',
          text: json({ type: 'redacted_thinking', data: elided(300) }),
        },
      ],
    ],
    [
      'text without text',
      [{ type: 'text', text: 7 }],
      [{ kind: 'other', name: 'text', text: json({ type: 'text', text: 7 }) }],
    ],
    ['nothing', [], []],
    ['undefined', undefined, []],
    ['null', null, []],
  ])('%s', (_, content, parts) => {
    expect(answerParts(content)).toEqual(parts);
  });

  test('nested too deep to be printed', () => {
    expect(answerParts([{ type: 'tool_use', input: nested(100_000) }])[0]?.text).toBe(
      printPageText({ code: 'nested-too-deeply' }),
    );
  });

  test('nested so deep that its indentation would fill the page: on one line', () => {
    expect(answerParts([{ type: 'tool_use', input: nested(1_000) }])[0]?.text.length).toBeLessThan(2_100);
  });
});
