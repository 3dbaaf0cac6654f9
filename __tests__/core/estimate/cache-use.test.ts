import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { piecesOf as simulatedPieces } from '../../../simulator/anthropic/prompt.ts';
import { createPromptCache } from '../../../simulator/anthropic/prompt-cache.ts';
import { createCacheStats } from '../../../src/core/estimate/cache-use.ts';
import { blocksOf, type PromptBlock } from '../../../src/core/estimate/prompt-blocks.ts';
import type { Params } from '../../../src/core/requests/params.ts';

const mark = fc.constantFrom(
  {},
  { cache_control: { type: 'ephemeral' } },
  { cache_control: { type: 'ephemeral', ttl: '1h' } },
);
const block = fc
  .tuple(fc.constantFrom('a', 'b', 'cc'), mark)
  .map(([text, marked]) => ({ type: 'text', text, ...marked }));
const tool = fc.tuple(fc.constantFrom('t', 'u'), mark).map(([name, marked]) => ({ name, input_schema: {}, ...marked }));
const request = fc
  .record({
    model: fc.constantFrom('m', 'n'),
    tools: fc.array(tool, { maxLength: 2 }),
    system: fc.array(block, { maxLength: 2 }),
    content: fc.array(block, { minLength: 1, maxLength: 3 }),
    automatic: mark,
  })
  .map(({ model, tools, system, content, automatic }) => {
    return { model, params: { tools, system, messages: [{ role: 'user', content }], ...automatic } satisfies Params };
  });

test('with prompts that repeat, reads and writes are those of the simulated API', () => {
  fc.assert(
    fc.property(fc.array(request, { maxLength: 12 }), (requests) => {
      const ours = createCacheStats();
      const theirs = createPromptCache();
      for (const { model, params } of requests) {
        const pieces = blocksOf(params);
        const simulated = simulatedPieces(params);
        // The simulated API has a piece for the role: here it is part of the block, and has no weight there.
        const merged = simulated.filter(({ text }) => text !== 'user: ');
        const weighed = pieces.map(
          (piece, at): PromptBlock => ({ ...piece, weight: (merged[at]?.tokens ?? 0) + (piece.role === '' ? 0 : 4) }),
        );
        const used = theirs.use(model, simulated, 0);
        const { read, warm5m, warm1h } = ours.use(model, weighed) ?? { read: 0, warm5m: 0, warm1h: 0 };
        expect({ read, written5m: warm5m, written1h: warm1h }).toEqual({
          read: used.read,
          written5m: used.written5m,
          written1h: used.written1h,
        });
      }
    }),
    { numRuns: 500 },
  );
});

describe('a cache that never hits', () => {
  const weights = (params: Params) => createCacheStats().use('m', blocksOf(params));
  const text = (length: number, ttl?: string | null) => ({
    type: 'text',
    text: 'x'.repeat(length - 2),
    ...(ttl === undefined ? {} : { cache_control: { type: 'ephemeral', ttl } }),
  });

  test.each<[string, Params, [number, number]]>([
    [
      'all up to the mark is written',
      { system: [text(100), text(200, '5m')], messages: [{ role: 'user', content: 'hi' }] },
      [300, 0],
    ],
    ['an hour, then five minutes', { system: [text(100, '1h'), text(200, '5m'), text(50)] }, [200, 100]],
    ['no say or another word is five minutes', { system: [text(100, null), text(50, '7d')] }, [150, 0]],
    ['beside the messages: all', { system: [text(100)], cache_control: { type: 'ephemeral', ttl: '1h' } }, [0, 100]],
    ['in a tool, which comes first', { system: [text(100)], tools: [{ name: 'n', cache_control: {} }] }, [13, 0]],
    [
      'in the result of a tool',
      { messages: [{ role: 'user', content: [{ type: 'tool_result', content: [text(100, '1h')] }] }] },
      [0, 100 + 16 + 45],
    ],
  ])('%s', (_, params, [cold5m, cold1h]) => {
    const use = weights(params);
    expect(use?.cold5m).toBeGreaterThanOrEqual(cold5m * 0.8);
    expect(use?.cold5m).toBeLessThanOrEqual(cold5m * 1.2 + 5);
    expect(use?.cold1h).toBeGreaterThanOrEqual(cold1h * 0.8);
    expect(use?.cold1h).toBeLessThanOrEqual(cold1h * 1.2 + 5);
  });

  test('no mark, no use', () => {
    expect(weights({ system: 'x', messages: [{ role: 'user', content: 'y' }] })).toBeUndefined();
    expect(weights({ system: 'x', cache_control: null })).toBeUndefined();
    expect(weights({ cache_control: { type: 'ephemeral' } })).toBeUndefined();
  });
});

test('prompts of 100 KB and more are hashed and found again', () => {
  const cache = createCacheStats();
  const pieces = () => blocksOf({ system: [{ type: 'text', text: 'x'.repeat(100_000), cache_control: {} }] });
  expect(cache.use('m', pieces())).toMatchObject({ read: 0, warm5m: 100_002 });
  expect(cache.use('m', pieces())).toMatchObject({ read: 100_002, warm5m: 0 });
  expect(cache.use('n', pieces())).toMatchObject({ read: 0, warm5m: 100_002 });
});
