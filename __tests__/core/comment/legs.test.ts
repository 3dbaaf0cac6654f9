import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { activeParts, outlineOf, renderGitHub, shownText } from '../../../simulator/rendering/index.ts';
import { markerOf, mergeBodies, mergeSection } from '../../../src/core/comment/comment.ts';
import {
  figuresOf,
  type LegFigures,
  parseFigures,
  printFigures,
  renderLegs,
  waitingFigures,
} from '../../../src/core/comment/legs.ts';
import { parseSections } from '../../../src/core/comment/sections.ts';
import type { Outcome } from '../../../src/core/endings/outcome.ts';
import { verdictOf } from '../../../src/core/markdown/verdict.ts';
import { summarize } from '../../../src/core/summary/summarize.ts';
import type { Summary } from '../../../src/core/summary/summary.ts';
import { toPlainLine } from '../../../src/core/text/foreign-text.ts';
import { attacks } from '../markdown/attacks.ts';
import { about, accounts, collected, FAILURE, pending, summaryOf } from '../summary/samples.ts';

const [model] = accounts.models;
if (model === undefined) throw new Error('no sample');
const figures = figuresOf(summaryOf());
const rowsOf = (...legs: readonly LegFigures[]): string[] =>
  (renderLegs(legs.map((one) => ({ figures: one, isOlder: false }))) ?? '').split('\n').slice(2);
/** A word as somebody could write it who may edit the comment. */
const wordOf = (value: unknown): string => Buffer.from(JSON.stringify(value) ?? '').toString('base64url');

const OUTCOMES: readonly Outcome[] = [
  collected,
  { ...collected, failures: [FAILURE] },
  { ...collected, status: 'canceled', failures: [FAILURE] },
  pending,
  { ...pending, failures: [FAILURE] } as Outcome,
  { status: 'rejected', problems: [], failures: [] },
  { status: 'failed', failures: [FAILURE] },
  { status: 'empty', patterns: [], loud: true },
  { status: 'skipped', why: 'fork' },
  { status: 'dry-run', requestCount: 7, failures: [] },
  { status: 'dry-run', requestCount: 7, failures: [FAILURE] },
];

describe('figures', () => {
  test('are those of the summary', () => {
    expect(figures).toEqual({
      name: 'evals-0',
      tone: 'doubtful',
      verdict: 'completed',
      models: ['claude-opus-5'],
      answered: 1317,
      total: 1319,
      usd: '1.234568',
      saved_usd: '1.234567',
      lower_bound: false,
    });
  });

  test.each<[string, Outcome, number | null]>([
    ['pending', pending, 1319],
    ['a dry run', { status: 'dry-run', requestCount: 7, failures: [] }, 7],
    ['failed', { status: 'failed', failures: [FAILURE] }, null],
    ['nothing to do', { status: 'empty', patterns: [], loud: true }, 0],
  ])('%s: without results nothing is answered and nothing costs', (_, outcome, total) => {
    const unknown = { answered: null, usd: null, saved_usd: null, models: [] };
    expect(figuresOf(summarize(outcome, about))).toMatchObject({ ...unknown, total });
    const row = rowsOf(figuresOf(summarize(outcome, about)), figures)[0] ?? '';
    expect(row.endsWith(` |  | ${total === null ? '' : `– of ${total.toLocaleString('en')}`} |  |  |`)).toBe(true);
  });

  test('of a leg that waits have no result', () => {
    expect(waitingFigures('evals-0', undefined)).toEqual({
      name: 'evals-0',
      tone: 'neutral',
      verdict: 'waiting',
      models: [],
      answered: null,
      total: null,
      usd: null,
      saved_usd: null,
      lower_bound: false,
    });
    expect(waitingFigures('evals-0', 7).total).toBe(7);
  });

  test.each([
    ...OUTCOMES.map((outcome): [string, LegFigures] => [outcome.status, figuresOf(summarize(outcome, about))]),
    ['a lower bound', figuresOf(summaryOf({ unpriced: 3 }))],
    ['no price', figuresOf(summaryOf({ unpriced: 1317, cost: 0n, standardCost: 0n }))],
    ['several models', figuresOf(summaryOf({ models: ['a', 'b', 'c'].map((name) => ({ ...model, model: name })) }))],
    ['a loss', { ...figures, saved_usd: '-0.000001' }],
    ['waiting', waitingFigures('evals-0', 7)],
  ] satisfies [string, LegFigures][])('%s: come back as they went', (_, one) => {
    expect(parseFigures(printFigures(one))).toEqual(one);
  });

  test('are printed as they were read, so that a comment without news is not written again', () => {
    for (const one of [figures, waitingFigures('evals-0', 7)]) {
      const word = printFigures(one);
      expect(printFigures(parseFigures(word) ?? one)).toBe(word);
    }
  });

  test.each([
    ...attacks,
    ['long', 'x'.repeat(500)],
    ['long, and each letter an escape', '\u0001'.repeat(500)],
    ['long, in halves', '\uD800'.repeat(500)],
    ['long, and wide', '語'.repeat(500)],
    ['long, and wider', '😀'.repeat(500)],
  ])('%s: as leg and models they come back in one word of a safe form', (_, text) => {
    const { run } = summaryOf();
    const models = summaryOf({ models: Array.from({ length: 9 }, () => ({ ...model, model: text })) }).models;
    for (const one of [
      figuresOf({ ...summaryOf(), run: { ...run, name: text }, models }),
      { ...figuresOf({ ...summaryOf(), models }), ...waitingFigures(text, Number.MAX_SAFE_INTEGER) },
    ]) {
      expect(printFigures(one)).toMatch(/^[A-Za-z0-9_-]{1,4000}$/);
      expect(parseFigures(printFigures(one))).toEqual(one);
      expect(one.name).toBe(text.slice(0, 100));
    }
  });
});

