import { describe, expect, test } from '@jest/globals';
import { MAX_COMMENT_LENGTH, placeSection } from '../../../src/core/comment/comment.ts';
import { layOut } from '../../../src/core/comment/layout.ts';
import type { Section } from '../../../src/core/comment/section.ts';
import { parseSections } from '../../../src/core/comment/sections.ts';
import { SECTIONS } from '../../../src/core/messages/sections.ts';
import { ended, MARKER, one, ownOf, RUNS, rowsOf, sectionOf, TITLE, textsOf, two } from './samples.ts';

/** The line that counts rows left out. */
const MORE = new RegExp(`^${SECTIONS['more-rows']({ count: 1 }).replace('1', '(\\d+)')}$`, 'm');

const bodiesOf = (sections: readonly Section[], id: string | undefined, texts: readonly string[] = []): string[] => [
  ...layOut({ marker: MARKER, title: TITLE, sections, runsUrl: RUNS }, { id, texts }),
];

describe('the forms of a comment', () => {
  const sections = ['a', 'b', 'own'].map((name) => sectionOf(name));
  const bodies = bodiesOf(sections, 'own', ['all of it', 'some of it']);

  test('everything, then lines and a shorter and shorter own report, then rows', () => {
    expect(bodies.map(textsOf)).toEqual([
      { a: 'text of a', b: 'text of b', own: 'text of own' },
      { a: '', b: '', own: 'all of it' },
      { a: '', b: '', own: 'some of it' },
      ...Array.from({ length: 4 }, () => ({ a: '', b: '', own: '' })),
    ]);
    expect(bodies.map((body) => rowsOf(body).length)).toEqual([3, 3, 3, 3, 3, 2, 1]);
    expect(bodies.map((body) => body.includes(SECTIONS['rows-only']()))).toEqual([
      ...Array(4).fill(false),
      true,
      true,
      true,
    ]);
  });

  test('rows that did not fit are counted', () => {
    expect(bodies.at(-1)).toContain(SECTIONS['more-rows']({ count: 2 }));
    expect(rowsOf(bodies.at(-1) ?? '')[0]).toContain('`own`');
  });

  test('a section that lost its summary is only counted where texts do not fit', () => {
    const edited = [...sections, sectionOf('x', { summary: undefined })];
    expect(bodiesOf(edited, 'own', ['own'])[1]).toContain(SECTIONS['more-rows']({ count: 1 }));
  });

  test('without an own section, which a newer commit keeps, others are shortened all the same', () => {
    expect(bodiesOf(sections, undefined).map(textsOf)[1]).toEqual({ a: '', b: '', own: '' });
  });
});

test('rows go by what matters least: older commits, which are not counted, then what went well, failures, the own one', () => {
  const summary = (name: string, severity: 'good' | 'bad') => ({ ...ended, name, severity });
  const sections = [
    sectionOf('older', { summary: summary('older', 'bad') }),
    sectionOf('well', { origin: two, summary: summary('well', 'good') }),
    sectionOf('failed', { origin: two, summary: summary('failed', 'bad') }),
    sectionOf('own', { origin: two, summary: summary('own', 'good') }),
  ];
  const rows = bodiesOf(sections, 'own').slice(2);
  expect(rows.map((body) => parseSections(body).flatMap(({ summary: kept }) => kept?.name ?? []))).toEqual(
    [['failed', 'older', 'own', 'well'].toSorted(), ['failed', 'own', 'well'], ['failed', 'own'], ['own']].map(
      (names) => expect.arrayContaining(names),
    ),
  );
  expect(rows.map((body) => MORE.exec(body)?.[1])).toEqual([undefined, undefined, '1', '2']);
});

/** Writes sections one after another, each in the fullest form that fits. */
function writeAll(names: readonly string[], failing: (index: number) => boolean): string {
  return names.reduce((body, name, index) => {
    const severity = failing(index) ? 'bad' : 'good';
    const own = ownOf(name, { origin: one, summary: { ...ended, name, severity }, text: 'x'.repeat(3_000) });
    const { sections, id } = placeSection(parseSections(body), own);
    const page = { marker: MARKER, title: TITLE, sections, runsUrl: RUNS };
    for (const next of layOut(page, { id, texts: [own.text] })) if (next.length <= MAX_COMMENT_LENGTH) return next;
    throw new Error('nothing fits');
  }, '');
}

test.each([
  [3, '', 3],
  [40, '', 40],
  [200, '', 200],
  [160, 'x'.repeat(90), 120],
])('%i sections with names like evals%s: at least %i rows, and none is lost', (count, long, least) => {
  const names = Array.from({ length: count }, (_, index) => `evals-${index}-${long}`);
  const body = writeAll(names, (index) => index % 9 === 4);
  const sections = parseSections(body);
  const rows = sections.filter(({ summary }) => summary !== undefined);
  expect(new Set(sections.map(({ id }) => id)).size).toBe(count);
  expect(rows.length).toBeGreaterThanOrEqual(least);
  expect(rowsOf(body)).toHaveLength(rows.length);
  expect(rows.filter(({ summary }) => summary?.severity === 'bad')).toHaveLength(Math.floor((count + 4) / 9));
  if (rows.length < count) expect(body).toContain(SECTIONS['more-rows']({ count: count - rows.length }));
});
