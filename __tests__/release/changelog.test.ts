import { expect, test } from '@jest/globals';
import { isDay, readChangelog } from '../../scripts/release/changelog.ts';

const CHANGELOG = `# Changelog

All changes.

## [Unreleased]

## [1.1.0] - 2026-12-24

### Added

- A [link](https://example.com) and \`## [9.9.9] - 2026-01-01\` in a line.

### Fixed

- One thing.

## 1.0.0 - 2026-12-01
First.

## [1.0.0-rc.1]

[Unreleased]: https://example.com/compare/v1.1.0...HEAD
[1.1.0]: https://example.com/compare/v1.0.0...v1.1.0
`;

const sections = [
  { version: 'Unreleased', date: undefined, isLinked: true, notes: '' },
  {
    ...{ version: '1.1.0', date: '2026-12-24', isLinked: true },
    notes:
      '### Added\n\n- A [link](https://example.com) and `## [9.9.9] - 2026-01-01` in a line.\n\n### Fixed\n\n- One thing.',
  },
  { version: '1.0.0', date: '2026-12-01', isLinked: false, notes: 'First.' },
  { version: '1.0.0-rc.1', date: undefined, isLinked: true, notes: '' },
];

const links = new Map([
  ['unreleased', 'https://example.com/compare/v1.1.0...HEAD'],
  ['1.1.0', 'https://example.com/compare/v1.0.0...v1.1.0'],
]);

test('sections are read in their order, without the definitions of links', () => {
  for (const text of [CHANGELOG, CHANGELOG.replaceAll('\n', '\r\n')])
    expect(readChangelog(text)).toEqual({ sections, links, oddLines: [] });
});

test('a text without sections has none', () => {
  expect(readChangelog('# Changelog\n').sections).toEqual([]);
});

/** The notes of 1.1.0, with this text in its section and 1.0.0 below it. */
function read(text: string, below = '') {
  const { sections, oddLines } = readChangelog(
    `## [1.1.0] - 2026-12-24\n\n${text}\n\n## [1.0.0] - 2026-12-01${below}\n\nOld.\n`,
  );
  return { notes: sections.map(({ version, notes }) => [version, notes]), odd: oddLines.map((one) => one.text) };
}

test.each([
  ['a version that was withdrawn', 'New.', ' [YANKED]', 'New.'],
  ['spaces behind a heading', 'New.', '  ', 'New.'],
  ['a heading in a block of code', '```md\n## [9.9.9] - 2026-01-01\n```', '', '```md\n## [9.9.9] - 2026-01-01\n```'],
  ['a fence inside a longer one', '````\n```\n## 9.9.9\n````', '', '````\n```\n## 9.9.9\n````'],
  ['another fence inside one', '~~~\n```\n<!--\n~~~', '', '~~~\n```\n<!--\n~~~'],
  ['a definition in a block of code', '```\n[a]: b\n```', '', '```\n[a]: b\n```'],
  [
    'a link that is defined',
    'See [docs][D].\n\n[d]: https://a.example "A"',
    '',
    'See [docs][D].\n\n[d]: https://a.example',
  ],
  ['a code span with a comment', '- `<!-- a -->`', '', '- `<!-- a -->`'],
  ['an address', '<https://a.example>', '', '<https://a.example>'],
  ['a rule', 'New.\n\n---\n\nMore.', '', 'New.\n\n---\n\nMore.'],
])('notes with %s are whole', (_, text, below, notes) => {
  expect(read(text, below)).toEqual({
    notes: [
      ['1.1.0', notes],
      ['1.0.0', 'Old.'],
    ],
    odd: [],
  });
});

test('a link that is defined at the end of the file is defined in the notes', () => {
  const { sections } = readChangelog('## 1.1.0\n\nSee [docs][d].\n\n## 1.0.0\n\nOld.\n\n[d]: https://a.example\n');
  expect(sections.map(({ notes }) => notes)).toEqual(['See [docs][d].\n\n[d]: https://a.example', 'Old.']);
});

test.each([
  ['## Migration'],
  ['## Migration guide'],
  ['##'],
  [' ## [9.9.9] - 2026-01-01'],
  ['## [9.9] - 2026-01-01'],
  ['## [9.9.9] (2026-01-01)'],
  ['## [9.9.9] - 2026-01-01 - yanked'],
  ['<!-- todo -->'],
  ['- <!-- todo -->'],
  ['<details>'],
  ['<pre>'],
  ['```'],
])('%j is odd', (text) => {
  expect(read(text).odd).toEqual([text]);
});

test('an underlined heading is odd', () => {
  expect(read('9.9.9\n-----').odd).toEqual(['-----']);
});

test.each([
  ['2026-11-30', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-1-1', false],
  ['tomorrow', false],
  ['2026', false],
  ['', false],
])('%j is a day: %s', (text, expected) => {
  expect(isDay(text)).toBe(expected);
});
