import { describe, expect, test } from '@jest/globals';
import type { Params } from '../../../src/core/requests/params.ts';
import { countOf, statOf } from './truth.ts';

const say = (content: unknown): Params => ({ model: 'm', max_tokens: 10, messages: [{ role: 'user', content }] });
const weightOf = (params: Params) => statOf(params).weight;

describe('the weight', () => {
  test.each<[string, Params]>([
    ['a text', say('because the answer follows '.repeat(40))],
    [
      'blocks',
      say([
        { type: 'text', text: 'a'.repeat(999) },
        { type: 'text', text: 'ü'.repeat(400) },
      ]),
    ],
    ['Chinese', say('我们需要把每个数字相加'.repeat(50))],
    ['emoji', say('👩‍👩‍👧🎉'.repeat(100))],
    ['a system prompt', { ...say('x'.repeat(100)), system: 's'.repeat(2_000) }],
    ['a system prompt in blocks', { ...say('x'.repeat(100)), system: [{ type: 'text', text: 's'.repeat(2_000) }] }],
    ['an image', say([{ type: 'image', source: { type: 'base64', data: 'A'.repeat(500_000) } }])],
    [
      'a text document',
      say([{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'd'.repeat(3_000) } }]),
    ],
    [
      'tools',
      {
        ...say('x'.repeat(500)),
        tools: [
          {
            name: 'n',
            description: 'd'.repeat(300),
            input_schema: { type: 'object', properties: { a: { type: 'string' } } },
          },
        ],
      },
    ],
    [
      'a format',
      { ...say('x'.repeat(500)), output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } },
    ],
  ])('of %s is four bytes a token, near enough', (_, params) => {
    const ratio = weightOf(params) / countOf(params) / 4;
    expect(ratio).toBeGreaterThan(0.95);
    expect(ratio).toBeLessThan(1.05);
  });

  test('of a PDF goes by its bytes, of a document by URL or file it is a constant', () => {
    const document = (source: unknown) => statOf(say([{ type: 'document', source }]));
    const pdf = document({ type: 'base64', media_type: 'application/pdf', data: 'A'.repeat(40_000) });
    expect(pdf.documentBytes).toBe(30_000);
    expect(pdf.weight).toBeGreaterThan(12_000);
    expect(pdf.weight).toBeLessThan(12_200);
    for (const source of [
      { type: 'url', url: 'https://a' },
      { type: 'file', file_id: 'file_1' },
    ])
      expect(document(source)).toMatchObject({ unseen: 1, documentBytes: 0 });
  });

  test('finds images and documents inside a tool result and a document made of blocks', () => {
    const image = { type: 'image', source: { type: 'base64', data: 'A'.repeat(100_000) } };
    const result = { type: 'tool_result', tool_use_id: 't', content: [image, image, { type: 'text', text: 'x' }] };
    const made = { type: 'document', source: { type: 'content', content: [image] } };
    const stats = statOf(say([result, made]));
    expect(stats.images).toBe(3);
    expect(stats.weight).toBeLessThan(3 * 6_400 + 300);
  });

  test('an image in a tool or in what a tool is called with is text', () => {
    const image = { type: 'image', source: { type: 'base64', data: 'A'.repeat(100_000) } };
    const use = { type: 'tool_use', id: 't', name: 'n', input: image };
    for (const params of [{ ...say('x'), tools: [image] }, say([use])]) {
      expect(statOf(params).images).toBe(0);
      expect(weightOf(params)).toBeGreaterThan(100_000);
    }
  });

  test('is at least 1', () => expect([{}, { messages: 5 }].map(weightOf)).toEqual([1, 1]));
});
