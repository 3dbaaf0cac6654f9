import { describe, expect, test } from '@jest/globals';
import { shownText } from '../../../simulator/rendering/index.ts';
import type { Section, SectionSummary } from '../../../src/core/comment/section.ts';
import { parseSections } from '../../../src/core/comment/sections.ts';
import { renderHeading } from '../../../src/core/markdown/heading.ts';
import { SECTIONS, VERDICTS } from '../../../src/core/messages/sections.ts';
import { attacks } from '../markdown/attacks.ts';
import { bodyOf, ended, MARKER, one, ownOf, RUNS, rowsOf, sectionOf, TITLE, textsOf, two, write } from './samples.ts';

const fence = (id: string, text: string): string =>
  `<!-- claude-batch-action:section ${id} -->\n\n${text}\n\n<!-- claude-batch-action:end ${id} -->`;

describe('a whole comment', () => {
  test('of one section has no table, and comes back as it went', () => {
    const body = bodyOf([sectionOf('a')]);
    expect(rowsOf(body)).toEqual([]);
    const heading = renderHeading({ severity: ended.severity, title: TITLE, words: ended.headline });
    expect(body.startsWith(`${MARKER}\n\n${heading}\n\n<!-- claude-batch-action:section a -->\n`)).toBe(true);
    expect(body).not.toContain('<details>');
    expect(parseSections(body)).toEqual([sectionOf('a')]);
  });

  test('of several has a table above them, by name', () => {
    const body = bodyOf(['b', 'a', 'c-10', 'c-9'].map((name) => sectionOf(name)));
    expect(rowsOf(body).map((row) => row.split(' | ')[1])).toEqual(['`a`', '`b`', '`c-9`', '`c-10`']);
    expect(parseSections(body).map(({ id }) => id)).toEqual(['a', 'b', 'c-9', 'c-10']);
  });

  test('of several has first what failed, what needs a look, what is under way, then what went well', () => {
    const severities = { a: 'good', b: 'neutral', c: 'doubtful', d: 'bad', e: 'good', f: 'bad' } as const;
    const sections = Object.entries(severities).map(([name, severity]) =>
      sectionOf(name, { summary: { ...ended, name, severity, headline: `how ${name} ended` } }),
    );
    const body = bodyOf([...sections, sectionOf('g', { summary: undefined })]);
    expect(parseSections(body).map(({ id }) => id)).toEqual(['d', 'f', 'c', 'b', 'a', 'e', 'g']);
    // Of failures the cause, of others the verdict.
    expect(rowsOf(body).map((row) => row.split(' | ').slice(0, 2))).toEqual([
      ['| ❌ how d ended', '`d`'],
      ['| ❌ how f ended', '`f`'],
      ...['| ⚠️', '| ⏳', '| ✅', '| ✅'].map((icon, at) => [`${icon} ${VERDICTS.completed}`, `\`${'cbae'[at]}\``]),
    ]);
    expect(bodyOf(parseSections(body))).toBe(body);
  });

  test('of many folds the rows that need no look, and the reports of failures', () => {
    const sections = (['bad', 'doubtful', 'neutral', 'good'] as const).flatMap((severity) =>
      Array.from({ length: 6 }, (_, at) => {
        const name = `${severity}-${at}`;
        return sectionOf(name, { summary: { ...ended, name, severity } });
      }),
    );
    const [some, many] = [sections.slice(3, 22), sections].map((each) => bodyOf(each)) as [string, string];
    const shownRows = (body: string): number => rowsOf(body.replace(/<details.*<\/details>/s, '')).length;
    expect([shownRows(some), shownRows(many)]).toEqual([19, 12]);
    expect([rowsOf(some).length, rowsOf(many).length]).toEqual([19, 24]);
    expect(many).toContain(`<summary>${SECTIONS['folded-rows']({ open: 6, good: 6 })}</summary>`);
    const fold = `<summary>${SECTIONS['failed-reports']({ count: 6 })}</summary>`;
    expect([some.includes(fold), many.includes(fold)]).toEqual([false, true]);
    expect(new Set(parseSections(many))).toEqual(new Set(sections));
    expect(bodyOf(parseSections(many))).toBe(many);
    const short = sections.map((section) => ({ ...section, text: '' }));
    expect(bodyOf(short)).toContain(`<summary>${SECTIONS['reports-too-long']({ count: 24 })}</summary>`);
    expect(new Set(parseSections(bodyOf(short)))).toEqual(new Set(short));
  });

  test('has the total in its heading', () => {
    const body = bodyOf([sectionOf('a'), sectionOf('b')]);
    const words = SECTIONS['total-cost']({ usd: '2.469136', isLowerBound: false });
    expect(
      shownText(body)
        .split('\n')
        .find((line) => line.startsWith('### ')),
    ).toContain(words);
    expect(shownText(bodyOf([sectionOf('a')]))).not.toContain(words);
  });

  test('marks sections of an older commit, and the late one itself, until they are written again', () => {
    const half = write(bodyOf([sectionOf('a'), sectionOf('b')]), ownOf('a', { origin: two }));
    expect(rowsOf(half).map((row) => row.includes(SECTIONS['of-older-commit']()))).toEqual([false, true]);
    expect(shownText(half)).toContain(SECTIONS['older-commit'](one));
    expect(textsOf(half)).toEqual({ a: 'text of a', b: 'text of b' });
    const whole = write(half, ownOf('b', { origin: two }));
    for (const mark of [':older ', SECTIONS['of-older-commit'](), SECTIONS['older-commit'](one)]) {
      expect([half, shownText(half)].some((text) => text.includes(mark))).toBe(true);
      expect([whole, shownText(whole)].some((text) => text.includes(mark))).toBe(false);
    }
  });

  test('a section without a summary has no row and loses nothing', () => {
    const body = bodyOf([sectionOf('a'), sectionOf('b'), sectionOf('c', { summary: undefined, origin: undefined })]);
    expect(rowsOf(body)).toHaveLength(2);
    expect(textsOf(body)).toEqual({ a: 'text of a', b: 'text of b', c: 'text of c' });
    expect(bodyOf(parseSections(body))).toBe(body);
  });

  test('names the steps of one name, in the table and in the titles of their sections', () => {
    const summary = { ...ended, name: 'a' };
    const steps = [
      sectionOf('a', { summary: { ...summary, step: 's1' } }),
      sectionOf('a', { id: 'a.2', summary: { ...summary, step: 's2' } }),
    ];
    const body = bodyOf([...steps, sectionOf('b')]);
    expect(rowsOf(body).map((row) => row.split(' | ')[1])).toEqual([
      `\`a\`, ${SECTIONS.step()} \`s1\``,
      `\`a\`, ${SECTIONS.step()} \`s2\``,
      '`b`',
    ]);
    expect(Array.from(body.matchAll(/<summary>\S+ (.*):/gu), ([, title]) => title)).toEqual(
      expect.arrayContaining(['s1', 's2'].map((step) => `<code>a</code>, ${SECTIONS.step()} <code>${step}</code>`)),
    );
    expect(parseSections(body)).toEqual([...steps, sectionOf('b')]);
    expect(bodyOf([...steps.slice(0, 1), sectionOf('b')])).not.toContain('s1</code>');
  });
});

