import { isJsonObject, memberOf, textOf } from '../text/json.ts';
import { positiveInteger } from '../text/numbers.ts';

const DEPENDABOT = 'dependabot[bot]';

/** Events that run without secrets for a fork's pull request; `pull_request_target` gets them. */
const PULL_REQUEST_EVENTS = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];

/** Events that get only Dependabot's own secrets if Dependabot triggers them. */
const DEPENDABOT_EVENTS = [...PULL_REQUEST_EVENTS, 'push', 'create', 'deployment', 'deployment_status'];

/**
 * Why an event comes without secrets. A re-run keeps the first run's actor and its access to secrets.
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

/** Whether a commit comes from the repository itself; undefined if unknown. A null `head` belonged to a deleted fork. */
function isSame(head: unknown, base: unknown, repository: string): boolean | undefined {
  if (head === null) return false;
  const ids = [memberOf(head, 'id'), memberOf(base, 'id')];
  // A repository renamed since the event has a new name but the same ID.
  if (ids.every((id) => typeof id === 'number')) return ids[0] === ids[1];
  const name = textOf(head, 'full_name') ?? '';
  return name === '' ? undefined : name.toLowerCase() === repository.toLowerCase();
}

/** A pull request's code in an event that has secrets although anyone may have opened the pull request. */
export interface StrangersCode {
  /** Undefined if the event does not say, such as `workflow_run` for a fork. */
  readonly pullRequest: number | undefined;
  /** Its newest commit and its merge with the base, as far as the event has them, unless the workflow itself runs from them. */
  readonly commits: readonly string[];
}

/**
 * Undefined for events without a pull request, for those that get a stranger's code without secrets, and for code that is not a
 * stranger's: on a branch of the repository, where the author may push, or merged. `sha`: the workflow's own commit.
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
