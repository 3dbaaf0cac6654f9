import { readFileSync } from 'node:fs';
import { setSecret } from '@actions/core';
import { breakDown } from './core/batches/ending.ts';
import type { RunContext } from './core/inputs/context.ts';
import type { Inputs } from './core/inputs/inputs.ts';
import { INPUT_NAMES } from './core/inputs/names.ts';
import { parseInputs } from './core/inputs/parse.ts';
import { readContext } from './core/inputs/read-context.ts';
import { createBatchApi } from './edges/anthropic.ts';
import { createArtifactStore } from './edges/artifact.ts';
import { createClock } from './edges/clock.ts';
import { createCommentBoard } from './edges/comments.ts';
import { createFiles } from './edges/files.ts';
import { createLog } from './edges/log.ts';
import { createOctokit } from './edges/octokit.ts';
import { createRepository } from './edges/repository.ts';
import { createRunner } from './edges/runner.ts';
import { describeCauses } from './errors.ts';
import type { Outcome } from './outcome.ts';
import { runBatch } from './pipeline.ts';
import type { Log, World } from './ports.ts';
import { annotateProblems } from './steps/annotate.ts';
import { publish } from './steps/publish.ts';
import { type Trail, underway } from './steps/trail.ts';

type Environment = Record<string, string | undefined>;

/** Runs the step on the runner's environment and ends with an exit code, whatever happens. */
export async function main(env: Environment, exit: (exitCode: number) => void): Promise<void> {
  const raw = new Map(INPUT_NAMES.map((name) => [name, env[`INPUT_${name.toUpperCase()}`] ?? '']));
  const apiKey = takeApiKey(env);
  const secrets = [raw.get('anthropic-api-key') ?? '', apiKey ?? '', raw.get('github-token') ?? ''].map((s) =>
    s.trim(),
  );
  for (const secret of secrets) if (secret !== '') setSecret(secret);
  const log = createLog(secrets);
  const fail = (thrown: unknown): number => {
    log.error(`The step broke down: ${describeCauses(thrown)}. If a batch was made, the log above names its id.`);
    return 1;
  };
  // What escapes every promise of ours, such as an error in a library's timer, still ends the step red and in a sentence.
  for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (thrown) => exit(fail(thrown)));
  exit(await attempt(() => start(env, raw, apiKey, log), fail));
}

async function start(
  env: Environment,
  raw: ReadonlyMap<string, string>,
  apiKey: string | undefined,
  log: Log,
): Promise<number> {
  const run = readContext(env, readEvent(env['GITHUB_EVENT_PATH']));
  const places = { temp: env['RUNNER_TEMP'] ?? '', action: run.action, workflow: run.workflow };
  const parsed = parseInputs(raw, { apiKey, workspace: run.workspace, ...places });
  const runner = createRunner(env['GITHUB_STEP_SUMMARY']);
  if (parsed.kind === 'inputs') return runStep(createWorld(parsed.inputs, run, log, runner), parsed.inputs, run);
  runner.setOutput('status', 'rejected');
  annotateProblems(log, parsed.problems);
  return 1;
}

async function runStep(world: World, inputs: Inputs, run: RunContext): Promise<number> {
  const trail: Trail = { startedAtMs: world.clock.now(), batches: [], source: 'none', requestCount: undefined };
  const outcome = await attempt<Outcome>(
    () => runBatch(world, inputs, run, trail),
    (error) => breakDown(underway(trail, world.clock.now()), describeCauses(error)),
  );
  return (await publish(world, inputs, run, trail, outcome)) ? 0 : 1;
}

/** The one place that catches: what nobody foresaw becomes a value. */
async function attempt<T>(work: () => Promise<T>, otherwise: (error: unknown) => T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    return otherwise(error);
  }
}

function createWorld(inputs: Inputs, run: RunContext, log: Log, runner: World['runner']): World {
  const clock = createClock();
  const octokit = createOctokit({ token: inputs.githubToken, apiUrl: run.apiUrl });
  return {
    api: createBatchApi({ ...inputs.api, key: inputs.api.key ?? '' }),
    files: createFiles(run.workspace),
    clock,
    log,
    runner,
    artifacts: createArtifactStore(run.runUrl, run.serverUrl),
    comments: createCommentBoard({ octokit, clock, owner: run.owner, repo: run.repo }),
    repository: createRepository({ octokit, clock, ...run }),
  };
}

/** The key of the environment. All `ANTHROPIC_*` variables are removed, because the SDK would obey them without a word. */
function takeApiKey(env: Environment): string | undefined {
  const key = env['ANTHROPIC_API_KEY'];
  for (const name of Object.keys(env)) if (name.startsWith('ANTHROPIC_')) delete env[name];
  return key;
}

function readEvent(path: string | undefined): unknown {
  try {
    return path === undefined || path === '' ? undefined : JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
