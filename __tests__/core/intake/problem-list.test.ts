import { expect, test } from '@jest/globals';
import { createProblemList } from '../../../src/core/intake/problem-list.ts';
import type { Problem } from '../../../src/core/messages/problems.ts';

const at = (line: number): Problem => ({ code: 'not-json', column: 1, where: { file: 'a.jsonl', line } });

test('up to ten thousand are kept as they came', () => {
  const list = createProblemList([{ code: 'no-model', writtenAs: undefined, input: 'default-params' }]);
  for (let line = 1; line < 10_000; line += 1) list.add(at(line));
  expect(list.problems).toHaveLength(10_000);
  expect(list.count).toBe(10_000);
  expect(list.problems.at(-1)).toEqual(at(9_999));
});

test('of those beyond, their number by code is kept, most first', () => {
  const list = createProblemList();
  for (let line = 1; line <= 10_001; line += 1) list.add(at(line));
  for (let line = 1; line <= 50_000; line += 1) list.add({ code: 'nul-bytes' });
  expect(list.count).toBe(60_001);
  expect(list.problems).toHaveLength(10_001);
  expect(list.problems.at(-1)).toEqual({
    code: 'unlisted-problems',
    kinds: [
      { code: 'nul-bytes', count: 50_000 },
      { code: 'not-json', count: 1 },
    ],
  });
});
