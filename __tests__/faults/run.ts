import { readFileSync, writeFileSync } from 'node:fs';
import { inLanes } from '../../simulator/kill-points/lanes.ts';
import { CALL_NAMES } from './calls.ts';
import { CELLS, type Cell, chooseCells, findCells, nameOf } from './cells.ts';
import { codesIn } from './codes.ts';
import { FAULT_NAMES, OFTEN } from './faults.ts';
import { findWrongs } from './oracle.ts';
import { promiseOf } from './promises.ts';
import { type Known, type Played, play } from './scene.ts';
import type { Ran } from './stage.ts';
import { SURROUNDINGS_NAMES } from './surroundings.ts';
import { printTable, TABLE } from './table.ts';

const DAY_MS = 86_400_000;
/** How much is shown of the log of a run that hangs. */
const HANG_LINES = 30;
const wanted = process.env['FAULT'];
const isWhole = process.env['FAULTS'] === 'all';
const seed = wholeNumber('FAULTS_SEED', Math.floor(Date.now() / DAY_MS));
const lanes = wholeNumber('FAULTS_LANES', 3);

/** Ends the process: nothing is played. */
function refuse(why: string): never {
  console.error(why);
  process.exit(1);
}

function wholeNumber(name: string, usual: number): number {
  const text = process.env[name];
  if (text === undefined) return usual;
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : refuse(`${name} is “${text}”: write a whole number from 1.`);
}

function choose(): readonly Cell[] {
  if (wanted !== undefined) return chooseNamed(wanted);
  return isWhole ? CELLS : chooseCells(seed, process.env['FAULTS'] === 'small' ? 'small' : 'usual');
}

function chooseNamed(name: string): readonly Cell[] {
  let found: readonly Cell[];
  try {
    found = findCells(name);
  } catch {
    return refuse(`FAULT is “${name}”, which is neither the name of a cell nor a pattern.`);
  }
  if (found.length > 0) return found;
  const lists = { calls: CALL_NAMES, faults: FAULT_NAMES, 'how often': OFTEN, surroundings: SURROUNDINGS_NAMES };
  const names = Object.entries(lists).map(([what, all]) => `${what}: ${all.join(', ')}`);
  return refuse(
    [`No cell is named “${name}”, as call/fault/how often or surroundings/name. There are:`, ...names].join('\n'),
  );
}

/** What to say about a cell that is not as promised. */
function tell(name: string, wrongs: readonly string[], played?: Played): void {
  console.log(`\n✗ ${name}\n${wrongs.map((wrong) => `  ${wrong}`).join('\n')}`);
  if (wanted === undefined) {
    // What hangs once may not hang again.
    if (played?.hang !== undefined) console.log(played.hang.split('\n').slice(-HANG_LINES).join('\n'));
    return;
  }
  console.log(`${played?.hang ?? ''}\n${played?.run?.log ?? ''}\n--- next ---\n${played?.next?.log ?? ''}`);
}

function briefly(ran: Ran | undefined): string {
  if (ran === undefined) return 'none';
  const minutes = Math.round(ran.tookMs / 60_000);
  return `${ran.result.conclusion}, ${ran.result.outputs.get('status')} (${codesIn(ran.log).join(', ')}) after ${minutes} min`;
}

/** Whether a cell is as promised. */
async function check(cell: Cell, known: Known | undefined): Promise<boolean> {
  const name = nameOf(cell);
  try {
    const played = await play(cell, known);
    const wrongs = findWrongs(played, promiseOf(cell));
    if (wanted !== undefined)
      console.log(
        `${name}: ${briefly(played.run)}; next ${briefly(played.next)}; ${played.paid} paid, ${played.hits} hit`,
      );
    if (wrongs.length === 0) return true;
    tell(name, wrongs, played);
  } catch (error) {
    tell(name, [`the injector failed: ${error instanceof Error ? error.message : String(error)}`]);
  }
  return false;
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
const kept = await inLanes(cells, lanes, (cell) => check(cell, known));
const wrong = kept.filter((isKept) => !isKept).length;
const seconds = Math.round((performance.now() - startedAt) / 1000);
console.log(`\nfaults: ${kept.length - wrong} as promised, ${wrong} wrong, in ${seconds} s`);
process.exitCode = wrong > 0 || isTableOld ? 1 : 0;
// Sockets of processes that were killed may outlive them; all is told, so nothing is waited for.
process.stdout.write('', () => process.exit());
