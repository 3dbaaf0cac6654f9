import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureFirstPaint } from '../../__tests__/browser/first-paint.ts';
import { casesOf, pageOf } from '../../__tests__/core/page/samples.ts';
import { createRequestParser } from '../../src/core/requests/request.ts';
import { requestLines, resultLines, writeLines } from '../corpus.ts';
import { type Contestant, type Ratio, ratioOf, runContest } from './contest.ts';
import { reuseAnswers } from './reuse.ts';
import { accountFor, MERGE, readAndLint, readWhole } from './work.ts';

/** A row of the table: how much of something there is for each one of something else. */
export interface Row {
  readonly what: string;
  readonly against: string;
  readonly ratio: Ratio;
  /** The most the ratio may be; undefined where it is only told. */
  readonly target?: number | undefined;
}

export interface Setting {
  /** Empty, and removed afterwards. */
  readonly folder: string;
  readonly lines: number;
  readonly rounds: number;
}

/** Measures one part of the action: writes what it needs into the folder and gives rows. */
export type Section = (setting: Setting) => Promise<readonly Row[]>;

const PARSE = 'JSON.parse per line';
/** Below, what a process needs anyway is most of its memory. */
const ENOUGH_LINES_FOR_MEMORY = 50_000;
const WARM_LINES = 4_000;

async function readRequestFiles(setting: Setting): Promise<readonly Row[]> {
  // By itself, as in the action: the engine makes slower code of what runs in several ways in one process.
  const alone = await warmAndRun(setting, requestLines, (file) => [
    parsing(setting.folder, file),
    { name: 'read + lint', run: () => readAndLint(setting.folder, file) },
  ]);
  const lint = ratioOf(alone, 'read + lint', PARSE);
  const times = await warmAndRun(setting, requestLines, (file) => [
    parsing(setting.folder, file),
    { name: 'read', run: () => readAndLint(setting.folder, file, { lint: false }) },
    { name: 'merges', run: () => readAndLint(setting.folder, file, { raw: MERGE }) },
    { name: 'whole', run: () => readWhole(setting.folder, file) },
  ]);
  const whole = ratioOf(times, 'whole', PARSE);
  const writing = { best: whole.best - lint.best, median: whole.median - lint.median };
  return [
    { what: 'read + lint', against: PARSE, ratio: lint, target: 3.2 },
    { what: 'read, stats without lint', against: PARSE, ratio: ratioOf(times, 'read', PARSE) },
    { what: 'read + lint with merged params', against: PARSE, ratio: ratioOf(times, 'merges', PARSE) },
    { what: 'write requests.jsonl, SHA-256', against: PARSE, ratio: writing },
    { what: 'all of readRequests', against: PARSE, ratio: whole },
  ];
}

async function accountForResults(setting: Setting): Promise<readonly Row[]> {
  const times = await warmAndRun(setting, resultLines, (file) => [
    parsing(setting.folder, file),
    { name: 'account', run: () => accountFor(setting.folder, file) },
  ]);
  return [{ what: 'read results, count, price', against: PARSE, ratio: ratioOf(times, 'account', PARSE), target: 2.5 }];
}

async function takeMemory({ folder, lines }: Setting): Promise<readonly Row[]> {
  const file = 'memory.jsonl';
  writeLines(join(folder, file), requestLines(lines));
  const script = fileURLToPath(new URL('peak.ts', import.meta.url));
  const peaks = [1, 2].map(() => Number(execFileSync(process.execPath, [script, folder, file], { encoding: 'utf8' })));
  const bytes = statSync(join(folder, file)).size;
  const ratios = peaks.map((peak) => peak / bytes).sort((a, b) => a - b);
  const [best = Number.NaN, other = best] = ratios;
  const ratio = { best, median: (best + other) / 2 };
  const target = lines >= ENOUGH_LINES_FOR_MEMORY ? 0.6 : undefined;
  return [{ what: 'peak of memory, read + lint', against: 'bytes of the file', ratio, target }];
}

/** How the time for a line grows with it: twice as many keys or blanks should take twice as long. */
async function readStrangeLines({ rounds }: Setting): Promise<readonly Row[]> {
  const kinds = [
    ['keys', 20_000, (count: number) => Array.from({ length: count }, (_, i) => `,"k${i}":1`).join('')],
    ['blanks', 2_000_000, (count: number) => ' \t'.repeat(count / 2)],
  ] as const;
  const rows: Row[] = [];
  for (const [name, count, fill] of kinds) {
    const parse = createRequestParser({ under: new Map(), over: new Map() });
    const [half, whole] = [count, 2 * count].map((many) =>
      Buffer.from(`{"custom_id":"a","params":{"model":"m"}${fill(many)}}`),
    );
    if (half === undefined || whole === undefined) throw new Error('no lines');
    const contestants = [
      { name: 'half', run: () => parse(half) },
      { name: 'whole', run: () => parse(whole) },
    ];
    await runContest(contestants, 2);
    const ratio = ratioOf(await runContest(contestants, 2 * rounds + 1), 'whole', 'half');
    rows.push({ what: `a line of ${2 * count} ${name}`, against: 'one of half as many', ratio, target: 3 });
  }
  return rows;
}

/** The first paint of a page with 2,000 cases against one of a single word. Needs a Chromium; without one the row is left out. */
async function paintPage({ rounds }: Setting): Promise<readonly Row[]> {
  if (!existsSync(process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium')) return [];
  const { pageMs, emptyMs, ratio } = await measureFirstPaint(pageOf(casesOf(2_000)), 2 * rounds + 1);
  if (!(pageMs > 0 && emptyMs > 0)) throw new Error('the browser told no first paint');
  return [{ what: 'first paint, 2,000 cases', against: 'an empty page', ratio: { best: ratio, median: ratio } }];
}

export const SECTIONS: ReadonlyMap<string, Section> = new Map([
  ['requests', readRequestFiles],
  ['results', accountForResults],
  ['memory', takeMemory],
  ['reuse', reuseAnswers],
  ['strange', readStrangeLines],
  ['page', paintPage],
]);

/** First on a small file, so that everything is compiled, then on the one that counts. */
async function warmAndRun(
  { folder, lines, rounds }: Setting,
  make: (count: number) => Iterable<string>,
  contestants: (file: string) => readonly Contestant[],
): ReturnType<typeof runContest> {
  writeLines(join(folder, 'warm.jsonl'), make(WARM_LINES));
  await runContest(contestants('warm.jsonl'), 2);
  writeLines(join(folder, 'lines.jsonl'), make(lines));
  return runContest(contestants('lines.jsonl'), rounds);
}

/** What everything is held against: nothing but `JSON.parse`, of lines that are texts in memory. */
function parsing(folder: string, file: string): Contestant {
  const lines = textsOf(readFileSync(join(folder, file)));
  return {
    name: PARSE,
    run: () => {
      let objects = 0;
      for (const line of lines) if (typeof JSON.parse(line) === 'object') objects += 1;
      return objects;
    },
  };
}

/** Each a text of its own, in the form that V8 gives it, as it is for the action. */
function textsOf(bytes: Buffer): string[] {
  const texts: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start);
    texts.push(bytes.toString('utf8', start, end));
    start = end + 1;
  }
  return texts;
}
