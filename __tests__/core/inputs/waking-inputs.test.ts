import { expect, test } from '@jest/globals';
import { INPUTS } from '../../../src/core/inputs/inputs.ts';
import { idleWhileWaking, isToWake } from '../../../src/core/inputs/waking-inputs.ts';

test.each([
  ['true', true],
  [' TRUE ', true],
  ['yes', true],
  ['', false],
  ['false', false],
  ['False', false],
])('wake-paused: %j', (text, expected) => {
  expect(isToWake(new Map([['wake-paused', text]]))).toBe(expected);
});

test('an input that changes nothing is told only where somebody set it', () => {
  expect(isToWake(new Map())).toBe(false);
  const standard = INPUTS.map(({ name, default: text }): [string, string] => [name, text]);
  expect(idleWhileWaking(new Map(standard))).toEqual([]);
  const asTheRunner = [...standard, ['name', 'wake-0'], ['artifact-name', 'x'], ['results-path', '/tmp']] as const;
  expect(idleWhileWaking(new Map(asTheRunner))).toEqual([]);
  const needed = [...standard, ['wake-paused', 'true'], ['anthropic-api-key', 'k'], ['github-token', 't']] as const;
  expect(idleWhileWaking(new Map(needed))).toEqual([]);
  const set = [...standard, ['comment', 'never'], ['min-pass-rate', '90'], ['wait-minutes', '5']] as const;
  expect(idleWhileWaking(new Map(set)).toSorted()).toEqual(['comment', 'min-pass-rate', 'wait-minutes']);
});
