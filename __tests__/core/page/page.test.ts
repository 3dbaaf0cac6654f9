import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { makeAssets, readAssets } from '../../../scripts/page.ts';
import type { PageContent } from '../../../src/core/inputs/inputs.ts';
import { SCRIPT, STYLE } from '../../../src/core/page/assets.generated.ts';
import { chooseCases } from '../../../src/core/page/choice.ts';
import { listHtml } from '../../../src/core/page/list-part.ts';
import { pageHead, pageTail } from '../../../src/core/page/page.ts';
import { attacks } from './attacks.ts';
import { casesOf, pageOf, summary, textOf } from './samples.ts';

const head = pageHead(summary, { artifact: undefined, list: undefined });
const hashOf = (text: string | undefined): string =>
  `'sha256-${createHash('sha256')
    .update(text ?? '')
    .digest('base64')}'`;

test('the committed script and style are those of page/', () => {
  expect(readAssets()).toBe(makeAssets());
});

describe('the policy', () => {
  const page = pageOf(casesOf(3));
  const policy = / content="(default-src [^"]*)"/.exec(page)?.[1] ?? '';

  test('allows the one style and the one script that the page has, and an empty icon', () => {
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hashOf(/<script type="module">(.*?)<\/script>/s.exec(page)?.[1])}`,
      `style-src ${hashOf(/<style>(.*?)<\/style>/s.exec(page)?.[1])}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
  });

  test('stands before all that it is for', () => {
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.search(/<(style|script|link|title)\b/));
  });

  test('has nothing to forbid: no attribute that acts, no address but links and the icon', () => {
    const markup = page.replace(/<(style|script)\b[^>]*>.*?<\/\1>/gs, '');
    expect(markup).not.toMatch(/<[^>]*\s(on\w+|style|src|srcset|action|ping|background|poster|xlink:href)\s*=/i);
    expect(Array.from(markup.matchAll(/ href="([^"]*)"/g), ([, address]) => address)).toEqual([
      'data:,',
      summary.run.url,
      'https://github.com/octo/evals/actions/runs/42/artifacts/7',
    ]);
  });
});

test('the script makes no markup, asks for nothing, keeps nothing and prints nothing', () => {
  expect(SCRIPT).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\b|Function\(|fetch|XMLHttp|import\(|Storage|cookie|console|\.src\b|postMessage|setHTML/,
  );
  expect(STYLE).not.toMatch(/url\(|@import|expression/i);
});

describe('the list', () => {
  test('says what is left out, and where it is', () => {
    expect(textOf(pageOf(casesOf(200), { limit: 10 }))).toContain(
      '10 of 200 cases are listed: all 6 that have no whole answer, and the first of the others. The rest is in results.jsonl in the artifact claude-batch-evals-0.',
    );
  });

  test.each<[string, readonly (0 | 2)[], boolean, boolean]>([
    ['left out, maybe without a line', [0, 0, 0, 2], true, true],
    ['all with a line', [0, 0, 0, 2], false, false],
    ['without an answer all listed', [0, 0, 2, 2], true, false],
    ['nothing left out', [0, 2], true, false],
  ])('sends the reader to summary.json for what has no line: %s', (_, ranks, hasMissing, expected) => {
    const list = { choice: chooseCases(ranks, 2), content: 'full', artifact: undefined } as const;
    const requests = { ...summary.requests, missing: hasMissing ? 2 : 0 };
    const sentence = 'A case without a result line that could be read is listed in <code>summary.json</code>.';
    expect(listHtml({ ...summary, requests }, list).includes(sentence)).toBe(expected);
  });

  const artifact = { name: 'evals', url: 'https://github.com/octo/evals/actions/runs/42/artifacts/7' };
  const inArtifact = 'in the artifact evals';
  const onRunner = 'in results-path on the runner, for later steps of the job';
  test.each<[string, PageContent, number | undefined, typeof artifact | undefined, string, string]>([
    ['all is stored', 'full', 50_000_000, artifact, inArtifact, inArtifact],
    ['too many requests', 'full', 50_000_001, artifact, onRunner, inArtifact],
    ['answers alone', 'answers', 100, artifact, onRunner, inArtifact],
    ['figures alone', 'none', 100, artifact, onRunner, onRunner],
    ['no artifact', 'full', 100, undefined, onRunner, onRunner],
    ['no requests', 'full', undefined, artifact, onRunner, inArtifact],
  ])('tells script and reader where the files are: %s', (_, content, bytes, stored, requests, results) => {
    const requests_file = bytes === undefined ? null : { bytes, sha256: 'ab12' };
    const list = { choice: chooseCases([2, 2], 1), content, artifact: stored };
    const html = listHtml({ ...summary, requests_file }, list);
    expect(html).toContain(`data-requests="${requests}" data-results="${results}"`);
    expect(html.includes(' data-linked>')).toBe(stored !== undefined);
    const shown = textOf(html);
    expect(shown).toContain(`The rest is in results.jsonl ${results}.`);
    expect(shown).toContain(`All results are in results.jsonl ${results}.`);
  });

  test.each<[string, PageContent, boolean, string]>([
    ['all of a case', 'full', true, 'Each case opens to its prompt, its parameters and its answer.'],
    [
      'a batch given by its id alone',
      'full',
      false,
      'Each case opens to its answer. Prompts are not known, since the batch was given by its id alone: requests beside batch-id brings them.',
    ],
    [
      'answers alone',
      'answers',
      true,
      'Prompts are not in this page, though an answer may quote its own, as citations and thinking do.',
    ],
    ['figures alone', 'none', false, 'no prompts and no answers. An error message may quote a piece of a request.'],
  ])('says what a case opens to: %s', (_, content, isKnown, sentence) => {
    const list = { choice: chooseCases([2]), content, artifact };
    const html = listHtml(isKnown ? summary : { ...summary, requests_file: null }, list);
    expect(textOf(html)).toContain(sentence);
    expect(html.includes(' data-prompts')).toBe(content === 'full' && isKnown);
  });

  test.each(attacks)('%s: as the name of the artifact it makes no markup', (_, name) => {
    const list = { choice: chooseCases([2, 2], 1), content: 'full' } as const;
    const tagsOf = (html: string): string[] => html.match(/<\/?[a-z]+|<!/gi) ?? [];
    const hostile = listHtml(summary, { ...list, artifact: { ...artifact, name } });
    const harmless = listHtml(summary, { ...list, artifact: { ...artifact, name: 'x'.repeat(name.length) } });
    expect(tagsOf(hostile)).toEqual(tagsOf(harmless));
    expect(hostile.match(/"/g)).toEqual(harmless.match(/"/g));
  });

  test('is not there without results', () => {
    expect(head).not.toContain('id="list"');
    expect(pageTail()).toContain('</html>');
  });

  test('without JavaScript, a sentence', () => {
    expect(pageOf(casesOf(1))).toContain('<noscript><p>The list of cases needs JavaScript');
  });

  test('a page stays within its bound', () => {
    const long = casesOf(60).map((found) => ({ ...found, answer: 'x'.repeat(30_000) }));
    const page = pageOf(long, { room: 300_000 });
    expect(page.length).toBeLessThan(360_000);
    // All share the room, so that none goes without its texts.
    expect(page).not.toContain('"texts_left_out":true');
    const bare = pageOf(long, { room: 20_000 });
    expect(bare.match(/"texts_left_out":true/g)).toHaveLength(60);
  });
});