describe('what is not of this form', () => {
  const without = (name: keyof LegFigures): unknown => ({ ...figures, [name]: undefined });
  test.each<[string, string]>([
    ['nothing', ''],
    ['no base64', '!!!!'],
    ['no JSON', Buffer.from('{"leg":').toString('base64url')],
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0x00]).toString('base64url')],
    ['cut off', printFigures(figures).slice(0, -20)],
    ...[null, true, 7, 'evals-0', [], [figures], {}].map((value): [string, string] => [
      JSON.stringify(value).slice(0, 20),
      wordOf(value),
    ]),
    ...(['name', 'tone', 'verdict', 'models'] as const).map((name): [string, string] => [
      `no ${name}`,
      wordOf(without(name)),
    ]),
    ['a leg that is no text', wordOf({ ...figures, name: 7 })],
    ['a leg that is too long', wordOf({ ...figures, name: 'x'.repeat(101) })],
    ['a verdict that is too long', wordOf({ ...figures, verdict: 'x'.repeat(101) })],
    ['a tone of another name', wordOf({ ...figures, tone: 'TIP' })],
    ['a tone named like a member of objects', wordOf({ ...figures, tone: 'constructor' })],
    ['models that are no list', wordOf({ ...figures, models: { length: 1, 0: 'm' } })],
    ['members of a prototype', Buffer.from(`{"__proto__":${JSON.stringify(figures)}}`).toString('base64url')],
  ])('%s is undefined', (_, word) => {
    expect(parseFigures(word)).toBeUndefined();
  });

  test.each<[keyof LegFigures, unknown[], unknown]>([
    ['answered', [-1, 1.5, '7', 1e300, true, [7], {}], null],
    ['total', [-1, 1.5, '7', 1e300, true, [7], {}], null],
    ['usd', ['1', '$1.000000', '1.0000000', '1.000000\n', '1e6', '<b>', 'NaN', 1, '1234567890123.000000'], null],
    ['saved_usd', ['1', '--1.000000', '+1.000000', ' 1.000000', '@octocat', 1], null],
    ['lower_bound', ['true', 1, {}, null], false],
    ['models', [[7, null, 'x'.repeat(101), 'm'], [['m']], ['x'.repeat(101), 'm']], []],
  ])('%s of another form is as if it were not known', (name, values, expected) => {
    for (const value of values) {
      const found = parseFigures(wordOf({ ...figures, [name]: value }));
      const kept = name === 'models' && Array.isArray(value) && value[1] === 'm' ? ['m'] : expected;
      expect(found).toEqual({ ...figures, [name]: kept });
    }
  });

  test('any word is read without an error, and into a table that does nothing', async () => {
    const plain = await show(rendered({ ...figures, models: ['m'] }));
    const values = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(...attacks.map(([, text]) => text), 'good', 'm', '1.000000'),
    );
    const some = fc.record(
      Object.fromEntries(Object.keys(figures).map((name) => [name, fc.oneof(values, fc.constant(soundOf(name)))])),
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.base64String(), fc.string(), some.map(wordOf)), async (word) => {
        const found = parseFigures(word);
        if (found === undefined) return;
        const [first = 'm'] = found.models;
        const { active } = await show(rendered({ ...found, models: [first] }));
        expect(active).toEqual(plain.active);
      }),
      { numRuns: 200 },
    );
  });

  const soundOf = (name: string): unknown => Object.entries(figures).find(([key]) => key === name)?.[1];
});

