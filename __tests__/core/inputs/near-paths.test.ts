import { expect, test } from '@jest/globals';
import { fileInstead, nearPattern } from '../../../src/core/inputs/near-paths.ts';

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

test.each<[string, string[], ReturnType<typeof fileInstead>]>([
  ['evals/*.jsonl', ['README.md', 'requests.jsonl'], { file: 'requests.jsonl', isTable: false }],
  ['evals/*.jsonl', ['evals/q.csv', 'requests.jsonl'], { file: 'evals/q.csv', isTable: true }],
  ['./evals/*.jsonl', ['evals/q.xlsx'], { file: 'evals/q.xlsx', isTable: true }],
  ['requests.jsonl', ['q.csv'], { file: 'q.csv', isTable: true }],
  ['evals/*.jsonl', ['data/q.csv'], undefined],
  ['evals/*.jsonl', ['package.json'], undefined],
])('instead of %j among %j', (pattern, names, file) => {
  expect(fileInstead([pattern], names)).toEqual(file);
});
