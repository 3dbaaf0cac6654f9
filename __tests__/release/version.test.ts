import { describe, expect, test } from '@jest/globals';
import {
  compareVersions,
  parseVersion,
  rollingTag,
  type Version,
  versionOfTag,
} from '../../scripts/release/version.ts';

function version(text: string): Version {
  const found = parseVersion(text);
  if (found === undefined) throw new Error(`${text} is no version`);
  return found;
}

test.each(['0.0.0', '1.2.3', '10.20.30', '1.0.0-rc.1', '1.0.0-alpha', '1.0.0-0.x-y.7z', '1.0.0-01a'])(
  '%s is a version',
  (text) => {
    expect(parseVersion(text)?.text).toBe(text);
  },
);

test.each([
  ...[
    '',
    '1',
    '1.2',
    '1.2.3.4',
    'v1.2.3',
    '01.2.3',
    '1.2.3-',
    '1.2.3-01',
    '1.2.3-a..b',
    '1.2.3+build',
    ' 1.2.3',
    '1.2.3\n',
  ],
  ...['1.2.3-ä', '9999999999.0.0', '1.0.0-rc.1 '],
])('%j is none', (text) => {
  expect(parseVersion(text)).toBeUndefined();
});

test('versions are in the order of semver.org', () => {
  const ordered = [
    ...['0.9.9', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11'],
    ...['1.0.0-rc.1', '1.0.0', '1.0.1', '1.2.0', '1.10.0', '2.0.0-1', '2.0.0-a', '2.0.0'],
  ].map(version);
  for (const [i, a] of ordered.entries())
    for (const [j, b] of ordered.entries()) expect(Math.sign(compareVersions(a, b))).toBe(Math.sign(i - j));
});

describe('the rolling tag', () => {
  test.each([
    ['1.0.0', 'v1'],
    ['1.9.3', 'v1'],
    ['12.0.0', 'v12'],
    ['1.0.0-rc.1', undefined],
    ['2.0.0-0', undefined],
    ['0.4.0', undefined],
  ])('of %s is %s', (text, tag) => {
    expect(rollingTag(version(text))).toBe(tag);
  });
});

test.each([
  ['v1.2.3', '1.2.3'],
  ['v1.0.0-rc.1', '1.0.0-rc.1'],
  ['v1', undefined],
  ['1.2.3', undefined],
  ['nightly', undefined],
])('the tag %s is of %s', (tag, text) => {
  expect(versionOfTag(tag)?.text).toBe(text);
});
