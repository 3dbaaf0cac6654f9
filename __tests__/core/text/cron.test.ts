import { expect, test } from '@jest/globals';
import { type Often, readCron } from '../../../src/core/text/cron.ts';

test.each<[string, Often]>([
  ['13,43 * * * *', { kind: 'hourly', minutes: [13, 43] }],
  ['43,13 * * * *', { kind: 'hourly', minutes: [13, 43] }],
  ['*/20 * * * *', { kind: 'hourly', minutes: [0, 20, 40] }],
  ['5/20  * * * * ', { kind: 'hourly', minutes: [5, 25, 45] }],
  ['* * * * *', { kind: 'hourly', minutes: Array.from({ length: 60 }, (_, at) => at) }],
  ['0 5 * * *', { kind: 'daily', times: ['05:00'] }],
  ['30 17,9 * * *', { kind: 'daily', times: ['09:30', '17:30'] }],
  ['0 */6 * * *', { kind: 'daily', times: ['00:00', '06:00', '12:00', '18:00'] }],
])('%j in words', (cron, often) => {
  expect(readCron(cron)).toEqual(often);
});

test.each([
  '',
  '*',
  '0 5 * * 1',
  '0 5 1 * *',
  '0 */2 * * *',
  '60 * * * *',
  '0 24 * * *',
  '*/0 * * * *',
  '1-5 * * * *',
  '@daily',
  '0 x * * *',
])('%j is too much for words', (cron) => {
  expect(readCron(cron)).toBeUndefined();
});
