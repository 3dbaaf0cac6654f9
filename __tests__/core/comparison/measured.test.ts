import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { MAX_MEASURED, parseMeasured, printMeasured } from '../../../src/core/comparison/measured.ts';
import { sha256 } from '../../../src/core/text/sha256.ts';
import { MEASURED } from './cases.ts';

const saved = readFileSync(new URL('./saved/measured-1.txt', import.meta.url), 'utf8').trim();

/** A text with its digest, as somebody may make it who knows how. */
function signed(members: object): string {
  return JSON.stringify({ ...members, sha256: sha256(JSON.stringify(members)) });
}

test('a text of schema 1 is read for good', () => {
  expect(parseMeasured(saved)).toEqual({ ok: true, measured: MEASURED });
});

test('what is printed is what is read, with all kinds of names', () => {
  const measured = { ...MEASURED, name: 'a  b\n"ü"', pullRequest: 7, judge: null, shared: true, model: '' };
  expect(parseMeasured(printMeasured(measured))).toEqual({ ok: true, measured });
});

test('where its answers are and what it came to is optional', () => {
  const results = { artifactId: 9, name: 'evals-2', digest: 'cd'.repeat(32) };
  for (const more of [
    { results, graded: 299, passRate: 0.913043 },
    { regraded: true },
    { regraded: false },
    { results: null, graded: 0, passRate: null },
  ]) {
    const measured = { ...MEASURED, ...more };
    expect(parseMeasured(printMeasured(measured))).toEqual({ ok: true, measured });
  }
});

test('members of a newer version of this schema are no obstacle', () => {
  expect(parseMeasured(signed({ ...MEASURED, later: [1] }))).toMatchObject({ ok: true, measured: MEASURED });
});

describe('what is not believed', () => {
  test.each([
    ['no text', '', 'unreadable'],
    ['no JSON', saved.slice(0, -1), 'unreadable'],
    ['no object', '[1]', 'unreadable'],
    ['null', 'null', 'unreadable'],
    ['no digest', JSON.stringify(MEASURED), 'unreadable'],
    ['no schema', signed({ ...MEASURED, schema: undefined }), 'unreadable'],
    ['schema 0', signed({ ...MEASURED, schema: 0 }), 'unreadable'],
    ['schema 2', signed({ ...MEASURED, schema: 2 }), 'other-version'],
    [
      'edited by hand',
      saved.replace('"complete":true', '"complete":true,"cases":1').replace(',"cases":300', ''),
      'edited',
    ],
    ['a branch edited by hand', saved.replace('refs/heads/main', 'refs/heads/evil'), 'edited'],
    ['longer than any', signed({ ...MEASURED, name: 'x'.repeat(MAX_MEASURED) }), 'unreadable'],
    ['nested deeply', `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`, 'unreadable'],
    ['a member twice', saved.replace('{', '{"cases":1,'), 'edited'],
  ])('%s', (_, text, why) => {
    expect(parseMeasured(text)).toEqual({ ok: false, why });
  });

  test.each([
    ['workflow', 7],
    ['name', null],
    ['repository', 'octo'],
    ['repository', 'octo/app/x'],
    ['repository', '../app x'],
    ['ref', ['refs/heads/main']],
    ['event', 'push\n'],
    ['pullRequest', -1],
    ['pullRequest', '7'],
    ['createdAt', 'yesterday'],
    ['createdAt', '2026-13-45T99:00:00Z'],
    ['run', 812],
    ['run', { id: 1.5, attempt: 1 }],
    ['shared', 'false'],
    ['complete', 1],
    ['regraded', 1],
    ['judge', { model: 'x' }],
    ['judge', { model: 'x', prompt: -1 }],
    ['cases', 1e300],
    ['grades', 'ab'],
    ['results', { artifactId: 9, name: 'x', digest: '' }],
    ['results', 9],
    ['graded', -1],
    ['passRate', 91.3],
    ['passRate', '0.9'],
  ])('%s: %j', (member, value) => {
    expect(parseMeasured(signed({ ...MEASURED, [member]: value }))).toEqual({ ok: false, why: 'unreadable' });
  });

  test('a member of a prototype is not one of the text', () => {
    const { complete, ...rest } = MEASURED;
    const text = JSON.stringify(rest).replace('{', `{"__proto__":{"complete":${complete}},`);
    expect(parseMeasured(signed(JSON.parse(text))).ok).toBe(false);
  });
});
