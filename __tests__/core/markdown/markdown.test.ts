import { describe, expect, test } from '@jest/globals';
import { failed } from '../../../src/core/endings/ending.ts';
import type { Collected, Outcome, Pending } from '../../../src/core/endings/outcome.ts';
import { renderBatches, renderNextStep, renderStep } from '../../../src/core/markdown/batch-part.ts';
import { escapeMarkdown } from '../../../src/core/markdown/escape.ts';
import { renderEstimate } from '../../../src/core/markdown/estimate-part.ts';
import { renderWarnings } from '../../../src/core/markdown/failures.ts';
import { headlineOf } from '../../../src/core/markdown/headline.ts';
import { commitOf, leadOf } from '../../../src/core/markdown/lead.ts';
import { type Links, NO_LINKS } from '../../../src/core/markdown/links.ts';
import { logLines } from '../../../src/core/markdown/log-lines.ts';
import { makeJobSummary, makeReport, makeSubmittedReport, renderReport } from '../../../src/core/markdown/markdown.ts';
import { printReport } from '../../../src/core/markdown/report.ts';
import { renderFold } from '../../../src/core/markdown/table.ts';
import { printAdvice } from '../../../src/core/messages/advice.ts';
import { ESTIMATE_LABELS } from '../../../src/core/messages/estimate.ts';
import { HEADLINES, LEADS } from '../../../src/core/messages/headlines.ts';
import { printMessage } from '../../../src/core/messages/message.ts';
import { type Problem, wordsOfProblem } from '../../../src/core/messages/problems.ts';
import { CAUSES, HEADINGS, LABELS, printUsd, REPORT, STOP_REASONS } from '../../../src/core/messages/report.ts';
import type { ModelAccount } from '../../../src/core/results/accounts.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import type { Summary } from '../../../src/core/summary/summary.ts';
import { batchOf } from '../../../src/core/summary/summary-parts.ts';
import { about, accounts, batch, collected, FAILURE, pending, run, summaryOf } from '../summary/samples.ts';
import { estimate, estimateOfPart } from './estimates.ts';

const artifact = { name: 'claude-batch-evals-0', url: 'https://github.com/octo/evals/actions/runs/42/artifacts/9' };
const page = { name: 'claude-batch-evals-0.html', url: 'https://github.com/octo/evals/actions/runs/42/artifacts/10' };
const [model] = accounts.models;

const rowOf = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const BATCH_TITLES = rowOf(LABELS.batch, LABELS.status, LABELS.created, LABELS.ended, LABELS['results-until']);
const RUN = `[${REPORT['run-link']()}](https://github.com/octo/evals/actions/runs/42/attempts/1)`;
const DOWNLOAD = `[${REPORT.download()}](${artifact.url})`;
const PRICES = REPORT['prices-as-of']({ date: '2026-11-22' });
const COMMIT = LEADS.commit({ sha: '0123456' });

function report(outcome: Outcome, links: Links = { page, artifact }): string {
  return renderReport(summarize(outcome, about), links);
}

function reportOf(changed: Parameters<typeof summaryOf>[0], outcome: Partial<Collected> = {}): string {
  return renderReport(summaryOf(changed, outcome), { page, artifact });
}

