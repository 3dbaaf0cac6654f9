// Measures whole runs of the bundled action, from outside, against a plain script with the API's client and against the least that
// anything can do with the same bytes, all in turn, and prints ratios. Writes `bench/results.json`. Exits 1 where one is beyond its bound.
//   --rounds 5     how often everything is measured; a figure is the median
//   --small        little data, and figures and bounds of its own (`small.ts`), for CI; writes nothing
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Figure, figuresOf, isMissed, type Measured, tableOf } from './figures.ts';
import type { Sample } from './measure.ts';
import { FULL, makeScenes, type Scene } from './scenes.ts';
import { measureSmall } from './small.ts';

const RESULTS = fileURLToPath(new URL('results.json', import.meta.url));

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, small: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds ?? '5');
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds is a whole number from 1');
const folder = mkdtempSync(join(tmpdir(), 'claude-batch-bench-'));
try {
  const figures = values.small ? await measureSmall(folder, show) : await measureAll(folder);
  console.log(tableOf(figures));
  if (figures.some(isMissed)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Measures the large form and writes what it found. */
async function measureAll(at: string): Promise<readonly Figure[]> {
  const measured = await measure(at);
  const figures = figuresOf(measured);
  const [cpu] = cpus();
  const machine = {
    node: process.version,
    cpu: cpu?.model,
    cores: cpus().length,
    memoryMb: Math.round(totalmem() / 1e6),
  };
  writeFileSync(RESULTS, `${JSON.stringify({ machine, rounds, figures, samples: measured.samples }, null, 1)}\n`);
  return figures;
}

/** Everything in turn, so that whatever else the machine does falls on all of it; a first turn of the small scenes warms the disk. */
async function measure(at: string): Promise<Measured> {
  const { scenes, bytes, scale } = makeScenes(at, FULL);
  const names = Object.keys(scenes) as (keyof typeof scenes)[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    keyof typeof scenes,
    Sample[]
  >;
  await scenes.few();
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) {
      const scene: Scene = scenes[name];
      const sample = await scene();
      samples[name].push(sample);
      show(`${round + 1} ${name}`, sample);
    }
  return { samples, bytes, scale };
}

function show(what: string, { elapsedMs, cpuMs, mainMs, peakBytes }: Sample): void {
  const [seconds, cpu, main] = [elapsedMs, cpuMs, mainMs].map((ms) => (ms / 1e3).toFixed(2));
  console.error(
    `${what.padEnd(14)} ${seconds} s, cpu ${cpu} s, main thread ${main} s, ${(peakBytes / 1e6).toFixed(0)} MB`,
  );
}
