import { describe, expect, test } from '@jest/globals';
import { markerOf } from '../../../src/core/comment/comment.ts';
import { holdsWord, ladderOf } from '../../../src/core/comment/fit-comment.ts';
import { figuresOf } from '../../../src/core/comment/legs.ts';
import { withNamesUpTo } from '../../../src/core/comment/narrow-legs.ts';
import type { Rung, Word } from '../../../src/core/comment/rung.ts';
import type { Section } from '../../../src/core/comment/section.ts';
import { droppedIn, parseSections, renderSections } from '../../../src/core/comment/sections.ts';
import type { Severity } from '../../../src/core/markdown/verdict.ts';
import { summaryOf } from '../summary/samples.ts';

const MARKER = markerOf('evals');
const now = { sha: '2222222bbbb', runId: 200 };
const sample = figuresOf(summaryOf());
const VERDICTS = { good: 'completed', doubtful: 'completed', bad: 'failed', neutral: 'waiting' } as const;

function rowOf(name: string, tone: Severity = 'good', origin: Section['origin'] = now): Section {
  return { id: `${name}.x`, origin, figures: { ...sample, name, tone, verdict: VERDICTS[tone] }, text: '' };
}

/** The rungs of a comment that is rows alone, for a word that is one too. */
function lastRungs(rows: readonly Section[], own: Section, droppedAt?: string) {
  const word: Word = {
    marker: MARKER,
    id: own.id,
    texts: [''],
    origin: own.origin ?? now,
    figures: own.figures ?? sample,
    final: true,
  };
  return { word, rungs: ladderOf(renderSections(MARKER, rows, droppedAt), word) };
}

const GONE = 'Results that had no room at all are no longer listed, those of older commits first.';
const namesIn = ({ sections }: Rung): string => sections.map(({ id }) => id.slice(0, -2)).join(' ');
const bodyOf = ({ sections, droppedAt }: Rung): string => renderSections(MARKER, sections, droppedAt);

describe('rows of older commits', () => {
  const oldRows = [5, 3, 8, 1, 7, 2, 6, 4].map((runId) => rowOf(`o${runId}`, 'bad', { sha: `a${runId}`, runId }));
  const own = rowOf('w');

  test('go by halves, the oldest runs first, and a sentence says so', () => {
    const { rungs } = lastRungs([...oldRows, rowOf('n')], own);
    expect(rungs.slice(0, 5).map((rung) => [namesIn(rung), bodyOf(rung).includes(GONE)])).toEqual([
      ['o5 o3 o8 o1 o7 o2 o6 o4 n w', false],
      ['o5 o8 o7 o6 n w', true],
      ['o8 o7 n w', true],
      ['o8 n w', true],
      ['n w', true],
    ]);
  });

  test('that went before are told of while their commit is the newest, or older ones are listed', () => {
    const newer = rowOf('z', 'good', { sha: '3333333cccc', runId: 300 });
    const says = (...rows: readonly Section[]) => renderSections(MARKER, rows, now.sha).includes(GONE);
    expect([says(own), says(...oldRows, own), says(own, newer), says(newer)]).toEqual([true, true, true, false]);
    expect(droppedIn(renderSections(MARKER, [...oldRows, own], now.sha))).toBe(now.sha);
    expect(droppedIn(renderSections(MARKER, [newer], now.sha))).toBeUndefined();
  });

  test('the own one stays, though it is older', () => {
    const { rungs } = lastRungs([...oldRows, rowOf('n')], rowOf('w', 'good', { sha: 'a0', runId: 0 }));
    expect(rungs.map(namesIn).filter((names) => !names.includes('w'))).toEqual([]);
    expect(rungs.map(namesIn)).toContain('n w');
  });

  test('one whose commit is lost goes first', () => {
    const { rungs } = lastRungs([...oldRows, { ...rowOf('q'), origin: undefined }, rowOf('n')], own);
    expect(rungs[1] === undefined ? '' : namesIn(rungs[1])).toBe('o5 o8 o7 o6 n w');
  });
});

