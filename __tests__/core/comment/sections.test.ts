import { describe, expect, test } from '@jest/globals';
import { shownText } from '../../../simulator/rendering/index.ts';
import { markerOf, mergeBodies, mergeSection, sectionIdOf } from '../../../src/core/comment/comment.ts';
import { figuresOf, waitingFigures } from '../../../src/core/comment/legs.ts';
import type { Section } from '../../../src/core/comment/section.ts';
import { droppedIn, parseSections, renderSections } from '../../../src/core/comment/sections.ts';
import { summaryOf } from '../summary/samples.ts';

const MARKER = markerOf('evals');
const origin = { sha: '1111111aaaa', runId: 100 };
const figures = figuresOf(summaryOf());

/** A comment to which these steps of jobs have written, in this order. */
function commentOf(...steps: readonly [name: string, action: string][]): string {
  return steps.reduce((body, [name, action]) => {
    return mergeSection(body, MARKER, sectionIdOf(name, action), `text of ${action}`, origin, { ...figures, name });
  }, '');
}

const legsIn = (body: string): string[] => [...body.matchAll(/^\| (`[^|]*) \|/gm)].map(([, leg = '']) => leg);

describe('steps of one leg', () => {
  test.each<[string, readonly [string, string][], string[], string[]]>([
    [
      'one step a leg',
      [
        ['a', '__run'],
        ['b', '__run'],
      ],
      ['`a`', '`b`'],
      [],
    ],
    [
      'two steps',
      [
        ['a', '__run'],
        ['a', '__run_2'],
      ],
      ['`a`, step `__run`', '`a`, step `__run_2`'],
      ['__run', '__run_2'],
    ],
    [
      'a leg with dots',
      [
        ['a.b', 'x'],
        ['a.b', 'y'],
      ],
      ['`a.b`, step `x`', '`a.b`, step `y`'],
      ['x', 'y'],
    ],
    [
      'and another leg',
      [
        ['a', 'x'],
        ['b', 'x'],
        ['a', 'y'],
      ],
      ['`a`, step `x`', '`b`', '`a`, step `y`'],
      ['x', 'y'],
    ],
  ])('%s: named in the table and above the section', (_, steps, rows, headings) => {
    const body = commentOf(...steps);
    expect(legsIn(body)).toEqual(rows);
    expect([...shownText(body).matchAll(/Step (\S+):/g)].map(([, step]) => step)).toEqual(headings);
    // Nothing of it becomes part of a section's text.
    expect(parseSections(body).map(({ text }) => text)).toEqual(steps.map(([, action]) => `text of ${action}`));
    expect(renderSections(MARKER, parseSections(body))).toBe(body);
  });

  test('are named by the one that comes later, and no more when it is gone', () => {
    const one = commentOf(['a', 'x'], ['b', 'x']);
    const two = mergeSection(one, MARKER, 'a.y', 'waiting', origin, waitingFigures('a', 7));
    expect(legsIn(two)).toEqual(['`a`, step `x`', '`b`', '`a`, step `y`']);
    const less = parseSections(two).filter(({ id }) => id !== 'a.y');
    expect(renderSections(MARKER, less)).toBe(one);
  });
});

describe('run ids that somebody made up', () => {
  const forged = { sha: 'f'.repeat(40), runId: 999_999_999_999_999 };
  const now = { sha: '2222222bbbb', runId: 20_000_000_000 };
  const commentWith = (runId: number): string =>
    renderSections(MARKER, [
      { id: 'a.x', origin: { ...forged, runId }, figures: { ...figures, name: 'a' }, text: 'forged' },
      { id: 'b.x', origin: { ...now, runId: 19_999_999_999 }, figures: { ...figures, name: 'b' }, text: 'of b' },
      { id: 'c.x', origin: { ...forged, runId }, figures: { ...figures, name: 'c' }, text: '' },
    ]);
  const merge = (body: string) => mergeSection(body, MARKER, 'a.x', 'own', now, { ...figures, name: 'a' });

  test.each([999_999_999_999_999, 9_007_199_254_740_991, now.runId + 1e10 + 1])(
    '%i: the own section is written, and no leg of this commit is called older',
    (runId) => {
      // The line of a section has room for 15 digits, the packed data for any.
      const body = merge(commentWith(runId));
      expect(parseSections(body)[0]).toMatchObject({ id: 'a.x', origin: now, text: 'own' });
      expect(parseSections(body).at(-1)).toMatchObject({ id: 'c.x', origin: undefined });
      expect(body).not.toContain('older');
    },
  );

  // Somebody who pushed while this run waited for weeks.
  test.each([now.runId + 1, now.runId + 2_000_000_000, now.runId + 1e10])('%i may be true, and stays', (runId) => {
    expect(parseSections(merge(commentWith(runId)))[0]).toMatchObject({ id: 'a.x', text: 'forged' });
  });

  test('of two comments the true one wins', () => {
    const [first, second] = [commentWith(forged.runId), mergeSection(undefined, MARKER, 'a.x', 'true', now)];
    const body = mergeBodies([first, second], MARKER, now.runId) ?? '';
    expect(parseSections(body)[0]).toMatchObject({ id: 'a.x', text: 'true' });
  });
});

describe('packed lines', () => {
  const rowsAlone = (...legs: readonly [name: string, runId: number][]): Section[] =>
    legs.map(([name, runId]) => ({
      id: `${name}.x`,
      origin: { ...origin, runId },
      figures: { ...figures, name },
      text: '',
    }));
  const lineOf = (...legs: readonly [name: string, runId: number][]): string =>
    renderSections(MARKER, rowsAlone(...legs))
      .split('\n')
      .at(-1) ?? '';
  const read = (...lines: readonly string[]) =>
    parseSections([MARKER, ...lines].join('\n')).map(({ id, origin: of }) => `${id} ${of?.runId}`);

  test('all that can be read count, by what is newest', () => {
    const broken = lineOf(['z', 9]).replace(/.{20} -->$/, ' -->');
    expect(read(broken, lineOf(['a', 1], ['b', 2]))).toEqual(['a.x 1', 'b.x 2']);
    expect(read(lineOf(['a', 1], ['b', 2]), broken)).toEqual(['a.x 1', 'b.x 2']);
    expect(read(lineOf(['a', 1], ['b', 2]), lineOf(['b', 1], ['a', 3])).toSorted()).toEqual(['a.x 3', 'b.x 2']);
  });

  test('of more legs than there can be the newest stay, in their order', () => {
    const legs = Array.from({ length: 3_000 }, (_, index): [string, number] => [
      `l${index}`,
      1 + ((index * 7) % 3_000),
    ]);
    const expected = legs.filter(([, runId]) => runId > 2_000).map(([name, runId]) => `${name}.x ${runId}`);
    expect(expected).toHaveLength(1_000);
    expect(read(lineOf(...legs))).toEqual(expected);
  });

  test('a section of which nothing is left is none', () => {
    const body = mergeSection(undefined, MARKER, 'a.x', '', origin);
    expect(parseSections(body)).toEqual([]);
  });
});

describe('legs without a row', () => {
  const some: readonly Section[] = ['a', 'b', 'c', 'd'].map((name) => ({
    id: `${name}.x`,
    origin,
    figures: { ...figures, name: name === 'a' ? name : '', verdict: name === 'd' ? 'waiting' : 'completed' },
    text: name === 'a' ? 'text of a' : '',
    ...(name === 'a' ? {} : { isSummed: true }),
  }));

  test('are counted below the table, and come back as they went', () => {
    const body = renderSections(MARKER, some, origin.sha);
    expect(legsIn(body)).toEqual(['`a`']);
    expect(shownText(body)).toMatch(
      /And 3 more legs without a row: 2 completed, 1 waiting\. 3 of these legs had no room for a section below: .* Results that had no room at all are no longer listed, those of older commits first\./,
    );
    expect(parseSections(body)).toEqual(some);
    expect(droppedIn(body)).toBe(origin.sha);
    expect(renderSections(MARKER, parseSections(body), droppedIn(body))).toBe(body);
  });

  test('get one when they write again', () => {
    const body = mergeSection(renderSections(MARKER, some, origin.sha), MARKER, 'c.x', 'text of c', origin, {
      ...figures,
      name: 'c',
    });
    expect(legsIn(body)).toEqual(['`a`', '`c`']);
    expect(shownText(body)).toContain('And 2 more legs without a row: 1 completed, 1 waiting.');
    expect(droppedIn(body)).toBe(origin.sha);
  });
});
