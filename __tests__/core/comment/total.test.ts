import { expect, test } from '@jest/globals';
import type { SectionSummary } from '../../../src/core/comment/section.ts';
import { totalOf } from '../../../src/core/comment/total.ts';
import { ended } from './samples.ts';

const of = (usd: string | null, more: Partial<SectionSummary> = {}): SectionSummary => ({ ...ended, usd, ...more });
const free = (verdict: SectionSummary['verdict']) => of('0.480000', { verdict, answered: null });

test.each<[string, readonly SectionSummary[], string | undefined, boolean?]>([
  ['none', [], undefined],
  ['one known cost', [of('1.000000'), of(null), free('waiting')], undefined],
  ['two', [of('1.000001'), of('0.000002')], '1.000003'],
  ['a loss', [of('1.000000'), of('-0.000001')], '0.999999'],
  ['a lower bound among them', [of('1.000000'), of('1.000000', { isLowerBound: true })], '2.000000', true],
  ['an unknown one beside them', [of('1.000000'), of('1.000000'), of(null)], '2.000000', true],
  ...(['waiting', 'pending', 'failed', 'failed-pending', 'ended'] as const).map(
    (verdict): [string, readonly SectionSummary[], string, boolean] => [
      `${verdict}: what is likely is no cost, but there may be one`,
      [of('1.000000'), of('1.000000'), free(verdict)],
      '2.000000',
      true,
    ],
  ),
  ...(['dry-run', 'failed-dry-run', 'rejected', 'empty', 'skipped'] as const).map(
    (verdict): [string, readonly SectionSummary[], string] => [
      `${verdict}: costs nothing`,
      [of('1.000000'), of('1.000000'), free(verdict)],
      '2.000000',
    ],
  ),
])('%s', (_, summaries, usd, isLowerBound = false) => {
  expect(totalOf(summaries, false)).toEqual(usd === undefined ? undefined : { usd, isLowerBound });
});

test('a part of the sections has a lower bound', () => {
  expect(totalOf([of('1.000000'), of('1.000000')], true)).toEqual({ usd: '2.000000', isLowerBound: true });
});
