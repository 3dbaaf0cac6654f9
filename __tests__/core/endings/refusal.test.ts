import { describe, expect, test } from '@jest/globals';
import { refusedCreate } from '../../../src/core/endings/refusal.ts';
import { ApiError } from '../../../src/ports/api.ts';

const error = (status: number | undefined, requestId?: string) =>
  new ApiError(
    { code: 'quoted', text: 'said so' },
    { reach: status === undefined ? 'unsent' : 'answered', status, requestId },
  );

describe('a create that made no batch', () => {
  test.each<[number, string | undefined, string, boolean]>([
    [400, undefined, 'said so', false],
    [422, undefined, 'said so', false],
    [400, 'req_1', 'said so (request req_1)', false],
    [413, undefined, 'said so', true],
  ])('refused with %d, request %s', (status, requestId, reason, isTooLarge) => {
    expect(refusedCreate({ kind: 'refused' }, error(status, requestId))).toEqual({
      status: 'rejected',
      problems: [{ code: 'batch-refused', reason, isTooLarge }],
    });
  });

  test.each([
    [
      'spend-limit',
      'The spend limit of the organization or workspace is reached, and waiting will not change that: said so (request req_1). No batch was made. Raise the limit in the Claude Console, then run again.',
    ],
    [
      'not-allowed',
      'The API did not let this key make a batch: said so (request req_1). No batch was made. Check anthropic-api-key, anthropic-base-url and the workspace of the key, then run again.',
    ],
    [
      'busy',
      'The API was too busy to take the batch for as long as this step may wait: said so (request req_1). No batch was made. Run again later.',
    ],
    [
      'unreachable',
      'The API could not be reached: said so (request req_1). No batch was made. Check anthropic-base-url and the network of the runner, then run again.',
    ],
  ] as const)('failed: %s', (why, failure) => {
    expect(refusedCreate({ kind: 'failed', why }, error(429, 'req_1'))).toEqual({ status: 'failed', failure });
  });
});