describe('rows of this commit', () => {
  const rows = [rowOf('g'), rowOf('f', 'bad'), rowOf('d', 'doubtful'), rowOf('n', 'neutral'), rowOf('f2', 'bad')];
  const own = rowOf('w', 'doubtful');
  const { rungs, word } = lastRungs(rows, own);
  const tables = rungs.map((rung) =>
    bodyOf(rung)
      .split('\n')
      .filter((line) => line.startsWith('| `')),
  );
  const counts = rungs.map((rung) => /And .*?\./.exec(bodyOf(rung))?.[0]);

  test('lose models, then rows of what went well, then amounts, then rows of failures', () => {
    expect(tables.map((lines) => lines.map((line) => line.split('`')[1]).join(' '))).toEqual([
      ...['g f d n f2 w', 'g f d n f2 w', 'f d n f2 w', 'f d f2 w', 'f f2 w', 'f f2 w', 'w', 'w', 'w', 'w'],
    ]);
    expect(tables[1]?.[1]).toBe('| `f` | ✖ failed | 1,317 of 1,319 | $1.234568 | $1.234567 |');
    expect(tables[5]).toEqual([
      '| `f` | ✖ failed |  |  |  |',
      '| `f2` | ✖ failed |  |  |  |',
      '| `w` | ⚠ completed |  |  |  |',
    ]);
    expect(counts).toEqual([
      undefined,
      undefined,
      'And 1 more leg without a row: 1 completed.',
      'And 2 more legs without a row: 1 completed, 1 waiting.',
      'And 3 more legs without a row: 2 completed, 1 waiting.',
      'And 3 more legs without a row: 2 completed, 1 waiting.',
      'And 5 more legs without a row: 2 completed, 2 failed, 1 waiting.',
      'And 2 more legs without a row: 1 waiting, 1 failed.',
      'And 1 more leg without a row: 1 failed.',
      undefined,
    ]);
  });

  test('every form is known as the word, comes back as it went, and is shorter', () => {
    const bodies = rungs.map(bodyOf);
    for (const body of bodies) {
      expect(holdsWord(body, word)).toBeDefined();
      expect(renderSections(MARKER, parseSections(body), droppedIn(body))).toBe(body);
    }
    for (const other of [{ ...own, figures: { ...sample, name: 'w', tone: 'bad' as const, verdict: 'failed' } }]) {
      expect(holdsWord(bodies.at(-1) ?? '', { ...word, figures: other.figures })).toBeUndefined();
    }
  });

  test('what another leg summed up is not undone by the leg itself', () => {
    const summed = rungs[2];
    const body = summed === undefined ? '' : bodyOf(summed);
    const its: Word = {
      ...word,
      id: 'g.x',
      texts: ['> all'],
      figures: { ...sample, name: 'g', tone: 'good', verdict: 'completed' },
    };
    const kept = holdsWord(body, its);
    expect(kept).toMatchObject({ id: 'g.x', isSummed: true });
    const [first] = ladderOf(body, its, kept);
    expect(first === undefined ? '' : bodyOf(first)).toBe(body);
  });
});

describe('names in a narrow table', () => {
  test.each<[string, readonly string[], number, readonly string[]]>([
    ['short ones stay', ['a', 'b'], 10, ['a', 'b']],
    ['apart at the start', ['a-xxxxxxxxxx', 'b-xxxxxxxxxx'], 10, ['a-xxxxx…', 'b-xxxxx…']],
    ['apart at the end', ['xxxxxxxxxx-a', 'xxxxxxxxxx-b'], 10, ['…xxxxx-a', '…xxxxx-b']],
    ['apart at both', ['a-xxxxxxxxxx-a', 'a-xxxxxxxxxx-b', 'b-xxxxxxxxxx-a'], 10, ['a-xx…x-a', 'a-xx…x-b', 'b-xx…x-a']],
    ['apart nowhere to be seen', ['xxxxxxaxxxxxx', 'xxxxxxbxxxxxx'], 10, ['xxxxxxa…', 'xxxxxxb…']],
    ['as long as they are written', ['&&&&&&&&&&', '&'], 30, ['&&&…', '&']],
    ['of one character at least', ['&&&&&&&&&&'], 5, ['&…']],
    ['not in the middle of a character', ['😀😀😀😀😀😀'], 8, ['😀😀…']],
  ])('%s', (_, names, maxLength, expected) => {
    const cut = withNamesUpTo(
      names.map((name) => rowOf(name)),
      maxLength,
    );
    expect(cut.map(({ figures }) => figures?.name)).toEqual(expected);
    expect(withNamesUpTo(cut, maxLength).map(({ figures }) => figures?.name)).toEqual(expected);
  });
});
