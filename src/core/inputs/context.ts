import { memberOf, textOf } from '../text/json.ts';
import { positiveInteger } from '../text/numbers.ts';
import { readStrangersCode, readUntrusted } from './untrusted-event.ts';

/** Where and for what this step runs. */
export type GitHubContext = Readonly<ReturnType<typeof readContext>>;

/**
 * Reads the runner's `GITHUB_*` variables and the parsed event file. Never throws: missing or malformed values become an empty text, 0 (a
 * run id), 1 (an attempt) or undefined.
 */
export function readContext(env: Readonly<Record<string, string | undefined>>, event: unknown) {
  const read = (name: string): string => env[name] ?? '';
  const name = read('GITHUB_EVENT_NAME');
  const actor = read('GITHUB_ACTOR');
  const repository = read('GITHUB_REPOSITORY');
  const [owner = '', repo = ''] = repository.split('/');
  const serverUrl = withoutSlash(read('GITHUB_SERVER_URL')) || 'https://github.com';
  const runId = positiveInteger(Number(read('GITHUB_RUN_ID'))) ?? 0;
  const runAttempt = positiveInteger(Number(read('GITHUB_RUN_ATTEMPT'))) ?? 1;
  const triggeringRun = readTriggeringRun(event);
  // On a pull request `GITHUB_SHA` is a generated merge commit, or the base.
  const head = textOf(event, 'pull_request', 'head', 'sha') || triggeringRun?.headSha;
  return {
    serverUrl,
    apiUrl: withoutSlash(read('GITHUB_API_URL')) || 'https://api.github.com',
    owner,
    repo,
    event: name,
    /** Commit the run is about: the head of a pull request or of the triggering run, else `GITHUB_SHA`. */
    sha: head || read('GITHUB_SHA'),
    ref: read('GITHUB_REF'),
    /** The run's branch or tag; for a pull request, its head branch: what GitHub calls `head_branch`. */
    branch: read('GITHUB_HEAD_REF') || read('GITHUB_REF').replace(/^refs\/(?:heads|tags)\//, ''),
    actor,
    workflow: read('GITHUB_WORKFLOW'),
    /** Path of the workflow file, such as `.github/workflows/evals.yml`, if it is in this repository. */
    workflowPath: readWorkflowPath(read('GITHUB_WORKFLOW_REF'), repository),
    /** Job id in the workflow file. */
    job: read('GITHUB_JOB'),
    /** The step's id, or the name the runner gave it. */
    action: read('GITHUB_ACTION'),
    /** The step's `uses`, such as `octo/evals@v1`; undefined for an action in the workspace. */
    uses: readUses(read('GITHUB_ACTION_REPOSITORY'), read('GITHUB_ACTION_REF')),
    runId,
    runAttempt,
    /** Counts the runs of this workflow. */
    runNumber: positiveInteger(Number(read('GITHUB_RUN_NUMBER'))) ?? 1,
    runnerName: read('RUNNER_NAME'),
    runner: {
      /** Whether the runner is GitHub's own, which is billed by the minute in private repositories. */
      isHosted: read('RUNNER_ENVIRONMENT') === 'github-hosted',
      os: read('RUNNER_OS'),
      arch: read('RUNNER_ARCH'),
    },
    /** Whether the repository is private or internal; undefined if the event does not say. */
    isPrivate: readIsPrivate(event),
    workspace: read('GITHUB_WORKSPACE'),
    /** Page of this run attempt. */
    runUrl: `${serverUrl}/${owner}/${repo}/actions/runs/${runId}/attempts/${runAttempt}`,
    issue: readIssue(event),
    triggeringRun,
    /** `owner/name` of the repository with the run's commit; empty if it no longer exists. */
    headRepository: readHeadRepository(name, event) ?? repository,
    /** The branch the run's pull request targets; undefined if the event does not say. */
    baseBranch: readBaseBranch(event) || read('GITHUB_BASE_REF') || undefined,
    defaultBranch: textOf(event, 'repository', 'default_branch') || undefined,
    /** Whether the job may request an identity token from GitHub, which requires `id-token: write`. */
    hasIdentity: read('ACTIONS_ID_TOKEN_REQUEST_URL') !== '' && read('ACTIONS_ID_TOKEN_REQUEST_TOKEN') !== '',
    untrusted: readUntrusted({ name, actor, repository }, event),
    /** The pull request's code, for an event that gets secrets whoever opened it; undefined for other events. */
    strangersCode: readStrangersCode({ name, sha: read('GITHUB_SHA'), repository }, event),
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

function readIsPrivate(event: unknown): boolean | undefined {
  const isPrivate = memberOf(event, 'repository', 'private');
  if (typeof isPrivate === 'boolean') return isPrivate;
  const visibility = textOf(event, 'repository', 'visibility');
  if (visibility === 'private' || visibility === 'internal') return true;
  return visibility === 'public' ? false : undefined;
}

/** `o/r/.github/workflows/x.yml@refs/…`; a workflow that an organization requires is in another repository. */
function readWorkflowPath(workflowRef: string, repository: string): string | undefined {
  const prefix = `${repository}/`;
  if (!workflowRef.toLowerCase().startsWith(prefix.toLowerCase())) return undefined;
  return /^(\.github\/workflows\/[^/]+?\.ya?ml)@/.exec(workflowRef.slice(prefix.length))?.[1];
}

function readUses(repository: string, ref: string): string | undefined {
  const uses = `${repository}@${ref}`;
  return /^[\w.-]+\/[\w.-]+@[\w./-]+$/.test(uses) ? uses : undefined;
}

interface Issue {
  readonly number: number;
  readonly kind: 'pull-request' | 'issue';
}

/**
 * The pull request or issue an event belongs to. A merge group belongs to the pull request that its branch is named
 * after, `gh-readonly-queue/<base>/pr-<number>-<sha>`.
 */
function readIssue(event: unknown): Issue | undefined {
  const pullRequest = positiveInteger(memberOf(event, 'pull_request', 'number'));
  if (pullRequest !== undefined) return { number: pullRequest, kind: 'pull-request' };
  const issue = positiveInteger(memberOf(event, 'issue', 'number'));
  if (issue !== undefined) {
    const isPullRequest = (memberOf(event, 'issue', 'pull_request') ?? undefined) !== undefined;
    return { number: issue, kind: isPullRequest ? 'pull-request' : 'issue' };
  }
  const branch = textOf(event, 'merge_group', 'head_ref') ?? '';
  const queued = positiveInteger(Number(/\/pr-(\d+)-[0-9a-f]+$/.exec(branch)?.[1]));
  return queued === undefined ? undefined : { number: queued, kind: 'pull-request' };
}

/** Empty if it no longer exists; undefined if the event is not about another repository. */
function readHeadRepository(name: string, event: unknown): string | undefined {
  const head = name === 'workflow_run' ? memberOf(event, 'workflow_run') : memberOf(event, 'pull_request', 'head');
  if (head === undefined) return undefined;
  return textOf(head, name === 'workflow_run' ? 'head_repository' : 'repo', 'full_name') ?? '';
}

function readBaseBranch(event: unknown): string | undefined {
  const ofPull = textOf(event, 'pull_request', 'base', 'ref');
  const queued = textOf(event, 'merge_group', 'base_ref')?.replace(/^refs\/heads\//, '');
  // A fork's run names no pull requests.
  return ofPull ?? queued ?? textOf(event, 'workflow_run', 'pull_requests', '0', 'base', 'ref');
}

/** For a `workflow_run` event: the run that triggered this one; undefined if its repository no longer exists. */
function readTriggeringRun(event: unknown) {
  const headRepository = textOf(event, 'workflow_run', 'head_repository', 'full_name');
  const headBranch = textOf(event, 'workflow_run', 'head_branch');
  const headSha = textOf(event, 'workflow_run', 'head_sha');
  return headRepository && headBranch && headSha ? { headRepository, headBranch, headSha } : undefined;
}
