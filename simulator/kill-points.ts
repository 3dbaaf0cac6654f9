/**
 * Interrupts runs of the bundled action at every write, request and answer, one at a time, runs them again, and checks that
 * each batch exists once and nothing is lost. The points come from an uninterrupted run. Exits 1 if a point fails. Needs
 * no key and no network.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inLanes } from './kill-points/lanes.ts';
import { nameOf, type Point } from './kill-points/points.ts';
import { hasFailed, renderReport, renderSum, type Tried } from './kill-points/report.ts';
import { SCENARIOS, type Scenario } from './kill-points/scenarios.ts';
import { type Known, recordPoints, tryPoint } from './kill-points/trial.ts';

const { values: options } = parseArgs({
  options: {
    /** Names of scenarios; all by default. */
    scenario: { type: 'string', multiple: true },
    /** Only points whose name contains this. */
    point: { type: 'string' },
    /** Only `write` or only `exchange`. */
    kind: { type: 'string' },
    lanes: { type: 'string', default: '3' },
    /** Signals are tried at every n-th request stage, beginning at one that the seed chooses. */
    'signals-every': { type: 'string', default: '6' },
    /** Tries one kill in this many, and all around a create. The seed chooses which. */
    share: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1000)) },
    /** Leaves nothing out: tries every write of every scenario, with a second run after every kill. */
    all: { type: 'boolean', default: false },
  },
});

/** Names of writes that were tried: a lost machine takes its disk with it, so one scenario speaks for all. */
const triedWrites = new Set<string>();

function choose(scenario: Scenario, points: readonly Point[]): readonly Point[] {
  const isWanted = (point: Point) =>
    nameOf(point).includes(options.point ?? '') && point.kind === (options.kind ?? point.kind);
  const named = points.filter(isWanted);
  if (scenario.by === 'kill') {
    const chosen = options.all ? named : named.filter((point) => !triedWrites.has(nameOf(point)));
    for (const point of chosen) if (point.kind === 'write') triedWrites.add(nameOf(point));
    const isItsTurn = turns(options.share);
    return chosen.filter((point, index) => isItsTurn(point, index) || nameOf(point).includes(CREATE));
  }
  return named.filter(({ kind }) => kind === 'exchange').filter(turns(options['signals-every']));
}

/** Points where a batch could be made twice, or get lost. */
const CREATE = 'POST /v1/messages/batches';

/** Takes one in this many, starting at the one that the seed chooses. */
function turns(every: string): (point: Point, index: number) => boolean {
  return (_, index) => index % Number(every) === Number(options.seed) % Number(every);
}

async function tryScenario(scenario: Scenario, compileCache: string): Promise<Tried> {
  const startedAt = performance.now();
  const recording = await recordPoints(scenario, compileCache);
  const points = choose(scenario, recording.points);
  const known: Known | undefined = options.all ? undefined : new Map();
  process.stdout.write(`${scenario.name}: ${points.length} of ${recording.points.length} points `);
  let done = 0;
  const trials = await inLanes(points, Number(options.lanes), async (point) => {
    const trial = await tryPoint(scenario, point, recording, compileCache, known);
    done += 1;
    if (trial.verdict !== 'passed') process.stdout.write(trial.verdict === 'failed' ? '✗' : '?');
    else if (done % 10 === 0) process.stdout.write('.');
    return trial;
  });
  process.stdout.write('\n');
  return { scenario, points: recording.points.length, trials, tookMs: performance.now() - startedAt };
}

const compileCache = mkdtempSync(join(tmpdir(), 'claude-batch-compiled-'));
try {
  const wanted = SCENARIOS.filter(({ name }) => options.scenario?.includes(name) ?? true);
  if (options.share !== '1' || wanted.some(({ by }) => by === 'cancel')) console.log(`seed ${options.seed}`);
  const tried: Tried[] = [];
  for (const scenario of wanted) tried.push(await tryScenario(scenario, compileCache));
  console.log(`\n${renderReport(tried)}\n\n${renderSum(tried)}`);
  if (tried.length === 0 || tried.some(hasFailed)) process.exitCode = 1;
} finally {
  rmSync(compileCache, { recursive: true });
}
// Sockets may outlive killed processes; the result is printed, so wait for nothing.
process.stdout.write('', () => process.exit());
