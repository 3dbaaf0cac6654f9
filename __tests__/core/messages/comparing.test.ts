import { expect, test } from '@jest/globals';
import { type Message, printMessage } from '../../../src/core/messages/message.ts';
import { COMPARING } from '../../../src/core/messages/verdicts.ts';

const reason = 'no response within 20 s';
const SENTENCES: readonly [Message, string][] = [
  [
    { code: 'baseline-chosen', runId: 812, ref: 'refs/heads/main', days: 2, sha: '9f8e7d6c5b4a' },
    'Comparing with baseline run 812 on main, 2 days old, commit 9f8e7d6.',
  ],
  [{ code: 'baseline-given', path: '/w/old' }, 'Comparing with the grades in /w/old.'],
  [{ code: 'no-baseline', why: { code: 'turned-off' } }, 'No baseline: the input baseline is none.'],
  [
    { code: 'baseline-refused', runId: 801, refusal: { code: 'fork' } },
    'Run 801 is not the baseline: it is from a fork.',
  ],
  [
    { code: 'baseline-is-old', days: 9, ref: 'refs/heads/main' },
    'The baseline is 9 days old. Models and services change over time: run this evaluation on main again, preferably on a schedule.',
  ],
  [{ code: 'baseline-not-read', reason }, `Could not read the grades of the baseline: ${reason}.`],
  [
    { code: 'baseline-answers-not-read', reason },
    `Could not read the answers of the baseline, so they are not shown and not graded again: ${reason}.`,
  ],
  [
    { code: 'grades-name-shared', name: 'evals' },
    'Another step of this run is also named evals, so later runs cannot use this run as their baseline. Give each step a name of its own.',
  ],
  [
    { code: 'grades-not-uploaded', reason },
    `Could not upload the grades as an artifact: ${reason}. Later runs cannot use this run as their baseline.`,
  ],
];

test.each(SENTENCES)('%j', (message, sentence) => {
  expect(printMessage(message)).toBe(sentence);
});

test('every message is printed here', () => {
  expect(SENTENCES.map(([{ code }]) => code).sort()).toEqual(Object.keys(COMPARING).sort());
});
