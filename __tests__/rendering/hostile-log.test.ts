import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createLogReader } from '../../simulator/runner/log-reader.ts';
import { createLog } from '../../src/adapters/log.ts';
import { logLines } from '../../src/core/markdown/log-lines.ts';
import type { Message } from '../../src/core/messages/message.ts';
import { createBlotter } from '../../src/core/text/secrets.ts';
import { annotate, annotateProblems } from '../../src/steps/notify/annotate.ts';
import { attacks } from '../core/markdown/attacks.ts';
import { HARMLESS, IN_LOGS, ODD, ON_PAGES } from './hostile-texts.ts';
import { outcomesWith, problemWith, summariesWith } from './outcomes.ts';

// With any text in all its places, the runner finds the commands in a step's output which it finds with a word there.

const TEXTS = [...IN_LOGS, ...ODD, ...ON_PAGES, ...attacks];

let printed = '';
beforeEach(() => {
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((piece) => {
    printed += String(piece);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Prints all that the log says of runs, and a line in front of which everything can stand. */
function print(text: string): void {
  const log = createLog({ blot: createBlotter(['secret']) });
  for (const outcome of outcomesWith(text).values())
    annotate(log, outcome, { artifact: text, resumable: false, batchIds: [] });
  for (const summary of summariesWith(text).values()) for (const line of logLines(summary)) log.info(line);
  annotateProblems(log, 'warning', [problemWith(text), problemWith(`other ${text}`), problemWith(text)]);
  const atStart: Message = { code: 'problem-lines', problem: problemWith(text), file: text, ranges: ['1'] };
  log.info(atStart);
  log.notice(atStart);
  log.group(atStart, [text, `${text}\n${text}`]);
}

/** What the runner makes of it, without the texts. */
function read(output: string) {
  const reader = createLogReader([]);
  for (const line of output.split(/\r\n|\r|\n/)) reader.take(line);
  // Commands still count.
  reader.take('::notice::last');
  const probe = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index)).join('');
  return {
    annotations: reader.annotations.map(({ level, properties }) => [level, ...properties.keys()].join(' ')),
    lines: reader.lines.length,
    groups: reader.lines.filter((line) => /^##\[(?:end)?group\]/.test(line)).length,
    outputs: [...reader.outputs],
    state: [...reader.state],
    failed: reader.failed,
    hides: reader.hide(probe) !== probe,
  };
}

describe('the runner obeys what it obeys with a word', () => {
  for (const [name, text] of TEXTS) {
    test(name, () => {
      print(HARMLESS);
      const expected = read(printed);
      printed = '';
      print(text);
      expect(read(printed)).toEqual(expected);
    });
  }
});

test.each(TEXTS)('%s: no line has what a terminal acts on', (_, text) => {
  print(text);
  expect(printed.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
});

test.each(IN_LOGS)('%s: is obeyed where nothing escapes it', (_, text) => {
  expect(read(`x\n${text}`)).not.toEqual(read(`x\n${HARMLESS}`));
});
