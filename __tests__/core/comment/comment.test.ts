import { describe, expect, test } from '@jest/globals';
import { isSameBody, markerOf, mergeBodies, mergeSection, sectionIdOf } from '../../../src/core/comment/comment.ts';
import { figuresOf } from '../../../src/core/comment/legs.ts';
import { parseSections, renderSections } from '../../../src/core/comment/sections.ts';
import { renderReport } from '../../../src/core/markdown/markdown.ts';
import { shrinkSection } from '../../../src/core/markdown/shrink.ts';
import { HEADINGS } from '../../../src/core/messages/report.ts';
import { attacks } from '../markdown/attacks.ts';
import { summaryOf } from '../summary/samples.ts';

const MARKER = markerOf('evals');
const one = { sha: '1111111aaaa', runId: 100 };
const two = { sha: '2222222bbbb', runId: 200 };

function section(id: string, text: string, { sha, runId } = one, older = false): string {
  const mark = older ? `<!-- claude-batch-action:older --><em>Of the older commit ${sha.slice(0, 7)}:</em>\n` : '';
  return `<!-- claude-batch-action:section ${id} -->\n<!-- claude-batch-action:commit ${sha} run ${runId} -->\n${mark}\n${text}\n\n<!-- claude-batch-action:end ${id} -->`;
}

function textsOf(body: string): Record<string, string> {
  return Object.fromEntries(parseSections(body).map(({ id, text }) => [id, text]));
}

test.each([
  ['evals', '<!-- claude-batch-action:evals -->'],
  ['My Evals / ü--><b>', '<!-- claude-batch-action:My-Evals--------b- -->'],
  ['😀', '<!-- claude-batch-action:- -->'],
])('the marker of %s', (key, marker) => {
  expect(markerOf(key)).toBe(marker);
});

test('the id of a section is leg and step', () => {
  expect(sectionIdOf('test (a, b)', '__run_2')).toBe('test--a--b-.__run_2');
});

describe('a long name in the id of a section', () => {
  const long = 'evals-'.repeat(200);

  test.each([
    [100, 'x'.repeat(100)],
    [101, `${'x'.repeat(83)}-c675a2e604b0cd12`],
  ])('of %i characters', (length, part) => {
    expect(sectionIdOf('x'.repeat(length), 'batch')).toBe(`${part}.batch`);
    expect(sectionIdOf('evals', 'x'.repeat(length))).toBe(`evals.${part}`);
  });

  test('is cut, and stays apart from others', () => {
    const names = [long, `${long}0`, `${long}1`, `${long}ä`, `${long}ö`, `${'ä'.repeat(600)}`, `${'ö'.repeat(600)}`];
    const ids = names.flatMap((name) => [sectionIdOf(name, 'batch'), sectionIdOf('evals', name)]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9._-]{1,201}$/);
  });

  test('keeps its row when only that is left', () => {
    const id = sectionIdOf(long, long);
    const figures = { ...figuresOf(summaryOf()), name: long.slice(0, 100) };
    const body = renderSections(MARKER, [{ id, origin: one, figures, text: '' }]);
    expect(parseSections(body)).toEqual([{ id, origin: one, figures, text: '' }]);
  });
});

