import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { makeAssets, readAssets } from '../../../scripts/page.ts';
import type { PageContent } from '../../../src/core/inputs/inputs.ts';
import type { PageMessage } from '../../../src/core/messages/page.ts';
import { SCRIPT, STYLE } from '../../../src/core/page/assets.generated.ts';
import { aboutHtml, listHtml } from '../../../src/core/page/case-list.ts';
import { chooseCases } from '../../../src/core/page/choice.ts';
import { textHtml } from '../../../src/core/page/html.ts';
import { attacks } from './attacks.ts';
import { casesOf, pageOf, said, summary } from './samples.ts';

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
    const addresses = Array.from(markup.matchAll(/ href="([^"]*)"/g), ([, address = '']) => address);
    expect(addresses.filter((address) => !address.startsWith('&#35;') && !address.startsWith('#'))).toEqual([
      'data:,',
      'https://github.com/octo/evals/actions/runs/42/artifacts/7',
      summary.run.url,
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
  const artifact = { name: 'evals', url: 'https://github.com/octo/evals/actions/runs/42/artifacts/7' };
  const has = (html: string, message: PageMessage): boolean => html.includes(textHtml(message));

  test('says what is left out, and where it is', () => {
    const message = { code: 'cases-left-out', shown: 10, total: 200, unanswered: 4, incomplete: 2 } as const;
    expect(has(pageOf(casesOf(200), { limit: 10 }), { ...message, artifact: 'claude-batch-evals-0' })).toBe(true);
    expect(pageOf(casesOf(10))).not.toContain('id="cases-left-out"');
  });

  test.each<[string, readonly (0 | 2)[], boolean, boolean]>([
    ['left out, maybe without a line', [0, 0, 0, 2], true, true],
    ['all with a line', [0, 0, 0, 2], false, false],
    ['without an answer all listed', [0, 0, 2, 2], true, false],
    ['nothing left out', [0, 2], true, false],
  ])('sends the reader to summary.json for what has no line: %s', (_, ranks, hasMissing, expected) => {
    const list = { choice: chooseCases(ranks, 2), content: 'full', artifact: undefined } as const;
    const requests = { ...summary.requests, missing: hasMissing ? 2 : 0 };
    expect(has(aboutHtml({ ...summary, requests }, list), { code: 'missing-left-out' })).toBe(expected);
  });

  test.each<[string, PageContent, number | undefined, typeof artifact | undefined, boolean, boolean]>([
    ['all is stored', 'full', 50_000_000, artifact, true, true],
    ['too many requests', 'full', 50_000_001, artifact, false, true],
    ['answers alone', 'answers', 100, artifact, false, true],
    ['numbers alone', 'none', 100, artifact, false, false],
    ['no artifact', 'full', 100, undefined, false, false],
    ['no requests', 'full', undefined, artifact, false, true],
  ])('tells script and reader where the files are: %s', (_, content, bytes, stored, requests, results) => {
    const requests_file = bytes === undefined ? null : { bytes, sha256: 'ab12' };
    const list = { choice: chooseCases([2, 2], 1), content, artifact: stored };
    const html = aboutHtml({ ...summary, requests_file }, list) + listHtml({ ...summary, requests_file }, list);
    expect([html.includes(' data-requests="evals"'), html.includes(' data-results="evals"')]).toEqual([
      requests,
      results,
    ]);
    expect([html.includes(' data-linked'), /data-(?:requests|results)="(?!evals")/.test(html)]).toEqual([
      stored !== undefined,
      false,
    ]);
    const name = results ? 'evals' : undefined;
    const leftOut = { code: 'cases-left-out', shown: 1, total: 2, unanswered: 0, incomplete: 0 } as const;
    expect([
      has(html, { ...leftOut, artifact: name }),
      has(html, { code: 'needs-javascript', artifact: name }),
    ]).toEqual([true, true]);
  });

  test.each<[PageContent, boolean, 'shows-full' | 'shows-answers-of-batch-id' | 'shows-answers' | 'shows-none']>([
    ['full', true, 'shows-full'],
    ['full', false, 'shows-answers-of-batch-id'],
    ['answers', true, 'shows-answers'],
    ['none', false, 'shows-none'],
  ])('says what a case opens to: content %s, requests known: %j', (content, isKnown, code) => {
    const list = { choice: chooseCases([2]), content, artifact };
    const known = isKnown ? summary : { ...summary, requests_file: null };
    const html = listHtml(known, list);
    expect(has(aboutHtml(known, list), { code })).toBe(true);
    expect(html.includes(' data-prompts')).toBe(content === 'full' && isKnown);
  });

  test.each(attacks)('%s: as the name of the artifact it makes no markup', (_, name) => {
    const list = { choice: chooseCases([2, 2], 1), content: 'full' } as const;
    const tagsOf = (html: string): string[] => html.match(/<\/?[a-z]+|<!/gi) ?? [];
    const [hostile, harmless] = [name, 'x'.repeat(name.length)].map((one) => {
      const parts = { ...list, artifact: { ...artifact, name: one } };
      return aboutHtml(summary, parts) + listHtml(summary, parts);
    }) as [string, string];
    expect(tagsOf(hostile)).toEqual(tagsOf(harmless));
    expect(hostile.match(/"/g)).toEqual(harmless.match(/"/g));
  });

  test('a page stays within its bound', () => {
    const long = casesOf(60).map((found) => ({ ...found, answer: [said(undefined, 'x'.repeat(30_000))] }));
    const page = pageOf(long, { maxBytes: 300_000 });
    expect(page.length).toBeLessThan(300_000 + SCRIPT.length + STYLE.length + 50_000);
    const textless = Array.from(page.matchAll(/"texts_left_out":(true|false)/g), ([, value]) => value === 'true');
    expect(textless).toHaveLength(60);
    expect(textless.indexOf(true)).toBeGreaterThan(10);
    expect(textless.slice(textless.indexOf(true))).not.toContain(false);
  });
});
