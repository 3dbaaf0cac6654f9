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
   * Uploads the files as one zip. A name already used in this run becomes `-2`, `-3`, … Resolves to undefined without an artifact service
   * (GHES, a local runner); throws if the upload fails.
   */
  upload(artifact: {
    readonly name: string;
    readonly files: readonly string[];
    readonly folder: string;
    readonly retentionDays: number;
  }): Promise<StoredArtifact | undefined>;
  /**
   * Uploads one file unzipped, so that it opens in a browser. The artifact is named after the file; a name already used in this run
   * becomes `-2`, `-3`, … before the extension. Resolves and throws like `upload`.
   */
  uploadFile(artifact: { readonly path: string; readonly retentionDays: number }): Promise<StoredArtifact | undefined>;
  /** Whether the service has this artifact of this run, with this digest. */
  verify(artifact: StoredArtifact): Promise<boolean>;
  /**
   * Downloads an artifact of this or another run into an empty folder, still zipped, and resolves to the bytes of its file of this name.
   * Throws if it is gone, has changed, or must not be read; the iteration throws if it contains no such plain file.
   */
  fetch(
    artifact: { readonly runId: number; readonly id: number; readonly digest: string },
    folder: string,
    name: string,
  ): Promise<AsyncIterable<Uint8Array>>;
}

/** An artifact of any run of this repository, as GitHub lists it: these facts are trusted, its content is not. */
export interface RunArtifact {
  readonly id: number;
  readonly name: string;
  readonly runId: number;
  /** The branch that the run was started for; empty if GitHub does not say. */
  readonly branch: string;
  /** Milliseconds since the epoch; GitHub gives whole seconds. */
  readonly createdAtMs: number;
  readonly isExpired: boolean;
  /** The run was for a branch of another repository, or of one that no longer exists. */
  readonly isFromFork: boolean;
  /** Size of the stored zip. */
  readonly bytes: number;
  /** Hex SHA-256 of the stored zip; empty if GitHub does not say. */
  readonly digest: string;
}

/** A downloaded zip, to read single files from. */
export interface ArtifactArchive {
  /**
   * The bytes of the only plain file of this name. The iteration throws a ServiceError if there is none, if there are several, or if the
   * file has more than `maxBytes`.
   */
  read(name: string, maxBytes: number): AsyncIterable<Uint8Array>;
}

/** Artifacts of all runs of this repository; requires `actions: read`. All throw GitHubError. */
export interface RunArtifacts {
  /** The newest ones with exactly this name, newest first: at most 500, or `pages` hundreds. */
  named(name: string, pages?: number): Promise<readonly RunArtifact[]>;
  /** The artifacts of one run, with the same limit as `named`. */
  ofRun(runId: number, pages?: number): Promise<readonly RunArtifact[]>;
  read(id: number): Promise<RunArtifact>;
  /**
   * Downloads a zip into a folder, which it creates. Also throws a ServiceError if the zip has more than `maxBytes` or not the digest
   * that GitHub lists.
   */
  download(artifact: RunArtifact, to: { readonly folder: string; readonly maxBytes: number }): Promise<ArtifactArchive>;
}

export interface Comment {
  readonly id: number;
  readonly url: string;
  readonly body: string;
}

/** Comments written by the token's own user. All calls throw GitHubError. */
export interface CommentBoard {
  /** All our comments whose first line is the marker, oldest first. */
  find(issueNumber: number, marker: string): Promise<readonly Comment[]>;
  create(issueNumber: number, body: string): Promise<Comment>;
  /**
   * `before` is the body as it was read. If a retried call finds the body changed, it throws `changed`, so that no text written in
   * between is lost.
   */
  update(commentId: number, body: string, before: string): Promise<Comment>;
  remove(commentId: number): Promise<void>;
}

export interface PullRequest {
  readonly number: number;
  readonly headSha: string;
  readonly headRepository: string;
  readonly headBranch: string;
  /** The branch it is to be merged into. */
  readonly baseBranch: string;
}

/** Queries about this run. All throw GitHubError. */
export interface Repository {
  /** Open pull requests of a commit. */
  pullRequestsOfCommit(sha: string): Promise<readonly PullRequest[]>;
  /** Open pull requests whose head is this branch of this owner's repository. */
  pullRequestsOfBranch(owner: string, branch: string): Promise<readonly PullRequest[]>;
  /** A pull request by its number; undefined for a closed one. */
  pullRequest(number: number): Promise<PullRequest | undefined>;
  /** When this run was created, in ms since the epoch, whatever the attempt; undefined if GitHub does not say. Requires `actions: read`. */
  runCreatedAt(): Promise<number | undefined>;
  /** When the job on this runner started, in ms since the epoch; undefined unless exactly one job is in progress on it. */
  jobStartedAt(): Promise<number | undefined>;
  /** The ID of that job; undefined under the same conditions. */
  jobId(): Promise<number | undefined>;
}

/** Notes that paused steps of this run leave as artifacts, for whoever wakes them. All calls but `leave` throw without an artifact service. */
export interface PauseNotes {
  /** Uploads a note of the named evaluation under a free number. Does nothing without an artifact service; throws if the upload fails. */
  leave(text: string, evaluation: string): Promise<void>;
  /**
   * This run's notes with the names of their artifacts: at most 64, starting with the numbers that the evaluation with this name uses
   * first. Leaves out those that another step is removing. Throws if the notes cannot be listed.
   */
  ofRun(evaluation: string): Promise<readonly { readonly name: string; readonly text: string }[]>;
  /** Deletes the artifact of this name. Throws if that fails. */
  remove(name: string): Promise<void>;
}

