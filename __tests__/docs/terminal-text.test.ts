import { expect, test } from '@jest/globals';
import { toTerminalText } from '../../simulator/demo/terminal-text.ts';
import { renderTextTable } from '../../simulator/demo/text-table.ts';

test.each([
  ['comments are left out', '<!-- a -->\n<!-- b\nc -->\n\n**Bold** text.\n\n<!-- end -->', 'Bold text.'],
  ['entities and escapes are read', '1&#45;2 &lt;b&gt; &amp; &quot;x&quot; \\*a\\_b\\[0\\]', '1-2 <b> & "x" *a_b[0]'],
  [
    'tags are left out, code keeps its text',
    'a<span>@</span>b <code>c&#124;d</code> `e_f` <em>old</em>',
    'a@b c|d e_f old',
  ],
  ['links become their labels', '[Run 1](https://a.example/x) · [`b`](https://b.example)', 'Run 1 · b'],
  ['headings are underlined', '#### Batch', 'Batch\n-----'],
  ['items of a list stay items', '- one\n- two', '- one\n- two'],
  ['fenced code is indented', '```yaml\nwith:\n  a: b\n```', '    with:\n      a: b'],
  [
    'tables are aligned',
    '| A | B |\n| :--- | ---: |\n| `x` | 1 |\n| yy | 1,000 |',
    'A       B\n--  -----\nx       1\nyy  1,000',
  ],
])('%s', (_, markdown, text) => {
  expect(toTerminalText(markdown)).toBe(text);
});

test('long lines are wrapped between words', () => {
  const lines = toTerminalText(`${'word '.repeat(30)}\n- ${'item '.repeat(30)}`).split('\n');
  expect(lines.every((line) => line.length <= 100)).toBe(true);
  expect(lines).toHaveLength(4);
  expect(lines[3]).toMatch(/^ {2}item/);
});

test('a table that is too wide wraps its widest column, never a word', () => {
  const row = ['a'.repeat(20), 'some words that are many'];
  expect(renderTextTable(['Id', 'Text'], [row], ['left', 'left'], 32)).toBe(
    [
      'Id                    Text',
      '--------------------  ----------',
      'aaaaaaaaaaaaaaaaaaaa  some words',
      '                      that are',
      '                      many',
    ].join('\n'),
  );
});