describe('the heading of several', () => {
  const of = (...severities: readonly SectionSummary['severity'][]): string => {
    const sections = severities.map((severity, at) =>
      sectionOf(`s${at}`, { summary: { ...ended, name: `s${at}`, severity, usd: null } }),
    );
    return bodyOf(sections).split('\n\n')[1] ?? '';
  };
  const NONE = { bad: 0, doubtful: 0, open: 0 };
  test.each([
    [['good', 'good'], 'good', SECTIONS['all-completed']({ total: 2 })],
    [['good', 'bad'], 'bad', SECTIONS['some-completed']({ ...NONE, total: 2, bad: 1 })],
    [['neutral', 'bad', 'doubtful'], 'bad', SECTIONS['some-completed']({ total: 3, bad: 1, doubtful: 1, open: 1 })],
    [['neutral', 'doubtful'], 'neutral', SECTIONS['some-completed']({ ...NONE, total: 2, doubtful: 1, open: 1 })],
    [['neutral', 'good'], 'neutral', SECTIONS['some-completed']({ ...NONE, total: 2, open: 1 })],
    [['doubtful', 'good', 'good'], 'doubtful', SECTIONS['some-completed']({ ...NONE, total: 3, doubtful: 1 })],
  ] as const)('%j: %s', (severities, severity, words) => {
    expect(of(...severities)).toBe(renderHeading({ severity, title: TITLE, words }));
  });

  test('of one that has only a row left is that of its verdict', () => {
    const lost = sectionOf('a', { summary: { ...ended, headline: '' }, text: '' });
    const words = VERDICTS[ended.verdict];
    expect(bodyOf([lost], 'rows')).toContain(renderHeading({ severity: ended.severity, title: TITLE, words }));
  });

  test('without a row there is none', () => {
    expect(bodyOf([sectionOf('a', { summary: undefined })])).not.toContain('###');
  });
});

