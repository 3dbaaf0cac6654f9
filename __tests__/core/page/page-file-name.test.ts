import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { csvFileName, pageFileName } from '../../../src/core/page/page-file-name.ts';

describe('pageFileName', () => {
  test.each([
    ['evals', 'evals.html'],
    ['evals-2', 'evals-2.html'],
    ['', 'report.html'],
    ['x'.repeat(235), `${'x'.repeat(235)}.html`],
  ])('of %j', (name, file) => {
    expect(pageFileName(name)).toBe(file);
  });

  test('a name too long is cut, and two that differ at their ends only stay two', () => {
    const [one, two] = ['x', 'y'].map((end) => pageFileName(`${'x'.repeat(235)}${end}`));
    expect(one).toMatch(/^x{226}-[0-9a-f]{8}\.html$/);
    expect(two).toMatch(/^x{226}-[0-9a-f]{8}\.html$/);
    expect(one).not.toBe(two);
  });

  test('never has too many bytes, and never half a character', () => {
    const unit = fc.constantFrom('a', 'ü', '漢', '😀');
    fc.assert(
      fc.property(fc.array(unit, { minLength: 60, maxLength: 300 }), (units) => {
        const file = pageFileName(units.join(''));
        expect(Buffer.byteLength(file)).toBeLessThanOrEqual(240);
        expect(Buffer.from(file).toString()).toBe(file);
        const stem = file.replace(/(?:-[0-9a-f]{8})?\.html$/, '');
        expect(units.join('').startsWith(stem)).toBe(true);
      }),
    );
  });
});

test.each([
  ['evals-0', 'evals-0.csv'],
  ['Fähigkeiten: 数学/算数 (v1.2)', 'Fähigkeiten-数学-算数-v1.2.csv'],
  ['../..\\"x"\n\u202Egnp', 'x-gnp.csv'],
  ['', 'cases.csv'],
  ['\u{1F389}', 'cases.csv'],
  ['数'.repeat(100), `${'数'.repeat(33)}.csv`],
])('a download of the evaluation %j is called %j', (name, file) => {
  expect(csvFileName(name)).toBe(file);
});