describe('renderReport', () => {
  test('a finished run', () => {
    const { cost } = summaryOf();
    const refused = STOP_REASONS.refusal({ count: 2, unbilled: 1 });
    const cut = STOP_REASONS.max_tokens();
    const caseOf = (id: string): string => `[\`${id}\`](${page.url}#case=${id})`;
    expect(report(collected)).toBe(`### ⚠️ Evals: ${HEADLINES['no-answer']({ answered: 1317, total: 1319 })}

${LEADS['error-rate']({ percent: 0.16, maxPercent: 0.29 })} ${LEADS.spent(cost)} · 7 min 12 s · \`claude-opus-5\` · ${COMMIT}

${rowOf('', LABELS.requests, LABELS['what-happened'], LABELS['for-example'], LABELS['what-to-do'])}
| :---: | ---: | :--- | :--- | :--- |
${rowOf('❌', '1', '`max_tokens: must be at least 1`', caseOf('q-17'), printAdvice({ remedy: 'invalid_request_error', again: 'retry-file' }))}
${rowOf('❌', '1', CAUSES.get('expired') ?? '', caseOf('q-99'), printAdvice({ remedy: 'expired', again: 'rerun' }))}
${rowOf('⚠️', '2', refused.meaning, caseOf('q-5'), refused.advice)}
${rowOf('⚠️', '3', cut.meaning, caseOf('q-3'), cut.advice)}

${REPORT['retry-file']({ keptBy: undefined })}

**[${REPORT['see-cases']({ count: 7 })}](${page.url}#outcome=failing)** · [${REPORT['all-answers']()}](${page.url}) · ${DOWNLOAD} · ${RUN}

<details><summary>${REPORT.details({ cost: true, estimate: false, models: 1, batches: 1 })}</summary>

| ${LABELS.requests} |  | ${LABELS.tokens} |  | ${LABELS.cost} |  |
| :--- | ---: | :--- | ---: | :--- | ---: |
| **${LABELS.sent}** | **1,319** | **${LABELS.input}** | **120,345** | **${LABELS['batch-cost']}** | **$1.234568** |
| ${LABELS.answered} | 1,317 | ${LABELS.output} | 54,321 | ${LABELS['standard-cost']} | $2.469135 |
| ${LABELS.errored} | 1 | ${LABELS['cache-read']} | 1,000,000 | ${LABELS['saved-by-batch']} | $1.234567 |
| ${LABELS.expired} | 1 | ${LABELS['cache-write']} | 320 | ${LABELS['saved-by-caching']} | $0.450000 |
| ${LABELS['no-answer']} | ${REPORT['error-rate']({ percent: 0.16, maxPercent: 0.29 })} |  |  |  |  |

${PRICES}

${BATCH_TITLES}
| :--- | :--- | :--- | :--- | :--- |
| \`msgbatch_01\` | ended | 2026-11-22 11:20 UTC | 2026-11-22 11:27 UTC | 2026-12-21 11:20 UTC |

</details>`);
  });

  test('an all good one is four lines', () => {
    const counts = { total: 2, succeeded: 2, errored: 0, canceled: 0, expired: 0, missing: 0 };
    const good = summaryOf({ counts, failures: [], stopReasons: new Map([['end_turn', 2]]), unbilledRefusals: 0 });
    const text = renderReport(good, { page, artifact });
    expect(text.split('\n\n').slice(0, 4)).toEqual([
      `### ✅ Evals: ${HEADLINES.answered({ answered: 2, total: 2 })}`,
      `${LEADS.spent(good.cost)} · 7 min 12 s · \`claude-opus-5\` · ${COMMIT}`,
      `**[${REPORT['see-answers']()}](${page.url})** · ${DOWNLOAD} · ${RUN}`,
      `<details><summary>${REPORT.details({ cost: true, estimate: false, models: 1, batches: 1 })}</summary>`,
    ]);
    for (const name of ['errored', 'canceled', 'expired', 'missing', 'no-answer'] as const)
      expect(text).not.toContain(`| ${LABELS[name]} |`);
  });

  const late = pending as Pending;
  const summaryOfLate = summarize(late, about);
  const batchesOfLate = renderFold(
    REPORT.details({ cost: false, estimate: false, models: 0, batches: 1 }),
    renderBatches(summaryOfLate) ?? '',
  );
  test.each<[string, Outcome, Links, readonly (string | undefined)[]]>([
    [
      'a pending one says what to do, where it links to itself',
      late,
      NO_LINKS,
      [...leadOf(summaryOfLate), renderNextStep(summaryOfLate), renderStep(summaryOfLate), batchesOfLate],
    ],
    [
      'a pending one that has uploaded something links to it',
      late,
      { page: undefined, artifact },
      [
        ...leadOf(summaryOfLate),
        renderNextStep(summaryOfLate),
        `${DOWNLOAD} · ${RUN}`,
        renderStep(summaryOfLate),
        batchesOfLate,
      ],
    ],
    [
      'a pending one that no run finds shows the step',
      { ...late, resumable: false },
      NO_LINKS,
      [
        ...leadOf(summaryOfLate),
        renderNextStep(summarize({ ...late, resumable: false }, about)),
        renderStep(summarize({ ...late, resumable: false }, about)),
        RUN,
        batchesOfLate,
      ],
    ],
    [
      'a pending one without a batch links to its run',
      { ...late, batches: [] },
      NO_LINKS,
      [...leadOf(summarize({ ...late, batches: [] }, about)), RUN],
    ],
    [
      'a failure shows no table of batches that are gone',
      failed(FAILURE),
      { page: undefined, artifact },
      [...leadOf(summarize(failed(FAILURE), about)), `${DOWNLOAD} · ${RUN} · ${COMMIT}`],
    ],
    [
      'a failure after a batch',
      { status: 'failed', failures: [FAILURE], batches: [batch], requestCount: 3 },
      NO_LINKS,
      [...leadOf(summarize(failed(FAILURE), about)), `${RUN} · ${COMMIT}`],
    ],
    ['skipped', { status: 'skipped', why: 'fork' }, NO_LINKS, [REPORT['skipped-fork'](), `${RUN} · ${COMMIT}`]],
    [
      'empty',
      { status: 'empty', patterns: ['a'], loud: false },
      NO_LINKS,
      [REPORT['none-found']({ patterns: ['`a`'] }), `${RUN} · ${COMMIT}`],
    ],
  ])('%s', (_, outcome, links, blocks) => {
    const summary = summarize(outcome, about);
    const sign = { pending: '⏳', failed: '❌', skipped: '⚠️', empty: '⚠️' }[summary.status as 'pending'];
    expect(report(outcome, links)).toBe([`### ${sign} Evals: ${headlineOf(summary)}`, ...blocks].join('\n\n'));
  });

  test('the commit is always there, once', () => {
    const outcomes: Outcome[] = [
      collected,
      { ...collected, status: 'canceled', failures: [FAILURE] },
      late,
      { ...late, resumable: false, failures: [FAILURE] },
      failed(FAILURE),
      { status: 'rejected', problems: [{ code: 'no-api-key' }], failures: [] },
      {
        status: 'rejected',
        problems: [{ code: 'no-api-key' }, { code: 'input-url', input: 'anthropic-base-url' }],
        failures: [],
      },
      { status: 'skipped', why: 'dependabot' },
      { status: 'empty', patterns: [], loud: true },
      { status: 'dry-run', requestCount: 1, failures: [] },
    ];
    for (const outcome of outcomes)
      for (const links of [NO_LINKS, { page, artifact }]) expect(report(outcome, links).split(COMMIT)).toHaveLength(2);
  });

  test('problems by cause with the first place, twenty of them', () => {
    const problems = Array.from(
      { length: 50 },
      (_, n): Problem => ({
        code: 'unknown-tool',
        name: `t${n}`,
        meant: undefined,
        where: { file: 'a.jsonl', line: n + 1 },
      }),
    );
    const text = report({ status: 'rejected', problems, failures: [] });
    const lastShown = problems.slice(19, 20).map((problem) => wordsOfProblem(problem));
    for (const { what, fix } of lastShown)
      expect(text).toContain(`\n${rowOf('`a.jsonl:20`', escapeMarkdown(what), escapeMarkdown(fix))}\n`);
    expect(text).not.toContain('a.jsonl:21');
    expect(text).toContain(`\n${REPORT['more-problems']({ count: 30 })}\n`);
  });

  test('what repeats is one row with a count', () => {
    const problems = [7, 9, 12].map((line): Problem => ({ code: 'not-utf8', where: { file: 'a.jsonl', line } }));
    const others: Problem[] = [{ code: 'no-api-key' }, { code: 'input-url', input: 'anthropic-base-url' }];
    const text = report({ status: 'rejected', problems: [...problems, ...others], failures: [] });
    const rows = [...problems.slice(0, 1), ...others]
      .map((problem) => wordsOfProblem(problem))
      .map(({ what }) => escapeMarkdown(what));
    expect(
      Array.from(text.matchAll(/^\| (.*?) \| (.*?) \| .* \|$/gm), ([, where, what]) => [where, what]).slice(2),
    ).toEqual([
      [`\`a.jsonl:7\` ${REPORT['more-lines']({ count: 2 })}`, rows[0]],
      ['', rows[1]],
      ['`anthropic-base-url`', rows[2]],
    ]);
  });

  test('models when there are several, the unpriced one unknown', () => {
    if (model === undefined) throw new Error('no sample');
    const cheap = { ...model, model: 'claude-haiku-5-5', succeeded: 3, unpriced: 3, cost: 0n, standardCost: 0n };
    const text = reportOf({ models: [model, cheap], unpriced: 3 });
    expect(text).toContain(
      `<summary>${REPORT.details({ cost: true, estimate: false, models: 2, batches: 1 })}</summary>`,
    );
    expect(text).toContain(`

${modelTitles('cache-read', 'cache-write')}
| :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| \`claude-opus-5\` | 1,317 | 120,345 | 54,321 | 1,000,000 | 320 | $1.234568 | $2.469135 |
| \`claude-haiku-5-5\` | 3 | 120,345 | 54,321 | 1,000,000 | 320 | ${printUsd(null, true)} | ${printUsd(null, true)} |

`);
    expect(text).toContain(LEADS.spent(summaryOf({ unpriced: 3 }).cost));
    expect(text).toContain(`- ${escapeMarkdown(printMessage({ code: 'unpriced', count: 3, isAll: false }))}\n`);
  });

  test('what could not be priced at all is unknown, never $0', () => {
    const text = reportOf({ unpriced: 1317, cost: 0n, standardCost: 0n });
    expect(text).toContain(LEADS.spent(summaryOf({ unpriced: 1317, cost: 0n, standardCost: 0n }).cost));
    const unknown = printUsd(null, true);
    expect(text).toContain(`| **${LABELS['batch-cost']}** | **${unknown}** |`);
    for (const name of ['standard-cost', 'saved-by-batch'] as const)
      expect(text).toContain(`| ${LABELS[name]} | ${unknown} |`);
    expect(text).not.toContain('$');
  });

  test('without a file to retry from, none is named', () => {
    const files = { requests: undefined, results: 'C:\\r\\results.jsonl', retry: undefined };
    expect(reportOf({}, { files })).not.toContain('retry.jsonl');
  });

  test('six decimals stand folded alone', () => {
    const all = [
      { ...summaryOf(), estimate },
      { ...summarize(late, about), estimate },
    ];
    const dry = { ...summarize({ status: 'dry-run', requestCount: 7, failures: [] }, about), estimate };
    for (const summary of [...all, dry]) {
      const { folded, ...rest } = makeReport(summary, NO_LINKS);
      expect(printReport({ ...rest, folded: [] })).not.toMatch(/\d\.\d{6}/);
      expect(folded.join()).toMatch(/\$\d\.\d{6}/);
    }
  });
});

