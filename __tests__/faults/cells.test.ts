import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { CALL_NAMES } from './calls.ts';
import { chooseCells, findCells, nameOf } from './cells.ts';
import { familyOf } from './faults.ts';
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

test.each([1, 2, 20_000])(
  'with the seed %i, a small part has about half of the cells, each call and each kind of fault',
  (seed) => {
    const usual = chooseCells(seed);
    const small = chooseCells(seed, 'small');
    expect(small.length).toBeLessThan(usual.length * 0.6);
    const callsOf = (cells: typeof usual) => new Set(cells.map((cell) => ('call' in cell ? cell.call : '')));
    expect(callsOf(small)).toEqual(new Set([...CALL_NAMES, '']));
    const kindsOf = (cells: typeof usual) =>
      new Set(cells.map((cell) => ('call' in cell ? `${familyOf(cell.fault)} ${cell.often}` : '')));
    expect(kindsOf(small.filter((cell) => 'call' in cell && cell.call === 'create'))).toEqual(
      kindsOf(usual.filter((cell) => 'call' in cell && cell.call === 'create')),
    );
  },
);
