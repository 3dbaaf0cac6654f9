import { createAnswerStore } from './adapters/answer-store.ts';
import { createArtifactStore, openArtifactClient } from './adapters/artifact.ts';
import { createDispatcher } from './adapters/clients/dispatcher.ts';
import type { Octokit } from './adapters/clients/octokit.ts';
import { createClock } from './adapters/clock.ts';
import { createCommentBoard } from './adapters/comments.ts';
import { createFiles } from './adapters/files.ts';
import type { GitHubAccess } from './adapters/github-calls.ts';
import { createRepository } from './adapters/repository.ts';
import { createRunArtifacts } from './adapters/run-artifacts.ts';
import { createStateStore } from './adapters/state-store.ts';
import { createPauseNotes } from './adapters/wake/pause-notes.ts';
import { createWorkflowRuns } from './adapters/wake/workflow-runs.ts';
import { withoutSecrets } from './adapters/without-secrets.ts';
import type { GitHubContext } from './core/inputs/context.ts';
import { maySignIn } from './core/inputs/credential.ts';
import type { Inputs } from './core/inputs/inputs.ts';
import type { Secrets } from './core/text/secrets.ts';
import { MAX_CALLS } from './core/wake/round.ts';
import type { BatchApi } from './ports/api.ts';
import type { CommentBoard, Repository, RunArtifacts } from './ports/github.ts';
import type { Clock } from './ports/machine.ts';
import { createPart, onDemand } from './ports/part.ts';
import type { Ports, WakerPorts } from './ports/ports.ts';

/** The machine's part of the ports, its folder for temporary files, and the secrets of the run. */
export interface Machine extends Pick<Ports, 'signal' | 'log' | 'runner'> {
  readonly temp: string;
  readonly secrets: Secrets;
}

/** The outside as the pipeline needs it. Parts that take long to load are loaded on their first call. */
export function createPorts(inputs: Inputs, run: GitHubContext, machine: Machine): Ports {
  const { githubToken: token } = inputs;
  const { signal, log, temp, secrets } = machine;
  const octokit = createPart(() => openOctokit(inputs, run));
  const clock = withIdleWork(createClock(signal), () => loadRest(octokit));
  const ofGitHub = <Port>(create: (access: GitHubAccess & GitHubContext) => Port) =>
    createPart(async () => create({ octokit: await octokit(), clock, ...run }));
  const state = createStateStore({ octokit, run, temp, clock, log });
  const answers = createAnswerStore({ run, log });
  const comments = onDemand<CommentBoard>(COMMENT_CALLS, ofGitHub(createCommentBoard));
  const pauseNotes = createPauseNotes({ run, temp });
  const outlets = { comments, state, answers, pauseNotes, files: createFiles(run.workspace), runner: machine.runner };
  const api = createPart(() => openBatchApi(inputs.api, run, machine));
  return {
    api: onDemand<BatchApi>(API_CALLS, api),
    ...withoutSecrets(outlets, secrets),
    clock,
    signal,
    log,
    artifacts: createArtifactStore({ ...run, token }),
    runArtifacts: onDemand<RunArtifacts>(ARTIFACT_CALLS, ofGitHub(createRunArtifacts)),
    repository: onDemand<Repository>(REPOSITORY_CALLS, ofGitHub(createRepository)),
  };
}

const API_CALLS = {
  create: true,
  retrieve: true,
  results: true,
  list: true,
  cancel: true,
  remove: true,
  model: true,
  countTokens: true,
} as const;
const COMMENT_CALLS = { find: true, create: true, update: true, remove: true } as const;
const ARTIFACT_CALLS = { named: true, ofRun: true, read: true, download: true } as const;
const REPOSITORY_CALLS = {
  pullRequestsOfCommit: true,
  pullRequestsOfBranch: true,
  pullRequest: true,
  runCreatedAt: true,
  jobStartedAt: true,
  jobId: true,
} as const;

async function openOctokit({ githubToken: token }: Inputs, { apiUrl }: GitHubContext): Promise<Octokit> {
  const { createOctokit } = await import('./adapters/clients/octokit.ts');
  return createOctokit({ token, apiUrl });
}

/** Signs in if the step has no key and is allowed to. */
async function openBatchApi(
  { signIn, ...api }: Inputs['api'],
  context: GitHubContext,
  { signal, secrets }: Machine,
): Promise<BatchApi> {
  const { createBatchApi } = await import('./adapters/anthropic.ts');
  if (signIn === undefined || !maySignIn(context)) return createBatchApi(api, signal);
  const [{ createAccessTokens }, { fetchIdentityToken }, { createFetch }] = await Promise.all([
    import('./adapters/credentials/access-tokens.ts'),
    import('./adapters/credentials/identity-token.ts'),
    import('./adapters/transport.ts'),
  ]);
  const fetch = createFetch(createDispatcher(new URL(api.baseUrl)));
  const tokens = createAccessTokens({ ...api, signIn }, { fetch, fetchIdentityToken, secrets });
  return createBatchApi(api, signal, { tokens });
}

/** Loads what the end of a run needs: when the runner stops the step, there are only seconds left, and perhaps no disk. */
async function loadRest(octokit: () => Promise<unknown>): Promise<void> {
  await Promise.allSettled([octokit(), openArtifactClient(), import('./steps/publish/write-page.ts')]);
}

/** A clock whose first sleep is used for this work. */
function withIdleWork(clock: Clock, work: () => Promise<void>): Clock {
  let isDone = false;
  return {
    ...clock,
    async sleep(ms) {
      // The sleep starts first, because the work begins with parsing, which may use up part of the pause.
      const slept = clock.sleep(ms);
      if (!isDone) void work();
      isDone = true;
      await slept;
    },
  };
}

/** The outside as a step that wakes paused jobs needs it: every call to GitHub counts. */
export async function createWakerPorts(inputs: Inputs, run: GitHubContext, machine: Machine): Promise<WakerPorts> {
  const { owner, repo } = run;
  const octokit = await createPart(() => openOctokit(inputs, run))();
  const ports = createPorts(inputs, run, machine);
  const access = { octokit, clock: ports.clock, owner, repo };
  return {
    ...ports,
    runArtifacts: createRunArtifacts(access),
    workflowRuns: createWorkflowRuns({ ...access, maxCalls: MAX_CALLS }),
  };
}
