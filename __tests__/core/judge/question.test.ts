import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { questionOf } from '../../../src/core/judge/question.ts';

const user = (content: unknown) => ({ messages: [{ role: 'user', content }] });

test.each([
  ['nothing', {}, ''],
  ['no object', null, ''],
  ['a text', user('Hi'), '[user]\nHi'],
  ['an empty text', user(''), ''],
  ['a system prompt', { system: 'Be kind', ...user('Hi') }, '[system]\nBe kind\n\n[user]\nHi'],
  [
    'one of blocks',
    {
      system: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ],
    },
    '[system]\na\n\nb',
  ],
  [
    'several turns',
    { messages: [{ role: 'user', content: '1' }, { role: 'assistant', content: '2' }, { content: '3' }] },
    '[user]\n1\n\n[assistant]\n2\n\n[message]\n3',
  ],
  ['blocks', user([{ type: 'text', text: 'a' }, 'b', { text: 'c' }, { type: 'text' }, 7]), '[user]\na\n\nb\n\nc'],
  ['an image', user([{ type: 'image', source: { type: 'base64', data: 'AAAA' } }]), '[user]\n[image]'],
  ['a PDF', user([{ type: 'document', source: { type: 'base64', data: 'AAAA' } }]), '[user]\n[document]'],
  ['a text file', user([{ type: 'document', source: { type: 'text', data: 'T' } }]), '[user]\n[document]\nT'],
  [
    'a document of blocks',
    user([{ type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'T' }] } }]),
    '[user]\n[document]\nT',
  ],
  [
    'thinking',
    user([
      { type: 'thinking', thinking: 'T' },
      { type: 'redacted_thinking', data: 'D' },
    ]),
    '',
  ],
  [
    'a tool call',
    user([{ type: 'tool_use', id: 'toolu_1', name: 'find', input: { a: 1 } }]),
    '[user]\n{"tool_use":"find","input":{"a":1}}',
  ],
  ["a tool's result", user([{ type: 'tool_result', content: 'R' }]), '[user]\n[tool_result]\nR'],
  [
    'one of blocks',
    user([{ type: 'tool_result', content: [{ type: 'text', text: 'R' }, { type: 'image' }] }]),
    '[user]\n[tool_result]\nR\n\n[image]',
  ],
  ['a kind that is not known', user([{ type: 'hologram', data: 'AAAA' }]), '[user]\n[hologram]'],
])('the question of a request with %s', (_, params, expected) => expect(questionOf(params)).toBe(expected));

test('is read only so deep', () => {
  let block: unknown = { type: 'text', text: 'deep' };
  for (let depth = 0; depth < 5_000; depth += 1) block = { type: 'tool_result', content: [block] };
  expect(questionOf(user([block]))).not.toContain('deep');
});

test('nothing throws', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => expect(typeof questionOf(value)).toBe('string')));
  const block = fc.record({ type: fc.constantFrom('text', 'document', 'tool_use', 'x'), source: fc.jsonValue() });
  fc.assert(fc.property(fc.array(block), (content) => expect(typeof questionOf(user(content))).toBe('string')));
});