describe('mergeSection', () => {
  test('the first one', () => {
    expect(mergeSection(undefined, MARKER, 'a.x', 'hello', one)).toBe(`${MARKER}\n${section('a.x', 'hello')}`);
  });

  test('another one at the end, its own again in its place', () => {
    const first = mergeSection(undefined, MARKER, 'a.x', 'A', one);
    const both = mergeSection(first, MARKER, 'b.x', 'B', one);
    expect(both).toBe([MARKER, section('a.x', 'A'), section('b.x', 'B')].join('\n'));
    expect(mergeSection(both, MARKER, 'a.x', 'A2', one)).toBe(
      [MARKER, section('a.x', 'A2'), section('b.x', 'B')].join('\n'),
    );
  });

  test('is the same when done twice, and with the line ends of a browser', () => {
    const body = mergeSection(mergeSection(undefined, MARKER, 'a.x', 'A', one), MARKER, 'b.x', 'B', two);
    expect(mergeSection(body, MARKER, 'b.x', 'B', two)).toBe(body);
    expect(mergeSection(body.replaceAll('\n', '\r\n'), MARKER, 'b.x', 'B', two)).toBe(body);
  });

  test('marks sections of an older commit, until they are written anew', () => {
    const old = mergeSection(mergeSection(undefined, MARKER, 'a.x', 'A', one), MARKER, 'b.x', 'B', one);
    const half = mergeSection(old, MARKER, 'a.x', 'A2', two);
    expect(half).toBe([MARKER, section('a.x', 'A2', two), section('b.x', 'B', one, true)].join('\n'));
    const both = mergeSection(half, MARKER, 'b.x', 'B2', two);
    expect(both).toBe([MARKER, section('a.x', 'A2', two), section('b.x', 'B2', two)].join('\n'));
  });

  test('a late run of an older commit is marked itself', () => {
    const body = mergeSection(mergeSection(undefined, MARKER, 'a.x', 'A2', two), MARKER, 'b.x', 'B', one);
    expect(body).toBe([MARKER, section('a.x', 'A2', two), section('b.x', 'B', one, true)].join('\n'));
  });

  test('a late run of an older commit leaves alone what a newer one wrote in its section', () => {
    const body = mergeSection(undefined, MARKER, 'a.x', 'A2', two);
    expect(mergeSection(body, MARKER, 'a.x', 'A', one)).toBe(body);
    expect(textsOf(mergeSection(body, MARKER, 'a.x', 'again', { ...one, sha: two.sha }))).toEqual({ 'a.x': 'again' });
  });

  test.each([
    ['an end is lost', [section('a.x', 'A').replace(/\n.*end a\.x -->$/, ''), section('b.x', 'B')]],
    ['an end stands twice', [section('a.x', 'A'), '<!-- claude-batch-action:end a.x -->', section('b.x', 'B')]],
    [
      'an end of another stands inside',
      [section('a.x', '<!-- claude-batch-action:end c.x -->\nA'), section('b.x', 'B')],
    ],
    ['text stands outside', ['hello', section('a.x', 'A'), 'hello', section('b.x', 'B'), 'hello']],
    ['a section stands twice', [section('a.x', 'old'), section('b.x', 'B'), section('a.x', 'A')]],
    ['a section stands inside another', [section('a.x', `A\n${section('b.x', 'B')}`)]],
    ['a marker stands inside', [section('a.x', `A\n${MARKER}`), section('b.x', 'B')]],
  ])('when %s, no section is lost and nothing grows', (_, parts) => {
    const broken = [MARKER, ...parts].join('\n');
    let body = mergeSection(broken, MARKER, 'z.x', 'Z', one);
    expect(textsOf(body)).toEqual({ 'a.x': 'A', 'b.x': 'B', 'z.x': 'Z' });
    for (let n = 0; n < 3; n += 1) {
      const next = mergeSection(body, MARKER, 'z.x', 'Z', one);
      expect(next).toBe(body);
      body = next;
    }
  });

  test('a section without its commit keeps its text', () => {
    const bare = `${MARKER}\n<!-- claude-batch-action:section a.x -->\nA\n<!-- claude-batch-action:end a.x -->`;
    const body = mergeSection(bare, MARKER, 'b.x', 'B', one);
    expect(textsOf(body)).toEqual({ 'a.x': 'A', 'b.x': 'B' });
    expect(body).not.toContain('older');
  });

  test.each([
    ['its own end', '<!-- claude-batch-action:end a.x -->'],
    ['the start of another', '<!-- claude-batch-action:section b.x -->'],
    ['the marker', MARKER],
    ['another commit', `<!-- claude-batch-action:commit ${two.sha} run 999 -->`],
    ...attacks,
  ])('a text with %s stays in its section', (_, text) => {
    const before = mergeSection(mergeSection(undefined, MARKER, 'a.x', 'A', one), MARKER, 'b.x', 'B', one);
    const body = mergeSection(before, MARKER, 'a.x', `top\n${text}\nbottom`, one);
    const [own, other, ...more] = parseSections(body);
    // What could swallow the sections below is no text of ours: a line stands in its place.
    const whole = /^top\n.*\nbottom$|^`a\.x`: somebody changed this report[^\n]*$/s;
    expect(own).toMatchObject({ id: 'a.x', origin: one, text: expect.stringMatching(whole) });
    expect([other?.id, other?.text, more.length]).toEqual(['b.x', 'B', 0]);
    expect(body.split(MARKER)).toHaveLength(2);
  });
});

