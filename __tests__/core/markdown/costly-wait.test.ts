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

test.each<[string, Partial<Summary>, string | undefined]>([
  ['more than the batch saved', {}, '0.050000'],
  ['a millionth more', { waiting: { ...waiting, usd: '0.050001' } }, '0.050000'],
  ['just as much', { waiting: { ...waiting, usd: '0.050000' } }, undefined],
  ['less', { cost: { ...cost, saved_usd: '0.260000' } }, undefined],
  ['less than a minute', { waiting: { ...waiting, minutes: 0.99 } }, undefined],
  ['nothing, since nobody bills it', { waiting: { ...waiting, billed: false, usd: null } }, undefined],
  ['an unknown price', { waiting: { ...waiting, runner: null, usd: null } }, undefined],
  ['something that is not known', { waiting: null }, undefined],
  ['more than an unknown saving', { cost: { ...cost, saved_usd: null } }, undefined],
  ['more than a part of the saving', { cost: { ...cost, lower_bound: true } }, undefined],
  ['more than an unknown cost', { cost: { ...cost, usd: null } }, undefined],
  ['something, but nothing was answered', { requests: { ...plain.requests, succeeded: 0 } }, undefined],
  ['more than the answers that were sent saved', { reuse }, '0.010000'],
  [
    'less than all saved, but more than what was sent did',
    { reuse, waiting: { ...waiting, usd: '0.010001' } },
    '0.010000',
  ],
  ['as much as what was sent saved', { reuse, waiting: { ...waiting, usd: '0.010000' } }, undefined],
])('a wait that cost %s', (_, changed, saved) => {
  const summary = { ...costly, ...changed };
  const { minutes, usd } = summary.waiting ?? waiting;
  const note = saved === undefined ? undefined : { code: 'wait-cost-more', minutes, usd, saved };
  expect(costlyWaitOf(summary)).toEqual(note);
});

test('the report has it among its notes', () => {
  const note = costlyWaitOf(costly);
  if (note === undefined) throw new Error('no note');
  expect(describeNotes(costly)).toContain(printMessage(note));
});
