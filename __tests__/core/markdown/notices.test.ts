import { describe, expect, test } from '@jest/globals';
import type { Outcome } from '../../../src/core/endings/outcome.ts';
import { escapeMarkdown } from '../../../src/core/markdown/escape.ts';
import { logLines } from '../../../src/core/markdown/log-lines.ts';
import { makeSubmittedReport, renderReport } from '../../../src/core/markdown/markdown.ts';
import { printReport } from '../../../src/core/markdown/report.ts';
import { LABELS, printNotice, REPORT } from '../../../src/core/messages/report.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import type { SummaryNotice } from '../../../src/core/summary/summary.ts';
import { toPlainLine } from '../../../src/core/text/untrusted-text.ts';
import { about, batch, collected, pending, run } from '../summary/samples.ts';
import { ACTIVE, activeMarkup, structureOf, textNodes } from './active.ts';
import { attacks } from './attacks.ts';

const all: readonly SummaryNotice[] = [
  { kind: 'superseded', batch_id: 'msgbatch_00', sha: '16c999e8c71134401a78d4d46435517b2271d6ac' },
  { kind: 'duplicate-submission', batch_ids: ['msgbatch_03', 'msgbatch_04'], run_id: 43 },
  { kind: 'rejected-batch', batch_id: 'msgbatch_05' },
  { kind: 'restored', batch_ids: ['msgbatch_06', 'msgbatch_07'], artifact: 'evals', run_id: 43 },
  { kind: 'deleted', batch_id: 'msgbatch_01' },
  { kind: 'not-deleted', batch_id: 'msgbatch_01', why: 'api-refused', reason: 'ask @octocat' },
];
const items = all.map((notice) => `- ${escapeMarkdown(printNotice(notice))}`);

const waiting = { ...batch, status: 'in_progress', endedAt: null };
const submitted = (notices: readonly SummaryNotice[]): string =>
  printReport(makeSubmittedReport({ run, batches: [waiting], requestCount: 2, notices, estimate: null }));
const reportOf = (outcome: Outcome, notices: readonly SummaryNotice[]): string =>
  renderReport(summarize(outcome, { ...about, notices }), { page: undefined, artifact: undefined });

/** Without the step to copy, whose lines are a list as well. */
const withoutFences = (markdown: string): string => markdown.replace(/^```yaml$.*?^```$/gms, '');

describe('where they stand', () => {
  const listed = (markdown: string): string[] => markdown.split('\n').filter((line) => line.startsWith('- '));

  test('in the comment while the batch is in progress', () => {
    expect(listed(submitted(all))).toEqual(items);
    expect(listed(submitted([]))).toEqual([]);
  });

  test('in the report right above the links, below what needs a look', () => {
    expect(listed(reportOf(collected, all))).toEqual(items);
    const blocks = reportOf(collected, all).split('\n\n');
    const at = blocks.indexOf(items.join('\n'));
    expect(blocks.findIndex((block) => block.includes(LABELS['what-happened']))).toBeLessThan(at);
    expect(blocks[at + 1]?.startsWith(`[${REPORT['run-link']()}](`)).toBe(true);
    expect(listed(withoutFences(reportOf(pending, all)))).toEqual(items);
  });

  test('at the end of the log', () => {
    const lines = logLines(summarize(collected, { ...about, notices: all }));
    expect(lines.slice(-all.length)).toEqual(all.map((notice) => ({ code: 'batch-notice', notice })));
  });
});

describe('foreign text in a notice', () => {
  const noticesWith = (text: string): readonly SummaryNotice[] => [
    { kind: 'superseded', batch_id: text, sha: text },
    { kind: 'duplicate-submission', batch_ids: [text, text], run_id: 43 },
    { kind: 'rejected-batch', batch_id: text },
    { kind: 'restored', batch_ids: [text, text], artifact: text, run_id: 43 },
    { kind: 'deleted', batch_id: text },
    { kind: 'not-deleted', batch_id: text, why: 'api-refused', reason: text },
  ];
  const textsWith = (text: string): string[] => [
    reportOf(collected, noticesWith(text)),
    reportOf(pending, noticesWith(text)),
    printReport(
      makeSubmittedReport({
        run: { ...run, workflow: text },
        batches: [{ ...waiting, id: text, status: text }],
        requestCount: 2,
        notices: noticesWith(text),
        estimate: null,
      }),
    ),
  ];
  /** Its lines, without what differs by the text: the notices, names and cells. */
  const linesOf = (markdown: string): string[] =>
    markdown.split('\n').map((line) => line.replace(/^(- |\| |### ).*/, '$1'));
  const harmless = textsWith('harmless words').map((text) => [structureOf(text), linesOf(text)]);

  test.each(attacks)('%s does nothing', (_, text) => {
    const hostile = noticesWith(text);
    const texts = textsWith(text);
    for (const [at, markdown] of texts.entries()) {
      expect([structureOf(markdown), linesOf(markdown)]).toEqual(harmless[at]);
      const shown = withoutFences(markdown)
        .split('\n')
        .flatMap((line) => (line.startsWith('- ') ? line.slice(2) : []));
      expect(shown.map(activeMarkup).filter((found) => found !== undefined)).toEqual([]);
      expect(shown.flatMap(textNodes).filter((node) => ACTIVE.test(node))).toEqual([]);
      expect(shown.map((line) => textNodes(line).join(''))).toEqual(
        hostile.map((notice) => toPlainLine(printNotice(notice))),
      );
    }
  });
});
