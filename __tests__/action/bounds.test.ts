import { expect, test } from '@jest/globals';
import { printProblem, printProblemOf } from '../../src/core/messages/problems.ts';
import { createsOf, errorsOf, lines, requestLine, run, simulate } from './harness.ts';

// A file from a stranger asks for more than the workflow allows: what people see of it.

const inputs = { 'max-requests': '3', 'allowed-models': 'claude-haiku-4-5' };
const ids = Array.from({ length: 5 }, (_, index) => `case-${index}`);

test('more requests and other models than allowed are refused at once, each cause at its first line', async () => {
  const simulator = await simulate();
  const strange = ids.map((id, index) => requestLine(id, undefined, index % 2 === 1 ? { model: 'claude-opus-5' } : {}));
  const result = await run(simulator, lines(...strange), { inputs });
  expect({ conclusion: result.conclusion, status: result.outputs.get('status') }).toEqual({
    conclusion: 'failure',
    status: 'rejected',
  });
  const allowed = { allowed: ['claude-haiku-4-5'], moreAllowed: 0 };
  const where = (line: number) => ({ file: 'requests.jsonl', line });
  expect(errorsOf(result)).toEqual([
    printProblemOf(
      { code: 'model-not-allowed', name: 'claude-opus-5', of: 'request', ...allowed, where: where(2) },
      { lines: 2, files: 1 },
    ),
    printProblem({ code: 'too-many-requests', requests: 5, repeats: 1, max: 3, where: where(4) }),
  ]);
  expect(simulator.exchanges.filter(({ path }) => path.startsWith('/v1/'))).toEqual([]);
});

test('what is within the bounds is sent', async () => {
  const simulator = await simulate();
  const result = await run(simulator, lines(...ids.slice(0, 3).map((id) => requestLine(id))), { inputs });
  expect([result.conclusion, result.outputs.get('status'), createsOf(simulator)]).toEqual(['success', 'completed', 1]);
});
