import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Block, readMarkdown } from '../../../../page/markdown/blocks.ts';
import type { Inline } from '../../../../page/markdown/inlines.ts';
import { anyText } from '../../../any-text.ts';
import { attacks } from '../attacks.ts';

const plain = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline) => ('text' in inline ? inline.text : inline.kind === 'break' ? '/' : `(${inline.kind})`))
    .join('');

/** A block in one line: `h2 Title`, `ul[a | b]`. */
function print(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `h${block.level} ${plain(block.inlines)}`;
    case 'paragraph':
      return plain(block.inlines);
    case 'code':
      return `{${block.text}}`;
    case 'list':
      return `${block.start ?? ''}[${block.items.map((item) => item.map(print).join('; ')).join(' | ')}]`;
    case 'quote':
      return `>${block.blocks.map(print).join('; ')}<`;
    case 'rule':
      return '---';
    case 'table':
      return [block.head, ...block.rows].map((cells) => cells.map(plain).join('|')).join(' || ');
  }
}

describe('readMarkdown', () => {
  test.each<[string, readonly string[]]>([
    ['one\ntwo\n\nthree', ['one/two', 'three']],
    ['# Title\ntext\n### Lower ###', ['h1 Title', 'text', 'h3 Lower ###']],
    ['#hashtag', ['#hashtag']],
    ['- a\n- b', ['[a | b]']],
    ['* a\n+ b', ['[a | b]']],
    ['3. a\n4. b', ['3[a | b]']],
    ['1) a', ['1[a]']],
    ['text\n- a', ['text', '[a]']],
    ['- a\n  - b\n    - c\n- d', ['[a; [b; [c]] | d]']],
    ['1. a\n   - b\n\n   more\n2. c', ['1[a; [b]; more | c]']],
    ['- a\n\n- b', ['[a | b]']],
    ['- a\ngoes on\n\nend', ['[a/goes on]', 'end']],
    ['- a\n1. b', ['[a]', '1[b]']],
    ['-', ['[]']],
    ['-5 degrees', ['-5 degrees']],
    ['> a\n> > b\n\nc', ['>a; >b<<', 'c']],
    ['---\n***\n_ _ _', ['---', '---', '---']],
    ['```js\nconst a = `1`;\n\n# no title\n```\nafter', ['{const a = `1`;\n\n# no title}', 'after']],
    ['~~~~\n~~~\n~~~~', ['{~~~}']],
    ['```\nno end', ['{no end}']],
    ['- a\n  ```\n  b\n    c\n  ```', ['[a; {b\n  c}]']],
    ['| a | b |\n|---|:-:|\n| 1 | 2 \\| 3 |\n| 4 |\n\nend', ['a|b || 1|2 | 3 || 4|', 'end']],
    ['a | b\n--- | ---\n1 | 2', ['a|b || 1|2']],
    ['text\n| a |\n|---|\n| b |', ['text', 'a || b']],
    ['a | b\nno ruler', ['a | b/no ruler']],
    ['<details><summary>x</summary>\n\n<b>y</b></details>', ['<details><summary>x</summary>', '<b>y</b></details>']],
    ['', []],
    ['\n \n', []],
  ])('%j', (text, blocks) => {
    expect(readMarkdown(text).map(print)).toEqual(blocks);
  });

  test('expects nothing of what it gets', () => {
    const marks = fc.string({ unit: fc.constantFrom('a', '#', '-', '>', '|', '`', '1', '.', ' ', '\n', '~', '*') });
    fc.assert(
      fc.property(fc.oneof(anyText(), marks), (text) => Array.isArray(readMarkdown(text))),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ...attacks.map(([, text]) => text),
    ...[
      '> ',
      '- ',
      '1. ',
      '#',
      '# a\n',
      '- a\n',
      '> a\n',
      '|',
      '|-',
      '| a |\n|---|\n',
      '```\n',
      '  - a\n',
      '\n',
      ' ',
      '- - - x',
      '*\n\n  ',
    ].map((mark) => mark.repeat(Math.ceil(40_000 / mark.length))),
    `${'|a'.repeat(10_000)}\n${'|-'.repeat(10_000)}`,
    Array.from({ length: 250 }, (_, level) => `${' '.repeat(level)}- a`).join('\n'),
  ])('takes a moment, whatever it is: %#', (text) => {
    const start = performance.now();
    readMarkdown(text);
    expect(performance.now() - start).toBeLessThan(1_500);
  });
});
