import { describe, expect, test } from '@jest/globals';
import { checkModels, type ModelAnswer } from '../../../src/core/lint/check-models.ts';
import type { ApiModel } from '../../../src/ports/api.ts';
import { textOf } from './given.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const model = (about: Partial<ApiModel> = {}): ModelAnswer => ({
  kind: 'known',
  model: {
    id: 'claude-a',
    lifecycle: 'active',
    retiresAt: null,
    maxTokens: 64_000,
    maxInputTokens: 200_000,
    takesBatches: true,
    ...about,
  },
});

/** Errors as `position text`, warnings as `position×count text`, of three requests: two of the model, one of a sound one. */
function check(answer: ModelAnswer | undefined, name = 'claude-a', knownIds: Iterable<string> = []) {
  const answers = new Map([['claude-sound', model()]]);
  if (answer !== undefined) answers.set(name, answer);
  const requests = { models: ['claude-sound', name], model: [0, 1, -1, 1], maxTokens: [1, 1, 1, 64_001] };
  const { errors, warnings } = checkModels({ answers, requests, nowMs: NOW, knownIds });
  return [
    ...errors.map(({ position, finding }) => `${position} ${textOf(finding)}`),
    ...warnings.map(({ position, count, finding }) => `${position}×${count} ${textOf(finding)}`),
  ];
}

describe('a model', () => {
  const limit = '3 error max-tokens-limit: max_tokens is above the limit of the model "claude-a"; write 64000 or less';
  const both = (text: string) => [`1 error ${text}`, `3 error ${text}`];
  test.each<[string, ModelAnswer | undefined, string[]]>([
    ['asked for more than it gives', model(), [limit]],
    ['whose limit is enough', model({ maxTokens: 64_001 }), []],
    ['whose limit is not told', model({ maxTokens: null }), []],
    ['not asked about', undefined, []],
    [
      'retired by its life cycle',
      model({ lifecycle: 'retired' }),
      both('retired-model: the model "claude-a" is retired; write a newer model'),
    ],
    [
      'retired by its date',
      model({ retiresAt: '2026-11-24T12:00:00Z' }),
      both('retired-model: the model "claude-a" is retired since 2026-11-24; write a newer model'),
    ],
    [
      'without batches',
      model({ takesBatches: false }),
      both('model-without-batches: the model "claude-a" takes no batches; write a model that does'),
    ],
    ['that does not tell about batches', model({ takesBatches: null, maxTokens: null }), []],
    [
      'that retires',
      model({ retiresAt: '2026-11-24T12:00:01Z', maxTokens: null }),
      ['1×2 warning retiring-model: the model "claude-a" retires on 2026-11-24; change to a newer model before'],
    ],
    [
      'deprecated without a date',
      model({ lifecycle: 'deprecated' }),
      [limit, '1×2 warning retiring-model: the model "claude-a" is deprecated; change to a newer model'],
    ],
    [
      'that could not be looked up',
      { kind: 'failed', said: `500\n::error::${'x'.repeat(300)}` },
      [
        `undefined×2 warning model-not-checked: the model "claude-a" could not be looked up (500 ::error::${'x'.repeat(187)}…); see to it that its name is right; the requests are judged without`,
      ],
    ],
    [
      'that is unknown',
      { kind: 'unknown' },
      both(
        'unknown-model: the API knows no model "claude-a"; write the id of a model that the workspace of the API key may use',
      ),
    ],
  ])('%s', (_, answer, expected) => {
    expect(check(answer)).toEqual(expected);
  });

  test('that is unknown is offered the nearest known', () => {
    const ids = ['claude-opus-5', 'claude-haiku-4-5'];
    expect(check({ kind: 'unknown' }, 'claude-haiku-45', ids)[0]).toContain('; write "claude-haiku-4-5"');
    expect(check({ kind: 'unknown' }, 'gpt-4o', ids)[0]).toContain('; write the id');
    // The price table has it, this workspace has not.
    expect(check({ kind: 'unknown' }, 'claude-opus-5', ['claude-opus-5'])[0]).toContain('; write the id');
  });

  test('with a hostile name is quoted', () => {
    expect(check({ kind: 'unknown' }, '\n::error::')[0]).toContain('no model "\\n::error::";');
    expect(check({ kind: 'unknown' }, 'x'.repeat(1_000_000), ['x'])[0]?.length).toBeLessThan(200);
  });
});

test('a hundred thousand requests of an unknown model, each by itself', () => {
  const requests = { models: ['m'], model: Array(100_000).fill(0), maxTokens: Array(100_000).fill(1) };
  const { errors } = checkModels({ answers: new Map([['m', { kind: 'unknown' }]]), requests, nowMs: NOW });
  expect(errors).toHaveLength(100_000);
});
