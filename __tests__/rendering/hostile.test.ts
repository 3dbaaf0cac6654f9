import { describe, expect, test } from '@jest/globals';
import { activeParts, outlineOf, renderGitHub } from '../../simulator/rendering/index.ts';
import { parseSections } from '../../src/core/comment/sections.ts';
import { attacks } from '../core/markdown/attacks.ts';
import { effort } from '../effort.ts';
import { bodyWith, type Document, documentsWith, reportsWith, withoutAddress } from './documents.ts';
import { HARMLESS, IN_LOGS, ODD, ON_PAGES } from './hostile-texts.ts';
import { summariesWith } from './outcomes.ts';

// What foreign text may do on a page is nothing: with any text in all its places, a report has the elements, links and all
// else that acts which it has with a word there.

const TEXTS = [...ON_PAGES, ...IN_LOGS, ...ODD, ...attacks];

/** As a comment keeps it. Of a step to copy, where nothing is escaped, it keeps no line of ours. */
function asKept(text: string): string {
  const unmarked = text.replace(/^```yaml$.*?^```$/gms, (step) => {
    return step.replaceAll('<!-- claude-batch-action:', '&lt;!-- claude-batch-action:');
  });
  return unmarked.replace(/ +$/gm, '').trim();
}

/** What is to be the same whatever the text. */
async function doings({ place, markdown }: Document) {
  const html = await renderGitHub(markdown, place);
  return { place, active: withoutAddress(activeParts(html)), outline: withoutAddress(outlineOf(html)) };
}

const doingsWith = (text: string, ways: readonly string[]) => Promise.all(documentsWith(text, ways).map(doings));

/** All that a report can hold stands in the first way to end. */
const [first = '', ...others] = summariesWith(HARMLESS).keys();
/** The ways that stand in a comment together: all, or the first with each of the others in turn. */
const groups = effort(
  [[first, ...others]],
  others.map((other) => [first, other]),
);
const expected = await Promise.all(groups.map((ways) => doingsWith(HARMLESS, ways)));

describe('comment, job summary and report.md do what they do with a word', () => {
  for (const [index, [name, text]] of TEXTS.entries()) {
    const at = index % groups.length;
    test(name, async () => {
      expect(await doingsWith(text, groups[at] ?? [])).toEqual(expected[at]);
    });
  }
});

describe('no section and no marker of the comment is made', () => {
  test.each(TEXTS)('%s', (_, text) => {
    const body = bodyWith(text);
    const parsed = parseSections(body).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(parsed.map(({ text: report }) => report).slice(0, -3)).toEqual(reportsWith(text).map(asKept));
    expect(parsed.map(({ origin }) => origin?.runId)).toEqual(parsed.map((__, index) => (index === 1 ? 1 : 42)));
    const markers = body.split('\n').filter((line) => line.includes('<!-- claude-batch-action:'));
    // The comment's, two to a section with a text, one to an older one, and the rows of each of the two commits.
    expect(markers).toHaveLength(1 + 2 * (parsed.length - 1) + 1 + 2);
    const [, , table] = body.split('\n\n');
    expect(table?.split('\n')).toHaveLength(2 + parsed.length);
    expect(parsed.map(({ summary }) => summary?.name)).toEqual(parsed.map(() => text.slice(0, 100)));
  });
});

describe('each of these acts where nothing escapes it', () => {
  const around = (text: string) => `**x** ${text}\n\n- ${text}\n\n| a | b |\n| :--- | ---: |\n| ${text} | c |\n`;

  const at = (markdown: string): Document => ({ place: 'comment', markdown });
  const word = doings(at(around(HARMLESS)));

  test.each(ON_PAGES)('%s', async (_, text) => {
    expect(await doings(at(around(text)))).not.toEqual(await word);
  });
});
