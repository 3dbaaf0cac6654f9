import { ApiError } from '../../src/errors.ts';
import type { Batch, Clock, Comment, Log, Place, PullRequest, StoredArtifact, World } from '../../src/ports.ts';
import { createFailing, type Failing } from './faults.ts';
import { createFakeFiles, type FakeFiles } from './files.ts';

/** A clock that moves only by sleeping. */
export interface FakeClock extends Clock {
  time: number;
}

export function createFakeClock(time = Date.parse('2026-11-22T10:00:00Z')): FakeClock {
  const clock: FakeClock = {
    time,
    now: () => clock.time,
    async sleep(ms) {
      clock.time += ms;
    },
  };
  return clock;
}

export interface FakeLog extends Log {
  readonly lines: string[];
  readonly annotations: { level: 'notice' | 'warning' | 'error'; text: string; where?: Place }[];
}

export function createFakeLog(): FakeLog {
  const lines: string[] = [];
  const annotations: FakeLog['annotations'] = [];
  const annotate = (level: 'notice' | 'warning' | 'error') => (text: string, where?: Place) => {
    annotations.push(where === undefined ? { level, text } : { level, text, where });
  };
  return {
    lines,
    annotations,
    info: (line) => lines.push(line),
    notice: annotate('notice'),
    warning: annotate('warning'),
    error: annotate('error'),
    group: (title, more) => lines.push(title, ...more),
  };
}

/** A batch at the fake API and what it will answer. */
export interface FakeBatch {
  batch: Batch;
  readonly body: string;
  /** How many looks find it still running. */
  looksLeft: number;
  /** Result lines, without line ends. */
  results: string[];
}

export interface FakeApi extends Failing {
  readonly batches: Map<string, FakeBatch>;
  /** Every create that reached the API, also one whose answer was lost. */
  created: number;
  looks: number;
  fetches: number;
  /** How many looks a new batch needs to end. */
  looksNeeded: number;
  retryAfterMs: number | undefined;
  /** Makes the result line of a request. */
  answer: (customId: string, index: number) => object;
  /** Changes the result bytes of the nth fetch, 1-based. */
  spoil: ((fetch: number, lines: string[]) => Iterable<string | Error>) | undefined;
}

export function succeeded(
  customId: string,
  usage: object = { input_tokens: 10, output_tokens: 5 },
  more: object = {},
): object {
  const message = {
    model: 'claude-haiku-4-5',
    stop_reason: 'end_turn',
    content: [{ type: 'text', text: 'ok' }],
    usage,
    ...more,
  };
  return { custom_id: customId, result: { type: 'succeeded', message } };
}

export function errored(customId: string, type = 'invalid_request_error', message = 'max_tokens: required'): object {
  return { custom_id: customId, result: { type: 'errored', error: { type: 'error', error: { type, message } } } };
}

export interface FakeWorld extends World {
  readonly files: FakeFiles;
  readonly clock: FakeClock;
  readonly log: FakeLog;
  readonly apiState: FakeApi;
  readonly outputs: Map<string, string>;
  readonly summaries: string[];
  readonly artifactState: Failing & { exists: boolean; readonly stored: { name: string; files: string[] }[] };
  readonly board: Failing & { readonly comments: (Comment & { issueNumber: number })[] };
  readonly repositoryState: Failing & { pulls: PullRequest[]; jobStartedAtMs: number | undefined };
}

