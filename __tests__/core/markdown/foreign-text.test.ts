import { describe, expect, test } from '@jest/globals';
import type { Outcome, Pending } from '../../../src/core/endings/outcome.ts';
import { makeJobSummary, renderReport } from '../../../src/core/markdown/markdown.ts';
import { printReport } from '../../../src/core/markdown/report.ts';
import type { Problem } from '../../../src/core/messages/problems.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import type { Summary } from '../../../src/core/summary/summary.ts';
import { about, accounts, batch, pending, summaryOf } from '../summary/samples.ts';
import { structureOf } from './active.ts';
import { attacks } from './attacks.ts';

const WORD = 'harmless words';
const [model] = accounts.models;
if (model === undefined) throw new Error('no sample');

/** The reports with a text in every place where it stands for somebody else's. */
function reportsWith(text: string): string[] {
  const links = { name: text, url: `https://example.com/${text}` };
  const problem: Problem = { code: 'count-refused', reason: text, where: { file: text, line: 1 } };
  const report = (outcome: Outcome): string => {
    const inputs = { ...about.inputs, requests: [text, `b/${text}`] };
    const run = { ...about.run, workflow: text };
    return renderReport(summarize(outcome, { ...about, run, inputs }), { page: links, artifact: links });
  };
  const late: Pending = { ...(pending as Pending), batches: [{ ...batch, id: text }, batch] };
  return [
    renderReport(hostileWith(text), { page: links, artifact: links }),
    printReport(makeJobSummary(hostileWith(text), { page: links, artifact: links })),
    report({ status: 'rejected', problems: [problem, problem], failures: [] }),
    report({ status: 'rejected', problems: [problem, { ...problem, code: 'unreadable-file' }], failures: [] }),
    report({ status: 'empty', patterns: [text], loud: true }),
    report(late),
    report({ ...late, resumable: false }),
  ];
}

function hostileWith(text: string): Summary {
  const group = { outcome: 'errored', count: 1, retryable: false } as const;
  const hostile = summaryOf(
    {
      failures: [{ ...group, type: text, message: text, exampleId: text }],
      models: [{ ...accounts.models[0], model: `${text}` } as (typeof accounts.models)[number], ...accounts.models],
      stopReasons: new Map([[text, 1317]]),
      incomplete: new Map([['unknown', 1317]]),
      incompleteExamples: new Map([['unknown', text]]),
      missingIds: [text],
    },
    {
      batches: [{ ...batch, id: text, status: text, createdAt: text, endedAt: text, expiresAt: text }],
      failures: [{ code: 'results-unavailable', id: text, reason: text }],
    },
  );
  const warning = { code: text, count: 2, file: text, line: 1, input: null, what: text, fix: text };
  const cost = { ...hostile.cost, prices_as_of: text };
  return { ...hostile, run: { ...hostile.run, name: text, workflow: text }, warnings: [warning], cost };
}

const plain = reportsWith(WORD).map((markdown) => markdown.split('\n'));
const harmless = reportsWith(WORD).map(structureOf);

const IDS = '    batch-id: ';

/** How a line begins before somebody else's text, which may be in code style or not, or in quotes; all of it without one. */
function startOf(line: string): string {
  // A text without blanks may be an ID to list.
  if (line.startsWith(IDS)) return IDS;
  const [start = ''] = line.split(/harmless(?:%20| )?words/);
  return start === line ? line : start.replace(/["`]$/, '');
}

describe('foreign text', () => {
  test('the heading, the table and the folds are seen in the structure', () => {
    expect(harmless[0]?.slice(0, 3)).toEqual(['### ', '', '']);
    expect(harmless[0]?.filter((line) => line.includes('<'))).toEqual([
      ' <details> <summary> </summary>',
      ' </details>',
      ' <details> <summary> </summary>',
      ' </details>',
    ]);
    expect(harmless.flat().filter((line) => line === 'fenced')).toHaveLength(14);
  });

  test.each(attacks)('%s does nothing, wherever it stands', (_, text) => {
    for (const [at, markdown] of reportsWith(text).entries()) {
      expect(structureOf(markdown)).toEqual(harmless[at]);
      // Every line begins as it does with a word, and is the same where it has none.
      const lines = markdown.split('\n');
      const others = lines.filter((line, index) => {
        const one = plain[at]?.[index] ?? '';
        return startOf(one) === one && !one.startsWith(IDS) ? line !== one : !line.startsWith(startOf(one));
      });
      expect(others).toEqual([]);
      const widths = lines.map((line) => (line.startsWith('|') ? line.split('|').length : 0));
      const uneven = widths.filter(
        (width, index) => width > 0 && (widths[index - 1] ?? 0) > 0 && width !== widths[index - 1],
      );
      expect(uneven).toEqual([]);
    }
  });
});
