import type { RunContext } from './context.ts';

/** An event file as parsed: JSON of unknown shape. */
export type Payload = unknown;

/** What stands at a path of members; undefined where the path leads nowhere. */
export function member(payload: Payload, ...path: readonly string[]): unknown {
  let at = payload;
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  return at;
}

/** A text that is not empty. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A whole number above 0 that a double holds exactly. */
export function positiveInteger(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/**
 * The pull request or issue an event belongs to. A merge group belongs to the pull request that its branch is named
 * after, `gh-readonly-queue/<base>/pr-<number>-<sha>`.
 */
export function readIssue(event: Payload): RunContext['issue'] {
  const pullRequest = positiveInteger(member(event, 'pull_request', 'number'));
  if (pullRequest !== undefined) return { number: pullRequest, kind: 'pull-request' };
  const issue = positiveInteger(member(event, 'issue', 'number'));
  if (issue !== undefined) {
    const isPullRequest = (member(event, 'issue', 'pull_request') ?? undefined) !== undefined;
    return { number: issue, kind: isPullRequest ? 'pull-request' : 'issue' };
  }
  const branch = text(member(event, 'merge_group', 'head_ref')) ?? '';
  const queued = positiveInteger(Number(/\/pr-(\d+)-[0-9a-f]+$/.exec(branch)?.[1]));
  return queued === undefined ? undefined : { number: queued, kind: 'pull-request' };
}

/** Of a `workflow_run` event: the run that triggered this one; undefined where its repository is gone. */
export function readTriggeringRun(event: Payload): RunContext['triggeringRun'] {
  const headRepository = text(member(event, 'workflow_run', 'head_repository', 'full_name'));
  const headBranch = text(member(event, 'workflow_run', 'head_branch'));
  const headSha = text(member(event, 'workflow_run', 'head_sha'));
  if (headRepository === undefined || headBranch === undefined || headSha === undefined) return undefined;
  return { headRepository, headBranch, headSha };
}

/** Events that run on a fork's pull request without secrets; `pull_request_target` has them. */
const PULL_REQUEST_EVENTS = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];

/** Events that Dependabot starts with its own secrets only. */
const DEPENDABOT_EVENTS = [...PULL_REQUEST_EVENTS, 'push', 'create', 'deployment', 'deployment_status'];

/**
 * Why an event comes without secrets. A head repository that is null belonged to a fork that was deleted. A re-run keeps
 * the actor of the first run, and so do its secrets.
 *
 * https://docs.github.com/en/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions
 */
export function readUntrusted(
  run: { readonly name: string; readonly actor: string; readonly repository: string },
  event: Payload,
): RunContext['untrusted'] {
  if (PULL_REQUEST_EVENTS.includes(run.name)) {
    const head = member(event, 'pull_request', 'head', 'repo');
    const headRepository = text(member(head, 'full_name'));
    if (head === null) return 'fork';
    if (headRepository !== undefined && headRepository.toLowerCase() !== run.repository.toLowerCase()) return 'fork';
  }
  return run.actor === 'dependabot[bot]' && DEPENDABOT_EVENTS.includes(run.name) ? 'dependabot' : undefined;
}
