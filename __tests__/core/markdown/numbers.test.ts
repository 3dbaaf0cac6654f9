import { describe, expect, test } from '@jest/globals';
import { summarizeSection } from '../../../src/core/comment/section.ts';
import { renderSectionsTable } from '../../../src/core/comment/sections-table.ts';
import type { Outcome } from '../../../src/core/endings/outcome.ts';
import { headlineOf } from '../../../src/core/markdown/headline.ts';
import type { Links } from '../../../src/core/markdown/links.ts';
import { logLines } from '../../../src/core/markdown/log-lines.ts';
import { makeJobSummary, makeReport } from '../../../src/core/markdown/markdown.ts';
import { printReport, type Report } from '../../../src/core/markdown/report.ts';
import { printLasting } from '../../../src/core/messages/failures.ts';
import { LEADS, sayUsd } from '../../../src/core/messages/headlines.ts';
import { printMessage } from '../../../src/core/messages/message.ts';
import type { Problem } from '../../../src/core/messages/problems.ts';
import { CAUSES, LABELS, printUsd } from '../../../src/core/messages/report.ts';
import { SECTIONS } from '../../../src/core/messages/sections.ts';
import { pageHead } from '../../../src/core/page/page.ts';
import type { ModelAccount } from '../../../src/core/results/accounts.ts';
import {
  OUTPUT_NAMES,
  type OutputName,
  outputsOf,
  printSummary,
  type Stored,
} from '../../../src/core/summary/outputs.ts';
import { type About, summarize } from '../../../src/core/summary/summarize.ts';
import type { Summary } from '../../../src/core/summary/summary.ts';
import { shortenUsd } from '../../../src/core/text/money.ts';
import { formatCount } from '../../../src/core/text/numbers.ts';
import { NO_CASES, summary as pageSummary } from '../page/samples.ts';
import { about, accounts, collected, pending, run, summaryOf } from '../summary/samples.ts';
import { estimate, estimateOfPart } from './estimates.ts';

const artifact = { name: 'claude-batch-evals-0', url: 'https://github.com/octo/evals/actions/runs/42/artifacts/9' };

/** A report's prose without what is folded, and the figures that are. */
function inHalves<Name extends string>(name: Name, report: Report) {
  const prose = printReport({ ...report, folded: [] }).replace(/<\/?span>/g, '');
  const halves = { [name]: prose, [`figures of the ${name}`]: report.folded.join('\n\n') };
  return halves as Record<Name | `figures of the ${Name}`, string>;
}