/** The table of a leg beside a plain one. */
function rendered(one: LegFigures, isOlder = false): string {
  const plain = { figures: { ...figures, name: 'plain' }, isOlder: false };
  return renderLegs([{ figures: one, isOlder }, plain]) ?? '';
}

async function show(markdown: string) {
  const html = await renderGitHub(markdown, 'comment');
  return { active: activeParts(html), outline: outlineOf(html), read: shownText(html) };
}

describe('the table', () => {
  test('has a row for each leg, in their order', () => {
    const failed = { ...figuresOf(summarize({ ...collected, failures: [FAILURE] }, about)), name: 'two' };
    const part = { ...figures, name: 'three', tone: 'good', lower_bound: true, models: ['m', 'n'] } as const;
    const unknown = { ...figures, name: 'four', usd: null, saved_usd: null, models: [] };
    const legs = [figures, failed, part, unknown, waitingFigures('five', 1319), waitingFigures('six', undefined)];
    expect(
      renderLegs(legs.map((one, at) => ({ figures: one, isOlder: at === 1 }))),
    ).toBe(`| Leg | Result | Model | Answered | Cost | Saved |
| :--- | :--- | :--- | ---: | ---: | ---: |
| \`evals-0\` | ⚠ completed | \`claude-opus-5\` | 1,317 of 1,319 | $1.234568 | $1.234567 |
| \`two\` | ✖ failed (older commit) | \`claude-opus-5\` | 1,317 of 1,319 | $1.234568 | $1.234567 |
| \`three\` | ✔ completed | \`m\`, \`n\` | 1,317 of 1,319 | at least $1.234568 | at least $1.234567 |
| \`four\` | ⚠ completed |  | 1,317 of 1,319 | unknown | unknown |
| \`five\` | … waiting |  | – of 1,319 |  |  |
| \`six\` | … waiting |  |  |  |  |`);
  });

  test('without models has no column for them', () => {
    const waiting = { figures: waitingFigures('a', 7), isOlder: false };
    expect(renderLegs([waiting, waiting])?.split('\n')).toEqual([
      '| Leg | Result | Answered | Cost | Saved |',
      '| :--- | :--- | ---: | ---: | ---: |',
      '| `a` | … waiting | – of 7 |  |  |',
      '| `a` | … waiting | – of 7 |  |  |',
    ]);
  });

  test('is none of fewer than two', () => {
    expect(renderLegs([])).toBeUndefined();
    expect(renderLegs([{ figures, isOlder: true }])).toBeUndefined();
  });

  test.each(OUTCOMES.map((outcome): [string, Summary] => [outcome.status, summarize(outcome, about)]))(
    '%s: the verdict is that of the section, in the words that are left of it',
    (_, summary) => {
      const [, result = ''] = rowsOf(figuresOf(summary), figures)[0]?.slice(2, -2).split(' | ') ?? [];
      const [sign, ...words] = result.split(' ');
      expect(sign).toMatch(/^(?:✔|⚠|✖|…)$/);
      expect(verdictOf(summary)).toMatch(new RegExp(`^(?:is |was )?${words.join(' ')}$`));
    },
  );

  test.each([...attacks, ['capitals', 'Approved'], ['long', 'x'.repeat(61)], ['empty', '']])(
    '%s: other words than ours are no verdict',
    (_, text) => {
      expect(rowsOf({ ...figures, verdict: text }, figures)[0]).toBe(
        rowsOf({ ...figures, verdict: 'ended' }, figures)[0],
      );
    },
  );
});

describe('foreign text in the table', () => {
  test.each(attacks)('%s does nothing, and is read as it is', async (_, text) => {
    const word = 'harmless words';
    const plain = await show(rendered({ ...figures, name: word, models: [word, word] }));
    const parsed = parseFigures(printFigures({ ...figures, name: text, verdict: text, models: [text, text] }));
    if (parsed === undefined) {
      expect(text.length).toBeGreaterThan(100);
      return;
    }
    const hostile = await show(rendered({ ...parsed, verdict: text }));
    expect({ ...hostile, read: '' }).toEqual({ ...plain, read: '' });
    const line = toPlainLine(text, 100).replace(/\s+/g, ' ') || '(empty)';
    expect(hostile.read).toBe(plain.read.replaceAll(word, () => line).replace('completed', 'ended'));
  });
});

