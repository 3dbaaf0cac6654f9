// Measures whole runs of the bundled action, from outside, against a plain script with the API's client and against the least that
// anything can do with the same bytes, all in turn, and prints ratios. Writes `bench/results.json`. Exits 1 where one is beyond its bound.
//   --rounds 5     how often everything is measured; a figure is the median
//   --small        little data, one round, and bounds that are a third wider; writes nothing
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { figuresOf, isMissed, type Measured, tableOf } from './figures.ts';
import type { Sample } from './measure.ts';
import { FULL, makeScenes, type Scene, SMALL } from './scenes.ts';

const RESULTS = fileURLToPath(new URL('results.json', import.meta.url));
/** A small run is short, and a busy machine disturbs it. */
const SLACK = 4 / 3;

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, small: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds ?? (values.small ? '1' : '5'));
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds is a whole number from 1');
const folder = mkdtempSync(join(tmpdir(), 'claude-batch-bench-'));
try {
  const measured = await measure(folder);
  const figures = figuresOf(measured).filter(({ isAbsolute = false }) => !(isAbsolute && values.small));
  console.log(tableOf(figures));
  const [cpu] = cpus();
  const machine = {
    node: process.version,
    cpu: cpu?.model,
    cores: cpus().length,
    memoryMb: Math.round(totalmem() / 1e6),
  };
  if (!values.small)
    writeFileSync(RESULTS, `${JSON.stringify({ machine, rounds, figures, samples: measured.samples }, null, 1)}\n`);
  if (figures.some((figure) => isMissed(figure, values.small ? SLACK : 1))) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Everything in turn, so that whatever else the machine does falls on all of it; a first turn of the small scenes warms the disk. */
async function measure(at: string): Promise<Measured> {
  const { scenes, bytes, scale } = makeScenes(at, values.small ? SMALL : FULL);
  const names = Object.keys(scenes) as (keyof typeof scenes)[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    keyof typeof scenes,
    Sample[]
  >;
  await scenes.few();
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) {
      const scene: Scene = scenes[name];
      samples[name].push(await scene());
      const { elapsedMs, cpuMs, peakBytes } = samples[name].at(-1) as Sample;
      console.error(
        `${round + 1} ${name.padEnd(8)} ${(elapsedMs / 1e3).toFixed(2)} s, cpu ${(cpuMs / 1e3).toFixed(2)} s, ${(peakBytes / 1e6).toFixed(0)} MB`,
      );
    }
  return { samples, bytes, scale };
}
