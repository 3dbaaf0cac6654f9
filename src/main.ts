import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setSecret } from '@actions/core';
import { createLog, dropStderr } from './adapters/log.ts';
import { createRunner } from './adapters/runner.ts';
import { createStop, type Stop } from './adapters/stop.ts';
import { unexpectedFailure } from './core/endings/ending.ts';
import type { Outcome } from './core/endings/outcome.ts';
import { type GitHubContext, readContext } from './core/inputs/context.ts';
import { missingCredential } from './core/inputs/credential.ts';
import { parseInputs } from './core/inputs/inputs.ts';
import { readInputs } from './core/inputs/raw.ts';
import { isOfCredentials } from './core/inputs/sign-in.ts';
import { idleWhileWaking, isToWake } from './core/inputs/waking-inputs.ts';
import type { Problem } from './core/messages/problems.ts';
import { describeCauses } from './core/text/causes.ts';
import { createSecrets, type Secrets } from './core/text/secrets.ts';
import { createPorts, createWakerPorts, type Machine } from './create-ports.ts';
import { afterReading, runBatch } from './pipeline.ts';
import type { Log } from './ports/machine.ts';
import { interrupt, untilInterrupted } from './steps/run/interrupt.ts';
import { type LeftStates, leftBy } from './steps/run/load-record.ts';
import type { Run } from './steps/run/run.ts';
import { createRunState, underway } from './steps/run/run-state.ts';
import { folderOf } from './steps/run/step-folder.ts';

type Environment = Record<string, string | undefined>;

