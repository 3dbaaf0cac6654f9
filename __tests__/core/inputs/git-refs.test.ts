import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findFetched, findPackedRef, parseGitFile, parseGitHead } from '../../../src/core/inputs/git-refs.ts';
import { anyText } from '../../any-text.ts';

const SHA = 'a1'.repeat(20);

test.each<[string, ReturnType<typeof parseGitHead>]>([
  [`${SHA}\n`, { commit: SHA }],
  [SHA.toUpperCase(), { commit: SHA }],
  [`${'0f'.repeat(32)}\r\n`, { commit: '0f'.repeat(32) }],
  ['ref: refs/heads/main\n', { ref: 'refs/heads/main' }],
  ['ref: refs/remotes/pull/7/merge', { ref: 'refs/remotes/pull/7/merge' }],
  ['ref:  refs/heads/ä-b.c', { ref: 'refs/heads/ä-b.c' }],
  ['', undefined],
  [SHA.slice(1), undefined],
  [`${SHA} `, undefined],
  [`${SHA}\n\n`, undefined],
  ['ref: HEAD', undefined],
  ['ref: refs', undefined],
  ['ref: refs/heads', undefined],
  ['ref: refs/heads/../../../etc/passwd', undefined],
  ['ref: refs/./heads/x', undefined],
  ['ref: refs//x', undefined],
  ['ref: /refs/heads/x', undefined],
  ['ref: refs/heads/a\\..\\b', undefined],
  ['ref: refs/heads/C:x', undefined],
  ['ref: refs/heads/a b', undefined],
  ['ref: refs/heads/a\u0000b', undefined],
  [`ref: refs/heads/${'x'.repeat(1_000)}`, undefined],
])('%j leads to %j', (text, expected) => {
  expect(parseGitHead(text)).toEqual(expected);
});

test('a ref of any text is a path that stays where it begins', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 60 }), (text) => {
      const head = parseGitHead(`ref: refs/heads/${text}`);
      if (head !== undefined && 'ref' in head) expect(head.ref.split('/')).not.toEqual(expect.arrayContaining(['..']));
    }),
  );
});

describe('packed refs', () => {
  const text = `# pack-refs with: peeled fully-peeled sorted \n${SHA} refs/heads/main\n${'b2'.repeat(20)} refs/tags/v1\n^${SHA}\nrefs/x refs/heads/odd\n`;
  test.each([
    ['refs/heads/main', SHA],
    ['refs/tags/v1', 'b2'.repeat(20)],
    ['refs/heads/mai', undefined],
    ['heads/main', undefined],
    ['refs/heads/odd', undefined],
    ['main', undefined],
    ['', undefined],
  ])('%j is %j', (ref, expected) => {
    expect(findPackedRef(text, ref)).toBe(expected);
  });
});

test.each([
  ['gitdir: /home/evals/.git/worktrees/pr\n', '/home/evals/.git/worktrees/pr'],
  ['gitdir: ../.git/modules/a b\r\n', '../.git/modules/a b'],
  ['gitdir: ', undefined],
  ['gitdir: a\nb\n', undefined],
  ['/home/evals/.git', undefined],
  ['', undefined],
])('a .git that is a file with %j leads to %j', (text, expected) => {
  expect(parseGitFile(text)).toBe(expected);
});

describe('what was fetched', () => {
  const other = 'b2'.repeat(20);
  const text = [
    `${SHA}\t\tbranch 'main' of https://github.com/octo/evals`,
    `${SHA.toUpperCase()}\tnot-for-merge\t'refs/pull/7/head' of https://github.com/Octo/Evals`,
    `${other}\t\t'${other}' of github.com:octo/evals`,
    `${other}\t\t'refs/pull/8/head' of https://github.com/an-octo/evals`,
    `${other} '${SHA}' of https://github.com/octo/evals`,
  ].join('\n');
  test.each<[string, string, readonly string[]]>([
    [SHA, 'octo/evals', ['refs/pull/7/head']],
    [other, 'Octo/evals', [other]],
    [other, 'an-octo/evals', ['refs/pull/8/head']],
    [SHA, 'octo/eval', []],
    ['', 'octo/evals', []],
  ])('for %j of %j has the names %j', (commit, repository, expected) => {
    expect(findFetched(text, commit, repository)).toEqual(expected);
  });
});