/** A run of this repository according to GitHub. */
export interface WorkflowRun {
  readonly id: number;
  readonly attempt: number;
  readonly isCompleted: boolean;
  /** Creation of the first attempt, in ms since the epoch. */
  readonly createdAtMs: number;
  /** The run was for a branch of another repository, or of one that no longer exists. */
  readonly isFromFork: boolean;
  readonly workflowId: number;
  /** The branch it ran for; empty if GitHub does not say. */
  readonly branch: string;
}

/** One execution of a job. */
export interface RunJob {
  readonly id: number;
  readonly runId: number;
  readonly attempt: number;
  /** As shown on GitHub's pages: unique among an attempt's jobs, unless the workflow gives two jobs the same name. */
  readonly name: string;
  readonly isCompleted: boolean;
  /** The outcome in GitHub's words: `success`, `failure`, `cancelled`, `skipped` and others; empty before the end. */
  readonly conclusion: string;
  /** RFC 3339, as GitHub wrote it; empty before it starts. */
  readonly startedAt: string;
}

/** Runs of this repository, to re-run. Reading requires `actions: read`, re-running `actions: write`. All throw GitHubError. */
export interface WorkflowRuns {
  run(id: number): Promise<WorkflowRun>;
  job(id: number): Promise<RunJob>;
  /** Every execution of every job of a run; undefined if there are more than 2,500. */
  jobs(runId: number): Promise<readonly RunJob[] | undefined>;
  /** Whether another of the newest hundred runs of the same workflow and branch has not completed. */
  hasOtherUnderway(run: WorkflowRun): Promise<boolean>;
  /** Re-runs a job and those that need it, as the next attempt of its run. */
  rerunJob(jobId: number, run: WorkflowRun): Promise<void>;
  /** Re-runs the failed jobs of a run and those that need them. */
  rerunFailedJobs(run: WorkflowRun): Promise<void>;
  /** Re-runs all jobs of a run. */
  rerunAllJobs(run: WorkflowRun): Promise<void>;
  /** How many requests were sent to GitHub's API so far, through any port: none is sent beyond the limit. */
  calls(): number;
}

/** Texts under a key: first those of the cache, then those of artifacts, each newest first. */
export interface FoundTexts {
  readonly texts: readonly string[];
  /** When the texts of artifacts, which come last, were uploaded, in ms since the epoch; GitHub gives whole seconds. */
  readonly uploadedAtMs: readonly number[];
  readonly readable: boolean;
}

/** Texts that runs store for each other. A key is a fingerprint, or identifies a section. Nothing here throws. */
export interface StateStore {
  /**
   * Every available text under a key: the newest in the cache, and the newest among the artifacts of runs of the same branch
   * or pull request. `readable` is false if neither could be read.
   */
  find(key: string): Promise<FoundTexts>;
  /**
   * Saves a text as the newest under the key, in the cache and, if `durable`, as an artifact. Resolves to where it was saved. `hidden`:
   * an artifact that the token may not list, so that no run with the same permissions finds it.
   */
  save(key: string, text: string, durable: boolean): Promise<'cache' | 'artifact' | 'both' | 'hidden' | 'nowhere'>;
  /** Claims a name for this run. False if another run has claimed it; also true if that cannot be determined. */
  claim(name: string): Promise<boolean>;
  /** Texts that runs of this repository stored as record artifacts since then, in ms since the epoch. */
  others(sinceMs: number): Promise<readonly string[]>;
}

/** The place of an index: the ref that its runs save for, such as `refs/heads/main`, and the evaluation's `name`. */
export interface AnswerPlace {
  readonly name: string;
  readonly ref: string;
}

/** Indexes of answers that runs of one `name` keep for each other, one index for each ref. Nothing here throws. */
export interface AnswerStore {
  /** The newest index of each of these refs, in order; skips refs without one, or whose caches this run may not read. */
  find(name: string, refs: readonly string[]): Promise<readonly string[]>;
  /**
   * Saves the text that `next` makes of the place's newest index. `next` gets undefined if there is none, and returns undefined if
   * nothing is new. If another run saves at the same time, `next` is called again with its text. Passes on errors from `next`.
   */
  save(
    place: AnswerPlace,
    next: (newest: string | undefined) => string | undefined,
  ): Promise<'saved' | 'nothing-new' | 'not-saved'>;
}

/**
 * A failed call to GitHub, classified for the caller. `forbidden`: the token lacks a permission. `refused`: GitHub forbids it for another
 * reason, which it names (a locked conversation, an archived repository, a blocked user, SAML). `unauthenticated`: the token is invalid.
 * `gone`: the object does not exist. `too-long`: the text was too long. `changed`: the comment has changed since it was read.
 * `unavailable`: anything else, which may be temporary.
 */
export class GitHubError extends ServiceError {
  override readonly name = 'GitHubError';
  readonly kind: 'forbidden' | 'unauthenticated' | 'gone' | 'too-long' | 'refused' | 'changed' | 'unavailable';

  constructor(kind: GitHubError['kind'], reason: Reason, cause?: unknown) {
    super(reason, cause);
    this.kind = kind;
  }
}
