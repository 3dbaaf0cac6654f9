import { describe, expect, test } from '@jest/globals';
import { checkModels, type ModelLookUp } from '../../../src/core/lint/check-models.ts';
import type { ApiModel } from '../../../src/ports/api.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const model = (about: Partial<ApiModel> = {}): ModelLookUp => ({
  kind: 'known',
  model: {
    id: 'claude-a',
    lifecycle: 'active',
    retiresAt: null,
    maxTokens: 64_000,
    maxInputTokens: 200_000,
    takesBatches: true,
    takesStructuredOutputs: true,
    ...about,
  },
});

/** What is found in three requests, two of the model and one of a sound one, with their positions and numbers. */
function check(answer: ModelLookUp | undefined, name = 'claude-a', knownIds: readonly string[] = []) {
  const lookUps = new Map([['claude-sound', model()]]);
  if (answer !== undefined) lookUps.set(name, answer);
  const named = (model: string | undefined, maxTokens = 1) => ({ model, maxTokens });
  const requests = [named('claude-sound'), named(name), named(undefined), named(name, 64_001)];
  const { errors, warnings } = checkModels({ lookUps, requests, nowMs: NOW, knownIds });
  return [...errors, ...warnings].map(({ position, problem }) => ({ position, ...problem }));
}

describe('a model', () => {
  const name = 'claude-a';
  const limit = { position: 3, code: 'max-tokens-limit', name, limit: 64_000 };
  const both = (code: string, facts: object = {}) => [1, 3].map((position) => ({ position, code, name, ...facts }));
  const retiring = (on: string | undefined) => {
    return { position: 1, code: 'retiring-model', name, on };
  };
  const unchecked = (reason: string | undefined) => {
    const facts = { names: [name], moreNames: 0, reason };
    return { position: undefined, code: 'model-not-checked', ...facts };
  };
  test.each<[string, ModelLookUp | undefined, object[]]>([
    ['asked for more than it gives', model(), [limit]],
    ['whose limit is enough', model({ maxTokens: 64_001 }), []],
    ['whose limit is not known', model({ maxTokens: null }), []],
    ['not asked about', undefined, []],
    ['retired by its life cycle', model({ lifecycle: 'retired' }), both('retired-model')],
    [
      'retired by its date',
      model({ retiresAt: '2026-11-24T12:00:00Z' }),
      both('retired-model', { since: '2026-11-24' }),
    ],
    ['without batches', model({ takesBatches: false }), both('model-without-batches')],
    ['that may have batches', model({ takesBatches: null, maxTokens: null }), []],
    ['that retires', model({ retiresAt: '2026-11-24T12:00:01Z', maxTokens: null }), [retiring('2026-11-24')]],
    ['deprecated without a date', model({ lifecycle: 'deprecated' }), [limit, retiring(undefined)]],
    [
      'that could not be looked up',
      { kind: 'failed', reason: `500\n::error::${'x'.repeat(300)}` },
      [unchecked(`500 ::error::${'x'.repeat(186)}…`)],
    ],
    [
      'that the key may not look up',
      { kind: 'failed', reason: '403', isForbidden: true },
      [{ ...unchecked('403'), isForbidden: true }],
    ],
    ['that there was no time for', { kind: 'failed', reason: undefined }, [unchecked(undefined)]],
    [
      'that is unknown',
      { kind: 'unknown' },
      both('unknown-model', { meant: undefined, examples: [], isForeign: false }),
    ],
  ])('%s', (_, answer, expected) => {
    expect(check(answer)).toEqual(expected);
  });

  test.each<[string, string, readonly string[], string | undefined]>([
    ['the nearest known', 'claude-haiku-45', ['claude-opus-5', 'claude-haiku-4-5'], 'claude-haiku-4-5'],
    ['nothing where none is near', 'gpt-4o', ['claude-opus-5', 'claude-haiku-4-5'], undefined],
    // The price table has it, this workspace has not.
    ['not itself', 'claude-opus-5', ['claude-opus-5'], undefined],
  ])('that is unknown is offered %s', (_, unknown, ids, meant) => {
    expect(check({ kind: 'unknown' }, unknown, ids)[0]).toMatchObject({ meant });
  });

  test('of an endless name is kept in part', () => {
    const [found] = check({ kind: 'unknown' }, 'x'.repeat(1_000_000), ['x']);
    expect(found).toMatchObject({ name: `${'x'.repeat(80)}…` });
  });
});

describe('a model at its end of life', () => {
  const known = (about: Partial<ApiModel> = {}) => model({ maxTokens: null, ...about });
  const retiring = (name: string, on: string, more = {}) => [
    { position: 1, code: 'retiring-model', name, on, ...more },
  ];
  test.each<[string, string, ModelLookUp | undefined, object[]]>([
    ['no answer', 'claude-sonnet-4-5', undefined, retiring('claude-sonnet-4-5', '2026-11-30')],
    [
      'no answer, by its date',
      'claude-opus-4-5-20251101',
      undefined,
      retiring('claude-opus-4-5-20251101', '2027-01-22'),
    ],
    ['an answer without a day', 'claude-sonnet-4-5', known(), retiring('claude-sonnet-4-5', '2026-11-30')],
    [
      'an answer with another day',
      'claude-sonnet-4-5',
      known({ retiresAt: '2026-12-24T00:00:00Z' }),
      retiring('claude-sonnet-4-5', '2026-12-24'),
    ],
    // A gateway may have it longer.
    [
      'an answer after that day',
      'claude-opus-4-1',
      known(),
      retiring('claude-opus-4-1', '2026-08-05', { isPast: true }),
    ],
    [
      'no answer after that day',
      'claude-mythos-preview',
      undefined,
      retiring('claude-mythos-preview', '2026-06-30', { isPast: true }),
    ],
    [
      'unknown after that day',
      'claude-opus-4-1',
      { kind: 'unknown' },
      [1, 3].map((position) => ({ position, code: 'retired-model', name: 'claude-opus-4-1', since: '2026-08-05' })),
    ],
    ['another model', 'claude-sonnet-4-6', known(), []],
  ])('%s', (_, name, answer, expected) => {
    expect(check(answer, name)).toEqual(expected);
  });
});

test('a hundred thousand requests of an unknown model, each by itself', () => {
  const requests = Array<{ model: string; maxTokens: number }>(100_000).fill({ model: 'm', maxTokens: 1 });
  const lookUps = new Map<string, ModelLookUp>([['m', { kind: 'unknown' }]]);
  const { errors } = checkModels({ lookUps, requests, nowMs: NOW, knownIds: [] });
  expect(errors).toHaveLength(100_000);
});
