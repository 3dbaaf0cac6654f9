import { describe, expect, test } from '@jest/globals';
import { lastingOf, renderHowToGoOn, resultsLastOf } from '../../../src/core/report/batch-part.ts';
import { renderLog } from '../../../src/core/report/log-lines.ts';
import { batchOf, summarize } from '../../../src/core/report/summarize.ts';
import type { Outcome, Pending } from '../../../src/outcome.ts';
import type { Batch } from '../../../src/ports.ts';
import { about, batch, collected, pending } from './samples.ts';

const running: Batch = { ...batch, id: 'msgbatch_02', status: 'in_progress', endedAt: null };
const left = (batches: readonly Batch[], resumable = true): Pending => ({
  status: 'pending',
  batches,
  requestCount: 2,
  waitedMs: 1_000,
  resumable,
  failure: undefined,
});
const goOn = (outcome: Outcome): string | undefined => renderHowToGoOn(summarize(outcome, about));

describe('how to go on', () => {
  test.each<[string, Outcome]>([
    ['is not said of what was collected', collected],
    ['is not said where no batch is left', left([])],
    ['is not said of a failure', { status: 'failed', failure: 'Down; wait.' }],
  ])('%s', (_, outcome) => {
    expect(goOn(outcome)).toBeUndefined();
  });

  test('with the same requests or with ids, where a later run finds them', () => {
    expect(goOn(left([running, { ...running, id: 'msgbatch_03' }]))).toBe(`#### How to go on

Nothing is lost: the batches run on at the API. The last batch ends by 2026-11-23 11:20 UTC at the latest. Results last until 2026-12-21 11:20 UTC.

To collect them, re-run this job or run the workflow again with the same requests: what was sent is not paid again. Any other workflow collects them by ids:

\`\`\`yaml
with:
  batch-id: msgbatch_02,msgbatch_03
\`\`\``);
  });

  test('with ids only, where none does', () => {
    expect(goOn(left([running], false))).toBe(`#### How to go on

Nothing is lost: the batch runs on at the API. The batch ends by 2026-11-23 11:20 UTC at the latest. Results last until 2026-12-21 11:20 UTC.

To collect it, run the step again with the id below, beside the same \`requests\` or alone. Nothing is submitted then.

\`\`\`yaml
with:
  batch-id: msgbatch_02
\`\`\``);
  });

  test('nothing runs on where all have ended', () => {
    const ended = goOn(left([batch, { ...batch, id: 'msgbatch_03' }]));
    expect(ended).toContain('Nothing is lost: the batches have ended at the API. Results last until');
  });

  test.each<[string, Batch[], string]>([
    ['one that has ended', [batch], 'the batch has ended at the API.'],
    ['all have ended', [batch, batch], 'the batches have ended at the API.'],
    ['one of them runs', [batch, running], 'the batches run on at the API.'],
    ['one that is being stopped', [{ ...running, status: 'canceling' }], 'the batch is being stopped at the API.'],
    [
      'one runs beside one that is being stopped',
      [running, { ...running, status: 'canceling' }],
      'the batches run on at the API.',
    ],
  ])('where the batches are: %s', (_, batches, where) => {
    expect(goOn(left(batches))).toContain(`Nothing is lost: ${where} `);
  });

  test('ids of another form cannot break out of the fence', () => {
    const text = goOn(left([{ ...running, id: 'a`\n```\n<b>: @x' }]));
    expect(text).toContain('with:\n  batch-id: abx\n```');
  });
});

describe('how long batches and results last', () => {
  const UNTIL = 'Results last until 2026-12-21 11:20 UTC.';
  test.each<[string, Batch[], string]>([
    ['one at work', [running], `The batch ends by 2026-11-23 11:20 UTC at the latest. ${UNTIL}`],
    ['one that has ended', [batch], UNTIL],
    [
      'the last end and the first loss of several',
      [
        { ...running, expiresAt: '2026-11-24T00:00:00Z' },
        { ...running, createdAt: '2026-11-20T00:00:00Z' },
      ],
      'The last batch ends by 2026-11-24 00:00 UTC at the latest. Results last until 2026-12-19 00:00 UTC.',
    ],
    [
      'one at work, one that ended, though that would have lasted longer',
      [running, { ...batch, expiresAt: '2026-11-25T00:00:00Z' }],
      `The last batch ends by 2026-11-23 11:20 UTC at the latest. ${UNTIL}`,
    ],
    ['times that cannot be read', [{ ...running, createdAt: 'x', expiresAt: 'y' }], 'Results last 29 days.'],
    ['none', [], 'Results last 29 days.'],
  ])('%s', (_, batches, expected) => {
    expect(lastingOf(batches.map(batchOf))).toBe(expected);
    expect(expected.endsWith(resultsLastOf(batches.map(batchOf)))).toBe(true);
    expect(renderLog(summarize(left(batches), about)).at(-1)).toBe(expected);
  });

  test('a pause says the ids, the end and the loss in the log', () => {
    expect(renderLog(summarize(pending, about)).slice(1)).toEqual([
      'Go on later with batch-id: msgbatch_02',
      `The batch ends by 2026-11-23 11:20 UTC at the latest. ${UNTIL}`,
    ]);
  });
});
