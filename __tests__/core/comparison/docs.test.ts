import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { compareCases, type Figures } from '../../../src/core/comparison/compare.ts';
import { printPercent } from '../../../src/core/statistics/fraction.ts';
import { anyFalseAlarm } from '../../../src/core/statistics/gates.ts';
import { wilson } from '../../../src/core/statistics/intervals.ts';
import { fairCoin } from '../../../src/core/statistics/mid-p.ts';
import { passPower } from '../../../src/core/statistics/pass-power.ts';
import { findableDrop } from '../../../src/core/statistics/sample-size.ts';
import { pairsOf } from './cases.ts';

const page = readFileSync(new URL('../../../docs/evals.md', import.meta.url), 'utf8').replace(/\s+/g, ' ');

/** Of 300 pairs. */
function figuresOf(broken: number, fixed: number, both: number): Figures {
  const { now, before } = pairsOf({ both, broken, fixed, neither: 300 - both - broken - fixed });
  const { figures } = compareCases(now, before, 0.05);
  if (figures === undefined) throw new Error('no pair');
  return figures;
}

describe('docs/evals.md', () => {
  test('reckons its example as the action does', () => {
    const figures = figuresOf(15, 4, 259);
    const { above, at } = fairCoin(19, 15);
    const ways = (probability: number) => Math.round(probability * 2 ** 19).toLocaleString('en-US');
    expect(page).toContain('Of 300 cases, 274 passed on main and 263 pass now.');
    expect([figures.before, figures.now].map((rate) => printPercent(rate, 3))).toEqual(['91.333', '87.667']);
    expect(page).toContain(
      `exactly 15 heads: ${ways(at)} of the ${ways(1)} ways the coins can fall (${at.toFixed(4)})`,
    );
    expect(page).toContain(`16 heads or more: ${ways(above)} of them (${above.toFixed(4)})`);
    expect(page).toContain(`p = ${above.toFixed(4)} + ½ × ${at.toFixed(4)} = ${figures.p.toFixed(4)}`);
    expect(page).toContain(`fell by 11 of 300, ${printPercent(figures.drop, 2)} points`);
    expect(page).toContain(`a true drop of ${((figures.findable ?? 0) * 100).toFixed(1)} points would be found`);
    const [low, high] = [figures.interval?.low, figures.interval?.high].map((one) => ((one ?? 0) * 100).toFixed(1));
    expect(page).toContain(`${low} to ${high} points in the example`);
    const rate = wilson(263, 300);
    expect(page).toContain(`with 263 of 300, ${(rate.low * 100).toFixed(1)} to ${(rate.high * 100).toFixed(1)} %`);
  });

  test('and the one that may be chance', () => {
    const figures = figuresOf(23, 16, 249);
    expect(page).toContain(`7 of 300, or ${printPercent(figures.drop, 1)} points, and p = ${figures.p.toFixed(2)}`);
    const more = Number((figures.moreCases ?? 0).toPrecision(3));
    expect(page).toContain(`with about ${(more + 300).toLocaleString('en-US')} cases`);
    expect(page).toContain(`about ${more.toLocaleString('en-US')} more`);
  });

  test('says which drops so many cases find', () => {
    for (const cases of [50, 100, 300, 1_000, 3_000]) {
      const cells = [0.05, 0.1, 0.2].map((share) => {
        const spread = { meanSquare: share, meanSize: share };
        const drop = findableDrop(cases, spread, { significance: 0.05, power: 0.8 });
        return drop === undefined ? 'none' : `${(drop * 100).toFixed(1)} points`;
      });
      expect(page).toContain(`| ${cases.toLocaleString('en-US')} | ${cells.join(' | ')} |`);
    }
  });

  test('says how chance looks', () => {
    // Passes, then fails; half as often where half of the variance is between cases.
    const breaks = 0.9 * 0.1;
    expect(page).toContain(`${Math.round(100 * breaks)} of them on average pass the first time and fail the second`);
    expect(page).toContain(`${(100 * breaks * 0.5).toFixed(1)} do, and at least one does in 99 of 100 runs`);
    expect(Math.round(100 * (1 - (1 - breaks * 0.5) ** 100))).toBe(99);
    const alarms = [3, 5, 10].map((gates) => Math.round(100 * anyFalseAlarm(gates, 0.05)));
    expect(page).toContain(`up to ${alarms[0]}, ${alarms[1]} or ${alarms[2]} of 100 runs`);
    expect(passPower(3, 2, 2)).toBeCloseTo(1 / 3, 12);
  });
});
