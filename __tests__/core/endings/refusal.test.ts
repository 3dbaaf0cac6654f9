import { describe, expect, test } from '@jest/globals';
import { refusedCreate } from '../../../src/core/endings/refusal.ts';
import { ApiError } from '../../../src/ports/api.ts';

const error = (status: number | undefined, requestId?: string) =>
  new ApiError(
    { code: 'quoted', text: 'said so' },
    { reach: status === undefined ? 'unsent' : 'answered', status, requestId },
  );

describe('a create that made no batch', () => {
  const what = 'the API refused the batch: said so';
  const mend = 'mend what the message names and run again';
  test.each<[number, string | undefined, string, string]>([
    [400, undefined, what, mend],
    [422, undefined, what, mend],
    [400, 'req_1', `${what} (request req_1)`, mend],
    [413, undefined, what, 'send fewer or smaller requests in one batch'],
  ])('refused with %d, request %s', (status, requestId, said, cure) => {
    expect(refusedCreate({ kind: 'refused' }, error(status, requestId))).toEqual({
      status: 'rejected',
      problems: [{ code: 'batch-refused', what: said, cure }],
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
