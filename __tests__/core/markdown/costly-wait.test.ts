import { expect, test } from '@jest/globals';
import { costlyWaitOf } from '../../../src/core/markdown/costly-wait.ts';
import { describeNotes } from '../../../src/core/markdown/notes.ts';
import { printMessage } from '../../../src/core/messages/message.ts';
import type { Summary, SummaryReuse, SummaryWaiting } from '../../../src/core/summary/summary.ts';
import { summaryOf } from '../summary/samples.ts';

const plain = summaryOf();
/** $0.10 without a batch, half of it saved. */
const cost: Summary['cost'] = {
  ...plain.cost,
  ...{ usd: '0.050000', standard_usd: '0.100000', saved_usd: '0.050000', new_usd: '0.050000' },
};
const waiting: SummaryWaiting = { minutes: 42.03, runner: 'Linux 2-core (x64)', billed: true, usd: '0.252180' };
const costly: Summary = { ...plain, cost, waiting };
const reuse: SummaryReuse = {
  ...{ reused: 1_300, sent: 19, saved_usd: '0.040000', unavailable: 0 },
  ...{ oldest_at: null, age_days: null, is_old: false, sources: [] },
};

test.each<[string, Partial<Summary>, boolean]>([
  ['more than the batch saved', {}, true],
  ['a millionth more', { waiting: { ...waiting, usd: '0.050001' } }, true],
  ['just as much', { waiting: { ...waiting, usd: '0.050000' } }, false],
  ['less', { cost: { ...cost, saved_usd: '0.260000' } }, false],
  ['less than a minute', { waiting: { ...waiting, minutes: 0.99 } }, false],
  ['nothing, since nobody bills it', { waiting: { ...waiting, billed: false, usd: null } }, false],
  ['an unknown price', { waiting: { ...waiting, runner: null, usd: null } }, false],
  ['something that is not known', { waiting: null }, false],
  ['more than an unknown saving', { cost: { ...cost, saved_usd: null } }, false],
  ['more than a part of the saving', { cost: { ...cost, lower_bound: true } }, false],
  ['more than an unknown cost', { cost: { ...cost, usd: null } }, false],
  ['something, but nothing was answered', { requests: { ...plain.requests, succeeded: 0 } }, false],
  ['more than the answers that were sent saved', { reuse }, true],
  ['less than all saved, but more than what was sent did', { reuse, waiting: { ...waiting, usd: '0.010001' } }, true],
  ['as much as what was sent saved', { reuse, waiting: { ...waiting, usd: '0.010000' } }, false],
])('a wait that cost %s', (_, changed, isTold) => {
  expect(costlyWaitOf({ ...costly, ...changed })).toEqual(isTold ? { code: 'wait-cost-more' } : undefined);
});

test('the report has it among its notes', () => {
  const note = costlyWaitOf(costly);
  if (note === undefined) throw new Error('no note');
  expect(describeNotes(costly)).toContain(printMessage(note));
});
