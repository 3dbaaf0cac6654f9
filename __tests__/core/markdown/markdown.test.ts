import { describe, expect, test } from '@jest/globals';
import { renderSectionsTable } from '../../../src/core/comment/render-comment.ts';
import { summarizeSection } from '../../../src/core/comment/section.ts';
import type { Collected, Outcome, Pending } from '../../../src/core/endings/outcome.ts';
import { renderNextStep } from '../../../src/core/markdown/batch-part.ts';
import { escapeMarkdown } from '../../../src/core/markdown/escape.ts';
import type { Links } from '../../../src/core/markdown/links.ts';
import { logLines } from '../../../src/core/markdown/log-lines.ts';
import { makeJobSummary, makeReport, makeSubmittedReport, renderReport } from '../../../src/core/markdown/markdown.ts';
import { printReport } from '../../../src/core/markdown/report.ts';
import { ESTIMATE, ESTIMATE_LABELS } from '../../../src/core/messages/estimate.ts';
import { printFailedStep, printLasting, printNextStep } from '../../../src/core/messages/failures.ts';
import { type Message, printMessage } from '../../../src/core/messages/message.ts';
import { type Problem, wordsOfProblem } from '../../../src/core/messages/problems.ts';
import {
  ADVICE,
  HEADINGS,
  LABELS,
  printUsd,
  REPORT,
  STOP_REASONS,
  VERDICTS,
} from '../../../src/core/messages/report.ts';
import { SECTIONS } from '../../../src/core/messages/sections.ts';
import { pageHead } from '../../../src/core/page/page.ts';
import type { ModelAccount } from '../../../src/core/results/accounts.ts';
import { collectBatches, lastingOf } from '../../../src/core/summary/failed-step.ts';
import {
  OUTPUT_NAMES,
  type OutputName,
  outputsOf,
  printSummary,
  type Stored,
} from '../../../src/core/summary/outputs.ts';
import { type About, summarize } from '../../../src/core/summary/summarize.ts';
import type { Summary } from '../../../src/core/summary/summary.ts';
import { batchOf } from '../../../src/core/summary/summary-parts.ts';
import { isListable } from '../../../src/core/text/batch-id.ts';
import { formatCount } from '../../../src/core/text/numbers.ts';
import { NO_CASES, summary as pageSummary } from '../page/samples.ts';
import {
  about,
  accounts,
  batch,
  collected,
  FAILURE,
  FAILURE_WORDS,
  pending,
  run,
  summaryOf,
} from '../summary/samples.ts';
import { structureOf } from './active.ts';
import { attacks } from './attacks.ts';

const artifact = { name: 'claude-batch-evals-0', url: 'https://github.com/octo/evals/actions/runs/42/artifacts/9' };
const [model] = accounts.models;

/** Of a run that was to submit. */
const estimate: NonNullable<Summary['estimate']> = {
  requests: 1319,
  counted: 130,
  basis: 'sampled',
  input_tokens: { low: 100_001, likely: 110_002, high: 120_003, upper: 130_004 },
  output_tokens: { low: 20_001, likely: 30_002, high: 40_003, upper: 50_004 },
  batch: { low: '0.900001', likely: '1.100002', high: '1.300003', upper: '1.500004' },
  standard: { low: '1.800002', likely: '2.200004', high: '2.600006', upper: '3.000008' },
  unpriced: 0,
  unpriced_models: [],
  unbounded: 3,
  unbounded_by: ['server-tools'],
  calculator: {
    caching: 'marks',
    standard: { uncached: '4.400005', cached: '2.200004' },
    batch: { uncached: '2.200002', cached: '1.100002' },
  },
};

/** The same where some requests have no known price: a part, and no bound. */
const estimateOfPart: NonNullable<Summary['estimate']> = {
  ...estimate,
  batch: { low: '0.900001', likely: '1.100002', high: '1.300003', upper: null },
  standard: { low: '1.800002', likely: '2.200004', high: '2.600006', upper: null },
  unpriced: 2,
  unpriced_models: ['claude-next-1'],
};

type Amounts = Omit<Extract<Message, { code: 'requests-answered' }>, 'code' | 'answered' | 'total' | 'tookMs'>;
const AMOUNTS: Amounts = { usd: '1.234568', saved_usd: '1.234567', lower_bound: false };

const printAnswered = (answered: number, total: number, amounts = AMOUNTS): string =>
  printMessage({ code: 'requests-answered', answered, total, ...amounts, tookMs: null });

