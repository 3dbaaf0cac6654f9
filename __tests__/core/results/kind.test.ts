import { expect, test } from '@jest/globals';
import { countKinds, modelNameOf } from '../../../src/core/results/kind.ts';

const group = (outcome: 'errored' | 'expired' | 'missing', type: string | null | undefined, count = 1) => ({
  outcome,
  type,
  count,
});

test('failures are counted by error type, or by how they ended, in the order in which they first come', () => {
  expect(
    countKinds([
      group('errored', 'overloaded_error', 2),
      group('expired', undefined, 5),
      group('errored', 'api_error', 3),
      group('errored', 'overloaded_error', 4),
      group('missing', null, 7),
    ]),
  ).toEqual([
    { kind: 'overloaded_error', count: 6 },
    { kind: 'expired', count: 5 },
    { kind: 'api_error', count: 3 },
    { kind: 'missing', count: 7 },
  ]);
});

test.each([
  ['errored', 'a'.repeat(60), 'a'.repeat(60)],
  ['errored', 'a'.repeat(61), 'errored'],
  ['errored', '', 'errored'],
  ['errored', null, 'errored'],
  ['errored', undefined, 'errored'],
  ['errored', 'Api_error', 'errored'],
  ['errored', 'api_error ::x', 'errored'],
  ['errored', '<b>api_error', 'errored'],
  // Only an error has a type.
  ['expired', 'api_error', 'expired'],
] as const)('%s with the type %j is named %s', (outcome, type, kind) => {
  expect(countKinds([group(outcome, type)])).toEqual([{ kind, count: 1 }]);
});

test.each(['claude-opus-5', 'claude-opus-5-20260101', 'anthropic.claude-x:1@eu', 'a', `a${'b'.repeat(99)}`])(
  'the model %s is named as it is',
  (name) => {
    expect(modelNameOf(name)).toBe(name);
  },
);

test.each(['', '-a', '.a', 'a b', 'a|b', 'a\n', '<a>', 'é', `a${'b'.repeat(100)}`])('%j is another model', (name) => {
  expect(modelNameOf(name)).toBe(modelNameOf('x y'));
  expect(modelNameOf(name)).not.toBe('');
});
