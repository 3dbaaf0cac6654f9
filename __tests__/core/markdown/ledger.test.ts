import { describe, expect, test } from '@jest/globals';
import { renderLedger, renderRounds } from '../../../src/core/markdown/ledger.ts';
import { logLines } from '../../../src/core/markdown/log-lines.ts';
import { renderReport } from '../../../src/core/markdown/markdown.ts';
import { LABELS, printUsd, REPORT } from '../../../src/core/messages/report.ts';
import { type About, summarize } from '../../../src/core/summary/summarize.ts';
import type { Summary, SummaryRound } from '../../../src/core/summary/summary.ts';
import { about, accounts, collected, summaryOf } from '../summary/samples.ts';

const first: SummaryRound = { round: 0, requests: 1319, succeeded: 1300, usd: '1.000000', lower_bound: false };
const second: SummaryRound = { round: 1, requests: 19, succeeded: 1, usd: '0.234568', lower_bound: true };
const third: SummaryRound = { round: 2, requests: 1, succeeded: 1, usd: null, lower_bound: true };
const ROUND_TITLES = `| ${LABELS.round} | ${LABELS.sent} | ${LABELS.answered} | ${LABELS.cost} |`;
const [FIRST, RETRY_1, RETRY_2] = [0, 1, 2].map((round) => REPORT.round({ round }));
const TITLE = REPORT.details({ cost: true, estimate: false, models: 1, batches: 1 });
const withRounds = (...rounds: readonly SummaryRound[]): Summary => ({ ...summaryOf(), rounds });

describe('rounds', () => {
  test('one round says nothing', () => {
    expect(renderRounds(withRounds())).toBeUndefined();
    const report = renderReport(summaryOf(), { page: undefined, artifact: undefined });
    expect(report).toContain(`<summary>${TITLE}</summary>`);
    for (const part of [ROUND_TITLES, `| ${FIRST} |`]) expect(report).not.toContain(part);
  });

  test('several are a table', () => {
    expect(renderRounds(withRounds(first, second, third))).toBe(`${ROUND_TITLES}
| :--- | ---: | ---: | ---: |
| ${FIRST} | 1,319 | 1,300 | $1.000000 |
| ${RETRY_1} | 19 | 1 | ${printUsd('0.234568', true)} |
| ${RETRY_2} | 1 | 1 | ${printUsd(null, true)} |`);
  });

  test('the report has them folded, below the batches', () => {
    const report = renderReport(withRounds(first, second), { page: undefined, artifact: undefined });
    const fold = /^<details><summary>(.*)<\/summary>\n\n(.*)\n\n<\/details>$/ms.exec(report);
    expect(fold?.[1]).toBe(TITLE);
    expect(fold?.[2]?.split('\n\n').at(-2)?.startsWith(`| ${LABELS.batch} |`)).toBe(true);
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
      `| ${FIRST} | 19 | 1,300 | $1.000000 |\n| ${RETRY_1} | 19 | 17 | $0.234568 |`,
    );
  });
});

describe('the new part of the cost', () => {
  const costRows = (changed: Partial<About>, unpriced = 0): string[] => {
    const table = renderLedger(
      summarize({ ...collected, accounts: { ...accounts, unpriced } }, { ...about, ...changed }),
    );
    const [title, , ...rows] = (table ?? '').split('\n').map((row) => row.slice(2, -2).split(' | '));
    expect(title?.slice(4)).toEqual([LABELS.cost, '']);
    return rows.map((row) => row.slice(4).join(': ')).filter((row) => row !== ': ');
  };
  const REST = [
    `${LABELS['standard-cost']}: $2.469135`,
    `${LABELS['saved-by-batch']}: $1.234567`,
    `${LABELS['saved-by-caching']}: $0.450000`,
  ];
  test.each<[string, bigint | undefined, string[]]>([
    ['not known', undefined, []],
    ['all of it', 1_234_568_000_000_000n, []],
    ['some of it', 234_568_000_000_000n, [`${LABELS['new-cost']}: $0.234568`]],
    ['nothing of it', 0n, [`${LABELS['new-cost']}: $0.000000`]],
  ])('%s', (_, newCost, row) => {
    expect(costRows({ newCost })).toEqual([`**${LABELS['batch-cost']}**: **$1.234568**`, ...row, ...REST]);
  });

  test('is a lower bound where the cost is', () => {
    expect(costRows({ newCost: 100_000_000_000_000n }, 3)[1]).toBe(
      `${LABELS['new-cost']}: ${printUsd('0.100000', true)}`,
    );
  });
});
