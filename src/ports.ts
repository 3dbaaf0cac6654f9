/** The world as the pipeline needs it. Edges implement these against the real thing, tests with stateful fakes. */

/** A Message Batch as the API tells it. Times are RFC 3339 texts as received. */
export interface Batch {
  readonly id: string;
  /** `in_progress`, `canceling` or `ended`; an unknown word means still running. */
  readonly status: string;
  readonly counts: BatchCounts;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly expiresAt: string;
  readonly archivedAt: string | null;
  readonly cancelInitiatedAt: string | null;
}

/** Requests by state. The API keeps `processing` at the total until the whole batch has ended. */
export interface BatchCounts {
  readonly processing: number;
  readonly succeeded: number;
  readonly errored: number;
  readonly canceled: number;
  readonly expired: number;
}

export interface BatchApi {
  /** One POST of the body in a file, never repeated by itself. Throws ApiError; its `reach` tells whether a batch may exist. */
  create(body: BodyFile): Promise<Batch>;
  /** One look. `retryAfterMs` is the pause the API asks for before the next. Throws ApiError. */
  retrieve(id: string): Promise<{ readonly batch: Batch; readonly retryAfterMs: number | undefined }>;
  /** The bytes of the results, from the configured origin. Throws ApiError; the iteration throws when the stream is cut. */
  results(id: string): Promise<AsyncIterable<Uint8Array>>;
  /** A page of the workspace's batches, newest first, after the one named. Throws ApiError. */
  list(page: {
    readonly limit: number;
    readonly afterId?: string;
  }): Promise<{ readonly batches: readonly Batch[]; readonly hasMore: boolean }>;
  /** Asks the API to stop a batch; what is answered by then stays. Throws ApiError. */
  cancel(id: string): Promise<Batch>;
  /** Deletes an ended batch with its results. Throws ApiError. */
  remove(id: string): Promise<void>;
  /** What the API says of a model; undefined where it knows none of this name. Throws ApiError. */
  model(name: string): Promise<ApiModel | undefined>;
  /** Tokens of the prompt of these params, as the API counts them. Free. Throws ApiError. */
  countTokens(params: Readonly<Record<string, unknown>>): Promise<number>;
}

/** A model as the API tells it. `null` is what it does not say. */
export interface ApiModel {
  /** The dated id where the name was a short one. */
  readonly id: string;
  /** `active`, `deprecated` or `retired`. */
  readonly lifecycle: string;
  /** RFC 3339. */
  readonly retiresAt: string | null;
  /** Most tokens of an answer. */
  readonly maxTokens: number | null;
  /** Most tokens of a prompt. */
  readonly maxInputTokens: number | null;
  readonly takesBatches: boolean | null;
}

/** A complete request body on disk: what is sent is exactly these bytes. */
export interface BodyFile {
  readonly path: string;
  readonly bytes: number;
}

export interface FoundFile {
  readonly path: string;
  /** Relative to the workspace, `/`-separated: the name people see. */
  readonly name: string;
}

/** A file being written under a temporary name. */
export interface FileWriter {
  /** Bytes accepted so far. */
  readonly bytes: number;
  /** Takes a piece; returns a promise only when the buffer went to disk, to be awaited before the next piece. */
  write(piece: Uint8Array | string): Promise<void> | undefined;
  /** Flushes, closes and gives the file its real name. */
  commit(): Promise<void>;
  /** Closes and removes what was written. Safe to call after `commit`, which it then leaves alone. */
  discard(): Promise<void>;
}

/** Random access to a file. */
export interface FileReader {
  readAt(offset: number, length: number): Uint8Array;
  close(): void;
}

export interface Files {
  /** Files that match the glob patterns, sorted by name (code units), and the patterns that matched none. */
  find(
    patterns: readonly string[],
  ): Promise<{ readonly found: readonly FoundFile[]; readonly unmatched: readonly string[] }>;
  /** The bytes of a file, in pieces. A piece is only valid until the next one is asked for. */
  read(path: string): AsyncIterable<Uint8Array>;
  readText(path: string): Promise<string>;
  /** Creates missing folders; an existing file of this name is replaced by `commit` only. */
  write(path: string): Promise<FileWriter>;
  open(path: string): FileReader;
  size(path: string): Promise<number>;
  /** A file, or a folder with all that is in it. */
  remove(path: string): Promise<void>;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Ends early once the step was told to stop. */
  sleep(ms: number): Promise<void>;
}

/** Whether the runner wants the step to end: the job was cancelled, superseded or is out of time. */
export interface Stop {
  readonly requested: boolean;
  /** Resolves when it is requested. */
  readonly promise: Promise<void>;
  /** Resolves when what is under way then has to be left as it is, so that there is time to say so. */
  readonly patience: Promise<void>;
  /** Resolves when the process has to end, well before the runner ends it. */
  readonly limit: Promise<void>;
}

/** One line each; the edge keeps foreign text from becoming a workflow command. */
export interface Log {
  info(line: string): void;
  notice(line: string): void;
  warning(line: string, where?: Place): void;
  error(line: string, where?: Place): void;
  /** Lines folded under a title. */
  group(title: string, lines: readonly string[]): void;
}

export interface Place {
  readonly file: string;
  readonly line?: number;
}

/** What the runner keeps of a step. */
export interface Runner {
  setOutput(name: string, value: string): void;
  /** Kept for the post step. */
  saveState(name: string, value: string): void;
  /** Appends to the job summary; the runner drops one over 1 MiB whole. */
  writeSummary(markdown: string): Promise<void>;
}

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

/** Everything outside, in one value. */
export interface World {
  readonly api: BatchApi;
  readonly files: Files;
  readonly clock: Clock;
  readonly stop: Stop;
  readonly state: StateStore;
  readonly log: Log;
  readonly runner: Runner;
  readonly artifacts: ArtifactStore;
  readonly comments: CommentBoard;
  readonly repository: Repository;
}