describe('the details', () => {
  test.each<[string, Summary, boolean]>([
    ['results', summaryOf(), true],
    ['an estimate alone', { ...summarize(pending, about), estimate }, true],
    ['neither', summarize(pending, about), false],
  ])('with %s say of when the prices are: %s', (_, summary, isDated) => {
    const { parts, folded } = makeReport(summary, { page, artifact });
    expect(parts.join()).not.toContain(PRICES);
    expect(folded.join('\n\n').split(`\n\n${PRICES}\n\n`)).toHaveLength(isDated ? 2 : 1);
  });

  test('have no place where there is nothing of them, and warnings stand above them', () => {
    const warning = { code: 'x', count: 1, file: 'a', line: 1, input: null, what: 'w', fix: 'f' };
    const skipped = summarize({ status: 'skipped', why: 'fork' }, about);
    expect(makeReport(skipped, NO_LINKS).folded).toEqual([]);
    const warned = { ...summaryOf(), warnings: [warning] };
    const [first, ...more] = makeReport(warned, NO_LINKS).folded;
    expect([first, more.length]).toEqual([renderWarnings(warned), 1]);
  });
});

describe('makeJobSummary', () => {
  const links = { page, artifact };

  test('has the four ways of a collected run below the report', () => {
    const summary = { ...summaryOf(), estimate };
    const { folded, ...rest } = makeJobSummary(summary, links);
    expect({ ...rest, folded: folded.slice(0, -1) }).toEqual(makeReport(summary, links));
    expect(folded.at(-1)?.split('\n')[0]).toBe(`<details><summary>${HEADINGS['estimated-before']}</summary>`);
    expect(folded.at(-1)).toContain(
      `| ${ESTIMATE_LABELS['one-by-one']} | $4.400005 | $2.200004 |\n| ${ESTIMATE_LABELS['in-batch']} | $2.200002 | $1.100002 |`,
    );
  });

  test.each<[string, Summary]>([
    ['no estimate', summaryOf()],
    ['an estimate without amounts', { ...summaryOf(), estimate: { ...estimate, calculator: null } }],
    ['no results yet, where the report has them', { ...summarize(pending, about), estimate }],
  ])('with %s it is the report', (_, summary) => {
    expect(makeJobSummary(summary, links)).toEqual(makeReport(summary, links));
  });
});

