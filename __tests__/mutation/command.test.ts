import { expect, test } from '@jest/globals';
import { AREAS } from '../../scripts/mutation/areas.ts';
import { readCommand } from '../../scripts/mutation/command.ts';

const PRICE = 'src/core/cost/price.ts';

test.each([
  [[], AREAS.map(({ name, source }) => [name, source]), 2, false],
  [
    ['core/cost', 'src/core/record/'],
    [
      ['core/cost', 'src/core/cost/**/*.ts'],
      ['core/record', 'src/core/record/**/*.ts'],
    ],
    2,
    false,
  ],
  [[PRICE, '--lanes', '1', '--again'], [['core/cost', PRICE]], 1, true],
  [['src/core/markdown/escape.ts'], [['core/markdown/escape', 'src/core/markdown/escape.ts']], 2, false],
])('%j is done', (args, sources, lanes, again) => {
  const command = readCommand(args);
  if (typeof command === 'string') throw new Error(command);
  expect(command.selected.map(({ area, source }) => [area.name, source])).toEqual(sources);
  expect([command.lanes, command.again]).toEqual([lanes, again]);
});

test.each([
  [['core/statistcs'], 'core/statistcs'],
  [['core/cost', 'src/core/cost/prise.ts'], 'src/core/cost/prise.ts'],
  [['--lanes', 'x'], 'x'],
  [['--lanes', '0'], '0'],
  [['--lanes'], '--lanes'],
  [['--agian'], '--agian'],
])('%j is refused with what is wrong', (args, named) => {
  const refused = readCommand(args);
  expect(refused).toEqual(expect.stringContaining(named));
  expect(String(refused).split('\n')).toHaveLength(1);
});
