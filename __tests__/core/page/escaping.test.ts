import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codeHtml, escapeHtml, lineHtml, linkHtml, wordsHtml } from '../../../src/core/page/html.ts';
import { dataBlock } from '../../../src/core/page/print-case.ts';
import { attacks } from './attacks.ts';

const decode = (html: string): string => html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
const OPEN = '<script type="application/json" class="case">';
const CLOSE = '</script>\n';

describe('escapeHtml', () => {
  test.each(attacks)('%s: no markup, no end of an attribute, and the same text', (_, text) => {
    const html = escapeHtml(text);
    expect(html).not.toMatch(/[<>"'`\0]|&(?!#\d+;)/);
    expect(decode(html)).toBe(text.toWellFormed().replaceAll('\0', '\uFFFD'));
  });

  test('any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const html = escapeHtml(text);
        return !/[<>"'`\0]/.test(html) && decode(html) === text.toWellFormed().replaceAll('\0', '\uFFFD');
      }),
    );
  });
});

describe('one-line forms', () => {
  test.each(attacks)('%s: one element, nothing that turns text around', (_, text) => {
    expect(lineHtml(text, 200)).toMatch(/^<bdi>[^<>"'`\r\n\p{Cc}\p{Cf}]*<\/bdi>$/u);
    expect(codeHtml(text, 200)).toMatch(/^<code(?: class="long")?><bdi>[^<>"'`\r\n\p{Cc}\p{Cf}]+<\/bdi><\/code>$/u);
  });

  test('our words have code in backticks', () => {
    expect(wordsHtml('correct their `params` & <more>')).toBe('correct their <code>params</code> &#38; &#60;more&#62;');
  });

  test.each([
    ['javascript:alert(1)'],
    ['JavaScript://x%0Aalert(1)'],
    ['data:text/html,<script>alert(1)</script>'],
    ['//example.com'],
    [' https://example.com'],
    [''],
  ])('no link to %j', (url) => {
    expect(linkHtml('run', url)).toBe('run');
  });

  test('a link ends where it should', () => {
    expect(linkHtml('run', 'https://github.com/o/r?a="><script>')).toBe(
      '<a href="https://github.com/o/r?a=&#34;&#62;&#60;script&#62;" rel="noopener noreferrer">run</a>',
    );
  });
});

describe('dataBlock', () => {
  const inside = (html: string): string => {
    expect(html.startsWith(OPEN) && html.endsWith(CLOSE)).toBe(true);
    return html.slice(OPEN.length, -CLOSE.length);
  };

  test.each(attacks)('%s: nothing that HTML looks at, and the same value', (_, text) => {
    const value = { id: text, list: [text], ...JSON.parse('{"__proto__": 1}') };
    const json = inside(dataBlock(value));
    expect(json).not.toMatch(/[<>&\u2028\u2029\0\r\n]/);
    expect(json.isWellFormed()).toBe(true);
    expect(JSON.parse(json)).toEqual(value);
  });

  test('any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = inside(dataBlock([text]));
        return !/[<>&\u2028\u2029]/.test(json) && JSON.parse(json)[0] === text;
      }),
    );
  });
});
