import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { activeParts, outlineOf, renderGitHub, shownText } from '../../../simulator/rendering/index.ts';
import {
  type SectionSummary,
  summarizeSection,
  summarizeWaiting,
  summaryFrom,
} from '../../../src/core/comment/section.ts';
import { parseSections } from '../../../src/core/comment/sections.ts';
import { renderSectionsTable } from '../../../src/core/comment/sections-table.ts';
import type { Outcome } from '../../../src/core/endings/outcome.ts';
import { headlineOf } from '../../../src/core/markdown/headline.ts';
import { HEADLINES } from '../../../src/core/messages/headlines.ts';
import { SECTION_LABELS, SECTIONS, VERDICTS } from '../../../src/core/messages/sections.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import { toPlainLine } from '../../../src/core/text/untrusted-text.ts';
import { attacks } from '../markdown/attacks.ts';
import { estimate, estimateOfPart } from '../markdown/estimates.ts';
import { about, collected, FAILURE, pending, run, summaryOf } from '../summary/samples.ts';
import { bodyOf, ended, NO_LINKS, sectionOf } from './samples.ts';

const tableOf = (...summaries: readonly SectionSummary[]): string =>
  renderSectionsTable(summaries.map((summary) => ({ summary, isOlder: false, hasStep: false })));

/** The texts of the cells below the head. */
const cellsOf = (table: string): string[][] =>
  table
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .slice(2, -1)
        .split(' |')
        .map((cell) => cell.trim()),
    );

const OUTCOMES: readonly (readonly [SectionSummary['verdict'], Outcome])[] = [
  ['completed', collected],
  ['failed', { ...collected, failures: [FAILURE] }],
  ['canceled', { ...collected, status: 'canceled', failures: [FAILURE] }],
  ['pending', pending],
  ['failed-pending', { ...pending, failures: [FAILURE] } as Outcome],
  ['rejected', { status: 'rejected', problems: [], failures: [FAILURE] }],
  ['failed', { status: 'failed', failures: [FAILURE] }],
  ['empty', { status: 'empty', patterns: [], loud: true }],
  ['skipped', { status: 'skipped', why: 'fork' }],
  ['dry-run', { status: 'dry-run', requestCount: 7, failures: [] }],
  ['failed-dry-run', { status: 'dry-run', requestCount: 7, failures: [FAILURE] }],
];

