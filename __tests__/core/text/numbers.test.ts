import { expect, test } from '@jest/globals';
import { formatBytes, formatDay, formatMoment, parseTime } from '../../../src/core/text/numbers.ts';

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1.0 kB'],
  [4_249, '4.2 kB'],
  [999_949, '999.9 kB'],
  [1_000_000, '1.0 MB'],
  [249_900_000, '249.9 MB'],
  [1_234_567_890, '1234.6 MB'],
])('%d is %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

const AT = '2026-11-22T11:20:00.000Z';
test.each<[string, string | undefined]>([
  ['2026-11-22T11:20:00Z', AT],
  ['2026-11-22t11:20:00z', AT],
  ['2026-11-22 11:20:00Z', AT],
  ['2026-11-22T11:20:00', AT],
  ['2026-11-22T11:20:00+00:00', AT],
  ['2026-11-22T13:20:00+0200', AT],
  ['2026-11-22T05:50:00-05:30', AT],
  ['2026-11-22T11:20:00.123456789012345Z', '2026-11-22T11:20:00.123Z'],
  ['2026-11-22T11:20:00.5Z', '2026-11-22T11:20:00.500Z'],
  ['2026-11-22', '2026-11-22T00:00:00.000Z'],
  ['Sun, 22 Nov 2026 11:20:00 GMT', AT],
  ['22 Nov 2026 13:20:00 +0200', AT],
  ['2026-13-22T11:20:00Z', undefined],
  ['2026-11-22T11:20:00Z (::error::boo)', undefined],
  ['2026', undefined],
  ['0001-01-01T00:00:00Z', undefined],
  ['1970-01-01T00:00:00Z', undefined],
  ['1999-12-31T23:59:59Z', undefined],
  ['Fri, 31 Dec 1999 23:59:59 GMT', undefined],
  ['1', undefined],
  ['soon', undefined],
  ['', undefined],
])('the time %s is %s', (text, expected) => {
  const ms = parseTime(text);
  expect(ms && new Date(ms).toISOString()).toBe(expected);
});

test.each<[string, string | undefined, string | undefined]>([
  ['2026-12-21T11:20:00Z', '21 December', '21 December, 11:20 UTC'],
  ['2027-01-01T00:00:00.000Z', '1 January', '1 January, 00:00 UTC'],
  ['2026-11-22T23:59:59.999999Z', '22 November', '22 November, 23:59 UTC'],
  ['2026-11-22T23:30:00-01:00', '23 November', '23 November, 00:30 UTC'],
  ['2026-11-22', '22 November', '22 November, 00:00 UTC'],
  ['soon', undefined, undefined],
  ['', undefined, undefined],
])('prose says %s as %s and %s', (time, day, moment) => {
  expect(formatDay(time)).toBe(day);
  expect(formatMoment(time)).toBe(moment);
});
