import { expect, test } from '@jest/globals';
import { toPlainLine } from '../../../src/core/text/untrusted-text.ts';

test.each([
  ['line breaks', 'one\r\n two\u2028three\tfour ', 'one two three four'],
  ['control characters', 'a\u0000b\u001Bc\u009Bd', 'a\uFFFDb\uFFFDc\uFFFDd'],
  ['bidi overrides', 'a\u202Eb\u2066c\u200Fd', 'a\uFFFDb\uFFFDc\uFFFDd'],
  ['invisible characters', 'a\u200Bb\u2060c\u00ADd\u{E0041}e', 'a\uFFFDb\uFFFDc\uFFFDd\uFFFDe'],
  ['lone surrogates', 'a\uD800b\uDC00', 'a\uFFFDb\uFFFD'],
  ['piles of marks', `Z${'\u0301'.repeat(9)}a\u0301`, 'Z\u0301\u0301\u0301a\u0301'],
  ['what people write', 'größe 日本語 😀 العربية', 'größe 日本語 😀 العربية'],
])('%s', (_, text, line) => {
  expect(toPlainLine(text)).toBe(line);
});
