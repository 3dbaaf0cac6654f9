import { describe, expect, test } from '@jest/globals';
import { priceRows } from '../../../src/core/cost/table.ts';
import { adviseModel } from '../../../src/core/lint/nearest-model.ts';

const KNOWN = [
  ...['claude-opus-5-5', 'claude-opus-5', 'claude-opus-4-6'],
  ...['claude-sonnet-5-5', 'claude-sonnet-5', 'claude-haiku-5-5', 'claude-haiku-4-5'],
];

test.each([
  ['claude-4.5-haiku', 'claude-haiku-4-5'],
  ['claude-haiku-4.5', 'claude-haiku-4-5'],
  ['claude-4-5-haiku', 'claude-haiku-4-5'],
  ['Claude Haiku 4.5', 'claude-haiku-4-5'],
  ['claude_haiku_4_5', 'claude-haiku-4-5'],
  ['haiku-4-5', 'claude-haiku-4-5'],
  ['claude-haiku-4-5-latest', 'claude-haiku-4-5'],
  ['claude-haiku-4-5-20250101', 'claude-haiku-4-5'],
  ['anthropic/claude-haiku-4.5', 'claude-haiku-4-5'],
  ['anthropic.claude-haiku-4-5-20251001-v1:0', 'claude-haiku-4-5'],
  ['us.anthropic.claude-haiku-4-5-20251001-v1:0', 'claude-haiku-4-5'],
  ['claude-haiku-4-5@20251001', 'claude-haiku-4-5'],
  ['claude-hiaku-4-5', 'claude-haiku-4-5'],
  ['claude-haiku-45', 'claude-haiku-4-5'],
  ['sonnet 5', 'claude-sonnet-5'],
  ['haiku', 'claude-haiku-5-5'],
  ['claude-sonnet', 'claude-sonnet-5-5'],
  ['claude-opus-latest', 'claude-opus-5-5'],
  ['claude-3-7-sonnet', 'claude-sonnet-5-5'],
  ['claude-3.5-haiku', 'claude-haiku-5-5'],
])('%s means %s', (name, meant) => {
  expect(adviseModel(name, KNOWN)).toEqual({ meant, examples: [], isForeign: false });
});

describe('one of each size is offered', () => {
  const examples = ['claude-haiku-5-5', 'claude-sonnet-5-5', 'claude-opus-5-5'];

  test.each(['gpt-4o', 'openai/gpt-4o-mini', 'gpt4', 'o3-mini', 'gemini-2.5-pro', 'llama-3', 'mistral-large'])(
    'for %s, of another vendor',
    (name) => {
      expect(adviseModel(name, KNOWN)).toEqual({ meant: undefined, examples, isForeign: true });
    },
  );

  test.each(['claude', 'claude-2', 'my-model', '', 'x'.repeat(10_000)])('for %.20s', (name) => {
    expect(adviseModel(name, KNOWN)).toEqual({ meant: undefined, examples, isForeign: false });
  });
});

test('the price table has the newest of each family first', () => {
  const known = priceRows.flatMap(({ models }) => models);
  for (const family of ['haiku', 'sonnet', 'opus']) {
    const versions = known
      .filter((id) => id.includes(family))
      .map((id) => Number(id.replace(/^\D+/, '').replace('-', '.')));
    expect(versions[0]).toBe(Math.max(...versions));
  }
});
