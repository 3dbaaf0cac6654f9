import { describe, expect, test } from '@jest/globals';
import { renderLedger, renderRounds } from '../../../src/core/markdown/ledger.ts';
import { logLines } from '../../../src/core/markdown/log-lines.ts';
import { renderReport } from '../../../src/core/markdown/markdown.ts';
import { HEADINGS } from '../../../src/core/messages/report.ts';
import { type About, summarize } from '../../../src/core/summary/summarize.ts';
import type { Summary, SummaryRound } from '../../../src/core/summary/summary.ts';
import { about, accounts, collected, summaryOf } from '../summary/samples.ts';

const first: SummaryRound = { round: 0, requests: 1319, succeeded: 1300, usd: '1.000000', lower_bound: false };
const second: SummaryRound = { round: 1, requests: 19, succeeded: 1, usd: '0.234568', lower_bound: true };
const third: SummaryRound = { round: 2, requests: 1, succeeded: 1, usd: null, lower_bound: true };
const withRounds = (...rounds: readonly SummaryRound[]): Summary => ({ ...summaryOf(), rounds });

describe('rounds', () => {
  test('one round says nothing', () => {
    expect(renderRounds(withRounds())).toBeUndefined();
    expect(renderReport(summaryOf(), { page: undefined, artifact: undefined })).not.toMatch(/round/i);
  });

  test('several are a table', () => {
    expect(renderRounds(withRounds(first, second, third))).toBe(`| Round | Sent | Answered | Cost |
| :--- | ---: | ---: | ---: |
| First | 1,319 | 1,300 | $1.000000 |
| Retry 1 | 19 | 1 | at least $0.234568 |
| Retry 2 | 1 | 1 | unknown |`);
  });

  test('the report has them folded with the batches, and counts them where they are folded', () => {
    const report = renderReport(withRounds(first, second), { page: undefined, artifact: undefined });
    expect(report.match(/^#### .*/gm)).toEqual([
      `#### ${HEADINGS['no-answer']}`,
      `#### ${HEADINGS['incomplete-answer']}`,
    ]);
    const fold = /^<details><summary>(.*)<\/summary>\n\n(.*)\n\n<\/details>$/ms.exec(report);
    expect(fold?.[1]).toBe('1 batch, 2 rounds, 7 min 12 s from creation to end');
    expect(fold?.[2]).toMatch(/^\| Batch \|.*\n\n\| Round \|/s);
    expect(fold?.[2]?.endsWith(renderRounds(withRounds(first, second)) ?? 'none')).toBe(true);
  });

  test('the log has a line for each', () => {
    const rounds = [first, second, third];
    const lines = logLines(withRounds(...rounds)).filter(({ code }) => code === 'round-answered');
    expect(lines).toEqual(
      rounds.map(({ succeeded: answered, ...round }) => ({ code: 'round-answered', answered, ...round })),
    );
  });

  test('what the accounts say comes out, to the last digit', () => {
    const of = (round: number, succeeded: number, cost: bigint) => ({
      round,
      requests: 19,
      succeeded,
      cost,
      unpriced: 0,
    });
    const rounds = [of(0, 1300, 1_000_000_000_000_000n), of(1, 17, 234_567_500_000_000n)];
    expect(renderRounds(summaryOf({ rounds }))).toContain(
      '| First | 19 | 1,300 | $1.000000 |\n| Retry 1 | 19 | 17 | $0.234568 |',
    );
  });
});

describe('the new part of the cost', () => {
  const costRows = (changed: Partial<About>, unpriced = 0): string[] => {
    const table = renderLedger(
      summarize({ ...collected, accounts: { ...accounts, unpriced } }, { ...about, ...changed }),
    );
    const [title, , ...rows] = (table ?? '').split('\n').map((row) => row.slice(2, -2).split(' | '));
    expect(title?.slice(4)).toEqual(['Cost', '']);
    return rows.map((row) => row.slice(4).join(': ')).filter((row) => row !== ': ');
  };
  const REST = ['Without a batch: $2.469135', 'Saved by the batch: $1.234567', 'Saved by caching: $0.450000'];
  test.each<[string, bigint | undefined, string[]]>([
    ['not known', undefined, []],
    ['all of it', 1_234_568_000_000_000n, []],
    ['some of it', 234_568_000_000_000n, ['New in this run: $0.234568']],
    ['nothing of it', 0n, ['New in this run: $0.000000']],
  ])('%s', (_, newCost, row) => {
    expect(costRows({ newCost })).toEqual(['**In this batch**: **$1.234568**', ...row, ...REST]);
  });

  test('is a lower bound where the cost is', () => {
    expect(costRows({ newCost: 100_000_000_000_000n }, 3)[1]).toBe('New in this run: at least $0.100000');
  });
});
