import { isJsonObject, memberOf, textOf } from '../text/json.ts';
import { positiveInteger } from '../text/numbers.ts';

const DEPENDABOT = 'dependabot[bot]';

/** Events that run on a fork's pull request without secrets; `pull_request_target` has them. */
const PULL_REQUEST_EVENTS = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];

/** Events that Dependabot starts with its own secrets only. */
const DEPENDABOT_EVENTS = [...PULL_REQUEST_EVENTS, 'push', 'create', 'deployment', 'deployment_status'];

/**
 * Why an event comes without secrets. A re-run keeps the actor of the first run, and so do its secrets.
 *
 * https://docs.github.com/en/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions
 */
export function readUntrusted(
  run: { readonly name: string; readonly actor: string; readonly repository: string },
  event: unknown,
): 'fork' | 'dependabot' | undefined {
  const pull = memberOf(event, 'pull_request');
  const isOfFork = isSame(memberOf(pull, 'head', 'repo'), memberOf(pull, 'base', 'repo'), run.repository) === false;
  if (PULL_REQUEST_EVENTS.includes(run.name) && isOfFork) return 'fork';
  if (run.actor !== DEPENDABOT) return undefined;
  // The only event of its own pull requests that gets no secrets at all.
  const isOwn = run.name === 'pull_request_target' && textOf(event, 'pull_request', 'user', 'login') === DEPENDABOT;
  return isOwn || DEPENDABOT_EVENTS.includes(run.name) ? 'dependabot' : undefined;
}

/** Whether a commit comes from the repository itself; undefined if nothing says. A `head` that is null belonged to a fork that was deleted. */
function isSame(head: unknown, base: unknown, repository: string): boolean | undefined {
  if (head === null) return false;
  const ids = [memberOf(head, 'id'), memberOf(base, 'id')];
  // A repository that was renamed since has another name than a re-run of an old event says, and the same ID.
  if (ids.every((id) => typeof id === 'number')) return ids[0] === ids[1];
  const name = textOf(head, 'full_name') ?? '';
  return name === '' ? undefined : name.toLowerCase() === repository.toLowerCase();
}

/** What a pull request brings to an event that has secrets although anybody may have opened it. */
export interface StrangersCode {
  /** Undefined if the event does not say, as `workflow_run` does not of a fork's. */
  readonly pullRequest: number | undefined;
  /** Its newest commit and its merge with the base, as far as the event has them and the workflow is not of them itself. */
  readonly commits: readonly string[];
}

/**
 * Undefined for an event of no pull request, for one that gets a stranger's code without secrets, and for code that is no stranger's: of a
 * branch of the repository, where whoever opened the pull request may push, or merged. `sha`: of the workflow itself.
 */
export function readStrangersCode(
  { name, sha, repository }: { readonly name: string; readonly sha: string; readonly repository: string },
  event: unknown,
): StrangersCode | undefined {
  const codeOf = (number: unknown, ...commits: readonly (string | undefined)[]): StrangersCode => {
    const isOfPull = (one: string | undefined): one is string => one !== undefined && one !== '' && one !== sha;
    return { pullRequest: positiveInteger(number), commits: commits.filter(isOfPull) };
  };
  const pull = memberOf(event, 'pull_request');
  const run = memberOf(event, 'workflow_run');
  const issue = memberOf(event, 'issue');
  switch (name) {
    case 'pull_request_target':
      if (memberOf(pull, 'merged') === true) return undefined;
      if (isSame(memberOf(pull, 'head', 'repo'), memberOf(pull, 'base', 'repo'), repository)) return undefined;
      return codeOf(memberOf(pull, 'number'), textOf(pull, 'head', 'sha'), textOf(pull, 'merge_commit_sha'));
    case 'workflow_run':
      if (![...PULL_REQUEST_EVENTS, 'pull_request_target'].includes(textOf(run, 'event') ?? '')) return undefined;
      if (isSame(memberOf(run, 'head_repository'), memberOf(run, 'repository'), repository)) return undefined;
      return codeOf(memberOf(run, 'pull_requests', '0', 'number'), textOf(run, 'head_sha'));
    case 'issue_comment':
      if (textOf(issue, 'pull_request', 'merged_at')) return undefined;
      return isJsonObject(memberOf(issue, 'pull_request')) ? codeOf(memberOf(issue, 'number')) : undefined;
    default:
      return undefined;
  }
}