describe('the summary of a section', () => {
  test('is that of its run', () => {
    const links = { page: { name: 'p', url: 'https://g.test/p' }, artifact: { name: 'a', url: 'javascript:alert(1)' } };
    expect(summarizeSection(summaryOf(), { action: '__run 2', runAttempt: 2, nonce: 'n' }, links)).toEqual({
      name: 'evals-0',
      step: '__run-2',
      process: expect.stringMatching(/^2-[0-9a-f]{8}$/),
      severity: 'doubtful',
      verdict: 'completed',
      headline: HEADLINES['no-answer']({ answered: 1317, total: 1319 }),
      answered: 1317,
      total: 1319,
      failing: 7,
      usd: '1.234568',
      isLowerBound: false,
      page: 'https://g.test/p',
      artifact: null,
      grades: null,
      collector: null,
      runs: null,
      lastRun: null,
    });
  });

  test.each(OUTCOMES)('%s', (verdict, outcome) => {
    const summary = summarizeSection(summarize(outcome, about), run, NO_LINKS);
    const hasResults = 'accounts' in outcome;
    expect(summary).toMatchObject({ verdict, answered: hasResults ? 1317 : null, usd: hasResults ? '1.234568' : null });
    expect(summary.failing).toBe(hasResults ? 7 : null);
    expect(summary.headline).toBe(headlineOf(summarize(outcome, about)));
  });

  test.each([
    ['pending', pending],
    ['dry-run', { status: 'dry-run', requestCount: 7, failures: [] }],
  ] as const)('%s: what is likely stands for the cost', (_, outcome) => {
    const summary = { ...summarize(outcome, about), estimate: estimateOfPart };
    expect(summarizeSection(summary, run, NO_LINKS)).toMatchObject({
      usd: '1.100002',
      isLowerBound: true,
      answered: null,
    });
  });

  test.each([undefined, 7])('while batches of %s requests are at work has no result', (total) => {
    expect(summarizeWaiting('evals-0', run, { requests: total, estimate: null })).toMatchObject({
      name: 'evals-0',
      verdict: 'waiting',
      headline: HEADLINES.waiting({ requests: total }),
      failing: null,
      answered: null,
      total: total ?? null,
      usd: null,
    });
  });

  test.each<[string, SectionSummary]>([
    ...OUTCOMES.map(([verdict, outcome]): [string, SectionSummary] => [
      verdict,
      summarizeSection(summarize(outcome, about), run, NO_LINKS),
    ]),
    ['a lower bound', summarizeSection(summaryOf({ unpriced: 3 }), run, NO_LINKS)],
    ['no price', summarizeSection(summaryOf({ unpriced: 1317, cost: 0n, standardCost: 0n }), run, NO_LINKS)],
    ['a loss', { ...ended, usd: '-0.000001' }],
    ['waiting', summarizeWaiting('evals-0', run, { requests: 7, estimate })],
    ...[...attacks, ['long', 'x'.repeat(500)], ['halves', '\uD800'.repeat(500)], ['wide', '😀'.repeat(500)]].map(
      ([title = '', text = '']): [string, SectionSummary] => {
        const summary = { ...summaryOf(), run: { ...summaryOf().run, name: text } };
        return [title, { ...summarizeSection(summary, run, NO_LINKS), headline: text.slice(0, 200) }];
      },
    ),
  ])('%s: comes back as it went, in one line', (_, summary) => {
    expect(summaryFrom(JSON.parse(JSON.stringify(summary)))).toEqual(summary);
    for (const text of ['some', '']) {
      const body = bodyOf([sectionOf('a', { summary, text })]);
      const line = body.split('\n').find((one) => /action:rows /.test(one)) ?? '';
      expect(line).toMatch(/^<!-- claude-batch-action:\w+ [^<>&@#]* -->$/);
      expect(parseSections(body)[0]?.summary).toEqual(summary);
    }
  });
});

describe('a summary of another form', () => {
  test.each<[string, unknown]>([
    ...[undefined, null, true, 7, 'evals-0', [], [ended], {}].map((raw): [string, unknown] => [String(raw), raw]),
    ...(['name', 'step', 'severity', 'verdict'] as const).map((key): [string, unknown] => [
      `no ${key}`,
      { ...ended, [key]: undefined },
    ]),
    ['a name that is no text', { ...ended, name: 7 }],
    ['a name that is too long', { ...ended, name: 'x'.repeat(101) }],
    ['a step that acts', { ...ended, step: '<b>' }],
    ['a severity named like a member of objects', { ...ended, severity: 'constructor' }],
    ['members of a prototype', JSON.parse(`{"__proto__":${JSON.stringify(ended)}}`)],
  ])('%s is undefined', (_, raw) => {
    expect(summaryFrom(raw)).toBeUndefined();
  });

  test.each<[keyof SectionSummary, unknown[], unknown]>([
    ['verdict', ['Approved', 'constructor', '', '<b>'], 'ended'],
    ['answered', [-1, 1.5, '7', 1e300, true, [7], {}], null],
    ['total', [-1, 1.5, '7', 1e300, true, [7], {}], null],
    ['usd', ['1', '$1.000000', '1.0000000', '1.000000\n', '1e6', '<b>', 'NaN', 1, '1234567890123.000000'], null],
    ['usd', ['--1.000000', '+1.000000', ' 1.000000', '@octocat'], null],
    ['failing', [-1, 1.5, '7', 1e300, true, [7], {}], null],
    ['isLowerBound', ['true', 1, {}, null], false],
    ['page', ['javascript:alert(1)', 'https://', `https://${'x'.repeat(500)}`, 7], null],
    ['headline', [7, null, ['x'], { length: 1 }], ''],
  ])('%s of another form is as if it were not known', (key, values, expected) => {
    for (const value of values) expect(summaryFrom({ ...ended, [key]: value })).toEqual({ ...ended, [key]: expected });
  });

  test('a headline that is too long is cut', () => {
    expect(summaryFrom({ ...ended, headline: 'x'.repeat(201) })?.headline).toBe('x'.repeat(200));
  });

  test('any JSON is read without an error, and into a comment that does nothing', async () => {
    const plain = await show(bodyOf([sectionOf('a'), sectionOf('b')]));
    const values = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(...attacks.map(([, text]) => text), 'good', 'm', '1.000000'),
    );
    const some = fc.record(
      Object.fromEntries(Object.entries(ended).map(([key, sound]) => [key, fc.oneof(values, fc.constant(sound))])),
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), some), async (raw) => {
        const found = summaryFrom(raw);
        if (found === undefined) return;
        const summary = { ...found, page: null, artifact: null, severity: ended.severity };
        const { active } = await show(bodyOf([sectionOf('a', { summary }), sectionOf('b')]));
        expect(active).toEqual(plain.active);
      }),
      { numRuns: 200 },
    );
  });
});

