import { createAnswerStore } from './adapters/answer-store.ts';
import { type AccessTokens, createBatchApi } from './adapters/anthropic.ts';
import { createArtifactStore } from './adapters/artifact.ts';
import { createClock } from './adapters/clock.ts';
import { createCommentBoard } from './adapters/comments.ts';
import { createAccessTokens } from './adapters/credentials/access-tokens.ts';
import { fetchIdentityToken } from './adapters/credentials/identity-token.ts';
import { createFiles } from './adapters/files.ts';
import { createOctokit } from './adapters/octokit.ts';
import { createRepository } from './adapters/repository.ts';
import { createRunArtifacts } from './adapters/run-artifacts.ts';
import { createStateStore } from './adapters/state-store.ts';
import { createDispatcher, createFetch } from './adapters/transport.ts';
import { createPauseNotes } from './adapters/wake/pause-notes.ts';
import { createWorkflowRuns } from './adapters/wake/workflow-runs.ts';
import { withoutSecrets } from './adapters/without-secrets.ts';
import type { GitHubContext } from './core/inputs/context.ts';
import type { Inputs } from './core/inputs/inputs.ts';
import type { Secrets } from './core/text/secrets.ts';
import { MAX_CALLS } from './core/wake/round.ts';
import type { Ports, WakerPorts } from './ports/ports.ts';

/** The machine's part of the ports, its folder for temporary files, and the secrets of the run. */
export interface Machine extends Pick<Ports, 'signal' | 'log' | 'runner'> {
  readonly temp: string;
  readonly secrets: Secrets;
}

/** The outside as the pipeline needs it. */
export function createPorts(inputs: Inputs, run: GitHubContext, machine: Machine): Ports {
  const { githubToken: token } = inputs;
  const { signal, log, temp, secrets } = machine;
  const clock = createClock(signal);
  const octokit = createOctokit({ token, apiUrl: run.apiUrl });
  const state = createStateStore({ octokit, run, temp, clock, log });
  const answers = createAnswerStore({ run, log });
  const comments = createCommentBoard({ octokit, clock, owner: run.owner, repo: run.repo });
  const pauseNotes = createPauseNotes({ run, temp });
  const outlets = { comments, state, answers, pauseNotes, files: createFiles(run.workspace), runner: machine.runner };
  return {
    api: createBatchApi(inputs.api, signal, { tokens: signIn(inputs.api, run, secrets) }),
    ...withoutSecrets(outlets, secrets),
    clock,
    signal,
    log,
    artifacts: createArtifactStore({ ...run, token }),
    runArtifacts: createRunArtifacts({ octokit, clock, owner: run.owner, repo: run.repo }),
    repository: createRepository({ octokit, clock, ...run }),
  };
}

/** Undefined where the step has a key, or may not ask for an identity token. */
function signIn(api: Inputs['api'], { hasIdentity }: GitHubContext, secrets: Secrets): AccessTokens | undefined {
  const { signIn } = api;
  if (signIn === undefined || !hasIdentity) return undefined;
  const fetch = createFetch(createDispatcher(new URL(api.baseUrl)));
  return createAccessTokens({ ...api, signIn }, { fetch, fetchIdentityToken, secrets });
}

/** The outside as whoever wakes paused jobs needs it: every call to GitHub counts. */
export function createWakerPorts(inputs: Inputs, run: GitHubContext, machine: Machine): WakerPorts {
  const { owner, repo } = run;
  const octokit = createOctokit({ token: inputs.githubToken, apiUrl: run.apiUrl });
  const ports = createPorts(inputs, run, machine);
  const access = { octokit, clock: ports.clock, owner, repo };
  return {
    ...ports,
    runArtifacts: createRunArtifacts(access),
    workflowRuns: createWorkflowRuns({ ...access, maxCalls: MAX_CALLS }),
  };
}