const ANSWERED = printAnswered(1317, 1319);
const WAITED = printMessage({ code: 'no-results-yet', batches: 1, requests: 1319, waitedMs: 21_000_000 });
const verdictOf = (ending: keyof typeof VERDICTS): string => `**\`evals-0\` ${VERDICTS[ending]}.**`;
const titleOfFold = (tookMs: number | null): string => REPORT['some-batches']({ batches: 1, rounds: 0, tookMs });
const rowOf = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const BATCH_TITLES = rowOf(LABELS.batch, LABELS.status, LABELS.created, LABELS.ended, LABELS['results-until']);
const RUN = `[${REPORT.run({ id: 42, attempt: 1 })}](https://github.com/octo/evals/actions/runs/42/attempts/1)`;
const LINKS = `${REPORT.artifact({
  link: '[`claude-batch-evals-0`](https://github.com/octo/evals/actions/runs/42/artifacts/9)',
})} · ${RUN}`;
const PRICES = REPORT['prices-as-of']({ date: '2026-11-22' });

function report(outcome: Outcome): string {
  return renderReport(summarize(outcome, about), { page: undefined, artifact });
}

function reportOf(changed: Parameters<typeof summaryOf>[0], outcome: Partial<Collected> = {}): string {
  return renderReport(summaryOf(changed, outcome), { page: undefined, artifact });
}

