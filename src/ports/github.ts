import type { Reason } from '../core/messages/reasons.ts';
import { ServiceError } from './service-error.ts';

export interface StoredArtifact {
  readonly name: string;
  readonly id: number;
  /** Hex SHA-256 of the stored zip or file. */
  readonly digest: string;
  readonly url: string;
}

export interface ArtifactStore {
  /**
   * Uploads the files as one zip. A name taken in this run becomes `-2`, `-3`, … Resolves to undefined where no artifact
   * service exists (GHES); throws when the upload failed.
   */
  upload(artifact: {
    readonly name: string;
    readonly files: readonly string[];
    readonly folder: string;
    readonly retentionDays: number;
  }): Promise<StoredArtifact | undefined>;
  /**
   * Uploads one file as it is, not zipped, so that it opens in a browser. The artifact is named after the file; a name taken
   * in this run becomes `-2`, `-3`, … before its ending. Resolves and throws as `upload`.
   */
  uploadFile(artifact: { readonly path: string; readonly retentionDays: number }): Promise<StoredArtifact | undefined>;
  /** Whether an artifact of this run is there with this digest, as the service says. */
  verify(artifact: StoredArtifact): Promise<boolean>;
  /** Unpacks an artifact of this or another run into a folder. Throws where it is gone, another, or may not be read. */
  fetch(
    artifact: { readonly runId: number; readonly id: number; readonly digest: string },
    folder: string,
  ): Promise<void>;
}

export interface Comment {
  readonly id: number;
  readonly url: string;
  readonly body: string;
}

/** Comments of this token's own author. All throw GitHubError. */
export interface CommentBoard {
  /** Over all pages, oldest first, only those whose first line is the marker and whose author is us. */
  find(issueNumber: number, marker: string): Promise<readonly Comment[]>;
  create(issueNumber: number, body: string): Promise<Comment>;
  /**
   * `before` is the body as it was found. Where a pause lies between, and it is another by now, it throws `changed`: what somebody
   * else wrote meanwhile would be lost.
   */
  update(commentId: number, body: string, before: string): Promise<Comment>;
  remove(commentId: number): Promise<void>;
}

export interface PullRequest {
  readonly number: number;
  readonly headSha: string;
  readonly headRepository: string;
  readonly headBranch: string;
}

/** Look-ups about this run. All throw GitHubError. */
export interface Repository {
  /** Open pull requests of a commit. */
  pullRequestsOfCommit(sha: string): Promise<readonly PullRequest[]>;
  /** Open pull requests whose head is this branch of this owner's repository. */
  pullRequestsOfBranch(owner: string, branch: string): Promise<readonly PullRequest[]>;
  /** When the one job in progress on this runner started, in ms since the epoch; undefined where that is not exactly one. */
  jobStartedAt(): Promise<number | undefined>;
}

/** What runs remember for each other. A key is a fingerprint, or names a leg. Nothing here throws. */
export interface StateStore {
  /**
   * Every text that can be had under a key: the newest of the cache, and the newest among the artifacts of runs of the same
   * branch or pull request. `readable` is false where neither could be asked.
   */
  find(key: string): Promise<{ readonly texts: readonly string[]; readonly readable: boolean }>;
  /** Saves a text as the newest under the key, in the cache and, where `durable`, as an artifact. Says where it is safe now. */
  save(key: string, text: string, durable: boolean): Promise<'cache' | 'artifact' | 'both' | 'nowhere'>;
  /** Takes a name for this run alone. False where another run has it; true also where nobody can tell. */
  claim(name: string): Promise<boolean>;
  /** Texts that any run of this repository left as record artifacts since then, in ms since the epoch. */
  others(sinceMs: number): Promise<readonly string[]>;
}

/**
 * A call to GitHub (comment, look-up) that failed, by what it means to the caller:
 * `forbidden` the token may not, `unauthenticated` it is none, `gone` the thing is not there, `too-long` the text was refused for its size,
 * `locked` the conversation or the repository takes no comments, `changed` it is not as it was read any more, `unavailable` anything that may pass.
 */
export class GitHubError extends ServiceError {
  override readonly name = 'GitHubError';
  readonly kind: 'forbidden' | 'unauthenticated' | 'gone' | 'too-long' | 'locked' | 'changed' | 'unavailable';

  constructor(kind: GitHubError['kind'], reason: Reason, cause?: unknown) {
    super(reason, cause);
    this.kind = kind;
  }
}
