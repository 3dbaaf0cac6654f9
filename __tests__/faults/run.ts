import { readFileSync, writeFileSync } from 'node:fs';
import { inLanes } from '../../simulator/kill-points/lanes.ts';
import { brokenBecause } from './broken.ts';
import { CELLS, type Cell, chooseCells, nameOf } from './cells.ts';
import { codesIn } from './codes.ts';
import { findWrongs } from './oracle.ts';
import { promiseOf } from './promises.ts';
import { type Known, type Played, play, type Ran } from './scene.ts';
import { printTable, TABLE } from './table.ts';

const DAY_MS = 86_400_000;
const wanted = process.env['FAULT'];
const isWhole = process.env['FAULTS'] === 'all';
const seed = Number(process.env['FAULTS_SEED'] ?? Math.floor(Date.now() / DAY_MS));
const lanes = Number(process.env['FAULTS_LANES'] ?? 3);

function choose(): readonly Cell[] {
  const named = CELLS.find((cell) => nameOf(cell) === wanted);
  if (named !== undefined) return [named];
  if (wanted !== undefined) return CELLS.filter((cell) => new RegExp(wanted).test(nameOf(cell)));
  return isWhole ? CELLS : chooseCells(seed);
}

type Verdict = 'as promised' | 'wrong' | 'known to be wrong' | 'mended';

/** What to say about a cell that is not as promised. */
function tell(name: string, wrongs: readonly string[], played?: Played): void {
  console.log(`\n✗ ${name}\n${wrongs.map((wrong) => `  ${wrong}`).join('\n')}`);
  if (wanted === undefined) return;
  console.log(`${played?.hang ?? ''}\n${played?.run?.log ?? ''}\n--- next ---\n${played?.next?.log ?? ''}`);
}

function briefly(ran: Ran | undefined): string {
  if (ran === undefined) return 'none';
  const minutes = Math.round(ran.tookMs / 60_000);
  return `${ran.result.conclusion}, ${ran.result.outputs.get('status')} (${codesIn(ran.log).join(', ')}) after ${minutes} min`;
}

async function check(cell: Cell, known: Known | undefined): Promise<Verdict> {
  const name = nameOf(cell);
  const broken = brokenBecause(cell);
  try {
    const played = await play(cell, known);
    const wrongs = findWrongs(played, promiseOf(cell));
    if (wanted !== undefined)
      console.log(
        `${name}: ${briefly(played.run)}; next ${briefly(played.next)}; ${played.paid} paid, ${played.hits} hit`,
      );
    if (wrongs.length === 0) return broken === undefined ? 'as promised' : 'mended';
    if (broken !== undefined) return 'known to be wrong';
    tell(name, wrongs, played);
  } catch (error) {
    tell(name, [`the injector failed: ${error instanceof Error ? error.message : String(error)}`]);
  }
  return 'wrong';
}

const table = printTable();
if (process.argv.includes('--table')) {
  writeFileSync(TABLE, table);
  process.exit();
}
const isTableOld = readFileSync(TABLE, 'utf8') !== table;
if (isTableOld) console.log(`${TABLE} is out of date: run npm run test:faults -- --table`);

const startedAt = performance.now();
const cells = choose();
console.log(
  `${cells.length} of ${CELLS.length} cells${wanted === undefined && !isWhole ? `, FAULTS_SEED=${seed}` : ''}`,
);
// A single cell plays all of its runs.
const known: Known | undefined = cells.length === 1 ? undefined : new Map();
const verdicts = await inLanes(cells, lanes, (cell) => check(cell, known));
const count = (verdict: Verdict): number => verdicts.filter((one) => one === verdict).length;
for (const [index, cell] of cells.entries())
  if (verdicts[index] === 'mended') console.log(`${nameOf(cell)} is mended: take it from __tests__/faults/broken.ts`);
const seconds = Math.round((performance.now() - startedAt) / 1000);
const temporary = count('known to be wrong') === 0 ? '' : `, ${count('known to be wrong')} known to be wrong`;
console.log(
  `\nfaults: ${count('as promised') + count('mended')} as promised, ${count('wrong')} wrong${temporary}, in ${seconds} s`,
);
process.exitCode = count('wrong') > 0 || isTableOld || cells.length === 0 ? 1 : 0;
// Sockets of processes that were killed may outlive them; all is told, so nothing is waited for.
process.stdout.write('', () => process.exit());
