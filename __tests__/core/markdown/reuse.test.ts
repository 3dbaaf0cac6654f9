import { describe, expect, test } from '@jest/globals';
import { summarizeSection, summarizeWaiting } from '../../../src/core/comment/section.ts';
import { renderStep } from '../../../src/core/markdown/batch-part.ts';
import { escapeMarkdown } from '../../../src/core/markdown/escape.ts';
import { renderEstimate } from '../../../src/core/markdown/estimate-part.ts';
import { commitOf, leadOf } from '../../../src/core/markdown/lead.ts';
import { ledgerRows } from '../../../src/core/markdown/ledger.ts';
import { NO_LINKS, renderLink } from '../../../src/core/markdown/links.ts';
import { logLines } from '../../../src/core/markdown/log-lines.ts';
import { makeSubmittedReport, renderReport } from '../../../src/core/markdown/markdown.ts';
import { notesOf } from '../../../src/core/markdown/notes.ts';
import { renderSources, spentUsd, spentWithReuse } from '../../../src/core/markdown/reuse-part.ts';
import { ESTIMATE } from '../../../src/core/messages/estimate.ts';
import { HEADLINES, LEADS } from '../../../src/core/messages/headlines.ts';
import { LABELS, REPORT } from '../../../src/core/messages/report.ts';
import { outputsOf } from '../../../src/core/summary/outputs.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import type { Summary, SummaryReuse } from '../../../src/core/summary/summary.ts';
import { capitalize } from '../../../src/core/text/capitalize.ts';
import { about, batch, collected, pending, run, summaryOf } from '../summary/samples.ts';
import { estimate } from './estimates.ts';

const reuse: SummaryReuse = {
  reused: 1_307,
  sent: 12,
  saved_usd: '1.224567',
  unavailable: 0,
  oldest_at: '2026-11-19T11:00:00.000Z',
  age_days: 3,
  is_old: false,
  sources: [
    { batch_id: 'msgbatch_9', created_at: '2026-11-21T12:00:00.000Z', answers: 1_300 },
    { batch_id: 'msgbatch|@octocat', created_at: '2026-11-19T11:00:00.000Z', answers: 7 },
  ],
};
const part = (changed: Partial<SummaryReuse> = {}, cost: Partial<Summary['cost']> = {}): Summary => {
  const summary = summaryOf();
  return { ...summary, failures: [], reuse: { ...reuse, ...changed }, cost: { ...summary.cost, ...cost } };
};
const all = part({ reused: 1_319, sent: 0, saved_usd: '1.234568' }, { new_usd: '0.000000' });
const none = part({ reused: 0, sent: 1_319, saved_usd: '0.000000', sources: [], age_days: null, oldest_at: null });
const stored = {} as Parameters<typeof outputsOf>[1];

