import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Inline, readInlines } from '../../../../page/markdown/inlines.ts';
import { anyText } from '../../../any-text.ts';
import { attacks } from '../attacks.ts';

/** As markup that is easy to read in a table; nothing in the page is made of it. */
function print(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      switch (inline.kind) {
        case 'text':
          return inline.text;
        case 'code':
          return `{${inline.text}}`;
        case 'break':
          return '<br>';
        case 'link':
        case 'image':
          return `<${inline.kind} ${inline.address}>${print(inline.inlines)}</>`;
        default:
          return `<${inline.kind}>${print(inline.inlines)}</>`;
      }
    })
    .join('');
}

describe('readInlines', () => {
  test.each([
    ['plain', 'plain'],
    ['**bold** and *leaning*', '<strong>bold</> and <emphasis>leaning</>'],
    ['__bold__ and _leaning_', '<strong>bold</> and <emphasis>leaning</>'],
    ['~~gone~~', '<deleted>gone</>'],
    ['**bold *and leaning* text**', '<strong>bold <emphasis>and leaning</> text</>'],
    ['***both***', '<strong><emphasis>both</></>'],
    ['`code *as* it is`', '{code *as* it is}'],
    ['``a ` b``', '{a ` b}'],
    ['`no end', '`no end'],
    ['2 * 3 * 4', '2 * 3 * 4'],
    ['a*b*c', 'a<emphasis>b</>c'],
    ['snake_case_name', 'snake_case_name'],
    ['**no end', '**no end'],
    ['5 ** 2', '5 ** 2'],
    ['\\*escaped\\*', '*escaped*'],
    ['C:\\dir', 'C:\\dir'],
    ['one\ntwo', 'one<br>two'],
    ['[text](https://example.com/a_(b)?c=d "title")', '<link https://example.com/a_(b)?c=d>text</>'],
    ['![alt](https://example.com/x.png)', '<image https://example.com/x.png>alt</>'],
    ['[text](javascript:alert(1))', '<link javascript:alert(1)>text</>'],
    ['[**bold**](x)', '<link x><strong>bold</></>'],
    ['[not a link]', '[not a link]'],
    ['[a] (b)', '[a] (b)'],
    ['<b>tag</b> &amp;', '<b>tag</b> &amp;'],
    ['', ''],
  ])('%j is %s', (text, expected) => {
    expect(print(readInlines(text))).toBe(expected);
  });

  test('loses no letter', () => {
    const lettersOf = (text: string): string => text.replace(/[^a-z]/g, '');
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '*', '_', '`', '~', '[', ']', '(', ')', '\\', '!', ' ', '\n') }),
        (text) => {
          const shown = print(readInlines(text))
            .replace(/<(?:strong|emphasis|deleted|br|\/)?>/g, '')
            .replace(/<(?:link|image) ([^>]*)>/g, '$1');
          expect(Array.from(lettersOf(shown)).sort()).toEqual(Array.from(lettersOf(text)).sort());
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('expects nothing of what it gets', () => {
    fc.assert(fc.property(anyText(), (text) => Array.isArray(readInlines(text))));
  });

  test.each([
    ...attacks.map(([, text]) => text),
    ...['*a ', '**a ', '_a ', '[', '![', '[a](', '[a](b', '`', '``', '` ', '~~a ', '***', '\\', '*a* ', '[*', '_*'].map(
      (mark) => mark.repeat(40_000 / mark.length),
    ),
    `${'*'.repeat(20_000)}a${'*'.repeat(20_000)}`,
  ])('takes a moment, whatever it is: %#', (text) => {
    const start = performance.now();
    readInlines(text);
    expect(performance.now() - start).toBeLessThan(1_500);
  });
});
