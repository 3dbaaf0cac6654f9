import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addPull } from '../simulator/github/index.ts';
import { type Simulator, simulatedKey, startSimulator } from '../simulator/index.ts';
import { type Answers, createBatchService } from './service.ts';

/** What a process took, from its start to its end. */
export interface Sample {
  readonly elapsedMs: number;
  /** Of all threads, by the account of the operating system. */
  readonly cpuMs: number;
  /** Of the main thread alone. */
  readonly mainMs: number;
  /** Peak of resident memory in bytes, by the same account. */
  readonly peakBytes: number;
  /** When its first request came, when that which creates the batch was there in full, and when it asked for results, in ms from its start. */
  readonly firstRequestMs: number | undefined;
  readonly uploadedMs: number | undefined;
  readonly collectingMs: number | undefined;
}

const HOOK = new URL('usage.js', import.meta.url).href;
const TIMEOUT_MS = 30 * 60_000;

/** Runs the bundled action as a step of a pull request's job, on a request file, with these inputs besides. */
export async function measureAction(
  { requests, answers }: { readonly requests: string; readonly answers: Answers },
  inputs: Readonly<Record<string, string>> = {},
): Promise<Sample> {
  const simulator = await startSimulator({ handlers: [createBatchService(answers)] });
  addPull(simulator.github, simulator.repository, { number: 7, headBranch: 'topic', headSha: '7'.repeat(40) });
  const watch = watchRequests(simulator);
  const folder = mkdtempSync(join(tmpdir(), 'claude-batch-bench-'));
  const usage = join(folder, 'usage.json');
  try {
    const result = await simulator.run({
      pullRequest: 7,
      timeoutMs: TIMEOUT_MS,
      env: { NODE_OPTIONS: `--import ${HOOK}`, BENCH_USAGE: usage },
      files: { 'evals.jsonl': { copy: requests } },
      onStart: ({ child }) => watch.start(child),
      inputs: { requests: 'evals.jsonl', 'max-error-rate': '100', 'retry-rounds': '0', ...inputs },
    });
    if (result.conclusion !== 'success') throw new Error(result.log.slice(-2_000));
    return watch.end(usage);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await simulator.stop();
  }
}

/** Starts the bundled action as above and kills it at its first request. Returns how long that took to come, in ms from its start. */
export async function measureStart(requests: string): Promise<number> {
  const simulator = await startSimulator();
  addPull(simulator.github, simulator.repository, { number: 7, headBranch: 'topic', headSha: '7'.repeat(40) });
  const watch = watchRequests(simulator);
  let kill: (() => void) | undefined;
  simulator.watchers.push((stage) => {
    if (stage === 'arrived') kill?.();
    return 'go-on';
  });
  try {
    await simulator.run({
      pullRequest: 7,
      files: { 'evals.jsonl': { copy: requests } },
      onStart({ child }) {
        watch.start(child);
        kill = () => child.kill('SIGKILL');
      },
      inputs: { requests: 'evals.jsonl' },
    });
    return watch.first();
  } finally {
    await simulator.stop();
  }
}

/** Runs a script of `rivals/`, with the address and the key of an API as its last two arguments. */
export async function measureScript(name: string, args: readonly string[], answers?: Answers): Promise<Sample> {
  const simulator = await startSimulator({ handlers: answers === undefined ? [] : [createBatchService(answers)] });
  const watch = watchRequests(simulator);
  const folder = mkdtempSync(join(tmpdir(), 'claude-batch-bench-'));
  const usage = join(folder, 'usage.json');
  try {
    const script = fileURLToPath(new URL(`rivals/${name}.js`, import.meta.url));
    const env = { NODE_OPTIONS: `--import ${HOOK}`, BENCH_USAGE: usage };
    const child = spawn(process.execPath, [script, ...args, simulator.origin, simulatedKey], {
      cwd: folder,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    watch.start(child);
    let said = '';
    child.stderr.on('data', (piece: Buffer) => {
      said += piece.toString('utf8');
    });
    await watch.closed;
    if (child.exitCode !== 0) throw new Error(`${name}: ${said.slice(-2_000)}`);
    return watch.end(usage);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await simulator.stop();
  }
}

/** Takes the times of a process, and of what it asks for. */
function watchRequests(simulator: Simulator) {
  const times = { start: 0, end: 0 };
  let [first, uploaded, collecting]: (number | undefined)[] = [];
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  simulator.watchers.push((stage, { method, path }) => {
    const now = performance.now() - times.start;
    if (stage !== 'arrived') return 'go-on';
    first ??= now;
    if (method === 'POST' && path === '/v1/messages/batches') uploaded ??= now;
    if (path.endsWith('/results')) collecting ??= now;
    return 'go-on';
  });
  return {
    closed,
    first: () => first ?? Number.NaN,
    start(child: ChildProcess): void {
      times.start = performance.now();
      child.once('exit', () => {
        times.end = performance.now();
      });
      child.once('close', () => resolve());
    },
    end(usagePath: string): Sample {
      const usage: Pick<Sample, 'cpuMs' | 'mainMs' | 'peakBytes'> = JSON.parse(readFileSync(usagePath, 'utf8'));
      const elapsedMs = times.end - times.start;
      return { elapsedMs, ...usage, firstRequestMs: first, uploadedMs: uploaded, collectingMs: collecting };
    },
  };
}