describe('mergeBodies', () => {
  test('one body stays as it is, none is none', () => {
    expect(mergeBodies(['as it is'], MARKER)).toBe('as it is');
    expect(mergeBodies([], MARKER)).toBeUndefined();
  });

  test('of several every section is kept once, in its newest form', () => {
    const first = mergeSection(mergeSection(undefined, MARKER, 'a.x', 'A', two), MARKER, 'b.x', 'B', one);
    const second = mergeSection(mergeSection(undefined, MARKER, 'b.x', 'B2', two), MARKER, 'a.x', 'late', one);
    const third = mergeSection(undefined, MARKER, 'c.x', 'C', two);
    const merged = mergeBodies([first, second, third], MARKER) ?? '';
    expect(textsOf(merged)).toEqual({ 'a.x': 'A', 'b.x': 'B2', 'c.x': 'C' });
    expect(merged.startsWith(`${MARKER}\n`)).toBe(true);
  });
});

test('of equally new sections in several comments the oldest comment has the right one', () => {
  const first = mergeSection(undefined, MARKER, 'a.x', 'final', one);
  const second = mergeSection(mergeSection(undefined, MARKER, 'b.x', 'B', one), MARKER, 'a.x', 'waiting', one);
  const body = mergeBodies([first, second], MARKER) ?? '';
  expect(parseSections(body).map(({ id, text }) => [id, text])).toEqual([
    ['a.x', 'final'],
    ['b.x', 'B'],
  ]);
});

describe('shrinkSection', () => {
  const text = renderReport(summaryOf(), { page: undefined, artifact: undefined });
  const rungs: string[] = [];
  for (let step = 0; ; step += 1) {
    const rung = shrinkSection(text, step, '[full](x)');
    if (rung === undefined) break;
    rungs.push(rung);
  }

  test('drops part by part from the bottom, down to verdict and figures', () => {
    expect(rungs.map((rung) => rung.match(/^(?:####.*|<details>)/gm) ?? [])).toEqual([
      [`#### ${HEADINGS['no-answer']}`, `#### ${HEADINGS['incomplete-answer']}`, '<details>'],
      [`#### ${HEADINGS['no-answer']}`, `#### ${HEADINGS['incomplete-answer']}`],
      [`#### ${HEADINGS['no-answer']}`],
      [],
    ]);
    expect(rungs[0]).toBe(text);
    expect(rungs.at(-1)).toMatch(
      /^> \[!WARNING\]\n> \*\*`evals-0` completed\.\*\*.*\| Saved by the batch \| \$1\.234567 \|.*\n\n\[full\]\(x\)\n\n\[Run 42\][^\n]*$/s,
    );
  });

  test('a fold stays whole or goes', () => {
    for (const rung of rungs) expect(rung.split('<details>').length).toBe(rung.split('</details>').length);
  });

  test('every shorter one says where the rest is, keeps the links, and leaves what stays as it was', () => {
    const links = text.slice(text.lastIndexOf('\n\n'));
    expect(links).toContain('[Run 42]');
    for (const rung of rungs.slice(1)) {
      expect(rung.endsWith(`\n\n[full](x)${links}`)).toBe(true);
      expect(text.startsWith(rung.slice(0, -`\n\n[full](x)${links}`.length))).toBe(true);
    }
  });
});

test.each([
  ['a\nb', 'a\r\nb\n', true],
  ['a', 'b', false],
  ['a\n\nb', 'a\nb', false],
])('%j and %j are the same body: %s', (first, second, same) => {
  expect(isSameBody(first, second)).toBe(same);
});
