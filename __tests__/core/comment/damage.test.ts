import { describe, expect, test } from '@jest/globals';
import { renderGitHub, shownText } from '../../../simulator/rendering/index.ts';
import { markerOf, mergeSection } from '../../../src/core/comment/comment.ts';
import { isDamaged } from '../../../src/core/comment/damage.ts';
import { figuresOf } from '../../../src/core/comment/legs.ts';
import { lineOf } from '../../../src/core/comment/section-line.ts';
import { parseSections } from '../../../src/core/comment/sections.ts';
import { renderReport } from '../../../src/core/markdown/markdown.ts';
import { bodyWith, reportsWith } from '../../rendering/documents.ts';
import { HARMLESS, IN_LOGS, ODD, ON_PAGES } from '../../rendering/hostile-texts.ts';
import { attacks } from '../markdown/attacks.ts';
import { summaryOf } from '../summary/samples.ts';

const MARKER = markerOf('evals');
const origin = { sha: '1111111aaaa', runId: 100 };
const figures = figuresOf(summaryOf());
const LINK = '[Run 42](https://github.test/runs/42)';
const REPORT = renderReport(summaryOf(), { page: undefined, artifact: undefined });

/** What would end the label of a link, beside what is not written as code of Markdown. */
const LINK_ENDS = ['$](', 'R&D [new](1)', 'a & b](c "</code>")', '<[x](y)>'].map((text) => [text, text] as const);

describe('our own texts are whole, whatever stands in them', () => {
  test.each([...ON_PAGES, ...IN_LOGS, ...ODD, ...attacks, ['words', HARMLESS], ...LINK_ENDS])('%s', (_, text) => {
    const sections = parseSections(bodyWith(text));
    const lines = sections.map((section) => lineOf({ ...section, text: `a\n\n${LINK}` }));
    const texts = [...reportsWith(text), ...sections.map((section) => section.text), ...lines];
    expect(texts.filter((one) => isDamaged(one))).toEqual([]);
  });
});

const SWALLOWING: readonly (readonly [name: string, text: string])[] = [
  ['a fence', '```\ncode'],
  ['a fence of another mark', '~~~\ncode'],
  ['a fence of ours without its end', '```yaml\nwith:\n  batch-id: a'],
  ['a fence in a quote', '> ```\n> code'],
  ['a code span', 'a ` b'],
  ['a fold', '<details><summary>all</summary>'],
  ['a fold in capitals', '<DETAILS><summary>all</summary>'],
  ['a fold with an attribute', '<details open>'],
  ['a fold over two lines', '<details\nopen>'],
  ['a fold whose end is code', '<details><summary>all</summary>\n\n`</details>`'],
  ['a fold whose end is indented code', '<details><summary>all</summary>\n\n    </details>'],
  ['a fold whose end is in a title', '<details><summary>all</summary>\n\n[a](b "</details>")'],
  ['a fold whose end is text', '<details><summary>all</summary>\n\n\\</details>'],
  ['an end of a fold', '</details>'],
  ['ends before starts', '</details>\n\n<details>'],
  ['a comment', '<!-- and the rest is gone'],
  ['preformatted text', '<pre>\nx'],
  ['a script', '<script>'],
  ['a text area', '<textarea>'],
  ['a table', '<table><tr><td>'],
  ['a declaration', '<!DOCTYPE'],
  ['an instruction', '<?php'],
  ['data', '<![CDATA[ x'],
  ['code style', '<code>a'],
  ['code style whose end is in a title', '<code>[x](y "</code>")'],
  ['code style whose end is code', '<code> \\`x` </code> `y`'],
];

describe('a section that would swallow those below it', () => {
  test.each(SWALLOWING)('%s: a line stands in its place', async (_, text) => {
    const named = (name: string) => ({ ...figures, name });
    const before = mergeSection(undefined, MARKER, 'a.x', `verdict\n\n${text}\n\n${LINK}`, origin, named('a'));
    const body = mergeSection(before, MARKER, 'b.x', 'below', origin, named('b'));
    const [own, other] = parseSections(body);
    expect(own).toMatchObject({
      figures: { name: 'a' },
      text: `\`a\`: somebody changed this report, so that it cannot be shown. ${LINK}`,
    });
    expect(other?.text).toBe('below');
    // It is the same when it is read again, and the next one stands free.
    expect(mergeSection(body, MARKER, 'b.x', 'below', origin, named('b'))).toBe(body);
    const html = await renderGitHub(body, 'comment');
    expect(html).toMatch(/<p[^>]*>below<\/p>/);
    expect(shownText(html)).toContain('below');
  });

  test.each([
    ['links that are damaged themselves', `a\n\n<!--\n\n[Run 42](<!--`],
    ['no links', 'a\n\n<!--'],
  ])('with %s it is known by its name alone', (_, text) => {
    const body = mergeSection(mergeSection(undefined, MARKER, 'a.x', text, origin), MARKER, 'b.x', 'b', origin);
    expect(parseSections(body)[0]?.text).toBe(
      '`a.x`: somebody changed this report, so that it cannot be shown. The log of its run has more.',
    );
  });

  test('and a report that lost its end', () => {
    const cut = REPORT.slice(0, REPORT.indexOf('</details>'));
    expect([isDamaged(REPORT), isDamaged(cut)]).toEqual([false, true]);
  });

  test('many tags in each other take no time of note', () => {
    expect(isDamaged('<span>'.repeat(10_000))).toBe(true);
    expect(isDamaged(`${'<em>'.repeat(5_000)}${'</em>'.repeat(5_000)}`)).toBe(true);
  });
});