describe('renderReport', () => {
  test('a finished run', () => {
    expect(report(collected)).toBe(`> [!WARNING]
> ${verdictOf('completed')} ${ANSWERED}

| ${LABELS.requests} |  | ${LABELS.tokens} |  | ${LABELS.cost} |  |
| :--- | ---: | :--- | ---: | :--- | ---: |
| **${LABELS.sent}** | **1,319** | **${LABELS.input}** | **120,345** | **${LABELS['batch-cost']}** | **$1.234568** |
| ${LABELS.answered} | 1,317 | ${LABELS.output} | 54,321 | ${LABELS['standard-cost']} | $2.469135 |
| ${LABELS.errored} | 1 | ${LABELS['cache-read']} | 1,000,000 | ${LABELS['saved-by-batch']} | $1.234567 |
| ${LABELS.expired} | 1 | ${LABELS['cache-write']} | 320 | ${LABELS['saved-by-caching']} | $0.450000 |
| ${LABELS['no-answer']} | ${REPORT['error-rate']({ percent: 0.16, maxPercent: 0.29 })} |  |  |  |  |

#### ${HEADINGS['no-answer']}

${rowOf(LABELS.requests, LABELS.cause, LABELS.example, LABELS['what-to-do'])}
| ---: | :--- | :--- | :--- |
| 1 | \`invalid_request_error\`: max_tokens: must be at least 1 | \`q-17\` | ${ADVICE.get('invalid_request_error')}. |
| 1 | expired | \`q-99\` | ${ADVICE.get('expired')}. |

${REPORT['retry-file']({ keptBy: undefined })}

#### ${HEADINGS['incomplete-answer']}

${rowOf(LABELS.answers, LABELS['stop-reason'], LABELS.meaning)}
| ---: | :--- | :--- |
| 2 | \`refusal\` | ${STOP_REASONS.refusal({ count: 2, unbilled: 1 })}. |
| 3 | \`max_tokens\` | ${STOP_REASONS.max_tokens()}. |

<details><summary>${titleOfFold(432_000)}</summary>

${BATCH_TITLES}
| :--- | :--- | :--- | :--- | :--- |
| \`msgbatch_01\` | ended | 2026-11-22 11:20 UTC | 2026-11-22 11:27 UTC | 2026-12-21 11:20 UTC |

</details>

${LINKS} · ${PRICES}`);
  });

  test('a pending one says what to do next', () => {
    expect(report(pending)).toBe(`> [!WARNING]
> ${verdictOf('pending')} ${WAITED}

${renderNextStep(summarize(pending, about))}

<details><summary>${titleOfFold(null)}</summary>

${BATCH_TITLES}
| :--- | :--- | :--- | :--- | :--- |
| \`msgbatch_02\` | in progress | 2026-11-22 11:20 UTC |  | 2026-12-21 11:20 UTC |

</details>

${LINKS}`);
  });

  test('an all good one says nothing of what did not happen', () => {
    const counts = { total: 2, succeeded: 2, errored: 0, canceled: 0, expired: 0, missing: 0 };
    const text = reportOf({ counts, failures: [], stopReasons: new Map([['end_turn', 2]]), unbilledRefusals: 0 });
    expect(text).toContain(` ${printAnswered(2, 2)}\n`);
    for (const name of ['errored', 'canceled', 'expired', 'missing', 'no-answer'] as const)
      expect(text).not.toContain(`| ${LABELS[name]} |`);
    expect(text).not.toMatch(/^#/m);
  });

  test.each<[string, Outcome, string]>([
    [
      'completed, but the step fails',
      { ...collected, failures: [FAILURE] },
      `> [!CAUTION]\n> ${verdictOf('failed')} ${escapeMarkdown(FAILURE_WORDS)}\n>\n> ${ANSWERED}\n`,
    ],
    [
      'canceled',
      { ...collected, status: 'canceled', failures: [FAILURE] },
      `> [!CAUTION]\n> ${verdictOf('canceled')} ${escapeMarkdown(FAILURE_WORDS)}\n>\n> ${ANSWERED}\n`,
    ],
    [
      'pending, and the step fails',
      { ...pending, failures: [FAILURE] } as Outcome,
      `> [!CAUTION]\n> ${verdictOf('failed-pending')} ${escapeMarkdown(`${FAILURE_WORDS} ${printNextStep(collectBatches(pending as Pending))}`)}\n>\n> ${WAITED}\n`,
    ],
    [
      'failed',
      { status: 'failed', failures: [FAILURE] },
      `> [!CAUTION]\n> ${verdictOf('failed')} ${escapeMarkdown(FAILURE_WORDS)}\n`,
    ],
    [
      'rejected for one problem',
      { status: 'rejected', problems: [{ code: 'no-api-key' }], failures: [] },
      `> [!CAUTION]\n> ${verdictOf('rejected')} ${escapeMarkdown(printFailedStep({ failures: [{ code: 'input-rejected', problems: [{ code: 'no-api-key' }] }], next: undefined }))}\n`,
    ],
    [
      'skipped for a fork',
      { status: 'skipped', why: 'fork' },
      `> [!NOTE]\n> ${verdictOf('skipped')} ${REPORT['skipped-fork']()}\n`,
    ],
    [
      'skipped for Dependabot',
      { status: 'skipped', why: 'dependabot' },
      `> [!NOTE]\n> ${verdictOf('skipped')} ${REPORT['skipped-dependabot']()}\n`,
    ],
    [
      'empty',
      { status: 'empty', patterns: ['a/*.jsonl', 'b|c'], loud: false },
      `> [!NOTE]\n> ${verdictOf('empty')} ${REPORT['none-found']({ patterns: ['`a/*.jsonl`', '<code>b&#124;c</code>'] })}\n`,
    ],
  ])('%s', (_, outcome, start) => {
    expect(report(outcome).slice(0, start.length)).toBe(start);
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
    const lastShown = problems.slice(19, 20).map(wordsOfProblem);
    for (const { what, fix } of lastShown)
      expect(text).toContain(`\n${rowOf('`a.jsonl:20`', escapeMarkdown(what), escapeMarkdown(fix))}\n`);
    expect(text).not.toContain('a.jsonl:21');
    expect(text).toContain(`\n${REPORT['more-problems']({ count: 30 })}\n`);
  });

  test('what repeats is one row with a count', () => {
    const problems = [7, 9, 12].map((line): Problem => ({ code: 'not-utf8', where: { file: 'a.jsonl', line } }));
    const others: Problem[] = [{ code: 'no-api-key' }, { code: 'input-url', input: 'anthropic-base-url' }];
    const text = report({ status: 'rejected', problems: [...problems, ...others], failures: [] });
    const rows = [...problems.slice(0, 1), ...others].map(wordsOfProblem).map(({ what }) => escapeMarkdown(what));
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
    expect(text).toContain(`#### ${HEADINGS.models}

${modelTitles('cache-read', 'cache-write')}
| :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| \`claude-opus-5\` | 1,317 | 120,345 | 54,321 | 1,000,000 | 320 | $1.234568 | $2.469135 |
| \`claude-haiku-5-5\` | 3 | 120,345 | 54,321 | 1,000,000 | 320 | ${printUsd(null, true)} | ${printUsd(null, true)} |

`);
    expect(text).toContain(` ${printAnswered(1317, 1319, { ...AMOUNTS, lower_bound: true })}\n`);
    expect(text).toContain(`- ${escapeMarkdown(printMessage({ code: 'unpriced', count: 3, isAll: false }))}\n`);
  });

  test('what could not be priced at all is unknown, never $0', () => {
    const text = reportOf({ unpriced: 1317, cost: 0n, standardCost: 0n });
    expect(text).toContain(` ${printAnswered(1317, 1319, { usd: null, saved_usd: null, lower_bound: true })}\n`);
    const unknown = printUsd(null, true);
    expect(text).toContain(`| **${LABELS['batch-cost']}** | **${unknown}** |`);
    for (const name of ['standard-cost', 'saved-by-batch'] as const)
      expect(text).toContain(`| ${LABELS[name]} | ${unknown} |`);
    expect(text).not.toContain('$');
  });

  test.each([
    ['errored', 'invalid_request_error', 'Your credit balance is too low', 'low-credit'],
    ['errored', 'overloaded_error', 'Overloaded', 'overloaded_error'],
    ['errored', 'not_found_error', 'model: x', 'not_found_error'],
    ['errored', 'some_new_error', 'New', 'other'],
    ['canceled', undefined, undefined, 'canceled'],
    ['missing', undefined, undefined, 'missing'],
  ] as const)('%s %s says what to do', (outcome, type, message, advice) => {
    const text = reportOf({ failures: [{ outcome, type, message, count: 4, exampleId: 'q', retryable: false }] });
    expect(text.split('\n').find((line) => line.startsWith('| 4 |'))).toContain(` | ${ADVICE.get(advice)}. |`);
  });

  test('without a file to retry from, none is named', () => {
    const files = { requests: undefined, results: 'C:\\r\\results.jsonl', retry: undefined };
    expect(reportOf({}, { files })).not.toContain('retry.jsonl');
  });
});

describe('the end of a report', () => {
  const last = (summary: Summary): string =>
    renderReport(summary, { page: artifact, artifact }).split('\n').at(-1) ?? '';

  test.each<[string, Summary, boolean]>([
    ['results', summaryOf(), true],
    ['an estimate alone', { ...summarize(pending, about), estimate }, true],
    ['neither', summarize(pending, about), false],
  ])('with %s the date of the prices stands behind the links: %s', (_, summary, isDated) => {
    expect(last(summary).startsWith(`**[${REPORT['open-page']()}](`)).toBe(true);
    expect(last(summary).endsWith(` · ${PRICES}`)).toBe(isDated);
    expect(renderReport(summary, { page: undefined, artifact }).split(PRICES)).toHaveLength(isDated ? 2 : 1);
  });
});

describe('makeJobSummary', () => {
  const links = { page: undefined, artifact };

  test('has the four ways of a collected run below the report', () => {
    const summary = { ...summaryOf(), estimate };
    const { parts } = makeJobSummary(summary, links);
    expect(parts.slice(0, -1)).toEqual(makeReport(summary, links).parts);
    expect(parts.at(-1)).toContain(
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

const renderSubmitted = (about: Parameters<typeof makeSubmittedReport>[0]) => printReport(makeSubmittedReport(about));

describe('makeSubmittedReport', () => {
  test('says what it was to cost, where that is known', () => {
    const waiting = { run, name: 'evals-0', batches: [batch], requestCount: 2, notices: [] };
    const estimatedAt = (batch: typeof estimate.batch, unpriced: number) =>
      ESTIMATE['estimated-before']({ cost: ESTIMATE['in-short']({ batch, unpriced }) });
    expect(renderSubmitted({ ...waiting, estimate })).toContain(`\n\n${estimatedAt(estimate.batch, 0)}\n\n<details>`);
    expect(renderSubmitted({ ...waiting, estimate: estimateOfPart })).toContain(
      `\n\n${estimatedAt(estimateOfPart.batch, 2)}\n\n<details>`,
    );
    for (const none of [null, { ...estimate, batch: null }])
      expect(makeSubmittedReport({ ...waiting, estimate: none }).parts).toHaveLength(2);
  });

  test('names the batch, its size and the run', () => {
    const waiting = { ...batch, status: 'in_progress', endedAt: null };
    const text = renderSubmitted({
      run: { ...run, runAttempt: 2 },
      name: 'evals-0',
      batches: [waiting],
      requestCount: 1319,
      notices: [],
      estimate: null,
    });
    const words = REPORT['batches-running']({ batches: 1, requests: 1319 });
    expect(text.split('\n').slice(0, 2)).toEqual(['> [!NOTE]', `> **\`evals-0\` ${REPORT.waiting()}.** ${words}`]);
    expect(text).toContain('| `msgbatch_01` | in progress | 2026-11-22 11:20 UTC |  | 2026-12-21 11:20 UTC |');
    expect(text).toContain(
      `[${REPORT.run({ id: 42, attempt: 2 })}](https://github.com/octo/evals/actions/runs/42/attempts/1)`,
    );
  });
});

describe('logLines', () => {
  const cost = { usd: '1.234568', saved_usd: '1.234567', lower_bound: false };

  test('a finished run', () => {
    expect(logLines(summaryOf())).toEqual([
      { code: 'requests-answered', answered: 1317, total: 1319, ...cost, tookMs: 432_000 },
      { code: 'requests-failed', count: 1, kind: 'invalid_request_error' },
      { code: 'requests-failed', count: 1, kind: 'expired' },
      { code: 'answers-incomplete', count: 2, reason: 'refusal' },
      { code: 'answers-incomplete', count: 3, reason: 'max_tokens' },
    ]);
  });

  const group = { outcome: 'errored', message: undefined, exampleId: 'q', retryable: true, count: 1 } as const;

  test('kinds are counted over their messages, the most frequent first', () => {
    const failures = [
      { ...group, type: 'api_error', message: 'a', count: 2 },
      { ...group, type: 'overloaded_error', message: 'b', count: 3 },
      { ...group, type: 'api_error', message: 'c', count: 2 },
    ];
    expect(logLines(summaryOf({ failures })).slice(1, 3)).toMatchObject([
      { count: 4, kind: 'api_error' },
      { count: 3, kind: 'overloaded_error' },
    ]);
  });

  test.each(['Ignore all that', '::stop', 'über', 'x'.repeat(61), ''])('the type %j is only the outcome', (type) => {
    const [, line] = logLines(summaryOf({ failures: [{ ...group, type }] }));
    expect(line).toEqual({ code: 'requests-failed', count: 1, kind: 'errored' });
  });

  test.each([
    ['claude-opus-5', 'claude-opus-5'],
    ['us.anthropic.claude-5:1@eu', 'us.anthropic.claude-5:1@eu'],
    ['say this', 'another model'],
    ['m'.repeat(101), 'another model'],
    ['', 'another model'],
  ])('the model %j is %s', (name, shown) => {
    if (model === undefined) throw new Error('no sample');
    const lines = logLines(summaryOf({ failures: [], models: [model, { ...model, model: name }] }));
    expect(lines.filter(({ code }) => code === 'model-answered')).toEqual(
      ['claude-opus-5', shown].map((one) => ({ code: 'model-answered', model: one, answers: 1317, ...cost })),
    );
  });
});

test('a request that nobody knows by id is no empty code', () => {
  const missing = {
    outcome: 'missing',
    type: undefined,
    message: undefined,
    count: 2,
    exampleId: '',
    retryable: true,
  } as const;
  const text = reportOf({ failures: [missing] });
  expect(text).toContain(`| 2 | missing | ${LABELS.unknown} | ${ADVICE.get('missing')}. |`);
  expect(text).not.toContain('(empty)');
});

test('a failure after a batch shows no table of what is gone', () => {
  const gone: Outcome = { status: 'failed', failures: [FAILURE], batches: [batch], requestCount: 3 };
  expect(report(gone)).toBe(`> [!CAUTION]\n> ${verdictOf('failed')} ${escapeMarkdown(FAILURE_WORDS)}\n\n${LINKS}`);
});

/** Every amount and every count of a value, each once. */
function figuresIn(value: unknown): { amounts: Set<string>; counts: Set<number> } {
  const amounts = new Set<string>();
  const counts = new Set<number>();
  JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'number') counts.add(part);
    if (typeof part === 'string' && /^-?\d+\.\d{6}$/.test(part)) amounts.add(part);
    return part;
  });
  return { amounts, counts };
}

/** Texts of a value that hold a digit and are no figures: names, times, sentences. Longest first. */
function wordsIn(value: unknown): string[] {
  const words = new Set<string>();
  JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'string' && /\d/.test(part) && !/^-?\d+\.\d{6}$/.test(part)) words.add(part);
    return part;
  });
  return [...words].sort((a, b) => b.length - a.length);
}

