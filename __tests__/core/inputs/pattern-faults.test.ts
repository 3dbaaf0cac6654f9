import { expect, test } from '@jest/globals';
import { patternProblem } from '../../../src/core/inputs/pattern-faults.ts';

test.each<[pattern: string, fault: string, ...instead: string[]]>([
  ['a.jsonl, b.jsonl', 'list', 'a.jsonl', 'b.jsonl'],
  ['a.jsonl,b.jsonl', 'list', 'a.jsonl', 'b.jsonl'],
  ['a.jsonl b.jsonl', 'list', 'a.jsonl', 'b.jsonl'],
  ['a.jsonl, b.jsonl, c.jsonl, d.jsonl, e.jsonl', 'list', 'a.jsonl', 'b.jsonl', 'c.jsonl', 'd.jsonl'],
  ['["a.jsonl", "b.jsonl"]', 'list', 'a.jsonl', 'b.jsonl'],
  ['"a.jsonl", "b.jsonl"', 'list', 'a.jsonl', 'b.jsonl'],
  ['"a.jsonl"', 'quotes', 'a.jsonl'],
  ["'evals/*.jsonl'", 'quotes', 'evals/*.jsonl'],
  ['"a.jsonl', 'quotes'],
  ['""', 'quotes'],
  ['a.jsonl # mine', 'comment', 'a.jsonl'],
  ['evals/*.jsonl  #1', 'comment', 'evals/*.jsonl'],
  ['/*.jsonl', 'root', '*.jsonl'],
  ['/**/a.jsonl', 'root', '**/a.jsonl'],
  ['/a.jsonl', 'root', 'a.jsonl'],
  ['- a.jsonl', 'dash', 'a.jsonl'],
  ['evals/{a,b}.jsonl', 'braces', 'evals/a.jsonl', 'evals/b.jsonl'],
  ['{a,b}/{c,d}.jsonl', 'braces'],
  ['evals/+(a|b).jsonl', 'braces'],
  ['evals\\a.jsonl', 'backslashes', 'evals/a.jsonl'],
  ['~/a.jsonl', 'tilde'],
  ['$HOME/a.jsonl', 'variable'],
  ['${RUNNER_TEMP}/a.jsonl', 'braces'],
  ['%TEMP%/a.jsonl', 'variable'],
  ['https://example.com/a.jsonl', 'url'],
  ['', 'nothing'],
])('%s', (pattern, fault, ...instead) => {
  expect(patternProblem(pattern, { isFolder: false })).toEqual({
    code: 'input-pattern',
    value: pattern,
    fault,
    instead,
  });
});

test.each([
  'a.jsonl',
  'evals/**/*.jsonl',
  '[ab].jsonl',
  '[!a].jsonl',
  'my file.jsonl',
  'a#b.jsonl',
  '/tmp/*.jsonl',
  'a-b.jsonl',
  '../a.jsonl',
])('%s may just not be there', (pattern) => {
  expect(patternProblem(pattern, { isFolder: false })).toBeUndefined();
});

test.each([
  ['evals', 'evals/*.jsonl'],
  ['evals/', 'evals/*.jsonl'],
  ['.', './*.jsonl'],
])('the folder %s', (pattern, instead) => {
  expect(patternProblem(pattern, { isFolder: true })).toMatchObject({ fault: 'folder', instead: [instead] });
});

test('nothing long and no key is repeated', () => {
  const problem = patternProblem(`"${'x'.repeat(1_000)}", sk-ant-abc`, { isFolder: false });
  expect(JSON.stringify(problem)).not.toContain('sk-ant');
  expect(JSON.stringify(problem).length).toBeLessThan(300);
});