/** Runs the main or the post step in the runner's environment and always ends with an exit code. */
export async function main(step: 'main' | 'post', env: Environment, exit: (exitCode: number) => void): Promise<void> {
  // Deprecations in a client's code do not concern the reader of the log.
  process.noDeprecation = true;
  dropStderr();
  const raw = readInputs(env);
  const apiKey = takeApiKey(env);
  const given = [raw.get('anthropic-api-key'), apiKey, raw.get('github-token')].map((text) => text?.trim() ?? '');
  for (const secret of given) if (secret !== '') setSecret(secret);
  const secrets = createSecrets([...given, env['ACTIONS_RUNTIME_TOKEN'], env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']]);
  const log = createLog(secrets);
  const started: Started = { run: undefined };
  const fail = (thrown: unknown): Promise<number> => breakOff(log, started.run, describeCauses(thrown));
  // An error that no code of ours catches, such as one in a library's timer, still fails the step with a sentence.
  let isBroken = false;
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.on(event, (thrown) => {
      if (isBroken) return;
      isBroken = true;
      if (started.run !== undefined) started.run.runState.isBroken = true;
      fail(thrown).then(exit);
    });
  }
  exit(await attempt(() => start(step, env, { raw, apiKey, secrets, log, started }), fail));
}

/** What is known about the run when something breaks. */
interface Started {
  run: Run | undefined;
}

interface Preparation {
  /** The inputs under their names in `action.yml`, as the runner gives them. */
  readonly raw: ReadonlyMap<string, string>;
  readonly apiKey: string | undefined;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly started: Started;
}

async function start(
  step: 'main' | 'post',
  env: Environment,
  { raw, apiKey, secrets, log, started }: Preparation,
): Promise<number> {
  const github = readContext(env, readEvent(env['GITHUB_EVENT_PATH']));
  const temp = env['RUNNER_TEMP'] ?? '';
  const workflow = github.workflowPath ?? github.workflow;
  const places = { temp, action: github.action, job: github.job, workflow };
  const parsed = parseInputs(raw, { apiKey, workspace: github.workspace, ...places });
  const stop = createStop();
  const runner = createRunner(env['GITHUB_STEP_SUMMARY']);
  const machine = { signal: stop.signal, log, runner, temp, secrets };
  if (isToWake(raw)) return step === 'post' ? 0 : runWaker(parsed, github, { machine, raw });
  const ports = createPorts(parsed.inputs, github, machine);
  const runState = createRunState(ports.clock.now(), env['STATE_nonce'] ?? randomUUID());
  const run: Run = { ports, inputs: parsed.inputs, context: github, runState };
  started.run = run;
  if (step === 'post')
    return runPost(
      run,
      leftBy((name) => env[`STATE_${name}`]),
    );
  return runMain(run, stop, parsed.problems);
}

/** Wakes paused jobs instead of running the pipeline. */
async function runWaker(
  { inputs, problems }: ReturnType<typeof parseInputs>,
  context: GitHubContext,
  { machine, raw }: { readonly machine: Machine; readonly raw: ReadonlyMap<string, string> },
): Promise<number> {
  const missing = problems.some(isOfCredentials) ? undefined : missingCredential({ inputs, context });
  const wrong = missing === undefined ? problems : [...problems, missing];
  for (const problem of wrong) machine.log.error({ code: 'problem-found', problem, lines: 1, files: 1 });
  if (wrong.length > 0) return 1;
  const idle = idleWhileWaking(raw);
  if (idle.length > 0) machine.log.notice({ code: 'waking-inputs-idle', inputs: idle });
  if (context.event === 'pull_request') machine.log.warning({ code: 'waking-pull-request' });
  const folder = join(machine.temp, `claude-batch-wake-${randomUUID()}`);
  const { wake } = await afterReading();
  return (await wake({ ports: await createWakerPorts(inputs, context, machine), context, folder })) ? 0 : 1;
}

/** Runs the pipeline, interrupts it when the runner wants the step to end, and reports the outcome. */
async function runMain(run: Run, stop: Stop, wrongInputs: readonly Problem[]): Promise<number> {
  const { runner } = run.ports;
  const outcome = await orBreakDown(run, () =>
    Promise.race([untilInterrupted(run, () => runBatch(run, wrongInputs)), stop.patience.then(() => interrupt(run))]),
  );
  const isGreen = await Promise.race([publish(run, outcome), stop.limit]);
  if (isGreen !== undefined)
    await attempt(
      async () => runner.saveState('ended', 'true'),
      () => undefined,
    );
  return isGreen === true ? 0 : 1;
}

async function publish(run: Run, outcome: Outcome): Promise<boolean> {
  const steps = await afterReading();
  return steps.publish(run, outcome);
}

/** Finishes what a killed main step left undone. The job already has its conclusion, so this never fails it. */
async function runPost(run: Run, left: LeftStates): Promise<number> {
  const outcome = await orBreakDown(run, () =>
    untilInterrupted(run, async () => (await afterReading()).postRun(run, left)),
  );
  if (outcome !== undefined) await publish(run, outcome);
  else await run.ports.files.remove(folderOf(run));
  return 0;
}

/** Never resolves once an error went uncaught: that error is being reported, and later errors are only its consequences. */
async function orBreakDown<T>(run: Run, work: () => Promise<T>): Promise<T | Outcome> {
  const { ports, runState } = run;
  const outcome = await attempt<T | Outcome>(work, (error) =>
    unexpectedFailure(underway(runState, ports.clock.now()), describeCauses(error)),
  );
  return runState.isBroken ? new Promise(() => undefined) : outcome;
}

/** Ends a step that broke unexpectedly, and reports what the run state knows wherever that is still possible. */
async function breakOff(log: Log, run: Run | undefined, reason: string): Promise<number> {
  if (run === undefined) {
    log.error({ code: 'step-broken', reason });
    return 1;
  }
  const outcome = unexpectedFailure(underway(run.runState, run.ports.clock.now()), reason);
  return attempt(
    async () => ((await publish(run, outcome)) ? 0 : 1),
    () => {
      log.error({ code: 'step-failed', failures: outcome.failures, next: undefined });
      return 1;
    },
  );
}

/** The only general catch: turns an unexpected error into a value. */
async function attempt<T>(work: () => Promise<T>, otherwise: (error: unknown) => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    return otherwise(error);
  }
}

/** The key from the environment. Removes all `ANTHROPIC_*` variables, because the SDK would silently obey them. */
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
