import { fileURLToPath } from 'node:url';
import { type Anthropic, type AnthropicOptions, createAnthropic, simulatedKey } from './anthropic/anthropic.ts';
import {
  addJob,
  addRepository,
  addRun,
  createGitHub,
  type Job as GitHubJob,
  type GitHubState,
  type Pull,
  type Repository,
  serverUrl,
} from './github/index.ts';
import { createIdentity, type Identity } from './identity.ts';
import { cacheScopes, createResults, makeRuntimeToken, type ResultsState } from './results/index.ts';
import { pullRequestEvent, pushEvent } from './runner/events.ts';
import { completeJob, type Job } from './runner/job.ts';
import { readMetadata } from './runner/metadata.ts';
import { type RunOptions, type RunResult, runAction } from './runner.ts';
import { type Server, startServer } from './server.ts';
import type { Fault, Handler } from './wire.ts';

export { simulatedKey } from './anthropic/anthropic.ts';

/** The workflow's own token, unless a run gets another, and the read-only one of a fork's pull request. */
export const simulatedToken = 'ghs_simulated_token';
export const readOnlyToken = 'ghs_simulated_read_only_token';
/** That of a job with `permissions: actions: write`. */
export const actionsToken = 'ghs_simulated_actions_token';

/** Whether anybody can trigger the event of a run for the default branch: such a run reads that branch's caches and writes none. */
function isCacheReadOnly({ eventName, payload, repository }: Job): boolean {
  const { workflow_run: before } = payload as { workflow_run?: { head_repository?: { full_name: string } | null } };
  if (eventName === 'workflow_run') return before?.head_repository?.full_name !== repository;
  return ['issue_comment', 'pull_request_target'].includes(eventName);
}

export interface SimulatorOptions {
  readonly anthropic?: AnthropicOptions;
  readonly faults?: readonly Fault[];
  /** Asked before all others, such as a replay that replaces the Anthropic API. */
  readonly handlers?: readonly Handler[];
  /** Full name; default `octo-org/evals`. It is there from the start. */
  readonly repository?: string;
  /** Whether that is private; by default it is. */
  readonly isPrivate?: boolean;
  readonly maxCommentCharacters?: number;
  /** Milliseconds since the epoch for all services, such as a fast clock's; default the real clock. */
  readonly now?: () => number;
  /** How delayed answers wait; default real time. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** The address that runs use, if something in front of it takes their requests. */
  readonly publicOrigin?: string;
}

export interface SimulatedRun extends RunOptions {
  /** Runs for a `pull_request` event of this number, which the simulated GitHub must know. One from a fork has no key and a read-only token. */
  readonly pullRequest?: number | undefined;
  /** `permissions: id-token: write`. */
  readonly idToken?: boolean;
  /** The environment of the job, which its identity names. */
  readonly environment?: string;
  /** The name of the job on GitHub's pages, by default its ID: jobs of a matrix have names of their own. */
  readonly jobName?: string;
  /** Whether the run may save to the cache; by default as its event has it. */
  readonly cache?: 'read' | 'write';
  /** The simulated GitHub's job that the step belongs to; by default one of its own, which lasts as long as the step. */
  readonly place?: GitHubJob;
}

export interface Simulator {
  readonly origin: string;
  /** Of this machine, where it listens. */
  readonly port: number;
  readonly anthropic: Anthropic['state'];
  readonly github: GitHubState;
  readonly repository: Repository;
  readonly results: ResultsState;
  readonly identity: Identity;
  readonly exchanges: Server['exchanges'];
  readonly faults: Server['faults'];
  readonly watchers: Server['watchers'];
  /**
   * What handlers threw, and requests that the Anthropic API's description does not allow; `github.errors` holds what GitHub's
   * does not allow. Tests expect none of either.
   */
  readonly errors: readonly unknown[];
  /** Whether a request is in progress that nothing holds up on purpose. */
  readonly isBusy: Server['isBusy'];
  /** Runs the action as a job of the repository, with the addresses, tokens and key of this simulator. */
  run(options?: SimulatedRun): Promise<RunResult>;
  /** Stops the server and removes the folders of all runs. */
  stop(): Promise<void>;
}

