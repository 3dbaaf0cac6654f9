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
  { version: 'Unreleased', date: undefined, notes: '' },
  {
    version: '1.1.0',
    date: '2026-12-24',
    notes:
      '### Added\n\n- A [link](https://example.com) and `## [9.9.9] - 2026-01-01` in a line.\n\n### Fixed\n\n- One thing.',
  },
  { version: '1.0.0', date: '2026-12-01', notes: 'First.' },
  { version: '1.0.0-rc.1', date: undefined, notes: '' },
];

test('sections are read in their order, without the definitions of links', () => {
  expect(readChangelog(CHANGELOG)).toEqual(sections);
  expect(readChangelog(CHANGELOG.replaceAll('\n', '\r\n'))).toEqual(sections);
});

test('a text without sections has none', () => {
  expect(readChangelog('# Changelog\n')).toEqual([]);
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