describe('the reports of several', () => {
  const summaryOf = (name: string, severity: SectionSummary['severity']): SectionSummary => ({
    ...ended,
    name,
    severity,
  });
  const folds = (body: string): string[] =>
    body.split('\n').flatMap((line) => /^<details.*<\/summary>/.exec(line) ?? []);
  const titleOf = (name: string, sign: string): string =>
    `<summary>${sign} <code>${name}</code>: ${ended.headline}</summary>`;
  const of = (...severities: readonly SectionSummary['severity'][]): string =>
    bodyOf(severities.map((severity, at) => sectionOf(`s${at}`, { summary: summaryOf(`s${at}`, severity) })));

  test('the only one that failed is open and first, the others are together', () => {
    expect(folds(of('good', 'bad', 'neutral'))).toEqual([
      `<details open>${titleOf('s1', '❌')}`,
      `<details><summary>${SECTIONS.reports({ count: 2, isAll: false })}</summary>`,
      `<details>${titleOf('s2', '⏳')}`,
      `<details>${titleOf('s0', '✅')}`,
    ]);
  });

  test('of several that failed none is open', () => {
    expect(folds(of('bad', 'bad', 'doubtful'))).toEqual([
      `<details>${titleOf('s0', '❌')}`,
      `<details>${titleOf('s1', '❌')}`,
      `<details>${titleOf('s2', '⚠️')}`,
    ]);
  });

  test('where none failed all are together', () => {
    const [first] = folds(of('good', 'good', 'good'));
    expect(first).toBe(`<details><summary>${SECTIONS.reports({ count: 3, isAll: true })}</summary>`);
  });

  test('are read back alone and together, and written the same', () => {
    const details = '<details><summary>Cost</summary>\n\n| a |\n| --- |\n| b |\n\n</details>';
    const some = ['bad', 'good', 'good', 'doubtful'] as const;
    const sections = some.map((severity, at) =>
      sectionOf(`s${at}`, { summary: summaryOf(`s${at}`, severity), text: `lead ${at}\n\n${details}` }),
    );
    for (let count = 1; count <= sections.length; count += 1) {
      const body = bodyOf(sections.slice(0, count));
      const parsed = parseSections(body);
      expect(parsed.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(sections.slice(0, count));
      expect(bodyOf(parsed)).toBe(body);
      // The others are taken away, and come again.
      const alone = bodyOf(parsed.filter(({ id }) => id === 's0'));
      expect(parseSections(alone)).toEqual(sections.slice(0, 1));
      expect(alone).not.toContain('</code>: ');
      expect(bodyOf([...parseSections(alone), ...sections.slice(1, count)])).toBe(body);
    }
  });
});

describe('sections without a text', () => {
  const links = { page: 'https://github.test/page', artifact: 'https://github.test/artifact' };
  const some: readonly Section[] = [
    sectionOf('a', { text: '', summary: { ...ended, name: 'a', ...links } }),
    sectionOf('b', { text: '', origin: two, summary: { ...ended, name: 'b', severity: 'bad', verdict: 'failed' } }),
    sectionOf('c', { origin: two }),
  ];

  test('are lines with their links, and come back as they went', () => {
    const body = bodyOf(some);
    expect(rowsOf(body)).toHaveLength(3);
    expect(shownText(body)).toContain(SECTIONS['reports-too-long']({ count: 2 }));
    expect(body).toContain(
      [
        `- ❌ ${VERDICTS.failed} \`b\`: [${SECTIONS.run()}](${RUNS}200)`,
        `- ⚠️ ${VERDICTS.completed} ${SECTIONS['of-older-commit']()} \`a\`: **[${SECTIONS['see-answers']()}](${links.page})** · [${SECTIONS.download()}](${links.artifact}) · [${SECTIONS.run()}](${RUNS}100)`,
      ].join('\n'),
    );
    expect(new Set(parseSections(body))).toEqual(new Set(some));
    expect(bodyOf(parseSections(body))).toBe(body);
  });

  test('or rows alone, which link to what a reader looks for', () => {
    const body = bodyOf(some, 'rows');
    expect(rowsOf(body).map((row) => row.split(' | ').filter((_, at) => at === 1 || at === 4))).toEqual([
      ['`b`', `[${SECTIONS.run()}](${RUNS}200) |`],
      ['`a`', `[${SECTIONS.failing({ count: 7 })}](${links.page}#outcome=failing) |`],
      ['`c`', `[${SECTIONS.run()}](${RUNS}200) |`],
    ]);
    expect(shownText(body)).toContain(SECTIONS['rows-only']());
    expect(new Set(parseSections(body))).toEqual(new Set(some));
  });

  test('those that have no row either are counted, and are not lost', () => {
    const without = sectionOf('d', { text: '', origin: two, summary: undefined });
    const body = bodyOf([...some, without], 'rows');
    expect(rowsOf(body)).toHaveLength(3);
    expect(shownText(body)).toContain(SECTIONS['more-rows']({ count: 1 }));
    expect(new Set(parseSections(body))).toEqual(new Set([...some, without]));
    const again = write(body, ownOf('d', { origin: two }));
    expect(rowsOf(again)).toHaveLength(4);
    expect(shownText(again)).not.toContain(SECTIONS['more-rows']({ count: 1 }));
  });
});

describe('a comment that somebody edited', () => {
  test.each([
    ['an end is lost', [fence('a', 'A').replace(/\n.*end a -->$/, ''), fence('b', 'B')]],
    ['an end is there twice', [fence('a', 'A'), '<!-- claude-batch-action:end a -->', fence('b', 'B')]],
    ['an end of another is inside', [fence('a', '<!-- claude-batch-action:end c -->\nA'), fence('b', 'B')]],
    ['there is text outside', ['hello', fence('a', 'A'), 'hello', fence('b', 'B'), 'hello']],
    ['a section is there twice', [fence('a', 'old'), fence('b', 'B'), fence('a', 'A')]],
    ['a section is inside another', [fence('a', `A\n${fence('b', 'B')}`)]],
    ['a marker is inside', [fence('a', `A\n${MARKER}`), fence('b', 'B')]],
  ])('%s: no section is lost and nothing grows', (_, parts) => {
    let body = write([MARKER, ...parts].join('\n'), ownOf('z'));
    expect(textsOf(body)).toEqual({ a: 'A', b: 'B', z: 'text of z' });
    for (let n = 0; n < 3; n += 1) {
      const next = write(body, ownOf('z'));
      expect(next).toBe(body);
      body = next;
    }
  });

  test.each([
    ['garbage', '{"garbage'],
    ['no JSON', '<b>bold</b>'],
    ['of another severity', JSON.stringify({ rows: [{ ...ended, severity: 'evil' }] })],
    ['another JSON', '{"rows":7}'],
  ])('rows that became %s are lost alone', (_, word) => {
    const body = bodyOf([sectionOf('a', { origin: two }), sectionOf('b')]);
    const edited = body.replace(/(?<=rows )\{.*\}/, word);
    expect(edited).not.toBe(body);
    const next = write(edited, ownOf('c'));
    expect(rowsOf(next).map((row) => row.split(' | ')[1])).toEqual(['`b`', '`c`']);
    expect(next).not.toContain(word);
    expect(textsOf(next)).toEqual({ a: 'text of a', b: 'text of b', c: 'text of c' });
  });

  test.each([
    ['garbage', '{"rows":', []],
    ['no list', '{"rows":{"length":1}}', []],
    ['ids of another form', '{"rows":[{"id":"<b>"},{"id":"a b"},{"id":7},7,null,{"id":"ok"}]}', ['ok']],
    [
      'a row with an id of another form',
      JSON.stringify({
        rows: [
          { ...ended, id: '<b>' },
          { ...ended, id: 'ok' },
        ],
      }),
      ['ok'],
    ],
    ['another commit', JSON.stringify({ sha: '-->', runId: 1e30, rows: [{ ...ended, name: 'ok' }] }), ['ok']],
  ])('rows that became %s: what can be read stays', (_, json, ids) => {
    const sections = parseSections(`${MARKER}\n<!-- claude-batch-action:rows ${json} -->\n${fence('z', 'Z')}`);
    expect(sections.map(({ id, origin }) => [id, origin])).toEqual(['z', ...ids].map((id) => [id, undefined]));
  });

  test('a section of which nothing is left is none', () => {
    expect(parseSections(`${MARKER}\n${fence('a', '')}`)).toEqual([]);
  });

  test.each(attacks)('%s: as a name it makes no line of ours, and the sections stay', (_, text) => {
    const named = { ...ended, name: text.slice(0, 100), headline: text.slice(0, 200) };
    const bodyWith = (summary: typeof ended) =>
      bodyOf([sectionOf('a'), sectionOf('c', { summary }), sectionOf('d', { summary, text: '' })]);
    const ours = (markdown: string): string[] =>
      markdown.split('\n').map((line) =>
        line
          .replace(/(?<=:rows )\S.*/, '…')
          .replace(/^[|-] .*/, '|')
          .replace(/(?<=<summary>).*(?=<\/summary>)/, '…'),
      );
    const body = bodyWith(named);
    expect(ours(body)).toEqual(ours(bodyWith(ended)));
    expect(new Map(parseSections(body).map(({ id, summary }) => [id, summary?.name]))).toEqual(
      new Map([
        ['a', 'a'],
        ['c', named.name],
        ['d', named.name],
      ]),
    );
    expect(body.split(MARKER)).toHaveLength(2);
  });
});

test.each(Object.keys(VERDICTS))('the verdict %s comes back', (verdict) => {
  const summary = { ...ended, verdict: verdict as keyof typeof VERDICTS };
  expect(parseSections(bodyOf([sectionOf('a', { summary })]))[0]?.summary).toEqual(summary);
});
