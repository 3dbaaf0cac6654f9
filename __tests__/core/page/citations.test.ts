import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printPageText } from '../../../src/core/messages/page.ts';
import { answerParts } from '../../../src/core/page/parts.ts';

const span = (code: 'cited-pages' | 'cited-blocks' | 'cited-characters', first: number, last: number): string =>
  printPageText({ code, first, last });
const cited = (text: string, ...citations: unknown[]): object => ({ type: 'text', text, citations });
const web = {
  type: 'web_search_result_location',
  url: 'https://example.com/grass',
  title: 'Grass',
  cited_text: 'Grass is green.',
  encrypted_index: 'AAAA',
};
const inDocument = { document_index: 0, document_title: 'Sky.pdf', file_id: null, cited_text: 'It is blue.' };

test.each<[string, object, string]>([
  ['a page of the web', web, 'Grass, https://example.com/grass: “Grass is green.”'],
  ['one without a title', { ...web, title: null }, 'https://example.com/grass: “Grass is green.”'],
  ['one without a text', { ...web, cited_text: '' }, 'Grass, https://example.com/grass'],
  [
    'a page',
    { ...inDocument, type: 'page_location', start_page_number: 5, end_page_number: 6 },
    `Sky.pdf, ${span('cited-pages', 5, 5)}: “It is blue.”`,
  ],
  [
    'pages',
    { ...inDocument, type: 'page_location', start_page_number: 5, end_page_number: 8 },
    `Sky.pdf, ${span('cited-pages', 5, 7)}: “It is blue.”`,
  ],
  [
    'characters',
    { ...inDocument, type: 'char_location', start_char_index: 0, end_char_index: 1_100 },
    `Sky.pdf, ${span('cited-characters', 0, 1_099)}: “It is blue.”`,
  ],
  [
    'a block of a document without a title',
    { ...inDocument, document_title: null, type: 'content_block_location', start_block_index: 0, end_block_index: 1 },
    `${printPageText({ code: 'cited-document', index: 0 })}, ${span('cited-blocks', 0, 0)}: “It is blue.”`,
  ],
  [
    'blocks of a search result',
    {
      type: 'search_result_location',
      source: 'handbook/7',
      title: 'Handbook',
      search_result_index: 2,
      start_block_index: 1,
      end_block_index: 3,
      cited_text: 'Ask.',
    },
    `Handbook, handbook/7, ${span('cited-blocks', 1, 2)}: “Ask.”`,
  ],
  [
    'a search result that has only its place',
    { type: 'search_result_location', search_result_index: 2, cited_text: 'Ask.' },
    `${printPageText({ code: 'cited-search-result', index: 2 })}: “Ask.”`,
  ],
  ['a kind that is not known yet', { type: 'new', url: 'https://example.com' }, 'https://example.com'],
  ['many lines', { ...web, title: 'a\nb', cited_text: ' c\n\n[2] d ' }, 'a b, https://example.com/grass: “c [2] d”'],
  ['a long text', { ...web, cited_text: 'x'.repeat(300) }, `Grass, https://example.com/grass: “${'x'.repeat(199)}…”`],
  [
    'places that are none',
    { ...web, start_page_number: '1', start_block_index: -1, start_char_index: '5', end_char_index: 5 },
    'Grass, https://example.com/grass: “Grass is green.”',
  ],
])('%s', (_, citation, line) => {
  expect(answerParts([cited('So it is.', citation)])).toEqual([
    { kind: 'text', text: 'So it is. [1]' },
    { kind: 'citations', text: `[1] ${line}` },
  ]);
});

test('texts of one answer run on, and the same citation has one number', () => {
  const other = { ...web, cited_text: 'It grows.' };
  const content = [
    { type: 'text', text: 'I looked. ' },
    cited('Grass is green.\n', web),
    cited('It grows', other, web, other),
    { type: 'text', text: '.', citations: null },
    { type: 'pause' },
    cited('Green again.', web),
    cited(' And blue.', inDocument),
  ];
  expect(answerParts(content)).toEqual([
    { kind: 'text', text: 'I looked. Grass is green. [1]\nIt grows [2][1].' },
    {
      kind: 'citations',
      text: '[1] Grass, https://example.com/grass: “Grass is green.”\n[2] Grass, https://example.com/grass: “It grows.”',
    },
    { kind: 'other', name: 'pause', text: '{\n  "type": "pause"\n}' },
    { kind: 'text', text: 'Green again. [1] And blue. [3]' },
    { kind: 'citations', text: '[3] Sky.pdf: “It is blue.”' },
  ]);
});

test.each<[string, unknown]>([
  ['no list', web],
  ['a text', 'x'],
  ['empty', []],
  ['nothing in them', [null, 7, 'x', [], {}, { type: 'page_location' }, { url: 1, title: {}, cited_text: ['x'] }]],
  ['blank', [{ title: ' ', url: '\n', cited_text: '' }]],
  ['members of the prototype', JSON.parse('[{"__proto__":{"url":"https://example.com"}}]')],
])('citations that say nothing are passed over: %s', (_, citations) => {
  expect(answerParts([{ type: 'text', text: 'So it is.', citations }])).toEqual([{ kind: 'text', text: 'So it is.' }]);
});

test('expects nothing of what it gets', () => {
  const names = Object.keys({ ...web, ...inDocument, start_page_number: 0, end_page_number: 0, start_char_index: 0 });
  const citation = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...names), fc.jsonValue()));
  fc.assert(
    fc.property(fc.array(citation), (citations) => {
      expect(answerParts([{ type: 'text', text: 'So it is.', citations }])[0]?.text).toMatch(/^So it is\./);
    }),
  );
});
