import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { findCells, nameOf } from './cells.ts';
import { TABLE } from './table.ts';

test.each([
  ['create/reset-after/always', ['create/reset-after/always']],
  ['create/401-json/always', ['create/401-json/always']],
  ['^create/401/always$', ['create/401-json/always', 'create/401-html/always', 'create/401-nothing/always']],
  ['create/500/once', ['create/500-json/once', 'create/500-html/once', 'create/500-nothing/once']],
  ['^create/40$', []],
])('%s names cells as the table or the runs name them', (wanted, names) => {
  expect(
    findCells(wanted)
      .map(nameOf)
      .filter((name) => name.startsWith('create/')),
  ).toEqual(names);
});

test('every fault that the table names is one of cells', () => {
  const rows = readFileSync(TABLE, 'utf8').matchAll(/^\| (`.*?`) \| (?:once|always)/gm);
  const faults = new Set(Array.from(rows, ([, named = '']) => named.slice(1, -1).split('`, `')).flat());
  expect(faults).toContain('401');
  expect([...faults].filter((fault) => findCells(`^create/${fault}/once$`).length === 0)).toEqual([]);
});
