import fc from 'fast-check';
import type { History } from './history.ts';
import { checkCalm, findFaults } from './oracle.ts';
import { CALM, type Step, sequences } from './plan.ts';
import { checkCalmReuse, findReuseFaults } from './reuse/oracle.ts';
import { calmStep, type ReuseStep, reuseSequences } from './reuse/plan.ts';
import { type ReuseHistory, startReuseChaos } from './reuse/world.ts';
import { startChaos } from './world.ts';

/** Steps about batches and their records, or about answers that are reused. */
type Sequence =
  | { readonly about: 'batches'; readonly steps: readonly Step[] }
  | { readonly about: 'reuse'; readonly steps: readonly ReuseStep[] };

const count = Number(process.env['CHAOS_RUNS'] ?? (process.env['CHAOS_SEQUENCE'] === undefined ? 25 : 1));
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 0x7fffffff);
const given = process.env['CHAOS_SEQUENCE'];
const about = process.env['CHAOS_ABOUT'];
const kinds = [
  { name: 'batches', weight: 2, arbitrary: sequences.map((steps): Sequence => ({ about: 'batches', steps })) },
  { name: 'reuse', weight: 1, arbitrary: reuseSequences.map((steps): Sequence => ({ about: 'reuse', steps })) },
].filter(({ name }) => name === (about ?? name));
const wanted = given === undefined ? fc.oneof(...kinds) : fc.constant(JSON.parse(given) as Sequence);
const path = process.env['CHAOS_PATH'];
const lanes = path === undefined ? Number(process.env['CHAOS_LANES'] ?? 3) : 1;
const LIMIT_MS = Number(process.env['CHAOS_SECONDS'] ?? 3600) * 1000;
/** Smaller sequences are looked for this long after one has failed. */
const SHRINK_MS = Number(process.env['CHAOS_SHRINK_SECONDS'] ?? 60) * 1000;

let played = 0;
let steps = 0;

/** Plays a sequence and what calms it. Throws what is wrong with it, and its logs. */
async function check(sequence: Sequence): Promise<void> {
  await (sequence.about === 'reuse' ? checkReuse(sequence.steps) : checkBatches(sequence.steps));
}

async function checkReuse(sequence: readonly ReuseStep[]): Promise<void> {
  const world = await startReuseChaos();
  const { history, simulator } = world;
  try {
    for (const step of sequence) await world.play(step);
    const faults: string[] = [];
    for (const scope of ['topic', 'main'] as const) {
      const before = history.runs.length;
      for (let time = 1; time <= 2; time += 1) await world.play(calmStep(scope));
      const [first, second] = history.runs.slice(before);
      if (first !== undefined && second !== undefined) faults.push(...checkCalmReuse(first, second, history));
    }
    faults.push(...findReuseFaults(history, simulator));
    played += 1;
    steps += history.runs.length;
    if (faults.length > 0) throw new Error(`${faults.join('\n')}\n\n${tellReuse(history)}`);
  } finally {
    await simulator.stop();
  }
}

function tellReuse({ runs, batches }: ReuseHistory): string {
  const parts = runs.map(({ step, what, scope, content, runId, attempt, hurt, inputs, result, log }) => {
    const made = batches
      .filter((batch) => batch.step === step)
      .map(({ stored, lines }) => `${stored.id} (${lines.length})`);
    const names = ['status', 'batch-id', 'reused-count', 'cost-usd', 'new-cost-usd'];
    const figures = names.map((name) => `${name}=${result.outputs.get(name) ?? '-'}`);
    const about = `${scope} ${content.join()}, run ${runId} attempt ${attempt}${hurt ? ', hurt' : ''}, ${JSON.stringify(inputs)} caches ${what.caches}`;
    return `--- step ${step}: ${about}: ${result.conclusion} ${figures.join(' ')}; made ${made.join(', ')}\n${log}`;
  });
  return parts.join('\n');
}

async function checkBatches(sequence: readonly Step[]): Promise<void> {
  const world = await startChaos();
  const { history, simulator } = world;
  try {
    for (const step of sequence) await world.play(step);
    const { runs } = history;
    const places = new Map(runs.map(({ scope, content }) => [`${scope} ${content}`, { scope, content }]));
    if (![...places.values()].some(({ scope }) => scope === 'topic'))
      places.set('topic first', { scope: 'topic', content: 'first' });
    const before = runs.length;
    for (const { scope, content } of [...places.values()].reverse()) await world.playContent(CALM, scope, content);
    const faults = [...runs.slice(before).flatMap((ran) => checkCalm(ran, history)), ...findFaults(history, simulator)];
    played += 1;
    steps += runs.length;
    if (faults.length > 0) throw new Error(`${faults.join('\n')}\n\n${tell(history)}`);
  } finally {
    await simulator.stop();
  }
}

function tell({ runs, batches }: History): string {
  const parts = runs.map(({ step, scope, content, runId, attempt, hurt, result, log }) => {
    const made = batches
      .filter((batch) => batch.step === step)
      .map(({ stored, content: of }) => `${stored.id} (${of})`);
    const { outputs, conclusion } = result;
    const figures = ['status', 'batch-id', 'batch-source', 'cost-usd', 'new-cost-usd'].map(
      (name) => `${name}=${outputs.get(name) ?? '-'}`,
    );
    return `--- step ${step}: ${scope} ${content}, run ${runId} attempt ${attempt}${hurt ? ', hurt' : ''}: ${conclusion} ${figures.join(' ')}; made ${made.join(', ')}\n${log}`;
  });
  return parts.join('\n');
}

async function runLane(lane: number): Promise<string | undefined> {
  const numRuns = Math.ceil((count - lane) / lanes);
  if (numRuns < 1) return undefined;
  let failedAt: number | undefined;
  const property = fc.asyncProperty(wanted, async (sequence) => {
    if (failedAt !== undefined && Date.now() - failedAt > SHRINK_MS) fc.pre(false);
    try {
      await check(sequence);
    } catch (error) {
      if (failedAt === undefined)
        console.log(`A sequence failed; smaller ones are looked for. ${JSON.stringify(sequence)}\n${String(error)}`);
      failedAt ??= Date.now();
      throw error;
    }
  });
  const options = { seed: seed + lane, numRuns, ...(path === undefined ? {} : { path }) };
  const details = await fc.check(property, { ...options, maxSkipsPerRun: 10_000, interruptAfterTimeLimit: LIMIT_MS });
  if (!details.failed) return undefined;
  const [sequence] = details.counterexample ?? [];
  return `CHAOS_SEED=${details.seed} CHAOS_PATH=${details.counterexamplePath} after ${details.numRuns} sequences and ${details.numShrinks} smaller ones:\n${JSON.stringify(sequence, null, 1)}\n${String(details.errorInstance)}`;
}

const startedAt = Date.now();
console.log(`${count} random sequences, CHAOS_SEED=${seed}`);
const failures = (await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane)))).filter(
  (one) => one !== undefined,
);
for (const failure of failures) console.log(`\n${failure}`);
const seconds = Math.round((Date.now() - startedAt) / 1000);
console.log(
  `${played} sequences with ${steps} runs of the action in ${seconds} s: ${failures.length === 0 ? 'all is well' : 'there are faults'}`,
);
process.exitCode = failures.length === 0 ? 0 : 1;
