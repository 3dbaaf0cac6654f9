import { expect, test } from '@jest/globals';
import type { RunResult } from '../../simulator/runner.ts';
import { onMain } from './graded.ts';
import { createsOf, lines, requestLine, run, simulate } from './harness.ts';

// Runs at the same time that keep answers under one name: none takes away what the other keeps.

const requestsOf = (...parts: readonly string[]) =>
  lines(...parts.flatMap((part) => [1, 2, 3, 4].map((number) => requestLine(`${part}-${number}`))));
const inputs = { 'reuse-answers': 'true', name: 'evals' };
const figures = (result: RunResult) => [
  result.conclusion,
  result.outputs.get('reused-count'),
  result.outputs.get('new-cost-usd'),
];

test('two pushes at once: a later run has the answers of both', async () => {
  const simulator = await simulate();
  await onMain(simulator, requestsOf('a'), { inputs });
  const ends = await Promise.all(
    ['b', 'c'].map((part, index) =>
      onMain(simulator, requestsOf('a', part), { inputs, job: { runId: 17_000_000_000 + index } }),
    ),
  );
  expect(ends.map((end) => figures(end).slice(0, 2))).toEqual([
    ['success', '4'],
    ['success', '4'],
  ]);
  expect(createsOf(simulator)).toBe(3);
  const later = await onMain(simulator, requestsOf('a', 'b', 'c'), { inputs });
  expect(figures(later)).toEqual(['success', '12', '0.000000']);
  expect(createsOf(simulator)).toBe(3);
});

test('two jobs of one run with one name, and a pull request beside them', async () => {
  const simulator = await simulate();
  const job = { runId: 17_000_000_000 };
  const ends = await Promise.all([
    onMain(simulator, requestsOf('a'), { inputs, job: { ...job, job: 'first' } }),
    onMain(simulator, requestsOf('b'), { inputs, job: { ...job, job: 'second' } }),
    run(simulator, requestsOf('c'), { inputs, job: { runId: 17_000_000_001 } }),
  ]);
  expect(ends.map(({ conclusion }) => conclusion)).toEqual(['success', 'success', 'success']);
  expect(createsOf(simulator)).toBe(3);
  // The pull request sees its own and main's, and main only its own.
  const pull = await run(simulator, requestsOf('a', 'b', 'c'), { inputs });
  expect(figures(pull)).toEqual(['success', '12', '0.000000']);
  const main = await onMain(simulator, requestsOf('a', 'b', 'c'), { inputs });
  expect(figures(main).slice(0, 2)).toEqual(['success', '8']);
  expect(createsOf(simulator)).toBe(4);
});
