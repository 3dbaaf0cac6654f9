import { describe, expect, test } from '@jest/globals';
import type { Outcome } from '../../../src/core/endings/outcome.ts';
import { renderLog } from '../../../src/core/markdown/log-lines.ts';
import { renderReport } from '../../../src/core/markdown/markdown.ts';
import { noticesOf } from '../../../src/core/markdown/notices.ts';
import { printReport } from '../../../src/core/markdown/report.ts';
import { makeSubmittedReport } from '../../../src/core/markdown/submitted.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import type { SummaryNotice } from '../../../src/core/summary/summary.ts';
import { toPlainLine } from '../../../src/core/text/foreign-text.ts';
import { about, batch, collected, pending, run } from '../summary/samples.ts';
import { ACTIVE, activeMarkup, structureOf, textNodes } from './active.ts';
import { attacks } from './attacks.ts';

/** Each kind of notice, the sentence, and the item of a list that it becomes. */
const NOTICES: readonly (readonly [SummaryNotice, sentence: string, item: string])[] = [
  [
    { kind: 'superseded', batch_id: 'msgbatch_00', sha: '16c999e8c71134401a78d4d46435517b2271d6ac' },
    'The batch msgbatch_00 of the earlier commit 16c999e was stopped, because its requests were others. What it had answered by then is billed.',
    '- The batch msgbatch_00 of the earlier commit 16c999<span>e</span> was stopped, because its requests were others. What it had answered by then is billed.',
  ],
  [
    { kind: 'doubled', batch_ids: ['msgbatch_03'], run_id: 43 },
    'Run 43 submitted the same requests at the same time (msgbatch_03), so they are paid twice. A concurrency group in the workflow prevents that.',
    '- Run 43 submitted the same requests at the same time (msgbatch_03), so they are paid twice. A concurrency group in the workflow prevents that.',
  ],
  [
    { kind: 'doubled', batch_ids: ['msgbatch_03', 'msgbatch_04'], run_id: 43 },
    'Run 43 submitted the same requests at the same time (msgbatch_03, msgbatch_04), so they are paid twice. A concurrency group in the workflow prevents that.',
    '- Run 43 submitted the same requests at the same time (msgbatch_03, msgbatch_04), so they are paid twice. A concurrency group in the workflow prevents that.',
  ],
  [
    { kind: 'let-go', batch_id: 'msgbatch_05' },
    'The batch msgbatch_05 was taken for the one that a broken create had made. It holds other requests, so nothing of it counts here.',
    '- The batch msgbatch_05 was taken for the one that a broken create had made. It holds other requests, so nothing of it counts here.',
  ],
  [
    { kind: 'restored', batch_ids: ['msgbatch_06', 'msgbatch_07'], artifact: 'evals', run_id: 43 },
    'These results were restored from the artifact evals of run 43, because the API has msgbatch_06, msgbatch_07 no longer.',
    '- These results were restored from the artifact evals of run 43, because the API has msgbatch_06, msgbatch_07 no longer.',
  ],
  [
    { kind: 'deleted', batch_id: 'msgbatch_01' },
    'The batch msgbatch_01 was deleted at the API with its results.',
    '- The batch msgbatch_01 was deleted at the API with its results.',
  ],
  [
    { kind: 'not-deleted', batch_id: 'msgbatch_01', said: 'ask @octocat' },
    'The batch msgbatch_01 was not deleted at the API: ask @octocat.',
    '- The batch msgbatch_01 was not deleted at the API: ask <span>@</span>octocat.',
  ],
];
const all = NOTICES.map(([notice]) => notice);
const sentences = NOTICES.map(([, sentence]) => sentence);
const items = NOTICES.map(([, , item]) => item);

const waiting = { ...batch, status: 'in_progress', endedAt: null };
const submitted = (notices: readonly SummaryNotice[]): string =>
  printReport(
    makeSubmittedReport({ run, name: 'evals-0', batches: [waiting], requestCount: 2, notices, estimate: null }),
  );
const reportOf = (outcome: Outcome, notices: readonly SummaryNotice[]): string =>
  renderReport(summarize(outcome, { ...about, notices }), { page: undefined, artifact: undefined });
const logOf = (outcome: Outcome, notices: readonly SummaryNotice[]): string[] =>
  renderLog(summarize(outcome, { ...about, notices }));

test('each notice is a sentence', () => {
  expect(noticesOf(all)).toEqual(sentences);
  expect(noticesOf([])).toEqual([]);
});

describe('where they stand', () => {
  const listed = (markdown: string): string[] => markdown.split('\n').filter((line) => line.startsWith('- '));

  test('in the comment while the batch is at work', () => {
    expect(listed(submitted(all))).toEqual(items);
    expect(listed(submitted([]))).toEqual([]);
  });

  test('in the report right below the figures, and without results alone', () => {
    expect(listed(reportOf(collected, all))).toEqual(items);
    expect(reportOf(collected, all)).toContain(` |\n\n${items.join('\n')}\n\n#### Without an answer`);
    expect(listed(reportOf(pending, all))).toEqual(items);
  });

  test('at the end of the log', () => {
    expect(logOf(collected, all).slice(-all.length)).toEqual(sentences);
  });
});

describe('foreign text in a notice', () => {
  const noticesWith = (text: string): readonly SummaryNotice[] => [
    { kind: 'superseded', batch_id: text, sha: text },
    { kind: 'doubled', batch_ids: [text, text], run_id: 43 },
    { kind: 'let-go', batch_id: text },
    { kind: 'restored', batch_ids: [text, text], artifact: text, run_id: 43 },
    { kind: 'deleted', batch_id: text },
    { kind: 'not-deleted', batch_id: text, said: text },
  ];
  const textsWith = (text: string): string[] => [
    reportOf(collected, noticesWith(text)),
    reportOf(pending, noticesWith(text)),
    printReport(
      makeSubmittedReport({
        run,
        name: text,
        batches: [{ ...waiting, id: text, status: text }],
        requestCount: 2,
        notices: noticesWith(text),
        estimate: null,
      }),
    ),
  ];
  const harmless = textsWith('harmless words').map(structureOf);

  test.each(attacks)('%s does nothing', (_, text) => {
    const hostile = noticesWith(text);
    const texts = textsWith(text);
    const OURS =
      /^(?:$|\| |> \[!(?:WARNING|NOTE)\]$|> \*\*(?:`|<code>)|- (?:The batch|Run 43|These results) |#### |\[Run 42\]|```(?:yaml)?$|with:$| {2}batch-id: msgbatch_02$|<details><summary>1 batch[\w ,]*<\/summary>$|<\/details>$|Nothing is lost|To collect |`retry)/;
    for (const [at, markdown] of texts.entries()) {
      expect(structureOf(markdown)).toEqual(harmless[at]);
      expect(markdown.split('\n').filter((line) => !OURS.test(line))).toEqual([]);
      const shown = markdown.split('\n').flatMap((line) => (line.startsWith('- ') ? line.slice(2) : []));
      expect(shown.map(activeMarkup).filter((found) => found !== undefined)).toEqual([]);
      expect(shown.flatMap(textNodes).filter((node) => ACTIVE.test(node))).toEqual([]);
      expect(shown.map((line) => textNodes(line).join(''))).toEqual(
        noticesOf(hostile).map((line) => toPlainLine(line)),
      );
    }
    for (const line of logOf(collected, hostile))
      expect(line).not.toMatch(/[\r\n\p{Cc}\p{Cf}\u2028\u2029]|^\s*::|##\[/u);
  });
});
