import { describe, expect, test } from '@jest/globals';
import type { Outcome, Pending } from '../../../src/core/endings/outcome.ts';
import {
  lastingOf,
  renderBatches,
  renderHowToGoOn,
  renderLinks,
  resultsLastOf,
} from '../../../src/core/markdown/batch-part.ts';
import { renderLog } from '../../../src/core/markdown/log-lines.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import { batchOf } from '../../../src/core/summary/summary-batch.ts';
import type { Batch } from '../../../src/ports/api.ts';
import { about, batch, collected, pending } from '../summary/samples.ts';

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

describe('the links', () => {
  const { runId: id, runAttempt: attempt, runUrl: url } = about.run;
  const page = { name: 'p.html', url: 'https://github.com/p' };
  const artifact = { name: 'claude-batch-a|b', url: 'https://github.com/a b' };
  const RUN = `[Run 42](${url})`;
  const PAGE = '**[Open the page](https://github.com/p)**';
  const ARTIFACT = 'Artifact [<code>claude-batch-a&#124;b</code>](https://github.com/a%20b)';

  test.each([
    ['all', { page, artifact }, `${PAGE} · ${ARTIFACT} · ${RUN}`],
    ['no page', { page: undefined, artifact }, `${ARTIFACT} · ${RUN}`],
    ['no artifact', { page, artifact: undefined }, `${PAGE} · ${RUN}`],
    ['none', { page: undefined, artifact: undefined }, RUN],
  ])('%s', (_, links, expected) => {
    expect(renderLinks({ id, attempt, url }, links)).toBe(expected);
  });

  test('a later attempt is named', () => {
    expect(renderLinks({ id, attempt: 3, url })).toBe(`[Run 42, attempt 3](${url})`);
  });
});

describe('the batches', () => {
  const none = { waited_ms: null, took_ms: null };
  const round = { round: 0, requests: 2, succeeded: 1, usd: '1.000000', lower_bound: false };

  test.each([
    ['one at work', [running], [], none, '1 batch'],
    ['several', [batch, running], [], none, '2 batches'],
    ['one that took its time', [batch], [], { ...none, took_ms: 61_000 }, '1 batch, 1 min 1 s from creation to end'],
    [
      'several rounds',
      [batch, batch],
      [round, { ...round, round: 1 }],
      { ...none, took_ms: 61_000 },
      '2 batches, 2 rounds, 1 min 1 s from creation to end',
    ],
  ])('%s are folded under a line that says it', (_, batches, rounds, timings, title) => {
    const text = renderBatches({ batches: batches.map(batchOf), rounds, timings }) ?? '';
    expect(text.split('\n')[0]).toBe(`<details><summary>${title}</summary>`);
    expect(text.endsWith(' |\n\n</details>')).toBe(true);
    expect(text.match(/^\| `msgbatch_0\d` \|/gm)).toHaveLength(batches.length);
    expect(text.match(/^\| (?:First|Retry 1) \|/gm) ?? []).toHaveLength(rounds.length);
  });

  test('none have no fold', () => {
    expect(renderBatches({ batches: [], rounds: [], timings: none })).toBeUndefined();
  });
});
