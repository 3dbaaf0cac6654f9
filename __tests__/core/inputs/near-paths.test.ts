import { expect, test } from '@jest/globals';
import { nearPattern } from '../../../src/core/inputs/near-paths.ts';

const NAMES = ['README.md', 'evals/capitals.jsonl', 'evals/rivers.jsonl', 'data/cities.json', 'src/capitals.ts'];

test.each([
  ['evals/captials.jsonl', 'evals/capitals.jsonl'],
  ['evals/capitals.json', 'evals/capitals.jsonl'],
  ['Evals/Capitals.jsonl', 'evals/capitals.jsonl'],
  ['./eval/capitals.jsonl', 'evals/capitals.jsonl'],
  ['capitals.jsonl', 'evals/capitals.jsonl'],
  ['tests/llm/rivers.jsonl', 'evals/rivers.jsonl'],
  ['eval/*.jsonl', 'evals/*.jsonl'],
  ['data/*.jsonl', 'data/*.json'],
  ['**/*.jsnl', '**/*.jsonl'],
  ['readme.txt', undefined],
  ['prompts.jsonl', undefined],
  ['prompts/*.jsonl', undefined],
  ['', undefined],
])('%j probably means %j', (pattern, meant) => {
  expect(nearPattern(pattern, NAMES)).toBe(meant);
});

test('a workspace without such files offers none', () => {
  expect(nearPattern('README.jsonl', ['README.md'])).toBeUndefined();
});
