import { expect, test } from '@jest/globals';
import { provesAll, UNKNOWN_SHA256 } from '../../../src/core/record/proved-batches.ts';
import { batchOf, recordOf, roundOf } from './records.ts';

test.each<[string, boolean, readonly string[]]>([
  ['all of its batches', true, ['b1', 'b2']],
  ['some of them', true, ['b2']],
  ['one that it does not name as well', false, ['b1', 'b9']],
  ['one that was found after a create that broke off', false, ['b3']],
  ['one that was given', false, ['b4']],
])('shows of which requests batches were made: %s', (_, isProved, ids) => {
  const rounds = [
    roundOf({ batch: batchOf('b1') }, { batch: batchOf('b3', { adopted: true }) }),
    roundOf({ batch: batchOf('b2') }, { batch: batchOf('b4'), sha256: UNKNOWN_SHA256 }, { batch: null }),
  ];
  expect(provesAll(recordOf({ rounds }), ids)).toBe(isProved);
});
