import type { Repository } from '../github/index.ts';

/** A webhook's payload, as far as actions read it. */
export type Payload = Readonly<Record<string, unknown>>;

/** The payload of a `pull_request` event for a pull request of the simulated GitHub. Throws if it has none with this number. */
export function pullRequestEvent(
  repository: Repository,
  number: number,
  action: 'opened' | 'synchronize' = 'synchronize',
): Payload {
  const conversation = repository.conversations.get(number);
  const pull = conversation?.pull;
  if (conversation === undefined || pull === undefined)
    throw new Error(`${repository.fullName} has no pull request ${number}`);
  const fork = pull.headRepository.toLowerCase() !== repository.fullName.toLowerCase();
  return {
    action,
    number,
    pull_request: {
      number,
      state: conversation.state,
      title: conversation.title,
      user: userOf(conversation.author),
      head: {
        ref: pull.headBranch,
        sha: pull.headSha,
        label: `${pull.headRepository.split('/')[0]}:${pull.headBranch}`,
        repo: { full_name: pull.headRepository, fork },
      },
      base: {
        ref: pull.baseBranch,
        sha: pull.baseSha,
        label: `${repository.fullName.split('/')[0]}:${pull.baseBranch}`,
        repo: { full_name: repository.fullName, fork: false },
      },
    },
    ...commonPart(repository, conversation.author),
  };
}

/** The payload of a `push` event to a branch. */
export function pushEvent(repository: Repository, ref: string, sha: string): Payload {
  return { ref, after: sha, head_commit: { id: sha }, ...commonPart(repository, 'octocat') };
}

function commonPart(repository: Repository, sender: string): Payload {
  const { id, fullName, isPrivate, defaultBranch } = repository;
  const [owner = '', name = ''] = fullName.split('/');
  return {
    repository: {
      id,
      name,
      full_name: fullName,
      private: isPrivate,
      visibility: isPrivate ? 'private' : 'public',
      default_branch: defaultBranch,
      owner: userOf(owner),
    },
    sender: userOf(sender),
  };
}

function userOf(login: string): Payload {
  return { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' };
}
