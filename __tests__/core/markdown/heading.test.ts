import { expect, test } from '@jest/globals';
import { renderHeading, titleOf } from '../../../src/core/markdown/heading.ts';

test.each([
  ['Evals', 'Evals'],
  ['.github/workflows/evals.yml', 'evals.yml'],
  ['A .github/workflows/', 'A .github/workflows/'],
  ['', 'claude-batch-action'],
  ['.github/workflows/', 'claude-batch-action'],
])('the workflow %j is called %s', (workflow, title) => {
  expect(titleOf(workflow)).toBe(title);
});

test.each([
  ['good', '✅'],
  ['doubtful', '⚠️'],
  ['bad', '❌'],
  ['neutral', '⏳'],
] as const)('%s: the sign %s stands beside the words', (severity, sign) => {
  expect(renderHeading({ severity, title: 'Evals', words: '2 of 2 answered' })).toBe(
    `### ${sign} Evals: 2 of 2 answered`,
  );
});

test('a hostile name is a text of one line', () => {
  expect(renderHeading({ severity: 'good', title: '# a\n### @b', words: 'x $1' })).toBe(
    '### ✅ <span>#</span> a <span>#</span><span>#</span><span>#</span> <span>@</span>b: x <span>$</span>1',
  );
  expect(renderHeading({ severity: 'good', title: 'x'.repeat(200), words: 'y' })).toBe(`### ✅ ${'x'.repeat(99)}…: y`);
});