describe('the lead', () => {
  test('says what the batches of this run cost, and what reuse saves', () => {
    const words = LEADS['spent-with-reuse']({
      ...{ sent: 12, total: 1_319, saved: '1.224567', isEach: false },
      spent: { usd: '0.010001', new_usd: null, lower_bound: false },
    });
    expect(spentWithReuse(part())).toBe(words);
    expect(leadOf(part())[0]).toContain(words);
    expect(leadOf(part())[0]).not.toContain(LEADS.spent(part().cost));
  });

  test.each<[string, { changed: number; added: number; repeats?: number } | undefined, Partial<SummaryReuse>, boolean]>(
    [
      ['as many have changed or were added since the baseline', { changed: 10, added: 2 }, {}, true],
      ['these have several answers', { changed: 5, added: 1, repeats: 2 }, {}, true],
      ['fewer have changed: others failed, or are kept no longer', { changed: 9, added: 2 }, {}, false],
      ['more have changed: an earlier push had some of them answered', { changed: 11, added: 2 }, {}, false],
      ['a kept answer could not be had', { changed: 12, added: 0 }, { unavailable: 2 }, false],
      ['nothing says what has changed', undefined, {}, false],
    ],
  )('what was sent has changed, or not: %s', (_, since, changed, isEach) => {
    const { repeats = 1, changed: request_changed, added } = { changed: 0, added: 0, ...since };
    const comparison = { request_changed, left_out: { added, removed: 0, asserts_changed: 0, ungraded: 0 } };
    const grading = since === undefined ? null : ({ repeats, comparison } as Summary['grading']);
    expect(spentWithReuse({ ...part(changed), grading })).toContain(
      LEADS['spent-with-reuse']({
        ...{ sent: 12, total: 1_319, saved: '1.224567', isEach },
        spent: { usd: '0.010001', new_usd: null, lower_bound: false },
      }),
    );
  });

  test('nothing was sent', () => {
    const [lead = ''] = leadOf(all);
    const words = spentWithReuse(all) ?? '';
    expect(lead.toLowerCase()).toContain(words.toLowerCase());
    expect(lead.startsWith(words.slice(0, 1).toUpperCase())).toBe(true);
  });

  test('without a reused answer it is that of any run', () => {
    expect(leadOf(none)).toEqual(leadOf({ ...none, reuse: null }));
  });

  test.each([
    ['of a part', part(), '0.010001'],
    ['of nothing', all, '0.000000'],
    ['of all', none, '1.234568'],
    ['unknown', part({}, { usd: null }), null],
    ['never below zero', part({ saved_usd: '9.000000' }), '0.000000'],
  ])('what was spent: %s', (_, summary, usd) => {
    expect(spentUsd(summary)).toBe(usd);
    expect(summarizeSection(summary, run, NO_LINKS).usd).toBe(usd);
  });
});

