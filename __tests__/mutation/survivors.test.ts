import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { AREAS } from '../../scripts/mutation/areas.ts';
import { readSurvivors } from '../../scripts/mutation/survivors.ts';

const survivors = Object.entries(readSurvivors());
const rows = survivors.flatMap(([file, listed]) => listed.map((entry) => [file, entry.in, entry] as const));
const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test.each(rows)('%s: the listed line %j is still there, and says why its mutants may survive', (file, line, entry) => {
  expect(
    read(file)
      .split('\n')
      .map((text) => text.trim()),
  ).toContain(line);
  expect(entry.becomes.length).toBeGreaterThan(0);
  expect(entry.why.length).toBeGreaterThan(20);
});

test('the weekly workflow tests the mutants of every area', () => {
  expect(read('.github/workflows/mutation.yml')).toContain(`area: [${AREAS.map(({ name }) => name).join(', ')}]`);
});
