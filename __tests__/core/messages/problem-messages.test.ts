import { expect, test } from '@jest/globals';
import { type Message, printMessage } from '../../../src/core/messages/message.ts';
import type { Problem } from '../../../src/core/messages/problems.ts';

const FIRST: Problem = { code: 'not-utf8', where: { file: 'a.jsonl', line: 7 } };
const found = (problem: Problem, lines: number, files: number) =>
  printMessage({ code: 'problem-found', problem, lines, files });
const WORDS = 'the line is not valid UTF-8; save the file as UTF-8';

test.each([
  [found(FIRST, 1, 1), `a.jsonl:7: ${WORDS}`],
  [found(FIRST, 412, 1), `412 lines: ${WORDS} (first at a.jsonl:7)`],
  [found(FIRST, 412, 2), `412 lines in 2 files: ${WORDS} (first at a.jsonl:7)`],
  [found({ code: 'not-utf8' }, 2, 0), WORDS],
])('%s', (printed, sentence) => {
  expect(printed).toBe(sentence);
});

test.each<[Message, string]>([
  [
    { code: 'more-problems', rest: { places: 1, kinds: 1 }, total: 11 },
    '1 more problem of 1 other kind; the log lists all 11. Nothing was sent.',
  ],
  [
    { code: 'more-warnings', rest: { places: 1234, kinds: 2 }, total: 1240 },
    '1,234 more warnings of 2 other kinds; the log lists all 1,240.',
  ],
  [{ code: 'all-problems', total: 2 }, 'All 2 problems'],
  [{ code: 'all-warnings', total: 2 }, 'All 2 warnings'],
  [{ code: 'problem-lines', problem: FIRST, file: 'a.jsonl', ranges: ['7-9', '12'] }, `a.jsonl:7-9,12: ${WORDS}`],
])('%j', (message, words) => {
  expect(printMessage(message)).toBe(words);
});