async function show(markdown: string) {
  const html = await renderGitHub(markdown, 'comment');
  return { active: activeParts(html), outline: outlineOf(html), read: shownText(html) };
}

describe('the table', () => {
  test('has a row for each section, in their order', () => {
    const page = 'https://g.test/page';
    const failed = { ...ended, name: 'two', severity: 'bad', verdict: 'failed', page } as const;
    const part = { ...ended, name: 'three', severity: 'good', isLowerBound: true, page, failing: 0 } as const;
    const unknown = { ...ended, name: 'four', usd: null };
    const waiting = [
      summarizeWaiting('five', run, { requests: 1319, estimate: estimateOfPart }),
      summarizeWaiting('six', run, { requests: undefined, estimate: null }),
    ];
    const rows = [ended, failed, part, unknown, ...waiting].map((summary, at) => {
      const named = at === 5 ? undefined : { runId: at, url: `https://g.test/${at}` };
      return { summary, isOlder: at === 1, hasStep: at === 2, run: named };
    });
    const most = SECTIONS['answered-of']({ answered: '1,317', total: '1,319' });
    const none = SECTIONS['answered-of']({ answered: '…', total: '1,319' });
    const [done, older, first] = [VERDICTS.completed, SECTIONS['of-older-commit'](), SECTIONS.step()];
    const cost = (usd: string | null, isLowerBound = false, isLikely = false) =>
      SECTIONS.cost({ usd, isLowerBound, isLikely });
    const runLink = (at: number) => `[${SECTIONS.run()}](https://g.test/${at})`;
    const table = renderSectionsTable(rows);
    const { result, name, answered, cost: price } = SECTION_LABELS;
    expect(table.split('\n')[0]).toBe(`| ${result} | ${name} | ${answered} | ${price} |  |`);
    expect(cellsOf(table)).toEqual([
      [`⚠️ ${done}`, '`evals-0`', most, cost('1.234568'), runLink(0)],
      [
        `❌ ${failed.headline} ${older}`,
        '`two`',
        most,
        cost('1.234568'),
        `[${SECTIONS.failing({ count: 7 })}](${page}#outcome=failing)`,
      ],
      [`✅ ${done}`, `\`three\`, ${first} \`batch\``, most, cost('1.234568', true), `[${SECTIONS.answers()}](${page})`],
      [`⚠️ ${done}`, '`four`', most, cost(null), runLink(3)],
      [`⏳ ${VERDICTS.waiting}`, '`five`', none, cost('1.100002', true, true), runLink(4)],
      [`⏳ ${VERDICTS.waiting}`, '`six`', '', '', ''],
    ]);
  });

  test.each(attacks)(
    '%s does nothing in it nor in the titles of the reports, and is read as it is',
    async (_, text) => {
      const word = 'harmless words';
      const showAll = async (foreign: string) => {
        const summary = { ...ended, name: foreign, headline: foreign };
        const sections = [sectionOf('a', { summary }), sectionOf('b'), sectionOf('c', { summary, text: '' })];
        const alone = bodyOf([sectionOf('a', { summary })]);
        return [await show(tableOf(summary, ended)), await show(bodyOf(sections)), await show(alone)];
      };
      const [plain, hostile] = [await showAll(word), await showAll(text)];
      const line = toPlainLine(text, 100).replace(/\s+/g, ' ');
      for (const [at, shown] of hostile.entries()) {
        const expected = plain[at];
        expect({ ...shown, read: '' }).toEqual({ ...expected, read: '' });
        // An empty headline gives way to the verdict.
        if (line !== '') expect(shown.read).toBe(expected?.read.replaceAll(word, () => line));
      }
      // The cause of a failure, which a comment that somebody edited may have made of it.
      const [harmless, cause] = await Promise.all(
        [word, text].map((headline) => show(tableOf({ ...ended, severity: 'bad', headline }))),
      );
      expect({ ...cause, read: '' }).toEqual({ ...harmless, read: '' });
      expect(cause?.read).toBe(harmless?.read.replaceAll(word, () => line || VERDICTS.completed));
      expect(hostile[0]?.read).toBe(plain[0]?.read.replaceAll(word, () => line || '(empty)'));
    },
  );
});
