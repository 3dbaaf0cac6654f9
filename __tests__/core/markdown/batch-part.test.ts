import { describe, expect, test } from '@jest/globals';
import type { Outcome, Pending } from '../../../src/core/endings/outcome.ts';
import { renderBatches, renderNextStep } from '../../../src/core/markdown/batch-part.ts';
import { renderLinks } from '../../../src/core/markdown/links.ts';
import { logLines } from '../../../src/core/markdown/log-lines.ts';
import { type Lasting, printLasting } from '../../../src/core/messages/failures.ts';
import { type BatchState, HEADINGS, REPORT } from '../../../src/core/messages/report.ts';
import { lastingOf } from '../../../src/core/summary/failed-step.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import { batchOf } from '../../../src/core/summary/summary-parts.ts';
import type { Batch } from '../../../src/ports/api.ts';
import { about, batch, collected, FAILURE, pending } from '../summary/samples.ts';

const running: Batch = { ...batch, id: 'msgbatch_02', status: 'in_progress', endedAt: null };
const left = (batches: readonly Batch[], resumable = true): Pending => ({
  status: 'pending',
  batches,
  requestCount: 2,
  waitedMs: 1_000,
  resumable,
  failures: [],
});
const goOn = (outcome: Outcome): string | undefined => renderNextStep(summarize(outcome, about));

describe('what to do next', () => {
  test.each<[string, Outcome]>([
    ['is not said of what was collected', collected],
    ['is not said where no batch is left', left([])],
    ['is not said of a failure', { status: 'failed', failures: [FAILURE] }],
  ])('%s', (_, outcome) => {
    expect(goOn(outcome)).toBeUndefined();
  });

  test.each([true, false])('says how batches are collected, found by a later run: %s', (isResumable) => {
    const batches = [running, { ...running, id: 'msgbatch_03' }];
    expect(goOn(left(batches, isResumable))?.split('\n\n')).toEqual([
      `#### ${HEADINGS['what-next']}`,
      `${REPORT['batches-safe']({ batches: 2, state: 'running' })} ${printLasting(lastingOf(batches.map(batchOf)))}`,
      REPORT['how-to-collect']({ batches: 2, isResumable, isListed: true }),
      '```yaml\nwith:\n  batch-id: msgbatch_02,msgbatch_03\n```',
    ]);
  });

  test('an id that a gateway gave is given as it is, and none that cannot stand in the list', () => {
    const batches = ['urn:gw:1', 'a,b', 'batch é'].map((id) => ({ ...running, id }));
    expect(goOn(left(batches, true))).toContain("\n  batch-id: 'urn:gw:1'\n");
    expect(goOn(left(batches.slice(1), true))).not.toContain('batch-id');
  });

  test.each<[string, Batch[], BatchState]>([
    ['one that has ended', [batch], 'ended'],
    ['all have ended', [batch, batch], 'ended'],
    ['one of them runs', [batch, running], 'running'],
    ['one that is being canceled', [{ ...running, status: 'canceling' }], 'canceling'],
    ['one that is being canceled beside one that ended', [{ ...running, status: 'canceling' }, batch], 'canceling'],
    ['one runs beside one that is being canceled', [running, { ...running, status: 'canceling' }], 'running'],
  ])('says where the batches are: %s', (_, batches, state) => {
    expect(goOn(left(batches))).toContain(`${REPORT['batches-safe']({ batches: batches.length, state })} `);
  });

  test('ids of another form cannot break out of the fence', () => {
    const text = goOn(left(['a`\n```\n<b>: @x', "a'b", 'b2'].map((id) => ({ ...running, id }))));
    expect(text).toContain('with:\n  batch-id: b2\n```');
  });
});