/** The titles of the table of models, with those of the cache where it was used. */
function modelTitles(...cache: readonly ('cache-read' | 'cache-write')[]): string {
  const labels = ['model', 'answered', 'input', 'output', ...cache, 'cost', 'standard-cost'] as const;
  return rowOf(...labels.map((label) => LABELS[label]));
}

test('models that used no cache have no columns for it', () => {
  if (model === undefined) throw new Error('no sample');
  const bare = { ...model, tokens: { ...model.tokens, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 } };
  const titles = (...models: ModelAccount[]) =>
    reportOf({ models })
      .split('\n')
      .find((line) => line.startsWith(`| ${LABELS.model} |`));
  expect(titles(bare, bare)).toBe(modelTitles());
  const cached = modelTitles('cache-read', 'cache-write');
  for (const kind of ['cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const)
    expect(titles(bare, { ...bare, tokens: { ...bare.tokens, [kind]: 1 } })).toBe(cached);
  expect(titles(model)).toBeUndefined();
});

test.each([
  [false, 1],
  [true, 0],
  [null, 0],
])('whether a dry run had a key (%s) is said once or not at all', (hadKey, times) => {
  const dry = summarize({ status: 'dry-run', requestCount: 7, failures: [] }, { ...about, hadKey });
  const note = { code: 'no-key' } as const;
  expect(
    renderReport(dry, { page: undefined, artifact }).split(`- ${escapeMarkdown(printMessage(note))}`),
  ).toHaveLength(times + 1);
  expect(logLines(dry).filter(({ code }) => code === 'no-key')).toEqual(Array.from({ length: times }, () => note));
});

describe('makeSubmittedReport', () => {
  const waiting = { ...batch, status: 'in_progress', endedAt: null };
  const submitted = { run, batches: [waiting], requestCount: 2, notices: [], estimate: null };
  const COUNTS = LEADS['in-batches']({ batches: 1, requests: 2 });

  test('says what is submitted, of which commit, and where the results will be', () => {
    const text = printReport(makeSubmittedReport({ ...submitted, run: { ...run, runAttempt: 2 } }));
    const details = renderBatches({ batches: [batchOf(waiting)], rounds: [] }) ?? '';
    expect(text).toBe(
      [
        `### ⏳ Evals: ${HEADLINES.waiting({ requests: 2 })}`,
        `${COUNTS} · ${COMMIT}`,
        LEADS['will-appear'](),
        RUN,
        renderFold(REPORT.details({ cost: false, estimate: false, models: 0, batches: 1 }), details),
      ].join('\n\n'),
    );
    expect(text).toContain('| `msgbatch_01` | in progress | 2026-11-22 11:20 UTC |  | 2026-12-21 11:20 UTC |');
  });

  test.each([
    ['known', estimate, LEADS['about-to-cost']({ batch: estimate.batch ?? never(), isLowerBound: false })],
    [
      'of a part',
      estimateOfPart,
      LEADS['about-to-cost']({ batch: estimateOfPart.batch ?? never(), isLowerBound: true }),
    ],
    ['without an amount', { ...estimate, batch: null }, undefined],
  ])('an estimate %s is said in short, and folded in full', (_, given, short) => {
    const { parts, folded } = makeSubmittedReport({ ...submitted, estimate: given });
    expect(parts[0]).toBe([COUNTS, ...(short === undefined ? [] : [short]), COMMIT].join(' · '));
    expect(folded.join()).toContain(renderEstimate({ estimate: given, tokens: null }));
    expect(folded.join()).toContain(REPORT.details({ cost: false, estimate: true, models: 0, batches: 1 }));
  });

  test('a sample is told with what it was taken of', () => {
    const sample = { requests: 2, of: 17, input: '10%' };
    const { parts } = makeSubmittedReport({ ...submitted, sample });
    expect(parts[0]).toBe([COUNTS, LEADS.sampled(sample), COMMIT].join(' · '));
  });

  test('of batches that were given the number of requests is not known', () => {
    const { heading, parts } = makeSubmittedReport({ ...submitted, requestCount: undefined });
    expect(heading.words).toBe(HEADLINES.waiting({ requests: undefined }));
    expect(parts[0]).toBe(`${LEADS['in-batches']({ batches: 1, requests: undefined })} · ${commitOf({ run })}`);
  });
});

function never(): never {
  throw new Error('no sample');
}
