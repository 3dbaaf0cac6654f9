import { expect, test } from '@jest/globals';
import { CHECKS } from '../../../src/core/messages/checks.ts';
import { type Message, printMessage } from '../../../src/core/messages/message.ts';

const SENTENCES: readonly (readonly [Message, string])[] = [
  [
    { code: 'pattern-unmatched', pattern: 'a/*' },
    'No file matches "a/*" in the requests input. Continuing with the other patterns.',
  ],
  [
    { code: 'input-idle', input: 'judge-model', needs: 'llm-rubric' },
    'judge-model has no effect, because there is no llm-rubric.',
  ],
  [
    { code: 'no-requests-beside-batches', patterns: ['a', 'b/*'], files: [] },
    'Collecting only the batches in the batch-id input: no file matches the requests input ("a", "b/*").',
  ],
  [
    { code: 'no-requests-beside-batches', patterns: ['a*'], files: ['a1', 'a2'] },
    'Collecting only the batches in the batch-id input: no requests in a1, a2.',
  ],
  [
    {
      code: 'requests-found',
      requests: 1,
      repeats: 1,
      files: ['a.jsonl'],
      models: [{ model: 'm', requests: 1 }],
      moreModels: 0,
    },
    'Found 1 request in a.jsonl: m × 1',
  ],
  [
    {
      code: 'requests-found',
      requests: 1_200,
      repeats: 1,
      files: ['a', 'b'],
      models: [{ model: 'm', requests: 1_000 }],
      moreModels: 2,
    },
    'Found 1,200 requests in 2 files: m × 1,000, 2 more',
  ],
  [
    { code: 'strangers-code', event: 'workflow_run' },
    'The workspace holds code of a pull request, and this job runs for workflow_run, with the secrets of the repository: whoever opened it can take them as soon as a step runs any of that code, such as an install or a test (see docs/security.md#forks-and-dependabot of this action).',
  ],
  [{ code: 'sample-taken', requests: 132, of: 1_319, input: '10%' }, 'Taking 132 of 1,319 requests, by sample: 10%.'],
  [
    { code: 'requests-found', requests: 2, repeats: 1, files: ['a'], models: [], moreModels: 0 },
    'Found 2 requests in a',
  ],
  [
    {
      code: 'requests-found',
      requests: 2,
      repeats: 3,
      files: ['a'],
      models: [{ model: 'm', requests: 6 }],
      moreModels: 0,
    },
    'Found 2 requests in a, each to be sent 3 times: m × 6',
  ],
  [
    { code: 'count-incomplete', counted: 1, reason: undefined },
    'Counted the tokens of only 1 request (the API took too long), so the estimate is less precise.',
  ],
  [
    { code: 'count-incomplete', counted: 0, reason: '404' },
    'Could not count any tokens (404), so the estimate is less precise.',
  ],
  [
    { code: 'submitted-would-be-rejected', problems: 2, first: { code: 'not-utf8', where: { file: 'a', line: 1 } } },
    'These requests would be rejected if submitted now (2 problems, first: a:1: the line is not valid UTF-8; save the file as UTF-8). This run still collects the batch of an earlier run.',
  ],
];

test.each(SENTENCES)('%p', (message, sentence) => {
  expect(printMessage(message)).toBe(sentence);
});

test('every message is printed here', () => {
  expect(new Set(SENTENCES.map(([{ code }]) => code))).toEqual(new Set(Object.keys(CHECKS)));
});