describe('beside the lead', () => {
  test('the figures name what was submitted, reused and saved', () => {
    const rows = ledgerRows(part());
    expect(rows?.requests.slice(0, 2)).toEqual([
      [LABELS.sent, '12'],
      [LABELS.reused, '1,307'],
    ]);
    expect(rows?.cost).toContainEqual([LABELS['all-cost'], '$1.234568']);
    expect(rows?.cost).toContainEqual([LABELS['saved-by-reuse'], '$1.224567']);
    expect(ledgerRows(none)).toEqual(ledgerRows({ ...none, reuse: null }));
  });

  test('the earlier batches are listed, and their names are inert', () => {
    const table = renderSources(part()) ?? '';
    expect(table).toContain(REPORT['reused-answers']());
    expect(table.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(4);
    expect(table).toContain('1,300');
    expect(renderReport(part(), NO_LINKS)).toContain(table);
    expect(renderSources(none)).toBeUndefined();
  });

  test('answers from a week on are said to be old, and those that could not be had are counted', () => {
    const codes = (summary: Summary) => notesOf(summary).map(({ code }) => code);
    expect(codes(part())).toEqual([]);
    expect(notesOf(part({ is_old: true, age_days: 9, unavailable: 3 }))).toEqual([
      { code: 'answers-old', days: 9 },
      { code: 'answers-unavailable', count: 3 },
    ]);
  });

  test('the log has a line', () => {
    expect(logLines(part())).toContainEqual({ ...reuse, judge: null, code: 'answers-reused' });
    expect(logLines(none).map(({ code }) => code)).not.toContain('answers-reused');
  });

  test.each([
    ['some', part(), '1307'],
    ['none', none, '0'],
    ['not asked for', { ...none, reuse: null }, '0'],
    ['no results yet', summarize(pending, about), undefined],
  ])('the output: %s', (_, summary, value) => {
    expect(outputsOf(summary, stored).get('reused-count')).toBe(value);
  });
});

describe('before results are in', () => {
  const reused = { requests: 1_307, usd: '1.031200' };

  test('the estimate says what reuse saves', () => {
    expect(renderEstimate({ estimate: { ...estimate, reuse: reused }, tokens: null })).toContain(
      escapeMarkdown(ESTIMATE.reuse(reused)),
    );
    expect(renderEstimate({ estimate, tokens: null })).not.toContain(escapeMarkdown(ESTIMATE.reuse(reused)));
    const dry = summarize({ status: 'dry-run', requestCount: 1_319, failures: [] }, about);
    expect(leadOf({ ...dry, estimate: { ...estimate, reuse: reused } })[0]).toContain(LEADS['saved-by-reuse'](reused));
  });

  test('a run that waits counts what its batches hold', () => {
    const counts = { processing: 12, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
    const waiting = { ...batch, status: 'in_progress', endedAt: null, counts };
    const words = LEADS['in-batches']({ batches: 1, requests: 12 });
    expect(leadOf(summarize({ ...pending, batches: [waiting] } as never, about))[0]).toContain(words);
    const report = makeSubmittedReport({ run, batches: [waiting], requestCount: 1_319, notices: [], estimate: null });
    expect(report.parts[0]).toContain(words);
    expect(report.heading.words).toBe(HEADLINES.waiting({ requests: 12 }));
    const step = { action: 'evals', runId: 1, runAttempt: 1, nonce: 'a' };
    const section = summarizeWaiting(
      'evals-0',
      { ...run, ...step, requests: [] },
      { requests: 1_319, sent: 12, estimate: null },
    );
    expect([section.headline, section.total]).toEqual([HEADLINES.waiting({ requests: 12 }), 1_319]);
    expect(logLines(summarize({ ...pending, batches: [waiting] } as never, about))).toContainEqual(
      expect.objectContaining({ code: 'no-results-yet', batches: 1, requests: 12 }),
    );
  });

  test('a run that waits for its judge alone tells of no other batches, and how to go on', () => {
    const judged = { ...batch, id: 'msgbatch_7', status: 'in_progress', endedAt: null };
    const alone = { ...pending, batches: [], judgeBatches: [judged], resumable: true } as never;
    const summary = summarize(alone, about);
    expect(leadOf(summary).join('\n')).not.toContain('0 batches');
    const rerun = renderLink(REPORT['rerun-this-job'](), summary.run.url);
    expect(renderReport(summary, NO_LINKS)).toContain(rerun);
    expect(logLines(summary)).toContainEqual(
      expect.objectContaining({ code: 'no-results-yet', batches: 1, requests: null }),
    );
    const judging = { batches: [judged], requestCount: 40 };
    const given = { run, batches: [], requestCount: 40, notices: [], estimate: null, judging };
    const { parts, folded } = makeSubmittedReport(given);
    expect(parts[0]).toBe(capitalize(commitOf({ run })));
    expect(folded[0]).toContain(
      `<summary>${REPORT.details({ cost: false, estimate: false, models: 0, batches: 1 })}</summary>`,
    );
  });

  test('the step to copy reuses answers where this one does', () => {
    const written = (reuseAnswers: 'true' | 'save' | 'false') =>
      renderStep(summarize(pending, { ...about, inputs: { ...about.inputs, reuseAnswers } })) ?? '';
    expect(written('true')).toMatch(/^ {4}batch-id: .+\n {4}requests: .+\n {4}reuse-answers: 'true'$/m);
    for (const other of ['save', 'false'] as const) expect(written(other)).not.toContain('reuse-answers');
  });
});

test('the summary has what the run knows', () => {
  const account = {
    ...{ reused: 2, sent: 1_317, savedUsd: 1_000_000_000n, oldestMs: about.nowMs },
    sources: [{ id: 'msgbatch_9', createdAtMs: about.nowMs, count: 2 }],
  };
  expect(summarize({ ...collected, reuse: account }, about).reuse).toMatchObject({ reused: 2, saved_usd: '0.000001' });
  expect(summarize(collected, about).reuse).toBeNull();
});
