import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { addRun } from '../../simulator/github/index.ts';
import type { SimulatedRun, Simulator } from '../../simulator/index.ts';
import { type Artifact, unzip } from '../../simulator/results/index.ts';
import type { RunResult } from '../../simulator/runner.ts';
import { type Measured, printMeasured } from '../../src/core/comparison/measured.ts';
import { readOutput, run } from './harness.ts';

// What tests of graded runs share: runs of main and of a pull request, and what they leave for later ones.

/** Runs the action for a push to main. */
export function onMain(simulator: Simulator, requests: string, given: SimulatedRun = {}): Promise<RunResult> {
  return run(simulator, requests, { pullRequest: undefined, ...given });
}

/** A line of grades.jsonl, as far as tests read it. */
export interface GradesLine {
  readonly custom_id: string;
  readonly pass: boolean | null;
  readonly score: number | null;
  readonly answers: readonly {
    readonly custom_id: string;
    readonly pass: boolean | null;
    readonly asserts: readonly { readonly type: string; readonly pass: boolean | null; readonly reason?: string }[];
  }[];
}

export function gradesOf(result: RunResult): GradesLine[] {
  return readOutput(result, 'grades-file')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Whether each case passes; null is ungraded. */
export function passesOf(result: RunResult): Record<string, boolean | null> {
  return Object.fromEntries(gradesOf(result).map(({ custom_id, pass }) => [custom_id, pass]));
}

/** What the outputs say of the grades. */
export function gradedOutputs(result: RunResult, ...names: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries(names.map((name) => [name, result.outputs.get(name)]));
}

/** The artifacts with grades, oldest first. */
export function gradesArtifacts({ results }: Simulator): Artifact[] {
  return results.artifacts.filter(({ name }) => name.startsWith('claude-batch-grades-'));
}

export function lastGrades(simulator: Simulator): Artifact {
  const artifact = gradesArtifacts(simulator).at(-1);
  if (artifact === undefined) throw new Error('No run has left grades');
  return artifact;
}

/** The grades once more, as if a later run of main had left them. */
export function copyGrades(
  { results, repository }: Simulator,
  { name, blob, createdAtMs }: Artifact,
  runId: number,
): Artifact {
  addRun(repository, { id: runId, headBranch: repository.defaultBranch, headSha: '6'.repeat(40), createdAtMs });
  return results.store({ run: runId, name, bytes: blob.bytes ?? Buffer.alloc(0), createdAtMs });
}

/** Puts other files into an artifact, and GitHub's digest beside them. */
export async function rewriteArtifact(artifact: Artifact, edit: (files: Map<string, Buffer>) => void): Promise<void> {
  const files = unzip(artifact.blob.bytes ?? Buffer.alloc(0));
  edit(files);
  const bytes = await zip(files);
  artifact.blob.bytes = bytes;
  artifact.digest = createHash('sha256').update(bytes).digest('hex');
}

/** Changes what an artifact says it measured, with a digest that is right again: as somebody does who knows the form. */
export function forgeMeasured(artifact: Artifact, change: Partial<Measured>): Promise<void> {
  return rewriteArtifact(artifact, (files) => {
    const { sha256, ...measured } = JSON.parse(String(files.get('measured.json')));
    files.set('measured.json', Buffer.from(printMeasured({ ...measured, ...change })));
  });
}

/** Replaces an artifact by one with other properties, which the service keeps read-only. */
export function replaceArtifact({ results }: Simulator, artifact: Artifact, change: Partial<Artifact>): Artifact {
  const changed = { ...artifact, ...change };
  results.artifacts.splice(results.artifacts.indexOf(artifact), 1, changed);
  return changed;
}

interface Archive {
  pipe(stream: Writable): void;
  append(content: Buffer, entry: { readonly name: string }): void;
  finalize(): Promise<void>;
}

/** The library that the artifact client packs with. */
const archiver: (format: 'zip') => Archive = createRequire(import.meta.url)('archiver');

async function zip(files: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const archive = archiver('zip');
  const pieces: Buffer[] = [];
  const sink = new Writable({
    write(piece: Buffer, _, done) {
      pieces.push(piece);
      done();
    },
  });
  archive.pipe(sink);
  for (const [name, content] of files) archive.append(content, { name });
  await archive.finalize();
  await finished(sink);
  return Buffer.concat(pieces);
}

/** One-sided McNemar mid-p, reckoned in whole numbers. */
export function exactMidP(broken: number, fixed: number): number {
  const n = broken + fixed;
  let [ways, twice] = [1n, 0n];
  for (let heads = 0; heads <= n; heads += 1) {
    if (heads > broken) twice += 2n * ways;
    if (heads === broken) twice += ways;
    ways = (ways * BigInt(n - heads)) / BigInt(heads + 1);
  }
  const digits = 10n ** 30n;
  return Number((twice * digits) / 2n ** BigInt(n + 1)) / 1e30;
}
