import { describe, expect, test } from '@jest/globals';
import { activeParts, outlineOf, renderGitHub } from '../../simulator/rendering/index.ts';

async function partsIn(markdown: string, place: Parameters<typeof renderGitHub>[1] = 'comment'): Promise<string[]> {
  return activeParts(await renderGitHub(markdown, place));
}

describe('what acts in a comment', () => {
  test.each([
    ['a @octocat b', ['mention https://github.com/octocat']],
    ['@github/security', ['mention https://github.com/github/security']],
    ['a#b me@', []],
    ['#1', ['issue https://github.com/octo/evals/issues/1']],
    [
      'octo/repo#17 GH-26',
      ['issue https://github.com/octo/evals/issues/17', 'issue https://github.com/octo/evals/issues/26'],
    ],
    ['in 16c999e8 it', ['commit https://github.com/octo/evals/commit/16c999e8']],
    ['16c999', []],
    ['me@example.com', ['link mailto:me@example.com']],
    ['https://example.com/a.', ['link https://example.com/a']],
    ['www.example.com', ['link http://www.example.com']],
    ['http<span>:</span>//example.com', []],
    ['https&#58;//example.com', ['link https://example.com']],
    ['ftp://example.com', ['url ftp://example.com']],
    [':tada:', ['emoji tada']],
    ['12:30:45', []],
    ['$x$', ['formula']],
    ['$`x`$', ['formula']],
    ['$$\nx\n$$', ['formula']],
    ['costs $1.20, $1.30 less', []],
    ['```mermaid\npie\n```', ['drawing mermaid']],
    ['<pre lang="stl">x</pre>', ['drawing stl']],
    ['```math\nx\n```', ['formula']],
    ['```yaml\n@octocat #1 $x$\n```', []],
    ['`@octocat` <code>#1</code>', []],
    ['<span>@</span>octocat <span>#</span>1', []],
    ['@<!-- x -->octocat', ['mention https://github.com/octocat']],
    ['&#64;octocat', ['mention https://github.com/octocat']],
    ['[a](javascript:alert(1)) [b](../c)', ['link ../c']],
    ['[a][b]\n\n[b]: https://example.com', ['link https://example.com']],
    ['![a](https://example.com/b.png)', ['image https://example.com/b.png']],
    ['- [ ] a', ['input']],
    ['<details open><summary>a</summary>b</details>', ['open details']],
    ['<a name="x">y</a>', ['anchor user-content-x']],
    ['<script>x</script><svg onload=x></svg><video src=x></video><form></form><!-- claude-batch-action:x -->', []],
  ])('%j', async (markdown, parts) => {
    expect(await partsIn(markdown)).toEqual(parts);
  });
});

test('files of a repository have no mentions and references', async () => {
  expect(await partsIn('@octocat #1 16c999e8 www.example.com :tada:', 'file')).toEqual([
    'link http://www.example.com',
    'emoji tada',
  ]);
});

test('only a comment breaks lines where the text does', async () => {
  expect(await renderGitHub('a\nb', 'comment')).toBe('<p>a<br>\nb</p>');
  expect(await renderGitHub('a\nb', 'summary')).toBe('<p>a\nb</p>');
  expect(await renderGitHub('a  \nb\n\n- c\n- d', 'comment')).toBe(
    '<p>a<br>\nb</p>\n<ul>\n<li>c</li>\n<li>d</li>\n</ul>',
  );
});

test.each(['comment', 'summary'] as const)('an alert in a %s keeps its lines', async (place) => {
  const html = await renderGitHub('> [!NOTE]\n> one\n> two', place);
  expect(html).toMatch(/^<div class="markdown-alert markdown-alert-note">.*one(?:<br>)?\ntwo/s);
});

describe('activeParts of HTML that no sanitizer has seen', () => {
  test.each([
    ['<!-- claude-batch-action:section x -->', ['comment claude-batch-action:section x']],
    ['<img src=x onerror=y>', ['image x', 'attribute onError']],
    ['<a href="javascript:x">y</a>', ['link javascript:x', 'script in href']],
    ['<iframe src=x></iframe><base href=y>', ['iframe x', 'base y']],
    [
      '<video src=x></video><form action=y><button>z</button></form>',
      ['video x', 'form', 'attribute action', 'button'],
    ],
  ])('%s', (html, parts) => {
    expect(activeParts(html)).toEqual(parts);
  });
});

test('an outline has elements and attributes, but no text and no bare spans', () => {
  expect(outlineOf('<p>a <span>b <b>c</b></span></p><td>x</td><ol start="2"><li>y</ol>')).toEqual([
    'p',
    '  b',
    'ol start=2',
    '  li',
  ]);
});