/** What we say with numbers of the API: how long batches and results last. */
const OUR_NUMBERS = [
  ...[...ADVICE.values()].filter((advice) => /\d/.test(advice)),
  printLasting({ count: 0, endsBy: undefined, resultsUntil: undefined }),
];

/** The amounts of a text, and its other numbers: neither times, durations, addresses nor names of the summary. */
function shownIn(text: string, summary: Summary): { amounts: string[]; counts: number[] } {
  const amounts = Array.from(
    text.matchAll(/(-?)\$(\d[\d,]*(?:\.\d+)?)/g),
    ([, sign = '', amount = '']) => sign + amount,
  );
  const bare = OUR_NUMBERS.reduce((left, words) => left.replaceAll(words, ''), text)
    .replace(/\$-?\d[\d,]*(?:\.\d+)?/g, '')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/\d{4}-\d\d-\d\d(?: \d\d:\d\d UTC)?/g, '')
    .replace(/\d+ (?:h|min|s)\b/g, '');
  const counted = [...wordsIn(summary), summary.run.sha.slice(0, 7)]
    .reduce((left, word) => left.replaceAll(word, ''), bare)
    // Words of ours.
    .replace(/`[^`]*`/g, '');
  return {
    amounts,
    counts: Array.from(counted.matchAll(/\d[\d,]*(?:\.\d+)?/g), ([digits]) => Number(digits.replaceAll(',', ''))),
  };
}

/** What a reader of a page reads: its text, and the words of its charts. */
function readPage(html: string): string {
  const charts = Array.from(html.matchAll(/aria-label="([^"]*)"/g), ([, words]) => words);
  const text = html.replace(/<(style|script)\b[^>]*>.*?<\/\1>/gs, '').replace(/<[^>]*>/g, ' ');
  return [text, ...charts].join(' ').replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}

describe('every number is the same everywhere', () => {
  const round = { requests: 1319, succeeded: 1300, cost: 1_000_000_000_000_000n, unpriced: 0 };
  const dear = {
    ...accounts.models[0],
    model: 'claude-sonnet-5',
    succeeded: 7,
    cost: 987_654n,
    standardCost: 1_975_308_000_000n,
  };
  const withEstimate = (outcome: Outcome, changed: Partial<About> = {}): Summary => {
    const warnings = [7, 9, 12].map((line): Problem => ({ code: 'not-utf8', where: { file: 'a.jsonl', line } }));
    return { ...summarize(outcome, { ...about, warnings, ...changed }), estimate };
  };
  const summaries: readonly (readonly [string, Summary])[] = [
    ['all priced', summaryOf()],
    ['some priced', summaryOf({ unpriced: 3, codeExecutions: 11, webSearches: 13 })],
    ['nothing priced', summaryOf({ unpriced: 1317, cost: 0n, standardCost: 0n })],
    ['tiny', summaryOf({ cost: 500_000_000n, standardCost: 1_000_000_000n })],
    ['huge', summaryOf({ cost: 1_234_567_891_234_567_890_123n, standardCost: 2_469_135_782_469_135_780_246n })],
    ['a cache that cost more than it saved', summaryOf({ cacheSaving: -100_000_000_000_000n })],
    ['some new', withEstimate(collected, { newCost: 234_567_000_000_000n })],
    [
      'several models and rounds, with strays',
      summaryOf({
        models: [...accounts.models, dear as ModelAccount],
        rounds: [
          { round: 0, ...round },
          { round: 1, ...round, requests: 19, succeeded: 17, cost: 234_567_500_000_000n },
        ],
        uncounted: { unmatched: 5, repeated: 6, unreadable: 8 },
      }),
    ],
    ['a dry run', withEstimate({ status: 'dry-run', requestCount: 1319, failures: [] })],
    [
      'a dry run of which a part has a price',
      { ...withEstimate({ status: 'dry-run', requestCount: 1319, failures: [] }), estimate: estimateOfPart },
    ],
    ['collected, after an estimate of a part', { ...withEstimate(collected), estimate: estimateOfPart }],
    ['pending', withEstimate(pending)],
    ['two models, failures of every kind', pageSummary],
  ];
  const nothing: Stored = {
    resultsFile: undefined,
    summaryFile: undefined,
    reportFile: undefined,
    pageFile: undefined,
    artifact: undefined,
    page: undefined,
    comment: undefined,
  };
  const links: Links = { page: artifact, artifact };

  /** What the action says of a run, in each place. */
  const textsOf = (summary: Summary) => ({
    comment: renderReport(summary, links),
    'job summary': printReport(makeJobSummary(summary, links)),
    table: renderSectionsTable([{ summary: summarizeSection(summary, run, links), isOlder: false, hasStep: false }]),
    log: logLines(summary).map(printMessage).join('\n'),
    page: readPage(pageHead(summary, { ...NO_CASES, artifact })),
  });

  /** What is no figure of the summary, but follows from some: lengths of its lists, and the page's two own figures. */
  const derivedFrom = ({
    batches,
    rounds,
    warnings,
    problems,
    requests,
    incomplete,
    cost,
    estimate,
  }: Summary): number[] => {
    const cut = Object.values(incomplete ?? {}).reduce((sum: number, count: number) => sum + count, 0);
    const share = Math.round((Number(cost.saved_usd) / Number(cost.standard_usd)) * 100);
    const more = [...warnings, ...problems].map(({ count }) => count - 1);
    return [
      batches.length,
      rounds.length,
      (requests.succeeded ?? 0) - cut,
      cut,
      share,
      ...more,
      estimate?.unpriced_models.length ?? 0,
    ];
  };

  describe.each(summaries)('%s', (_, summary) => {
    const { amounts, counts } = figuresIn(JSON.parse(printSummary(summary)));
    const texts = textsOf(summary);

    test.each(Object.entries(texts))('no figure of the %s is another than those of summary.json', (__, text) => {
      const shown = shownIn(text, summary);
      const known = new Set([...counts, ...derivedFrom(summary)]);
      expect(shown.amounts.filter((amount) => !amounts.has(amount))).toEqual([]);
      expect(shown.counts.filter((count) => !known.has(count))).toEqual([]);
    });

    test('the main ones stand in every place, each beside its name', () => {
      const { requests, tokens, cost, estimate } = summary;
      const usd = (amount: string | null) => printUsd(amount, cost.lower_bound);
      const total = formatCount(requests.total ?? 0);
      for (const place of ['comment', 'job summary', 'log', 'page'] as const) expect(texts[place]).toContain(total);
      if (tokens === null) {
        const bounds = Object.values(estimate?.batch ?? {}).filter((amount) => amount !== null);
        const places =
          summary.status === 'dry-run'
            ? (['comment', 'job summary', 'log', 'page'] as const)
            : (['comment', 'job summary'] as const);
        for (const place of places) expect(bounds.filter((amount) => !texts[place].includes(`$${amount}`))).toEqual([]);
        return;
      }
      const figures: Partial<Record<keyof typeof LABELS, string | number | null>> = {
        sent: total,
        answered: formatCount(requests.succeeded ?? 0),
        errored: requests.errored,
        canceled: requests.canceled,
        expired: requests.expired,
        missing: requests.missing,
        input: formatCount(tokens.input),
        output: formatCount(tokens.output),
        'cache-read': tokens.cache_read,
        'cache-write': tokens.cache_write,
        'web-searches': summary.web_searches,
        'batch-cost': usd(cost.usd),
        'standard-cost': usd(cost.standard_usd),
        'saved-by-batch': usd(cost.saved_usd),
        'saved-by-caching': cost.cache_saved_usd === null ? null : usd(cost.cache_saved_usd),
        'new-cost': cost.new_usd === null || cost.new_usd === cost.usd ? null : usd(cost.new_usd),
        'estimated-before': estimate?.batch == null ? null : printUsd(estimate.batch.likely, estimate.unpriced > 0),
        'highest-estimate': estimate?.batch?.upper == null ? null : `$${estimate.batch.upper}`,
      };
      const rows = Object.entries(figures).flatMap(([name, value]): [string, string][] =>
        value === null || value === 0
          ? []
          : [[LABELS[name as keyof typeof LABELS], typeof value === 'number' ? formatCount(value) : value]],
      );
      const plain = (text: string) => text.replaceAll('**', '');
      for (const [name, value] of rows) {
        expect(plain(texts.comment)).toContain(`| ${name} | ${value} |`);
        expect(plain(texts['job summary'])).toContain(`| ${name} | ${value} |`);
        expect(texts.page.replace(/\s+/g, ' ')).toContain(` ${name} ${value} `);
      }
      const { usd: paid, saved_usd, lower_bound } = cost;
      const [answered, sent] = [requests.succeeded ?? 0, requests.total ?? 0];
      const headline = printAnswered(answered, sent, { usd: paid, saved_usd, lower_bound });
      const headlines = {
        comment: headline,
        'job summary': headline,
        log: printMessage({
          code: 'requests-answered',
          ...{ answered, total: sent, usd: paid, saved_usd, lower_bound, tookMs: summary.timings.took_ms },
        }),
        page: headline,
        table: SECTIONS['answered-of']({ answered: formatCount(answered), total }),
      };
      for (const place of ['comment', 'job summary', 'log', 'page', 'table'] as const) {
        expect(texts[place]).toContain(headlines[place]);
        if (cost.usd !== null) expect(texts[place]).toContain(`$${cost.usd}`);
        if (cost.saved_usd !== null) expect(texts[place]).toContain(`$${cost.saved_usd}`);
      }
    });

    test('the outputs are those of summary.json', () => {
      const { requests, tokens, cost, estimate } = summary;
      const outputs = outputsOf(summary, nothing);
      const expected: Partial<Record<OutputName, string | number | null | undefined>> = {
        'request-count': requests.total,
        'succeeded-count': requests.succeeded,
        'errored-count': requests.errored,
        'canceled-count': requests.canceled,
        'expired-count': requests.expired,
        'missing-count': requests.missing,
        'input-tokens': tokens?.input,
        'output-tokens': tokens?.output,
        'cache-read-tokens': tokens?.cache_read,
        'cache-write-tokens': tokens?.cache_write,
        'cost-usd': tokens === null ? undefined : (cost.usd ?? ''),
        'new-cost-usd': tokens === null ? undefined : (cost.new_usd ?? ''),
        'standard-cost-usd': tokens === null ? undefined : (cost.standard_usd ?? ''),
        'saved-usd': tokens === null ? undefined : (cost.saved_usd ?? ''),
        'estimated-cost-usd': estimate === null ? undefined : (estimate.batch?.likely ?? ''),
        'max-estimated-cost-usd': estimate === null ? undefined : (estimate.batch?.upper ?? ''),
        'unpriced-count': tokens === null ? undefined : cost.unpriced,
      };
      const names = OUTPUT_NAMES.filter((name) => /-(?:count|tokens|usd)$/.test(name));
      expect(Object.keys(expected).sort()).toEqual([...names].sort());
      for (const name of names) expect([name, outputs.get(name)]).toEqual([name, expected[name]?.toString()]);
      const { missing_ids: __, problems: ___, warnings: ____, failures, ...rest } = JSON.parse(printSummary(summary));
      const json = JSON.parse(outputs.get('summary-json') ?? '');
      const { failures: kept, failures_left_out, models_left_out, ...line } = json;
      expect(line).toEqual(rest);
      expect(figuresIn(kept)).toEqual(figuresIn(failures));
      expect([failures_left_out, models_left_out]).toEqual([0, 0]);
    });
  });
});

/** Every line of a report that is not the text of somebody else. */
const OUR_LINES: ReadonlySet<string> = new Set([
  ...['', '> [!CAUTION]', '> [!WARNING]', '> [!NOTE]', '>', `> ${ANSWERED}`],
  ...['```', '```yaml', 'with:', '</details>'],
  ...[null, 432_000].map((tookMs) => `<details><summary>${titleOfFold(tookMs)}</summary>`),
  `${REPORT['batches-safe']({ batches: 1, state: 'ended' })} ${printLasting(lastingOf([batchOf(batch)]))}`,
  ...[true, false].map((isListed) => REPORT['how-to-collect']({ batches: 1, isResumable: true, isListed })),
  REPORT['retry-file']({ keptBy: undefined }),
]);

/** How the other lines begin. */
const OUR_STARTS: readonly string[] = [
  ...['| ', '> **`', '> **<code>', '- ', '#### '],
  `**[${REPORT['open-page']()}](`,
  `${REPORT.artifact({ link: '\n' }).split('\n')[0]}[`,
  `${RUN.split('(')[0]}(`,
];

