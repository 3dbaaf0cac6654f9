import { describe, expect, test } from '@jest/globals';
import { shownText } from '../../../simulator/rendering/index.ts';
import { markerOf, mergeSection, sectionIdOf } from '../../../src/core/report/comment.ts';
import { figuresOf, waitingFigures } from '../../../src/core/report/legs.ts';
import { parseSections, renderSections } from '../../../src/core/report/sections.ts';
import { summaryOf } from './samples.ts';

const MARKER = markerOf('evals');
const origin = { sha: '1111111aaaa', runId: 100 };
const figures = figuresOf(summaryOf());

/** A comment to which these steps of jobs have written, in this order. */
function commentOf(...steps: readonly [leg: string, action: string][]): string {
  return steps.reduce((body, [leg, action]) => {
    return mergeSection(body, MARKER, sectionIdOf(leg, action), `text of ${action}`, origin, { ...figures, leg });
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