/** Every amount and every count of a value, each once; amounts as they are, and as prose may say them. */
function figuresIn(value: unknown): { amounts: Set<string>; inProse: Set<string>; counts: Set<number> } {
  const amounts = new Set<string>();
  const inProse = new Set<string>();
  const counts = new Set<number>();
  JSON.stringify(value, (key, part: unknown) => {
    if (typeof part === 'number') counts.add(part);
    if (typeof part === 'string' && /^-?\d+\.\d{6}$/.test(part)) {
      amounts.add(part);
      inProse.add(shortenUsd(part, key === 'upper' ? 'up' : 'half-up'));
    }
    return part;
  });
  return { amounts, inProse, counts };
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
  ...[...CAUSES.values()].filter((words) => /\d/.test(words)),
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
    .replace(/\d+ (?:h|min|s)\b/g, '')
    .replace(/\b\d{1,2} [A-Z][a-z]{2,8}(?:, \d\d:\d\d UTC)?/g, (words) => (isDay(words) ? '' : words));
  const counted = [...wordsIn(summary), summary.run.sha.slice(0, 7)]
    .reduce((left, word) => left.replaceAll(word, ''), bare)
    // Words of ours.
    .replace(/`[^`]*`/g, '');
  return {
    amounts,
    counts: Array.from(counted.matchAll(/\d[\d,]*(?:\.\d+)?/g), ([digits]) => Number(digits.replaceAll(',', ''))),
  };
}

/** Whether words begin with a day: `21 December`. */
function isDay(words: string): boolean {
  const [, day, month] = /^(\d+) (\w+)/.exec(words) ?? [];
  return !Number.isNaN(Date.parse(`${month} ${day}, 2026`)) && (month ?? '').length > 2;
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
    gradesFile: undefined,
    junitFile: undefined,
    artifact: undefined,
    page: undefined,
    comment: undefined,
  };
  const links: Links = { page: artifact, artifact };

  /** What the action says of a run, in each place: in prose, and in figures. */
  const textsOf = (summary: Summary) => ({
    ...inHalves('comment', makeReport(summary, links)),
    ...inHalves('job summary', makeJobSummary(summary, links)),
    table: renderSectionsTable([{ summary: summarizeSection(summary, run, links), isOlder: false, hasStep: false }]),
    log: logLines(summary).map(printMessage).join('\n'),
    page: readPage(pageHead(summary, { ...NO_CASES, artifact })),
  });

  /** What is no figure of the summary, but follows from some: lengths of its lists, sums, and the page's two own figures. */
  const derivedFrom = ({
    batches,
    rounds,
    warnings,
    problems,
    requests,
    incomplete,
    cost,
    estimate,
    models,
    failures,
  }: Summary): number[] => {
    const cut = Object.values(incomplete ?? {}).reduce((sum: number, count: number) => sum + count, 0);
    const share = Math.round((Number(cost.saved_usd) / Number(cost.standard_usd)) * 100);
    const more = [...warnings, ...problems].map(({ count }) => count - 1);
    const sumOf = (groups: readonly { readonly count: number }[]) => groups.reduce((sum, { count }) => sum + count, 0);
    return [
      models.length,
      (requests.total ?? 0) - (requests.succeeded ?? 0),
      sumOf(failures) + cut,
      sumOf(warnings),
      batches.length,
      rounds.length,
      (requests.succeeded ?? 0) - cut,
      cut,
      share,
      ...more,
      estimate?.unpriced_models.length ?? 0,
    ];
  };

  /** Counts and amounts of the grades. */
  const ofGrades = (grading: Summary['grading']): Partial<Record<OutputName, string | number | null | undefined>> => ({
    'case-count': grading?.cases,
    'passed-count': grading?.passed,
    'failed-count': grading?.failed,
    'ungraded-count': grading?.ungraded,
    'flaky-count': grading?.flaky,
    'broken-count': grading?.comparison?.broken,
    'fixed-count': grading?.comparison?.fixed,
    'judge-cost-usd': grading?.judge?.usd,
  });

  describe.each(summaries)('%s', (_, summary) => {
    const { amounts, inProse, counts } = figuresIn(JSON.parse(printSummary(summary)));
    const texts = textsOf(summary);
    // The page's heading is that of the comment.
    const known: Partial<Record<keyof typeof texts, Set<string>>> = {
      comment: inProse,
      'job summary': inProse,
      table: inProse,
      page: new Set([...amounts, ...inProse]),
      log: new Set([...amounts, ...inProse]),
    };

    test.each(Object.entries(texts))('no figure of the %s is another than those of summary.json', (place, text) => {
      const shown = shownIn(text, summary);
      const sound = new Set([...counts, ...derivedFrom(summary)]);
      const found = known[place as keyof typeof texts] ?? amounts;
      expect(shown.amounts.filter((amount) => !found.has(amount))).toEqual([]);
      expect(shown.counts.filter((count) => !sound.has(count))).toEqual([]);
    });

    test('prose says no amount twice', () => {
      const { amounts: said } = shownIn(texts.comment, summary);
      expect(said).toEqual([...new Set(said)]);
    });

    test('the main ones stand in every place, each beside its name', () => {
      const { requests, tokens, cost, estimate } = summary;
      const usd = (amount: string | null) => printUsd(amount, cost.lower_bound);
      const total = formatCount(requests.total ?? 0);
      const ofCounts =
        tokens === null
          ? (['comment', 'job summary', 'log', 'page'] as const)
          : (['figures of the comment', 'figures of the job summary', 'log', 'page'] as const);
      for (const place of ofCounts) expect(texts[place]).toContain(total);
      if (tokens === null) {
        const bounds = Object.values(estimate?.batch ?? {}).filter((amount) => amount !== null);
        const places =
          summary.status === 'dry-run'
            ? (['figures of the comment', 'figures of the job summary', 'log', 'page'] as const)
            : (['figures of the comment', 'figures of the job summary'] as const);
        for (const place of places) expect(bounds.filter((amount) => !texts[place].includes(`$${amount}`))).toEqual([]);
        const { likely = null, upper = null } = estimate?.batch ?? {};
        const most = summary.estimate === null || upper === null ? '' : `$${shortenUsd(upper, 'up')}`;
        for (const place of ['comment', 'job summary'] as const) {
          expect(texts[place]).toContain(likely === null ? total : `$${shortenUsd(likely)}`);
          expect(texts[place]).toContain(most);
        }
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
        expect(plain(texts['figures of the comment'])).toContain(`| ${name} | ${value} |`);
        expect(plain(texts['figures of the job summary'])).toContain(`| ${name} | ${value} |`);
        expect(texts.page.replace(/\s+/g, ' ')).toContain(` ${name} ${value} `);
      }
      const { usd: paid, saved_usd, lower_bound } = cost;
      const [answered, sent] = [requests.succeeded ?? 0, requests.total ?? 0];
      const amounts = { usd: paid, saved_usd, lower_bound };
      const line = printMessage({ code: 'requests-answered', answered, total: sent, ...amounts, tookMs: null });
      const headline = printMessage({
        code: 'requests-answered',
        ...{ answered, total: sent, ...amounts, tookMs: summary.timings.took_ms },
      });
      const spent = LEADS.spent(cost);
      const sayings = {
        comment: [spent, headlineOf(summary)],
        'job summary': [spent, headlineOf(summary)],
        log: [headline],
        page: [line, headlineOf(summary)],
        table: [SECTIONS['answered-of']({ answered: formatCount(answered), total }), sayUsd(paid, lower_bound)],
      };
      for (const place of ['comment', 'job summary', 'log', 'page', 'table'] as const)
        for (const words of sayings[place]) expect(texts[place]).toContain(words);
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
        'reused-count': tokens && (summary.reuse?.reused ?? 0),
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
        ...ofGrades(summary.grading),
      };
      const names = OUTPUT_NAMES.filter((name) => /-(?:count|tokens|usd)$/.test(name));
      expect(Object.keys(expected).sort()).toEqual([...names].sort());
      for (const name of names) expect([name, outputs.get(name)]).toEqual([name, expected[name]?.toString()]);
      const {
        missing_ids: __,
        incomplete_examples: _examples,
        problems: ___,
        warnings: ____,
        failures,
        ...rest
      } = JSON.parse(printSummary(summary));
      const json = JSON.parse(outputs.get('summary-json') ?? '');
      const { failures: kept, failures_left_out, models_left_out, ...line } = json;
      expect(line).toEqual(rest);
      expect(figuresIn(kept)).toEqual(figuresIn(failures));
      expect([failures_left_out, models_left_out]).toEqual([0, 0]);
    });
  });
});
