// Measures what the action does against the least that it could do, in one process and side by side, and prints ratios of
// processor time. They hold on any machine, as times do not. Exits 1 where a ratio is above its target.
//   --lines 100000        requests in the file; fewer for a quick look
//   --rounds 3            how often everything is measured
//   --only requests       one section: see `SECTIONS`
import '../../src/heap.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { renderTextTable } from '../../simulator/demo/text-table.ts';
import { type Row, SECTIONS } from './sections.ts';

const MOST_COLUMNS = 120;

/** Whether a row is above its target. Both ways of looking must say so: a busy machine then does not decide it. */
export function isMissed({ ratio, target }: Row): boolean {
  return target !== undefined && !(Math.min(ratio.best, ratio.median) <= target);
}

/** The rows as text, in columns. */
export function tableOf(rows: readonly Row[]): string {
  const head = ['what', 'against', 'fastest', 'median', 'target', ''];
  const cells = rows.map((row) => [
    row.what,
    row.against,
    row.ratio.best.toFixed(2),
    row.ratio.median.toFixed(2),
    row.target === undefined ? '' : `≤ ${row.target}`,
    row.target === undefined ? '' : isMissed(row) ? 'missed' : 'ok',
  ]);
  return renderTextTable(head, cells, ['left', 'left', 'right', 'right', 'right', 'right'], MOST_COLUMNS);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      lines: { type: 'string', default: '100000' },
      rounds: { type: 'string', default: '3' },
      only: { type: 'string' },
    },
  });
  const { only } = values;
  const [lines, rounds] = [Number(values.lines), Number(values.rounds)];
  const sections = [...SECTIONS].filter(([name]) => only === undefined || only === name);
  if (!Number.isInteger(lines) || lines < 1 || !Number.isInteger(rounds) || rounds < 1 || sections.length === 0) {
    throw new Error(
      `--lines and --rounds are whole numbers from 1, --only is one of ${[...SECTIONS.keys()].join(', ')}`,
    );
  }
  const rows: Row[] = [];
  for (const [, measure] of sections) {
    const folder = mkdtempSync(join(tmpdir(), 'claude-batch-benchmark-'));
    try {
      rows.push(...(await measure({ folder, lines, rounds })));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  console.log(tableOf(rows));
  if (rows.some(isMissed)) process.exitCode = 1;
}

if (import.meta.main) await main();