describe('in the comment', () => {
  const MARKER = markerOf('evals');
  const one = { sha: '1111111aaaa', runId: 100 };
  const two = { sha: '2222222bbbb', runId: 200 };
  const add = (
    body: string | undefined,
    name: string,
    origin = one,
    some: LegFigures | undefined = { ...figures, name },
  ) => mergeSection(body, MARKER, `${name}.x`, `text of ${name}`, origin, some);
  const tableOf = (body: string): string[] => body.split('\n').filter((line) => line.startsWith('|'));
  const both = add(add(undefined, 'a'), 'b');

  test('one section has no table, two have one between the marker and the first', () => {
    expect(tableOf(add(undefined, 'a'))).toEqual([]);
    expect(tableOf(both)).toEqual([
      '| Leg | Result | Model | Answered | Cost | Saved |',
      '| :--- | :--- | :--- | ---: | ---: | ---: |',
      '| `a` | ⚠ completed | `claude-opus-5` | 1,317 of 1,319 | $1.234568 | $1.234567 |',
      '| `b` | ⚠ completed | `claude-opus-5` | 1,317 of 1,319 | $1.234568 | $1.234567 |',
    ]);
    expect(both.startsWith(`${MARKER}\n\n| Leg |`)).toBe(true);
    expect(both).toContain('|\n\n<!-- claude-batch-action:section a.x -->\n');
  });

  test('is written anew with each section, and is the same when nothing changed', () => {
    const waiting = add(both, 'b', one, waitingFigures('b', 7));
    expect(tableOf(waiting)[3]).toBe('| `b` | … waiting |  | – of 7 |  |  |');
    expect(tableOf(waiting)).toHaveLength(4);
    expect(add(waiting, 'b')).toBe(both);
    expect(add(both.replaceAll('\n', '\r\n'), 'b')).toBe(both);
  });

  test('tells figures of an older commit, until they are new', () => {
    const half = add(both, 'a', two);
    expect(tableOf(half).map((row) => row.includes('(older commit)'))).toEqual([false, false, false, true]);
    expect(tableOf(add(half, 'b', two)).join()).not.toContain('older');
  });

  test('a late run of an older commit changes no figures of a newer one', () => {
    const newer = add(both, 'a', two);
    expect(add(newer, 'a', one, { ...figures, name: 'late' })).toBe(newer);
  });

  test('a section without figures has no row and loses nothing', () => {
    const three = mergeSection(both, MARKER, 'c.x', 'text of c', one);
    expect(tableOf(three)).toEqual(tableOf(both));
    expect(parseSections(three).map(({ text }) => text)).toEqual(['text of a', 'text of b', 'text of c']);
  });

  test.each([
    ['garbage', 'AAAA'],
    ['no word', '<b>bold</b>'],
    ['another tone', wordOf({ ...figures, tone: 'evil' })],
    ['a long word', 'A'.repeat(4001)],
  ])('figures that became %s cost their row alone', (_, word) => {
    const edited = both.replace(/(?<=figures )\S+/, word);
    expect(edited).not.toBe(both);
    const body = add(edited, 'c');
    expect(
      tableOf(body)
        .slice(2)
        .map((row) => row.slice(0, 5)),
    ).toEqual(['| `b`', '| `c`']);
    expect(body).not.toContain(word);
    expect(parseSections(body).map(({ text }) => text)).toEqual(['text of a', 'text of b', 'text of c']);
  });

  test('several comments become one with one table', () => {
    const merged = mergeBodies([both, add(add(undefined, 'c'), 'a', two)], MARKER) ?? '';
    expect(
      tableOf(merged)
        .slice(2)
        .map((row) => [row.slice(2, 5), row.includes('older')]),
    ).toEqual([
      ['`a`', false],
      ['`b`', true],
      ['`c`', true],
    ]);
  });

  test.each(attacks)('%s: as a name it makes no line of ours, and the sections stay', (_, text) => {
    const named = { ...figures, name: text.slice(0, 100), models: [text.slice(0, 100)] };
    const body = add(add(both, 'c', one, named), 'd', one, named);
    const expected = add(add(both, 'c'), 'd');
    const ours = (markdown: string): string[] =>
      markdown.split('\n').map((line) => line.replace(/(?<=:figures )\S+/, '…').replace(/^\|.*/, '|'));
    expect(ours(body)).toEqual(ours(expected));
    expect(parseSections(body).map((section) => section.figures?.name)).toEqual(['a', 'b', named.name, named.name]);
    expect(body.split(MARKER)).toHaveLength(2);
  });
});
