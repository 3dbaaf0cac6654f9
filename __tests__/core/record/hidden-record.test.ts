import { expect, test } from '@jest/globals';
import { findHidden } from '../../../src/core/record/hidden-record.ts';
import { printRecord } from '../../../src/core/record/record.ts';
import { FINGERPRINT, recordOf, roundOf } from './records.ts';

const savedAt = Date.parse('2026-11-22T11:21:00.000Z');
/** With all its batches, as it also becomes an artifact. */
const whole = printRecord(recordOf());
/** As it stands in the cache alone, unless the cache refuses it. */
const begun = printRecord(recordOf({ rounds: [roundOf({ batch: null })] }));
/** With one of two batches: it is not whole either. */
const half = printRecord(recordOf({ rounds: [roundOf({}, { batch: null })] }));
const bare = printRecord(recordOf({ rounds: [] }));
const cut = whole.slice(0, 99);
const other = whole.replace('"schema":1', '"schema":2');
const foreign = '{"a":1}';

/** Texts of the cache, and those of artifacts with how many seconds after the record they were uploaded. */
type Found = readonly [cached: readonly string[], uploaded: readonly (readonly [string, number])[]];

test.each<[string, ...Found, ReturnType<typeof findHidden>]>([
  ['nothing', [], [], undefined],
  ['a record', [whole], [[whole, 1]], undefined],
  ['a damaged one alone', [cut], [], 'unreadable'],
  ['an empty one', [''], [], 'unreadable'],
  ['one of another version', [other], [], 'other-version'],
  ['one of somebody else', [foreign], [], 'foreign'],
  ['a damaged one behind one of somebody else', [foreign], [[cut, 0]], 'unreadable'],
  ['a damaged one of the cache, and a readable artifact', [cut], [[whole, 90]], 'unreadable'],
  ['the damaged artifact of the very record in the cache', [whole], [[cut, 2]], undefined],
  ['a damaged artifact from before', [begun], [[cut, -60]], undefined],
  ['a damaged artifact from later: the cache refused what came after', [whole], [[cut, 90]], 'unreadable'],
  ['a damaged artifact right after a create began', [begun], [[cut, 1]], 'unreadable'],
  ['a damaged artifact in the second in which a create began', [begun], [[cut, -0.999]], 'unreadable'],
  ['a damaged artifact right after one of two batches', [half], [[cut, 1]], 'unreadable'],
  ['a damaged one of the cache behind a newer one there', [whole, cut], [], undefined],
  ['a damaged one of the cache in front of an older one there', [cut, whole], [], 'unreadable'],
  ['a damaged artifact right after a run began', [bare], [[cut, 0]], 'unreadable'],
  ['a damaged artifact of somebody else from later', [whole], [[foreign, 90]], 'foreign'],
  [
    'a damaged artifact in front of a readable one',
    [],
    [
      [cut, 3],
      [whole, 0],
    ],
    'unreadable',
  ],
  [
    'a damaged artifact in front of the one that the cache has too',
    [whole],
    [
      [cut, 90],
      [whole, 1],
    ],
    'unreadable',
  ],
  [
    'a damaged artifact behind a readable one',
    [],
    [
      [whole, 3],
      [cut, 0],
    ],
    undefined,
  ],
  [
    'a damaged artifact behind a readable one, both later than the cache',
    [bare],
    [
      [begun, 3],
      [cut, 2],
    ],
    undefined,
  ],
])('%s', (_, cached, uploaded, expected) => {
  const texts = [...cached, ...uploaded.map(([text]) => text)];
  const uploadedAtMs = uploaded.map(([, seconds]) => savedAt + seconds * 1000);
  expect(findHidden({ texts, uploadedAtMs }, FINGERPRINT)).toBe(expected);
});
