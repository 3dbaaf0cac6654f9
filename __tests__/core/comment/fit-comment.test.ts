import { describe, expect, test } from '@jest/globals';
import { shownText } from '../../../simulator/rendering/index.ts';
import { markerOf, mergeSection } from '../../../src/core/comment/comment.ts';
import { fittingRung, holdsWord, ladderOf, MAX_COMMENT_LENGTH } from '../../../src/core/comment/fit-comment.ts';
import { figuresOf, type LegFigures, waitingFigures } from '../../../src/core/comment/legs.ts';
import type { Rung, Word } from '../../../src/core/comment/rung.ts';
import type { Section } from '../../../src/core/comment/section.ts';
import { parseSections, renderSections } from '../../../src/core/comment/sections.ts';
import type { Severity } from '../../../src/core/markdown/verdict.ts';
import { attacks } from '../markdown/attacks.ts';
import { summaryOf } from '../summary/samples.ts';

const MARKER = markerOf('evals');
const old = { sha: '1111111aaaa', runId: 100 };
const now = { sha: '2222222bbbb', runId: 200 };
const sample = figuresOf(summaryOf());
const LINK = '[Run 42](https://github.test/runs/42)';

function commentOf(...legs: readonly [name: string, tone: Severity, origin?: Section['origin']][]): string {
  const sections = legs.map(([name, tone, origin = now]) => {
    return { id: `${name}.x`, origin, figures: { ...sample, name, tone }, text: `> ${name}\n\n${LINK}` };
  });
  return renderSections(MARKER, sections);
}

function wordOf(figures: LegFigures, more: Partial<Word> = {}): Word {
  const texts = [`> new\n\n#### Part\n\n${LINK}`, `> new\n\n${LINK}`];
  return { marker: MARKER, id: `${figures.name}.x`, texts, origin: now, figures, final: true, ...more };
}

/** The rungs on which sections are shortened, up to the one that is rows alone. */
function shorteningOf(rungs: readonly Rung[]): readonly Rung[] {
  const isOnlyRows = ({ sections }: Rung) =>
    sections.every(({ figures, text }) => figures === undefined || text === '');
  return rungs.slice(0, rungs.findIndex(isOnlyRows) + 1);
}

/** Each rung in letters: whole sections in capitals, those with a line in small ones, a dot for those with figures alone. */
function shapesOf(before: string, word: Word): string[] {
  return shorteningOf(ladderOf(before, word)).map(({ sections }) =>
    sections
      .map(({ figures, text }) => {
        const name = figures?.name ?? '?';
        return text === '' ? '.' : text.includes('\n') ? name.toUpperCase() : name;
      })
      .join(''),
  );
}

describe('what is shortened first', () => {
  const before = commentOf(['b', 'bad'], ['g', 'good'], ['d', 'doubtful'], ['o', 'bad', old], ['n', 'neutral']);

  test('older commits and what went well go first, failures last', () => {
    expect(shapesOf(before, wordOf({ ...sample, name: 'w', tone: 'bad' }))).toEqual([
      ...['BGDONW', 'BGDoNW', 'BgDoNW', 'BgDonW', 'BgdonW'],
      ...['Bgd.nW', 'B.d.nW', 'B.d..W', 'B....W', 'B....W', 'b....W', 'b....w', '.....w', '......'],
    ]);
  });

  test('what went well gives its own parts first', () => {
    const shapes = shapesOf(before, wordOf({ ...sample, name: 'w', tone: 'good' }));
    expect(shapes.slice(0, 3)).toEqual(['BGDONW', 'BGDONW', 'BGDoNW']);
  });

  test('a word on the way gives room first', () => {
    const shapes = shapesOf(before, wordOf(waitingFigures('w', 7), { final: false }));
    expect(shapes.slice(0, 5)).toEqual(['BGDONW', 'BGDONW', 'BGDONw', 'BGDON.', 'BGDoN.']);
  });

  test('a section without figures is never touched', () => {
    const bare = mergeSection(undefined, MARKER, 'q.x', '> q\n\nwords', now);
    const texts = ladderOf(bare, wordOf(sample)).map(({ sections }) => sections[0]?.text);
    expect(texts.length).toBeGreaterThan(4);
    expect(new Set(texts)).toEqual(new Set(['> q\n\nwords']));
  });

  test('where a newer commit has its word, that stays as it is', () => {
    const rungs = ladderOf(before, wordOf({ ...sample, name: 'g' }, { origin: old }));
    expect(rungs.map(({ sections }) => renderSections(MARKER, sections))).toEqual([before]);
  });
});

