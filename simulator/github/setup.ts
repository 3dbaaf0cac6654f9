import type { Comment, Conversation, GitHubState, Job, Pull, Repository, Run } from './state.ts';

/** A repository; private unless said otherwise, so that permissions count for reading too. */
export function addRepository(
  state: GitHubState,
  fullName: string,
  { isPrivate = true, defaultBranch = 'main' }: { readonly isPrivate?: boolean; readonly defaultBranch?: string } = {},
): Repository {
  const repository: Repository = {
    id: state.nextId(),
    fullName,
    isPrivate,
    defaultBranch,
    conversations: new Map(),
    comments: [],
    runs: new Map(),
    releases: [],
    hasImmutableReleases: true,
  };
  state.repositories.set(fullName.toLowerCase(), repository);
  return repository;
}

export interface ConversationOptions {
  readonly number: number;
  readonly author?: string;
  readonly title?: string;
  readonly body?: string;
  readonly labels?: readonly string[];
  readonly state?: Conversation['state'];
  readonly locked?: boolean;
}

export function addIssue(state: GitHubState, repository: Repository, options: ConversationOptions): Conversation {
  return addConversation(state, repository, options, undefined);
}

export function addPull(
  state: GitHubState,
  repository: Repository,
  options: ConversationOptions & {
    readonly headSha: string;
    readonly headBranch: string;
    /** Full name; the repository itself unless the pull request comes from a fork. */
    readonly headRepository?: string;
    readonly baseBranch?: string;
    readonly commits?: readonly string[];
  },
): Conversation {
  const { headSha, headBranch, headRepository = repository.fullName, commits = [] } = options;
  return addConversation(state, repository, options, {
    headRepository,
    headBranch,
    headSha,
    baseBranch: options.baseBranch ?? repository.defaultBranch,
    baseSha: 'b'.repeat(40),
    commits: new Set([...commits, headSha]),
  });
}

function addConversation(
  state: GitHubState,
  repository: Repository,
  options: ConversationOptions,
  pull: Pull | undefined,
): Conversation {
  const { number, author = 'octocat', title = `Number ${number}` } = options;
  const conversation: Conversation = {
    number,
    author,
    title,
    body: options.body ?? null,
    labels: options.labels ?? [],
    createdAtMs: state.now(),
    state: options.state ?? 'open',
    locked: options.locked ?? false,
    pull,
  };
  repository.conversations.set(number, conversation);
  return conversation;
}

/** A comment as if `author` had written it now, whatever that author's permissions. */
export function addComment(
  state: GitHubState,
  repository: Repository,
  { conversation, author, body }: { readonly conversation: number; readonly author: string; readonly body: string },
): Comment {
  const now = state.now();
  const comment = { id: state.nextId(), conversation, author, body, createdAtMs: now, updatedAtMs: now };
  repository.comments.push(comment);
  return comment;
}

/** A workflow run; its number is the `run` of runtime tokens, which is how REST finds its artifacts. */
export function addRun(
  repository: Repository,
  options: Pick<Run, 'id' | 'headBranch' | 'headSha'> &
    Partial<Pick<Run, 'headRepository' | 'workflowName' | 'createdAtMs'>>,
): Run {
  const usual = { headRepository: repository.fullName, workflowName: 'evals', createdAtMs: Date.now() };
  const run: Run = { ...usual, ...options, jobs: [], isDisabled: false };
  repository.runs.set(run.id, run);
  return run;
}

/** A job of a run, in progress on `runnerName` unless said otherwise. */
export function addJob(
  state: GitHubState,
  run: Run,
  options: Pick<Job, 'name' | 'startedAtMs'> & Partial<Omit<Job, 'id'>>,
): Job {
  const job: Job = {
    id: state.nextId(),
    attempt: 1,
    needs: [],
    status: 'in_progress',
    conclusion: null,
    completedAtMs: undefined,
    runnerName: null,
    ...options,
  };
  run.jobs.push(job);
  return job;
}