function isOurs(line: string): boolean {
  const isIds = /^ {2}batch-id: (?:[\w.,-]+|'[^\s'`]+')$/.test(line);
  return isIds || OUR_LINES.has(line) || OUR_STARTS.some((start) => line.startsWith(start));
}

describe('foreign text', () => {
  /** The reports with a text in every place where it stands for somebody else's. */
  const reportsWith = (text: string): string[] => {
    const links = { name: text, url: `https://example.com/${text}` };
    const problem: Problem = { code: 'count-refused', reason: text, where: { file: text, line: 1 } };
    return [
      renderReport(hostileWith(text), { page: links, artifact: links }),
      printReport(makeJobSummary(hostileWith(text), { page: links, artifact: links })),
      report({ status: 'rejected', problems: [problem, problem], failures: [] }),
      report({ status: 'rejected', problems: [problem, { ...problem, code: 'unreadable-file' }], failures: [] }),
      report({ status: 'empty', patterns: [text], loud: true }),
      report({ ...pending, batches: [{ ...batch, id: text }] } as Outcome),
    ];
  };

  const hostileWith = (text: string): Summary => {
    if (model === undefined) throw new Error('no sample');
    const group = { outcome: 'errored', count: 1, retryable: false } as const;
    const hostile = summaryOf(
      {
        failures: [{ ...group, type: text, message: text, exampleId: text }],
        models: [model, { ...model, model: text }],
        stopReasons: new Map([[text, 1317]]),
        missingIds: [text],
      },
      {
        batches: [{ ...batch, id: text, status: text, createdAt: text, endedAt: text, expiresAt: text }],
        failures: [{ code: 'results-unavailable', id: text, reason: text }],
      },
    );
    const warning = { code: text, count: 2, file: text, line: 1, input: null, what: text, fix: text };
    const cost = { ...hostile.cost, prices_as_of: text };
    return { ...hostile, run: { ...hostile.run, name: text }, warnings: [warning], cost };
  };

  const harmless = reportsWith('harmless words').map(structureOf);
  /** As a batch's id it stands in the list of ids, too. */
  const harmlessId = reportsWith('harmless').map(structureOf);

  test('the alert and the fold are seen in the structure', () => {
    expect(harmless[0]?.slice(0, 5)).toEqual(['> [!CAUTION] [', '>  ** **', '>', '> ', '']);
    expect(harmless[0]?.filter((line) => line.includes('<'))).toEqual([
      ' <details> <summary> </summary>',
      ' </details>',
    ]);
  });

  test.each(attacks)('%s does nothing, wherever it stands', (_, text) => {
    for (const [at, markdown] of reportsWith(text).entries()) {
      expect(structureOf(markdown)).toEqual((isListable(text) ? harmlessId : harmless)[at]);
      expect(markdown.split('\n').filter((line) => !isOurs(line))).toEqual([]);
      const widths = markdown.split('\n').map((line) => (line.startsWith('|') ? line.split('|').length : 0));
      const uneven = widths.filter((width, at) => width > 0 && (widths[at - 1] ?? 0) > 0 && width !== widths[at - 1]);
      expect(uneven).toEqual([]);
    }
  });
});