describe('how long batches and results last', () => {
  const resultsUntil = '2026-12-21 11:20 UTC';
  const endsBy = '2026-11-23 11:20 UTC';
  test.each<[string, Batch[], Lasting]>([
    ['one in progress', [running], { count: 1, endsBy, resultsUntil }],
    ['one that has ended', [batch], { count: 1, endsBy: undefined, resultsUntil }],
    [
      'the last end and the first loss of several',
      [
        { ...running, expiresAt: '2026-11-24T00:00:00Z' },
        { ...running, createdAt: '2026-11-20T00:00:00Z' },
      ],
      { count: 2, endsBy: '2026-11-24 00:00 UTC', resultsUntil: '2026-12-19 00:00 UTC' },
    ],
    [
      'one in progress, one that ended, though that would have lasted longer',
      [running, { ...batch, expiresAt: '2026-11-25T00:00:00Z' }],
      { count: 2, endsBy, resultsUntil },
    ],
    [
      'times that cannot be read',
      [{ ...running, createdAt: 'x', expiresAt: 'y' }],
      { count: 1, endsBy: undefined, resultsUntil: undefined },
    ],
    ['none', [], { count: 0, endsBy: undefined, resultsUntil: undefined }],
  ])('%s', (_, batches, expected) => {
    expect(lastingOf(batches.map(batchOf))).toEqual(expected);
  });

  test('a pause says in the log what is left and how long it waited', () => {
    expect(logLines(summarize(pending, about))).toEqual([
      { code: 'no-results-yet', batches: 1, requests: 1319, waitedMs: 21_000_000 },
    ]);
  });
});

describe('the links', () => {
  const { runId: id, runAttempt: attempt, runUrl: url } = about.run;
  const page = { name: 'p.html', url: 'https://github.com/p' };
  const artifact = { name: 'claude-batch-a|b', url: 'https://github.com/a b' };
  const RUN = `[${REPORT.run({ id: 42, attempt: 1 })}](${url})`;
  const PAGE = `**[${REPORT['open-page']()}](https://github.com/p)**`;
  const ARTIFACT = REPORT.artifact({ link: '[<code>claude-batch-a&#124;b</code>](https://github.com/a%20b)' });

  test.each([
    ['all', { page, artifact }, `${PAGE} · ${ARTIFACT} · ${RUN}`],
    ['no page', { page: undefined, artifact }, `${ARTIFACT} · ${RUN}`],
    ['no artifact', { page, artifact: undefined }, `${PAGE} · ${RUN}`],
    ['none', { page: undefined, artifact: undefined }, RUN],
  ])('%s', (_, links, expected) => {
    expect(renderLinks({ id, attempt, url }, links)).toBe(expected);
  });

  test('a later attempt is named', () => {
    expect(renderLinks({ id, attempt: 3, url })).toBe(`[${REPORT.run({ id: 42, attempt: 3 })}](${url})`);
  });
});

describe('the batches', () => {
  const none = { waited_ms: null, took_ms: null };
  const round = { round: 0, requests: 2, succeeded: 1, usd: '1.000000', lower_bound: false };

  test.each([
    ['one at work', [running], [], none, { batches: 1, rounds: 0, tookMs: null }],
    ['several', [batch, running], [], none, { batches: 2, rounds: 0, tookMs: null }],
    ['one that took its time', [batch], [], { ...none, took_ms: 61_000 }, { batches: 1, rounds: 0, tookMs: 61_000 }],
    [
      'several rounds',
      [batch, batch],
      [round, { ...round, round: 1 }],
      { ...none, took_ms: 61_000 },
      { batches: 2, rounds: 2, tookMs: 61_000 },
    ],
  ])('%s are folded under a line that says it', (_, batches, rounds, timings, facts) => {
    const text = renderBatches({ batches: batches.map(batchOf), rounds, timings }) ?? '';
    expect(text.split('\n')[0]).toBe(`<details><summary>${REPORT['some-batches'](facts)}</summary>`);
    expect(text.endsWith(' |\n\n</details>')).toBe(true);
    expect(text.match(/^\| `msgbatch_0\d` \|/gm)).toHaveLength(batches.length);
    const roundCells = [0, 1].map((round) => `| ${REPORT.round({ round })} |`);
    const roundRows = text.split('\n').filter((line) => roundCells.some((cell) => line.startsWith(cell)));
    expect(roundRows).toHaveLength(rounds.length);
  });

  test('none have no fold', () => {
    expect(renderBatches({ batches: [], rounds: [], timings: none })).toBeUndefined();
  });
});
