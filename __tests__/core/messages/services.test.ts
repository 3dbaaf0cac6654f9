import { expect, test } from '@jest/globals';
import { SERVICES } from '../../../src/core/messages/batches.ts';
import { type Message, printMessage } from '../../../src/core/messages/message.ts';

const reason = 'no response within 20 s';
const SENTENCES: readonly [Message, string][] = [
  [{ code: 'cache-read-only' }, 'This run can only read the Actions cache. Its records are stored as artifacts only.'],
  [
    { code: 'cache-mode-unfit', mode: 'none' },
    'The cache-mode of this workflow is none, so its records are stored as artifacts only.',
  ],
  [{ code: 'cache-not-read', reason }, `Could not read records from the Actions cache: ${reason}.`],
  [{ code: 'cache-not-saved', reason }, `Could not save a record to the Actions cache: ${reason}.`],
  [
    { code: 'answers-not-read', reason },
    `Could not read an index of earlier answers from the Actions cache: ${reason}.`,
  ],
  [
    { code: 'answers-not-saved', reason },
    `Could not save the index of this run's answers to the Actions cache: ${reason}.`,
  ],
  [
    { code: 'record-artifacts-forbidden' },
    'Skipped the records that other runs stored as artifacts: reading them requires the permission actions: read.',
  ],
  [
    { code: 'record-artifacts-not-read', reason },
    `Could not read the records that other runs stored as artifacts: ${reason}.`,
  ],
  [{ code: 'record-artifact-not-saved', reason }, `Could not store a record as an artifact: ${reason}.`],
  [{ code: 'artifact-upload' }, 'Artifact upload'],
  [{ code: 'page-upload' }, 'Page upload'],
  [{ code: 'artifact-check' }, 'Artifact check'],
  [{ code: 'artifact-download' }, 'Artifact download'],
];

test.each(SENTENCES)('%j', (message, sentence) => {
  expect(printMessage(message)).toBe(sentence);
});

test('every message is printed here', () => {
  expect(SENTENCES.map(([{ code }]) => code).sort()).toEqual(Object.keys(SERVICES).sort());
});
