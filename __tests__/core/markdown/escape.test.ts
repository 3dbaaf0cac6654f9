import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codeCell, escapeInHtml, escapeLog, escapeMarkdown } from '../../../src/core/markdown/escape.ts';
import { toPlainLine } from '../../../src/core/text/untrusted-text.ts';
import { anyText } from '../../any-text.ts';
import { ACTIVE, activeMarkup, textNodes } from './active.ts';
import { attacks } from './attacks.ts';

describe('escapeMarkdown', () => {
  test.each(attacks)('%s: shown as it is, does nothing', (_, text) => {
    const escaped = escapeMarkdown(text);
    expect(activeMarkup(escaped)).toBeUndefined();
    expect(textNodes(escaped).filter((node) => ACTIVE.test(node))).toEqual([]);
    expect(textNodes(escaped).join('')).toBe(toPlainLine(text));
  });

  test('any text', () => {
    const pieces = fc.constantFrom(
      ...attacks.map(([, text]) => text),
      '@',
      '#',
      '$',
      ':',
      '-',
      '_',
      '|',
      '<',
      ' ',
      'a1',
    );
    const texts = fc.oneof(
      anyText(),
      fc.array(pieces).map((found) => found.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const escaped = escapeMarkdown(text);
        return (
          activeMarkup(escaped) === undefined &&
          !textNodes(escaped).some((node) => ACTIVE.test(node)) &&
          textNodes(escaped).join('') === toPlainLine(text)
        );
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['max_tokens: must be at least 1', 'max_tokens: must be at least 1'],
    ['"temperature" is not allowed (400)', '"temperature" is not allowed (400)'],
    ['@octocat', '<span>@</span>octocat'],
    ['a|b', 'a&#124;b'],
    ['0.15 % of 2026-11-22', '0.15 % of 2026-11-22'],
    ['-1 is less', '-1 is less'],
    // Alone on its line, each of these would begin a list or underline a heading.
    ['-', '&#45;'],
    ['1.', '1&#46;'],
    ['2) b', '2&#41; b'],
    ['a - b = 1.', 'a - b = 1.'],
    // Seven digits are a commit: no more of them stay together than need be taken apart.
    ['0123456', '012345<span>6</span>'],
    ['0123456789abcdef', '012345<span>6789ab</span>cdef'],
  ])('%s becomes %s', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abcde…'],
    ['😀😀😀', 3, '😀😀😀'],
    ['😀😀😀😀', 3, '😀😀…'],
    ['****', 3, '\\*\\*…'],
  ])('%s cut at %d is %s', (text, maxLength, cut) => {
    expect(escapeMarkdown(text, { maxLength })).toBe(cut);
  });
});

describe('escapeInHtml', () => {
  test.each(attacks)('%s: shown as it is, does nothing', (_, text) => {
    const escaped = escapeInHtml(text);
    // It never begins a line.
    expect(activeMarkup(`x ${escaped}`)).toBeUndefined();
    expect(textNodes(escaped).filter((node) => ACTIVE.test(node))).toEqual([]);
    expect(textNodes(escaped).join('')).toBe(toPlainLine(text));
  });

  test.each([
    ['@octocat', '<span>@</span>octocat'],
    ['a*b', 'a&#42;b'],
    ['<b>', '&#60;b&#62;'],
    ['0123456', '012345<span>6</span>'],
    ['max_tokens', 'max_tokens'],
  ])('%s becomes %s', (text, escaped) => {
    expect(escapeInHtml(text)).toBe(escaped);
  });

  test('is cut before it is escaped', () => {
    expect(escapeInHtml('****', { maxLength: 3 })).toBe('&#42;&#42;…');
  });
});

describe('codeCell', () => {
  test.each(attacks)('%s: one span of code, nothing active', (_, text) => {
    const cell = codeCell(text);
    const [, quoted, inner] = /^(?:`([^`]+)`|<code>(.*)<\/code>)$/.exec(cell) ?? [];
    expect(quoted ?? inner).toBeDefined();
    if (quoted !== undefined) {
      expect(quoted).not.toMatch(/[`|\\<>&$\r\n]/);
      expect(quoted).toBe(toPlainLine(text));
    } else {
      expect(activeMarkup(inner ?? '')).toBeUndefined();
      expect(textNodes(inner ?? '').filter((node) => ACTIVE.test(node))).toEqual([]);
      expect(textNodes(inner ?? '').join('')).toBe(toPlainLine(text));
    }
  });

  test.each([
    ['claude-opus-5', '`claude-opus-5`'],
    ['a|b', '<code>a&#124;b</code>'],
    ['\\|', '<code>&#92;&#124;</code>'],
    ['', '`(empty)`'],
    ['\n', '`(empty)`'],
  ])('%j becomes %s', (text, cell) => {
    expect(codeCell(text)).toBe(cell);
  });
});

describe('escapeLog', () => {
  test.each(attacks)('%s: one line, no command', (_, text) => {
    const line = escapeLog(text);
    expect(line).not.toMatch(/[\r\n\u2028\u2029\p{Cc}\p{Cf}]/u);
    expect(line.trimStart().startsWith('::')).toBe(false);
    expect(line).not.toContain('##[');
  });

  test.each([
    ['::set-output name=x::y', ': :set-output name=x::y'],
    ['hello ##[error]x', 'hello ## [error]x'],
    ['###[error]x', '### [error]x'],
    ['overloaded_error', 'overloaded_error'],
    ['a\nb', 'a b'],
    ['std::vector', 'std::vector'],
  ])('%j becomes %j', (text, line) => {
    expect(escapeLog(text)).toBe(line);
  });
});