/** The whole world as fakes with state. */
export function createFakeWorld(files: Readonly<Record<string, string | Buffer>> = {}): FakeWorld {
  const clock = createFakeClock();
  const disk = createFakeFiles(files);
  const log = createFakeLog();
  const outputs = new Map<string, string>();
  const summaries: string[] = [];
  const apiState: FakeApi = {
    ...createFailing(),
    batches: new Map(),
    created: 0,
    looks: 0,
    fetches: 0,
    looksNeeded: 2,
    retryAfterMs: undefined,
    answer: (customId) => succeeded(customId),
    spoil: undefined,
  };
  const artifactState = { ...createFailing(), exists: true, stored: [] as { name: string; files: string[] }[] };
  const board = { ...createFailing(), comments: [] as (Comment & { issueNumber: number })[] };
  const repositoryState = {
    ...createFailing(),
    pulls: [] as PullRequest[],
    jobStartedAtMs: undefined as number | undefined,
  };

  function need(id: string): FakeBatch {
    const found = apiState.batches.get(id);
    if (found === undefined) {
      throw new ApiError('404 not_found_error: not found', { reach: 'answered', status: 404, type: 'not_found_error' });
    }
    return found;
  }

  return {
    apiState,
    outputs,
    summaries,
    artifactState,
    board,
    repositoryState,
    clock,
    log,
    files: disk,
    api: {
      async create({ path }) {
        apiState.trip('create');
        const body = (disk.disk.get(path) ?? Buffer.alloc(0)).toString('utf8');
        const requests: { custom_id: string }[] = JSON.parse(body).requests;
        apiState.created += 1;
        const id = `msgbatch_${apiState.created}`;
        const iso = (ms: number): string => new Date(ms).toISOString();
        const batch: Batch = {
          id,
          status: 'in_progress',
          counts: { processing: requests.length, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
          createdAt: iso(clock.time),
          endedAt: null,
          expiresAt: iso(clock.time + 86_400_000),
          archivedAt: null,
          cancelInitiatedAt: null,
        };
        const results = requests.map((request, i) => JSON.stringify(apiState.answer(request.custom_id, i))).reverse();
        apiState.batches.set(id, { batch, body, looksLeft: apiState.looksNeeded, results });
        apiState.trip('create-answer');
        return batch;
      },
      async retrieve(id) {
        apiState.looks += 1;
        apiState.trip('retrieve');
        const found = need(id);
        found.looksLeft -= 1;
        if (found.looksLeft <= 0 && found.batch.status !== 'ended') {
          const ended = { status: 'ended', endedAt: new Date(clock.time).toISOString() };
          found.batch = { ...found.batch, ...ended, counts: countsOf(found.results) };
        }
        return { batch: found.batch, retryAfterMs: apiState.retryAfterMs };
      },
      async results(id) {
        apiState.trip('results');
        apiState.fetches += 1;
        const lines = need(id).results.map((line) => `${line}\n`);
        return stream(apiState.spoil === undefined ? lines : apiState.spoil(apiState.fetches, lines));
      },
    },
    runner: {
      setOutput: (name, value) => void outputs.set(name, value),
      async writeSummary(markdown) {
        summaries.push(markdown);
      },
    },
    artifacts: {
      async upload({ name, files: paths }) {
        artifactState.trip('upload');
        if (!artifactState.exists) return undefined;
        artifactState.stored.push({ name, files: [...paths] });
        const id = artifactState.stored.length;
        const stored: StoredArtifact = { name, id, digest: 'd1', url: `https://github.test/artifacts/${id}` };
        return stored;
      },
    },
    comments: {
      async find(issueNumber, marker) {
        board.trip('find');
        return board.comments.filter((c) => c.issueNumber === issueNumber && c.body.startsWith(marker));
      },
      async create(issueNumber, body) {
        board.trip('create');
        const id = board.comments.length + 1;
        const comment = { id, url: `https://github.test/comments/${id}`, body, issueNumber };
        board.comments.push(comment);
        return comment;
      },
      async update(commentId, body) {
        board.trip('update');
        const at = board.comments.findIndex(({ id }) => id === commentId);
        const comment = { ...(board.comments[at] ?? { id: commentId, url: '', issueNumber: 0 }), body };
        board.comments[at] = comment;
        return comment;
      },
      async remove(commentId) {
        const at = board.comments.findIndex(({ id }) => id === commentId);
        board.comments.splice(at, 1);
      },
    },
    repository: {
      async pullRequestsOfCommit(sha) {
        repositoryState.trip('pullRequestsOfCommit');
        return repositoryState.pulls.filter((pull) => pull.headSha === sha);
      },
      async pullRequestsOfBranch(_owner, branch) {
        repositoryState.trip('pullRequestsOfBranch');
        return repositoryState.pulls.filter((pull) => pull.headBranch === branch);
      },
      async jobStartedAt() {
        repositoryState.trip('jobStartedAt');
        return repositoryState.jobStartedAtMs;
      },
    },
  };
}

function countsOf(results: readonly string[]): Batch['counts'] {
  const counts = { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
  for (const line of results) {
    const type: keyof typeof counts = JSON.parse(line).result.type;
    counts[type] += 1;
  }
  return counts;
}

async function* stream(parts: Iterable<string | Error>): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield Buffer.from(part);
  }
}
