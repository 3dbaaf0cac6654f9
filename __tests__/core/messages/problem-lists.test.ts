import { expect, test } from '@jest/globals';
import {
  PROBLEM_LABELS,
  printMoreKinds,
  printMoreLines,
  printRepeated,
} from '../../../src/core/messages/problem-lists.ts';
import type { Problem } from '../../../src/core/messages/problems.ts';

const FIRST: Problem = { code: 'not-utf8', where: { file: 'a.jsonl', line: 7 } };
const WORDS = 'the line is not valid UTF-8; save the file as UTF-8';

test.each([
  [printMoreKinds('problems', 1), 'And 1 more kind of problem: see the log.'],
  [printMoreKinds('warnings', 30), 'And 30 more kinds of warnings: see the log.'],
  [printMoreLines(1), 'and 1 more line'],
  [printMoreLines(2_000), 'and 2,000 more lines'],
  [printRepeated(FIRST, { lines: 1, files: 1 }), `a.jsonl:7: ${WORDS}`],
  [printRepeated(FIRST, { lines: 412, files: 1 }), `412 lines: ${WORDS} (first at a.jsonl:7)`],
  [printRepeated(FIRST, { lines: 412, files: 2 }), `412 lines in 2 files: ${WORDS} (first at a.jsonl:7)`],
  [printRepeated({ code: 'not-utf8' }, { lines: 2, files: 0 }), WORDS],
  [Object.values(PROBLEM_LABELS).join(', '), 'Problems, Warnings, Where, What is wrong, What to do'],
])('%s', (printed, sentence) => {
  expect(printed).toBe(sentence);
});
