import { expect, test } from '@jest/globals';
import { COMMENT } from '../../../src/core/messages/comment.ts';
import { printMessage } from '../../../src/core/messages/message.ts';
import type { DataOf } from '../../../src/core/messages/table.ts';

type CommentMessage = DataOf<typeof COMMENT>;

const pull = { number: 7, of: 'pull-request' } as const;
const issue = { number: 3, of: 'issue' } as const;
const number = { number: 3, of: 'either' } as const;

const SENTENCES: readonly (readonly [CommentMessage, string])[] = [
  [
    { code: 'comment-not-updated', target: pull, kind: 'unavailable', reason: 'GitHub is away' },
    'Could not write the report to pull request #7: GitHub is away.',
  ],
  [
    { code: 'comment-not-written', target: pull, kind: 'forbidden', reason: 'the token may not (403)' },
    'Could not write the report to pull request #7: the token may not (403). Add "pull-requests: write" to the permissions of the job. The report is in the job summary instead.',
  ],
  [
    { code: 'comment-not-written', target: issue, kind: 'forbidden', reason: 'no' },
    'Could not write the report to issue #3: no. Add "issues: write" to the permissions of the job. The report is in the job summary instead.',
  ],
  [
    { code: 'comment-not-written', target: number, kind: 'forbidden', reason: 'no' },
    'Could not write the report to #3: no. Add "pull-requests: write" (for an issue: "issues: write") to the permissions of the job. The report is in the job summary instead.',
  ],
  [
    { code: 'comment-not-written', target: undefined, kind: 'unauthenticated', reason: 'bad credentials' },
    'Could not write the report to a pull request: bad credentials. Check github-token. The report is in the job summary instead.',
  ],
  [
    {
      code: 'comment-and-summary-not-written',
      target: undefined,
      kind: 'forbidden',
      reason: 'no',
      summaryReason: 'disk full',
    },
    'Could not write the report to a pull request: no. Add "pull-requests: write" to the permissions of the job. Could not write the job summary either: disk full.',
  ],
  [
    { code: 'comment-not-allowed-for-fork' },
    'Runs for pull requests from forks have a read-only token and cannot comment. The report is in the job summary instead.',
  ],
  [
    { code: 'newer-section-kept', name: 'evals-0' },
    'The comment already has the report of a newer commit for evals-0, so this run did not change it.',
  ],
  [
    { code: 'name-shared', name: 'evals-0' },
    'Another step of this run is also named evals-0, so the comment has a section for each. Give each step its own name, so that readers and supersede can tell them apart.',
  ],
  [{ code: 'comment-not-read-again', reason: 'away' }, 'Could not read the comment again to check it: away.'],
  [
    { code: 'second-comment-not-deleted', reason: 'no' },
    'Could not delete a second comment of this action: no. Its sections are in the first one.',
  ],
];

test.each(SENTENCES)('%j', (message, sentence) => {
  expect(printMessage(message)).toBe(sentence);
});

test('every message is above', () => {
  expect(new Set(SENTENCES.map(([{ code }]) => code))).toEqual(new Set(Object.keys(COMMENT)));
});
