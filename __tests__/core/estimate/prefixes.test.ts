import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Params } from '../../../src/core/requests/params.ts';
import { statsOf } from './truth.ts';

const ask = (content: unknown, more: Params = {}): Params => ({
  model: 'claude-sonnet-4-5',
  max_tokens: 10,
  messages: [{ role: 'user', content }],
  ...more,
});
const long = (seed: string, length = 6_000) =>
  `${seed} `.repeat(Math.ceil(length / (seed.length + 1))).slice(0, length);
const found = (requests: readonly Params[]) => statsOf(requests).prefixes();

describe('a long beginning that repeats', () => {
  test.each<[string, (question: string) => Params]>([
    ['one system prompt', (question) => ask(question, { system: long('system') })],
    ['in blocks', (question) => ask(question, { system: [{ type: 'text', text: long('system') }] })],
    ['one text before the question, in one string', (question) => ask(`${long('document')}\n\n${question}`)],
    [
      'one text before the question, in blocks',
      (question) =>
        ask([
          { type: 'text', text: long('document') },
          { type: 'text', text: question },
        ]),
    ],
    [
      'the same tools',
      (question) => ask(question, { tools: [{ name: 'n', description: long('tool'), input_schema: {} }] }),
    ],
    [
      'one text document',
      (question) =>
        ask([
          { type: 'document', source: { type: 'text', data: long('document') } },
          { type: 'text', text: question },
        ]),
    ],
  ])('%s', (_, make) => {
    const [prefix, ...others] = found([make('Why?'), make('How come?'), make('When?'), make('Who?')]);
    expect(others).toEqual([]);
    expect(prefix).toMatchObject({ model: 'claude-sonnet-4-5', first: 0, count: 4 });
    expect(prefix?.weight).toBeGreaterThanOrEqual(6_000);
    expect(prefix?.weight).toBeLessThan(6_100);
  });

  test('is found among others, by model', () => {
    const requests = [
      ask('short'),
      ask(`${long('one')} 1`),
      ask(`${long('two', 9_000)} 1`),
      ask(`${long('one')} 2`, { model: 'claude-opus-4-1' }),
      ask(`${long('one')} 3`),
      ask(`${long('two', 9_000)} 2`),
      ask(`${long('one')} 4`, { model: 'claude-opus-4-1' }),
    ];
    expect(found(requests)).toMatchObject([
      { model: 'claude-sonnet-4-5', first: 2, count: 2 },
      { model: 'claude-sonnet-4-5', first: 1, count: 2 },
      { model: 'claude-opus-4-1', first: 3, count: 2 },
    ]);
  });

  test('is found after many that come once, and between them', () => {
    const single = (at: number) => ask(long(`single ${at}`));
    const shared = (question: string) => ask(long('shared') + question);
    const requests = Array.from({ length: 200 }, (_, at) => single(at));
    expect(
      found([...requests, shared('a'), single(201), shared('b'), ...requests.slice(0, 50), shared('c')]),
    ).toMatchObject([{ first: 200, count: 3 }]);
  });

  test('ends where the texts part, in the middle of a block', () => {
    const [prefix] = found([
      ask(`${long('x', 5_000)}${'a'.repeat(3_000)}`),
      ask(`${long('x', 5_000)}${'b'.repeat(3_000)}`),
    ]);
    expect(prefix?.weight).toBe(5_000 + '\nuser\n'.length);
  });

  test('shrinks when that pays', () => {
    const base = long('base', 20_000);
    const [prefix] = found([ask(`${base}xyz`), ask(`${base}xyq`), ask(`${base}w`), ask(`${base.slice(0, 19_000)}-`)]);
    expect(prefix).toMatchObject({ count: 4, weight: 19_000 + '\nuser\n'.length });
  });

  test('does not shrink for one that has little of it', () => {
    const base = long('base', 20_000);
    const all = ['a', 'b', 'c', 'd', 'e'].map((question) => ask(`${base}?${question}`));
    const [prefix, ...others] = found([...all, ask(`${base.slice(0, 5_000)}-`), ask(`${base}?f`)]);
    expect(others).toEqual([]);
    expect(prefix).toMatchObject({ count: 6, weight: 20_001 + '\nuser\n'.length });
  });
});

describe('is none', () => {
  test.each<[string, readonly Params[]]>([
    ['a single prompt', [ask(long('a'))]],
    ['short ones', [ask('abc'), ask('abc')]],
    [
      'less than 1,024 tokens in common',
      [ask(long('a', 3_900) + 'x'.repeat(9_000)), ask(long('a', 3_900) + 'y'.repeat(9_000))],
    ],
    ['different models', [ask(long('a')), ask(long('a'), { model: 'claude-opus-4-1' })]],
    ['no model', [ask(long('a'), { model: null }), ask(long('a'), { model: null })]],
    [
      'one that is marked',
      [1, 2].map(() => ask('q', { system: [{ type: 'text', text: long('a'), cache_control: { type: 'ephemeral' } }] })),
    ],
    [
      'one behind an image',
      [1, 2].map((at) =>
        ask([
          { type: 'image', source: { type: 'base64', data: `${at}` } },
          { type: 'text', text: long('a') },
        ]),
      ),
    ],
  ])('%s', (_, requests) => expect(found(requests)).toEqual([]));
});

test('of few beginnings, each is found with all who have it', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5), { minLength: 2, maxLength: 60 }), (kinds) => {
      const requests = kinds.map((kind, at) => ask(`${kind}${long(`k${kind}`)}? ${at}`));
      const counts = new Map<number, number>();
      for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
      const repeated = [...counts.values()].filter((count) => count > 1).sort();
      expect(
        found(requests)
          .map(({ count }) => count)
          .sort(),
      ).toEqual(repeated);
    }),
  );
});

test('a prefix of a megabyte is known as far as 256 K characters', () => {
  const text = long('mega', 1_000_000);
  expect(found([ask(`${text}a`), ask(`${text}b`)])).toMatchObject([{ count: 2, weight: 262_144 + '\nuser\n'.length }]);
});

test.each([
  ['claude-opus-5', 2_048],
  ['claude-fable-5', 2_048],
  ['claude-mythos-5-20260601', 2_048],
  ['claude-sonnet-4-5-20250929', 4_096],
  ['claude-opus-4-8', 4_096],
  ['claude-sonnet-5', 4_096],
  ['claude-opus-4-1', 4_096],
  ['claude-sonnet-4-6', 8_192],
  ['claude-opus-4-7', 8_192],
  ['claude-opus-4-6', 16_384],
  ['claude-haiku-4-5', 16_384],
  ['claude-opus-4-5', 16_384],
  ['claude-opus-5-5', 16_384],
  ['of another kind', 16_384],
])('%s caches from %i bytes on', (model, bytes) => {
  const two = (length: number) =>
    found([ask(`${long('a', length)}?1`, { model }), ask(`${long('a', length)}?2`, { model })]);
  expect(two(bytes)).toHaveLength(1);
  expect(two(bytes - 20)).toEqual([]);
});