/** Starts an Anthropic API, GitHub, its results and identity services on one port of 127.0.0.1, and a runner beside them. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const fullName = options.repository ?? 'octo-org/evals';
  const { maxCommentCharacters } = options;
  const time = options.now === undefined ? {} : { now: options.now };
  const results = createResults(time);
  const github = createGitHub({
    ...time,
    results: results.state,
    ...(maxCommentCharacters === undefined ? {} : { maxCommentCharacters }),
  });
  const repository = addRepository(github.state, fullName, { isPrivate: options.isPrivate ?? true });
  const login = 'github-actions[bot]';
  const reading = { actions: 'read', contents: 'read', issues: 'read', 'pull-requests': 'read' } as const;
  github.state.tokens.set(readOnlyToken, { login, permissions: reading });
  github.state.tokens.set(simulatedToken, {
    login,
    permissions: { ...reading, issues: 'write', 'pull-requests': 'write' },
  });
  github.state.tokens.set(actionsToken, { login, permissions: { actions: 'write', contents: 'read' } });
  const identity = createIdentity({ ...time, repository: fullName });
  const anthropic = createAnthropic({ ...time, takeIdentity: (jti) => takeOnce(identity, jti), ...options.anthropic });
  const server = await startServer({
    handlers: [...(options.handlers ?? []), anthropic.handler, github.handler, results.handler, identity.handler],
    ...(options.faults === undefined ? {} : { faults: options.faults }),
    ...(options.sleep === undefined ? {} : { sleep: options.sleep }),
    ...(options.publicOrigin === undefined ? {} : { publicOrigin: options.publicOrigin }),
  });
  const { origin } = server;
  const finished: RunResult[] = [];

  async function run({
    pullRequest,
    idToken = false,
    environment,
    cache,
    place: shared,
    jobName,
    ...given
  }: SimulatedRun = {}): Promise<RunResult> {
    const job = completeJob(describeJob(given.job ?? {}, pullRequest));
    const pull = pullRequest === undefined ? undefined : repository.conversations.get(pullRequest)?.pull;
    const place = shared ?? addPlace(job, pull, jobName ?? job.job);
    const fork = pull !== undefined && pull.headRepository !== fullName;
    const readable = [job.baseRef, repository.defaultBranch].flatMap(branchRef);
    const mode = cache ?? (isCacheReadOnly(job) ? 'read' : 'write');
    const runtimeToken = makeRuntimeToken(job.runId, place.id, cacheScopes(job.ref, readable, mode));
    // Runs for forks get no identity token, whatever their workflow file says.
    const signIn = idToken && !fork ? identity.environment(origin, contextOf(job, environment)) : undefined;
    const isKeyless = given.inputs?.['anthropic-federation-rule-id'] !== undefined;
    const known = readMetadata(given.action ?? fileURLToPath(new URL('..', import.meta.url))).inputs;
    const inputs = { 'anthropic-api-key': fork || isKeyless ? '' : simulatedKey, 'anthropic-base-url': origin };
    const result = await runAction({
      githubToken: fork ? readOnlyToken : simulatedToken,
      ...given,
      job,
      inputs: { ...Object.fromEntries(Object.entries(inputs).filter(([name]) => known.has(name))), ...given.inputs },
      env: {
        ACTIONS_CACHE_SERVICE_V2: 'True',
        ACTIONS_RESULTS_URL: `${origin}/`,
        ACTIONS_RUNTIME_TOKEN: runtimeToken,
        ...signIn,
        ...given.env,
      },
      secrets: [
        simulatedKey,
        runtimeToken,
        ...(signIn ? [signIn.ACTIONS_ID_TOKEN_REQUEST_TOKEN] : []),
        ...(given.secrets ?? []),
      ],
    });
    if (shared === undefined) {
      place.status = 'completed';
      place.conclusion = result.conclusion;
      place.completedAtMs = github.state.now();
    }
    finished.push(result);
    return result;
  }

  function describeJob(job: Partial<Job>, pullRequest: number | undefined): Partial<Job> {
    const lastRun = Math.max(16_000_000_000, ...repository.runs.keys());
    const payload = pullRequest === undefined ? undefined : pullRequestEvent(repository, pullRequest);
    const { ref, sha } = completeJob(job);
    return {
      repository: fullName,
      repositoryId: repository.id,
      runId: lastRun + 1,
      serverUrl: serverUrl(origin),
      apiUrl: `${origin}/api/v3`,
      graphqlUrl: `${origin}/api/graphql`,
      payload: payload ?? pushEvent(repository, ref, sha),
      ...job,
    };
  }

  /** The simulated GitHub's job, in progress on its runner while the step lasts: one that a re-run has queued, or a new one. */
  function addPlace(job: Job, pull: Pull | undefined, name: string) {
    const headBranch = job.headRef === '' ? job.ref.replace('refs/heads/', '') : job.headRef;
    const { headSha = job.sha, headRepository = fullName } = pull ?? {};
    const about = { headSha, headRepository, workflowName: job.workflow, createdAtMs: github.state.now() };
    const head = { id: job.runId, headBranch, ...about };
    const found = repository.runs.get(job.runId) ?? addRun(repository, head);
    const started = { startedAtMs: github.state.now(), runnerName: job.runnerName };
    const queued = found.jobs.find(
      (one) => one.name === name && one.attempt === job.runAttempt && one.status === 'queued',
    );
    return queued === undefined
      ? addJob(github.state, found, { name, attempt: job.runAttempt, ...started })
      : Object.assign(queued, started, { status: 'in_progress' as const });
  }

  return {
    origin,
    port: server.port,
    anthropic: anthropic.state,
    github: github.state,
    repository,
    results: results.state,
    identity,
    exchanges: server.exchanges,
    faults: server.faults,
    watchers: server.watchers,
    get errors() {
      return [...server.errors, ...anthropic.state.errors];
    },
    isBusy: server.isBusy,
    run,
    async stop() {
      for (const one of finished) one.dispose();
      await server.stop();
    },
  };
}

/** How the subject of the job's identity ends. */
function contextOf({ eventName, ref }: Job, environment: string | undefined): string {
  if (environment !== undefined) return `environment:${environment}`;
  return eventName === 'pull_request' ? 'pull_request' : `ref:${ref}`;
}

function branchRef(branch: string): string[] {
  return branch === '' ? [] : [`refs/heads/${branch}`];
}

function takeOnce({ issued }: Identity, jti: string): boolean {
  const token = issued.get(jti);
  if (token === undefined || token.used) return false;
  token.used = true;
  return true;
}