describe('every rung', () => {
  const before = commentOf(['a', 'good'], ['b', 'bad'], ['w', 'neutral']);
  const word = wordOf({ ...sample, name: 'w' });
  const rungs = ladderOf(before, word);
  const bodies = shorteningOf(rungs).map(({ sections }) => renderSections(MARKER, sections));

  test('has the marker, a row of each leg in its newest state, and comes back as it went', () => {
    for (const body of bodies) {
      expect(body.split('\n')[0]).toBe(MARKER);
      expect(body.match(/^\| `[abw]` \|.*/gm)).toHaveLength(3);
      expect(body).toMatch(/^\| `w` \| ⚠ completed \| `claude-opus-5` \| 1,317 of 1,319/m);
      expect(renderSections(MARKER, parseSections(body))).toBe(body);
    }
    expect(bodies.map((body) => body.length)).toEqual(bodies.map((body) => body.length).toSorted((a, b) => b - a));
  });

  test('is known as the word, so that no leg undoes what another one shortened', () => {
    const all = rungs.map(({ sections, droppedAt }) => renderSections(MARKER, sections, droppedAt));
    for (const body of all) expect(holdsWord(body, word)).toBeDefined();
    for (const other of [before, commentOf(['a', 'good'])]) expect(holdsWord(other, word)).toBeUndefined();
    expect(holdsWord(bodies.at(-1) ?? '', { ...word, origin: old })).toBeUndefined();
  });

  test('a line has the leg and the links', () => {
    expect(bodies[2]).toContain(`\n\n\`a\`: ${LINK}\n\n<!-- claude-batch-action:end a.x -->`);
  });

  test('the last of these is a table and a word on where the rest is, and nothing of it shows what is packed', () => {
    const shown = shownText(bodies.at(-1) ?? '');
    expect(shown).toMatch(
      /3 of these legs had no room for a section below: the summary or the log of the run has the rest\.\s*$/,
    );
    expect(shown).not.toContain('batch-action');
  });
});

describe('the rung that fits', () => {
  const rungs = Array.from(
    { length: 20 },
    (_, step): Rung => ({ sections: [], step, isOwn: true, droppedAt: undefined }),
  );

  test.each([0, 1, 2, 7, 18, 19, 20, 99])(
    'from %i on all fit: it is the first of them, or the last of all',
    (first) => {
      let tries = 0;
      const at = fittingRung(rungs, ({ step }) => {
        tries += 1;
        return step >= first;
      });
      expect(at).toBe(Math.min(first, 19));
      expect(tries).toBeLessThanOrEqual(6);
    },
  );

  test('of one it is that one', () => {
    expect(fittingRung(rungs.slice(0, 1), () => false)).toBe(0);
  });
});

describe('packed legs', () => {
  const wordIn = (body: string): string => /(?<=:legs )\S+/.exec(body)?.[0] ?? '';
  const packed = (name: string, model = 'm') =>
    renderSections(MARKER, [
      { id: 'a.x', origin: now, figures: { ...sample, name, models: [model] }, text: '' },
      { id: 'b.x', origin: undefined, figures: { ...sample, name: 'b' }, text: '' },
      { id: 'c.x', origin: now, figures: { ...sample, name: 'c' }, text: 'whole' },
    ]);

  test('stand where they stood, with all that is known', () => {
    expect(parseSections(packed('a'))).toEqual([
      { id: 'a.x', origin: now, figures: { ...sample, name: 'a', models: ['m'] }, text: '' },
      { id: 'b.x', origin: undefined, figures: { ...sample, name: 'b' }, text: '' },
      { id: 'c.x', origin: now, figures: { ...sample, name: 'c' }, text: 'whole' },
    ]);
  });

  test.each(attacks)('%s: as a name it is only a name', (_, text) => {
    const name = text.slice(0, 100);
    const body = packed(name, name);
    expect(wordIn(body)).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(parseSections(body)[0]?.figures).toMatchObject({ name: name, models: [name] });
    expect(body.split(MARKER)).toHaveLength(2);
  });

  test.each(['', 'AAAA', '!', 'A'.repeat(65_001), Buffer.from('[[0]]').toString('base64url')])(
    'a word that became %j costs those legs alone',
    (word) => {
      const body = packed('a').replace(wordIn(packed('a')), word);
      expect(parseSections(body).map(({ id }) => id)).toEqual(['c.x']);
    },
  );

  test('all 256 legs that a matrix may have find room, with long names', () => {
    const name = (index: number): string => `evals (claude-opus-5, some-benchmark-${index})`;
    const sections = Array.from({ length: 256 }, (_, index): Section => {
      const figures = { ...sample, name: name(index), answered: index, usd: `${index * 37}.${123_456 + index * 991}` };
      return { id: `evals--claude-opus-5--some-benchmark-${index}-.__run_2`, origin: now, figures, text: '' };
    });
    const body = renderSections(MARKER, sections);
    expect(body.length).toBeLessThan(MAX_COMMENT_LENGTH);
    expect(parseSections(body)).toEqual(sections);
  });
});
