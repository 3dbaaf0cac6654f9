/** What the simulated GitHub knows. Built with the functions of setup.ts; tests read its later state. */
export interface GitHubState {
  /** By full name in lower case: names are not case sensitive. */
  readonly repositories: Map<string, Repository>;
  readonly tokens: Map<string, Token>;
  /** Requests that GitHub's description does not allow, and routes that the simulator does not have; tests expect none. */
  readonly errors: string[];
  readonly now: () => number;
  /** A number that nothing else here has. */
  readonly nextId: () => number;
  /** Called when a re-run is accepted, with the queued jobs of the new attempt. */
  onRerun: ((run: Run, jobs: readonly Job[]) => void) | undefined;
}

export type Permission = 'issues' | 'pull-requests' | 'actions' | 'contents';
export type Access = 'read' | 'write' | 'none';

/** Whose a token is: a login that ends in `[bot]` is an app's installation, as for the workflow's own token. */
export interface Token {
  readonly login: string;
  readonly permissions: Readonly<Partial<Record<Permission, Access>>>;
}

export interface Repository {
  readonly id: number;
  /** Such as `octo-org/evals`. */
  readonly fullName: string;
  /** Anyone can read everything in a public repository without permissions. */
  readonly isPrivate: boolean;
  readonly defaultBranch: string;
  /** Issues and pull requests by number. */
  readonly conversations: Map<number, Conversation>;
  /** Oldest first. */
  readonly comments: Comment[];
  readonly runs: Map<number, Run>;
  /** Oldest first. */
  readonly releases: Release[];
  /** Whether a release can no longer be changed once it is published. */
  hasImmutableReleases: boolean;
}

export interface Release {
  readonly id: number;
  readonly author: string;
  readonly createdAtMs: number;
  tag: string;
  name: string | null;
  body: string | null;
  isPrerelease: boolean;
  isLatest: boolean;
  isImmutable: boolean;
  /** Undefined for a draft. */
  publishedAtMs: number | undefined;
  readonly assets: ReleaseAsset[];
}

export interface ReleaseAsset {
  readonly id: number;
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
  readonly uploader: string;
  readonly createdAtMs: number;
}

export interface Conversation {
  readonly number: number;
  readonly author: string;
  title: string;
  body: string | null;
  readonly labels: readonly string[];
  readonly createdAtMs: number;
  state: 'open' | 'closed';
  locked: boolean;
  /** Undefined for an issue. */
  readonly pull: Pull | undefined;
}

export interface Pull {
  readonly headRepository: string;
  readonly headBranch: string;
  headSha: string;
  readonly baseBranch: string;
  readonly baseSha: string;
  /** All commits of the branch that are not in the base, the head's among them. */
  readonly commits: Set<string>;
}

export interface Comment {
  readonly id: number;
  readonly conversation: number;
  readonly author: string;
  body: string;
  readonly createdAtMs: number;
  updatedAtMs: number;
}

export interface Run {
  readonly id: number;
  readonly headBranch: string;
  readonly headSha: string;
  readonly headRepository: string;
  readonly workflowName: string;
  /** Of the first attempt. */
  readonly createdAtMs: number;
  /** Every execution of every job, in the order of creation. */
  readonly jobs: Job[];
  /** While a workflow is disabled, none of its runs can be run again. */
  isDisabled: boolean;
}

export interface Job {
  readonly id: number;
  readonly attempt: number;
  readonly name: string;
  /** Names of the jobs that this one needs: where one of them runs again, so does this one. */
  readonly needs: readonly string[];
  /** `waiting` for the timer of an environment. */
  status: 'queued' | 'waiting' | 'in_progress' | 'completed';
  conclusion: 'success' | 'failure' | 'cancelled' | 'skipped' | null;
  startedAtMs: number;
  completedAtMs: number | undefined;
  runnerName: string | null;
}

export function createState(now: () => number): GitHubState {
  let lastId = 1000;
  const nextId = () => {
    lastId += 1;
    return lastId;
  };
  return { repositories: new Map(), tokens: new Map(), errors: [], now, nextId, onRerun: undefined };
}
