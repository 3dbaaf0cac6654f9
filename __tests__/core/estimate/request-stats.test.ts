import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { blocksOf, weighPlain } from '../../../src/core/estimate/prompt-blocks.ts';
import type { PromptWeight } from '../../../src/core/estimate/prompt-weight.ts';
import type { RequestStat } from '../../../src/core/estimate/request-stat.ts';
import { createRequestStats, type RequestStats } from '../../../src/core/estimate/request-stats.ts';
import type { Params } from '../../../src/core/requests/params.ts';
import { statOf, statsOf } from './truth.ts';

/** With all requests, as a list. */
const listed = (stats: RequestStats) => ({ ...stats, requests: [...stats.requests] });

const say = (content: unknown): Params => ({ model: 'm', max_tokens: 10, messages: [{ role: 'user', content }] });

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let at = 0; at < depth; at += 1) value = at % 2 === 0 ? [value] : { value };
  return value;
}

describe('what is kept', () => {
  test('are numbers of each request, and each model once', () => {
    const stats = statsOf([
      { model: 'b', max_tokens: 5 },
      { model: 'a', max_tokens: 7 },
      { model: 'b', max_tokens: 9 },
    ]);
    expect(listed(stats)).toMatchObject({
      models: ['b', 'a'],
      requests: [
        { model: 'b', maxTokens: 5 },
        { model: 'a', maxTokens: 7 },
        { model: 'b', maxTokens: 9 },
      ],
    });
  });

  test.each([[0], [-1], [1.5], ['5'], [null], [undefined], [Number.NaN], [-1e20]])(
    'max_tokens %p is none',
    (max_tokens) => expect(statOf({ max_tokens }).maxTokens).toBe(0),
  );

  test.each([[2 ** 53], [1e16], [1e20], [Number.POSITIVE_INFINITY]])(
    'max_tokens %p is the largest number that is kept exactly, and so is a budget for thinking',
    (number) => {
      const stats = statsOf([{ max_tokens: number, thinking: { type: 'enabled', budget_tokens: number } }]);
      expect(listed(stats)).toMatchObject({
        requests: [{ maxTokens: Number.MAX_SAFE_INTEGER }],
        thinkingBudget: Number.MAX_SAFE_INTEGER,
      });
    },
  );

  test.each([[5], [null], [undefined], [['m']]])('model %p is none', (model) => {
    expect(listed(statsOf([{ model }]))).toMatchObject({ models: [], requests: [{ model: undefined }] });
  });

  test('a model may have any name', () => {
    expect(statsOf([{ model: '__proto__' }, { model: 'constructor' }, { model: '' }])).toMatchObject({
      models: ['__proto__', 'constructor', ''],
    });
  });

  test.each<[string, Params, Partial<RequestStat>]>([
    ['nothing', {}, { isThinking: false, region: undefined, hasTools: false, cache: undefined }],
    ['thinking with a budget', { thinking: { type: 'enabled', budget_tokens: 2_000 } }, { isThinking: true }],
    ['adaptive thinking', { thinking: { type: 'adaptive' } }, { isThinking: true }],
    ['thinking switched off', { thinking: { type: 'disabled' } }, { isThinking: false }],
    ['inference in the US', { inference_geo: 'us' }, { region: 'us' }],
    ['inference anywhere', { inference_geo: 'global' }, { region: 'other' }],
    ['no say where', { inference_geo: null }, { region: undefined }],
    ['a tool', { tools: [{ name: 'a', input_schema: {} }] }, { hasTools: true }],
    [
      'a mark',
      { ...say('x'), cache_control: { type: 'ephemeral' } },
      { cache: { cold5m: 19, cold1h: 0, read: 0, warm5m: 19, warm1h: 0 } },
    ],
  ])('%s', (_, params, expected) => expect(statOf(params)).toMatchObject(expected));

  test('the largest budget for thinking is kept', () => {
    const thinking = (budget_tokens: unknown): Params => ({ thinking: { type: 'enabled', budget_tokens } });
    expect(statsOf([thinking(1_024), thinking(4_000), thinking('9999'), thinking(2_000)]).thinkingBudget).toBe(4_000);
  });
});

describe('params of any shape', () => {
  const names = [
    'model',
    'max_tokens',
    'system',
    'messages',
    'tools',
    'thinking',
    'cache_control',
    'output_config',
    'context_management',
    'mcp_servers',
    'inference_geo',
  ];
  const key = fc.constantFrom(
    'type',
    'text',
    'source',
    'content',
    'data',
    'role',
    'cache_control',
    'ttl',
    '__proto__',
    'edits',
  );
  const word = fc.constantFrom(
    'text',
    'image',
    'document',
    'tool_result',
    'base64',
    'content',
    '1h',
    'ephemeral',
    'user',
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.oneof(word, fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.double()),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((members) => {
        return JSON.parse(
          `{${members.map(([name, member]) => `"${name}":${JSON.stringify(member) ?? 'null'}`).join(',')}}`,
        );
      }),
    ),
  }));
  const params = fc.dictionary(fc.constantFrom(...names), value);

  test('weigh as much as all of their blocks, whether these are made or not', () => {
    const sumOf = (blocks: readonly PromptWeight[], part: keyof PromptWeight): number =>
      blocks.reduce((sum, block) => sum + block[part], 0);
    fc.assert(
      fc.property(params, fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat(200)), (given, most) => {
        const blocks = blocksOf(given as Params);
        const weight = sumOf(blocks, 'weight');
        const plain = weighPlain(given as Params, most);
        if (plain === undefined) {
          const isMarked = blocks.some(({ ttl }) => ttl !== undefined) || given['cache_control'] !== undefined;
          expect(isMarked || weight >= most).toBe(true);
          return;
        }
        expect(blocks.filter(({ ttl }) => ttl !== undefined)).toEqual([]);
        expect(weight).toBeLessThan(most);
        const [images, unseen] = [sumOf(blocks, 'images'), sumOf(blocks, 'unseen')];
        expect(plain).toEqual({ weight, images, documentBytes: sumOf(blocks, 'documentBytes'), unseen });
      }),
      { numRuns: 500 },
    );
  });

  test('are taken without a throw, and leave whole numbers', () => {
    fc.assert(
      fc.property(fc.array(params, { maxLength: 5 }), (requests) => {
        const stats = statsOf(requests as Params[]);
        stats.prefixes();
        expect([...stats.requests]).toHaveLength(requests.length);
        for (const { cache, ...own } of stats.requests)
          for (const number of [...Object.values(own), ...Object.values(cache ?? {})])
            if (typeof number === 'number') expect(Number.isSafeInteger(number)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['content', { messages: [{ role: 'user', content: nested(50_000) }] }],
    [
      'a block',
      { messages: [{ role: 'user', content: [nested(50_001), { type: 'text', text: 'x', cache_control: {} }] }] },
    ],
    [
      'lists',
      {
        messages: [{ role: 'user', content: [JSON.parse('['.repeat(50_000) + ']'.repeat(50_000))] }],
        cache_control: {},
      },
    ],
    ['a tool', { tools: [nested(50_000)], system: 'x'.repeat(10_000) }],
    ['a tool with a mark', { tools: [{ input_schema: nested(50_000), cache_control: {} }] }],
  ])('nested as deep as JSON may be: %s', (_, deep) => {
    const stats = createRequestStats();
    stats.add({ model: 'm', ...deep });
    stats.add({ model: 'm', ...deep });
    expect([...stats.requests]).toMatchObject([{ model: 'm' }, { model: 'm' }]);
    expect(stats.prefixes().length).toBeLessThan(2);
  });
});
