import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { makeAssets, readAssets } from '../../../../scripts/page.ts';
import { SCRIPT, STYLE } from '../../../../src/core/report/page/assets.generated.ts';
import { chooseCases } from '../../../../src/core/report/page/choice.ts';
import { listHtml } from '../../../../src/core/report/page/list-part.ts';
import { pageHead, pageTail } from '../../../../src/core/report/page/page.ts';
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
      '10 of 200 cases are listed: all 6 that have no whole answer, and the first of the others. The rest is in results.jsonl. It is in the artifact claude-batch-evals-0.',
    );
  });

  test.each<[string, readonly (0 | 2)[], boolean, boolean]>([
    ['left out, maybe without a line', [0, 0, 0, 2], true, true],
    ['all with a line', [0, 0, 0, 2], false, false],
    ['without an answer all listed', [0, 0, 2, 2], true, false],
    ['nothing left out', [0, 2], true, false],
  ])('sends the reader to summary.json for what has no line: %s', (_, ranks, hasMissing, expected) => {
    const list = { choice: chooseCases(ranks, 2), content: 'full', hasMissing, artifact: undefined } as const;
    expect(listHtml(list).includes('A case without a result line is listed in <code>summary.json</code>.')).toBe(
      expected,
    );
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
    const leftOut = page.match(/"texts_left_out":true/g) ?? [];
    expect(leftOut.length).toBeGreaterThan(40);
    expect(leftOut.length).toBeLessThan(60);
    // What has no whole answer comes first and keeps its texts.
    expect(page.split('class="case"').findIndex((block) => block.includes('"texts_left_out":true'))).toBeGreaterThan(2);
  });
});
