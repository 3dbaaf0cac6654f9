// Where messages, templates, examples and documents name a page or an address of this repository, that is there.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { anchorsOf, findFault, pages, read } from './pages.ts';
import { root } from './process.ts';

/** Whatever people are shown or copy, apart from the pages themselves. */
const texts = ['src/core/messages', 'page', 'schema', 'examples', '.github']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.png'))
      .map(({ parentPath, name }) => join(parentPath, name).slice(root.length).replaceAll('\\', '/')),
  )
  .concat('action.yml', 'package.json');

/** Addresses of pages on GitHub that are there without a file of their own. */
const OF_GITHUB = new Set(['discussions', 'issues', 'releases', 'security/advisories/new', 'security/policy']);

/** What is wrong with an address of this repository, by what follows its name. */
function faultOf(path: string, anchor: string | undefined): string | undefined {
  if (path === '') return findFault('README.md', anchor);
  const file = /^(?:blob|tree|raw)\/main\/(.+)$/.exec(path)?.[1] ?? /^actions\/(workflows\/[^/]+)/.exec(path)?.[1];
  if (file !== undefined) return findFault(path.startsWith('actions/') ? `.github/${file}` : file, anchor);
  if (/^releases\/tag\/v\d/.test(path)) return undefined;
  return OF_GITHUB.has(path) ? undefined : `there is no page ${path}`;
}

test('messages, templates and examples name pages and headings that there are', () => {
  const faults = texts.flatMap((text) =>
    Array.from(read(text).matchAll(/(?<![\w/.-])(docs\/[\w./-]+\.md)(?:#([\w-]+))?/g), ([, page = '', anchor]) =>
      findFault(page, anchor),
    ),
  );
  expect(faults.length).toBeGreaterThan(5);
  expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
});

test('every address of this repository leads somewhere', () => {
  const faults = [...texts, ...pages].flatMap((text) =>
    Array.from(
      read(text).matchAll(/https:\/\/github\.com\/org\/claude-batch-action\/?([\w./-]*)(?:#([\w-]+))?/g),
      ([, path = '', anchor]) => faultOf(path.replace(/[./]+$/, ''), anchor),
    ),
  );
  expect(faults.length).toBeGreaterThan(5);
  expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
});

test('headings are linked to as on GitHub', () => {
  expect(anchorsOf('# A `b`, c? — d_e\n```sh\n# no\n```\n## Straße\n## Straße\n')).toEqual([
    'a-b-c--d_e',
    'straße',
    'straße-1',
  ]);
});

test('a link that leads nowhere is found', () => {
  expect(faultOf('blob/main/docs/nowhere.md', undefined)).toBe('docs/nowhere.md is not there');
  expect(faultOf('', 'nowhere')).toBe('README.md has no #nowhere');
  expect(faultOf('actions/workflows/nowhere.yml/badge.svg', undefined)).toBe(
    '.github/workflows/nowhere.yml is not there',
  );
  expect(faultOf('wiki', undefined)).toBe('there is no page wiki');
  expect(findFault('README.md', 'faq')).toBeUndefined();
});
