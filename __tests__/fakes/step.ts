import { unexpectedFailure } from '../../src/core/endings/ending.ts';
import type { Outcome } from '../../src/core/endings/outcome.ts';
import { type GitHubContext, readContext } from '../../src/core/inputs/context.ts';
import { type Inputs, parseInputs } from '../../src/core/inputs/inputs.ts';
import type { Problem } from '../../src/core/messages/problems.ts';
import { describeCauses } from '../../src/core/text/causes.ts';
import { runBatch } from '../../src/pipeline.ts';
import { publish } from '../../src/steps/publish/publish.ts';
import { untilInterrupted } from '../../src/steps/run/interrupt.ts';
import { createRunState, type RunState, underway } from '../../src/steps/run/run-state.ts';
import type { Fakes } from './ports.ts';

/** Inputs as a workflow would give them, with a key, for the workspace `/w` and results in `/r`. */
export function inputsOf(raw: Readonly<Record<string, string>> = {}, apiKey: string | null = 'sk-test'): Inputs {
  const { inputs, problems } = parsedInputsOf(raw, apiKey);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return inputs;
}

/** The same with what is wrong with them. */
export function parsedInputsOf(
  raw: Readonly<Record<string, string>> = {},
  apiKey: string | null = 'sk-test',
): ReturnType<typeof parseInputs> {
  const all = new Map(
    Object.entries({
      requests: 'evals.jsonl',
      'results-path': '/r',
      name: 'evals-0',
      'artifact-name': 'evals',
      ...raw,
    }),
  );
  const env = {
    apiKey: apiKey ?? undefined,
    workspace: '/w',
    temp: '/t',
    action: 'evals',
    job: 'evals',
    workflow: 'CI',
  };
  return parseInputs(all, env);
}

export const PULL_REQUEST_EVENT = {
  pull_request: { number: 7, head: { sha: 'c0ffee', ref: 'topic', repo: { full_name: 'octo/evals' } } },
};

/** A run on a pull request of the repository itself. */
export function runOf(env: Readonly<Record<string, string>> = {}, event: unknown = PULL_REQUEST_EVENT): GitHubContext {
  return readContext(
    {
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_REPOSITORY: 'octo/evals',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_SHA: 'merge0',
      GITHUB_WORKFLOW: 'CI',
      GITHUB_WORKFLOW_REF: 'octo/evals/.github/workflows/ci.yml@refs/pull/7/merge',
      GITHUB_JOB: 'evals',
      GITHUB_ACTION: '__run',
      GITHUB_RUN_ID: '99',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_WORKSPACE: '/w',
      RUNNER_NAME: 'runner-1',
      ...env,
    },
    event,
  );
}

export interface StepResult {
  readonly outcome: Outcome;
  readonly green: boolean;
  readonly runState: RunState;
}

let runs = 0;

/** The step as `main` runs it, on fakes: the pipeline, whatever it throws, and `publish`. */
export async function runStep(
  fakes: Fakes,
  inputs: Inputs = inputsOf(),
  run: GitHubContext = runOf(),
  wrongInputs: readonly Problem[] = [],
): Promise<StepResult> {
  runs += 1;
  const runState = createRunState(fakes.clock.now(), `run-${runs}`);
  const task = { ports: fakes, inputs, context: run, runState };
  const outcome = await untilInterrupted(task, () => runBatch(task, wrongInputs)).catch((error: unknown) =>
    unexpectedFailure(underway(runState, fakes.clock.now()), describeCauses(error)),
  );
  const green = await publish(task, outcome);
  return { outcome, green, runState };
}
