import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { findSentences, sentencesOf } from '../scripts/words.ts';

test('sentences for users are in the message tables alone', () => {
  expect(findSentences(fileURLToPath(new URL('../', import.meta.url)))).toEqual([]);
});

test('a sentence is four words in one literal, counted without markup, code and what is put in', () => {
  const source = [
    "import { a } from './a b c d.ts';",
    "const three = 'only three words';",
    'const é = \'<p class="x y z">one two</p>\';',
    'const cut = `the file ${name} broke off`;',
    'const four = \'"this" has four words.\';',
    '// a comment of more than four words',
    'const url = `GET /a/b/${c} d-1 e/f`;',
    'const split = `one ${two(`and four words inside`)} x`;',
  ];
  expect(sentencesOf('a.ts', source.join('\n'))).toEqual([
    { file: 'a.ts', line: 4, text: 'the file … broke off' },
    { file: 'a.ts', line: 5, text: '"this" has four words.' },
    { file: 'a.ts', line: 8, text: 'and four words inside' },
  ]);
});
