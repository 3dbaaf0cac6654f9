import { type Message, printMessage } from '../../src/core/messages/message.ts';
import { BATCH_LASTS_MS, RESULTS_LAST_MS } from '../../src/core/polling/lifetime.ts';
import { ApiError, type ApiModel, type Batch } from '../../src/ports/api.ts';
import {
  type AnswerPlace,
  type Comment,
  GitHubError,
  type PullRequest,
  type RunArtifact,
  type StoredArtifact,
} from '../../src/ports/github.ts';
import type { Clock, Log, Place } from '../../src/ports/machine.ts';
import type { Ports } from '../../src/ports/ports.ts';
import { ServiceError } from '../../src/ports/service-error.ts';
import { textOfBody } from './body.ts';
import { createFailing, type Failing } from './faults.ts';
import { createFakeFiles, type FakeFiles } from './files.ts';

/** A clock that moves only by sleeping. */
export interface FakeClock extends Clock {
  time: number;
  /** How far the machine's time was set forward since the start. */
  setMs: number;
}

export function createFakeClock(signal: AbortSignal, time = Date.parse('2026-11-22T10:00:00Z')): FakeClock {
  const clock: FakeClock = {
    time,
    setMs: 0,
    now: () => clock.time,
    date: () => clock.time + clock.setMs,
    async sleep(ms) {
      signal.throwIfAborted();
      clock.time += ms;
    },
  };
  return clock;
}

export interface FakeLog extends Log {
  /** Everything that was logged as data, in order, whatever its level. */
  readonly messages: Message[];
  readonly lines: string[];
  readonly annotations: { level: 'notice' | 'warning' | 'error'; text: string; where?: Place }[];
}

export function createFakeLog(): FakeLog {
  const lines: string[] = [];
  const annotations: FakeLog['annotations'] = [];
  const messages: Message[] = [];
  const print = (line: Message | string): string => {
    if (typeof line === 'string') return line;
    messages.push(line);
    return printMessage(line);
  };
  const annotate = (level: 'notice' | 'warning' | 'error') => (line: Message, where?: Place) => {
    const text = print(line);
    annotations.push(where === undefined ? { level, text } : { level, text, where });
  };
  return {
    lines,
    messages,
    annotations,
    info: (line) => lines.push(print(line)),
    notice: annotate('notice'),
    warning: annotate('warning'),
    error: annotate('error'),
    group: (title, more) => lines.push(print(title), ...more.map(print)),
  };
}

/** A batch at the fake API and what it will answer. */
export interface FakeBatch {
  batch: Batch;
  readonly body: string;
  /** How many polls find it still running. */
  pollsLeft: number;
  /** Result lines, without line ends. */
  results: string[];
}

export interface FakeApi extends Failing {
  readonly batches: Map<string, FakeBatch>;
  /** The workspace that the API answers for: it knows no batch of another one. Undefined: it does not say. */
  workspaceId: string | undefined;
  /** Every create that reached the API, also one whose answer was lost. */
  created: number;
  polls: number;
  /** Ids of batches that were asked to stop. */
  readonly canceled: string[];
  fetches: number;
  /** How many polls a new batch needs to end. */
  pollsNeeded: number;
  /** How many polls a canceled batch needs to end. */
  pollsAfterCancel: number;
  retryAfterMs: number | undefined;
  /** Makes the result line of a request. */
  answer: (customId: string, index: number) => object;
  /** Models that are not as all others are: known, active, for batches. Null: unknown to the API. */
  readonly models: Map<string, Partial<ApiModel> | null>;
  /** Params of every count that was asked for. */
  readonly counted: Readonly<Record<string, unknown>>[];
  /** Changes the result bytes of the nth fetch, 1-based. */
  spoil: ((fetch: number, lines: string[]) => Iterable<string | Error>) | undefined;
}

export function succeeded(
  customId: string,
  usage: object = { input_tokens: 10, output_tokens: 5 },
  more: object = {},
): object {
  const message = {
    id: `msg_${customId}`,
    type: 'message',
    role: 'assistant',
    model: 'claude-haiku-4-5',
    stop_reason: 'end_turn',
    stop_sequence: null,
    stop_details: null,
    content: [{ type: 'text', text: 'ok', citations: null }],
    container: null,
    diagnostics: null,
    usage: { ...NO_USAGE, ...usage },
    ...more,
  };
  return { custom_id: customId, result: { type: 'succeeded', message } };
}

/** What the API says of usage besides the tokens in and out, where there is nothing to say. */
const NO_USAGE = {
  cache_creation: null,
  cache_creation_input_tokens: null,
  cache_read_input_tokens: null,
  inference_geo: null,
  output_tokens_details: null,
  server_tool_use: null,
  service_tier: 'batch',
  speed: null,
};

export function errored(customId: string, type = 'invalid_request_error', message = 'max_tokens: required'): object {
  const error = { type: 'error', error: { type, message }, request_id: null };
  return { custom_id: customId, result: { type: 'errored', error } };
}

interface StoredFake {
  readonly name: string;
  readonly files: string[];
  readonly content: ReadonlyMap<string, Buffer>;
}

export interface FakeRunArtifact extends RunArtifact {
  readonly content: ReadonlyMap<string, string | Buffer>;
}

export interface Fakes extends Ports {
  readonly files: FakeFiles;
  readonly clock: FakeClock;
  readonly log: FakeLog;
  readonly apiState: FakeApi;
  readonly outputs: Map<string, string>;
  readonly summaries: string[];
  /** `pages`: files that were uploaded as they are, each an artifact of its own. */
  readonly artifactState: Failing & { exists: boolean; readonly stored: StoredFake[]; readonly pages: StoredFake[] };
  readonly board: Failing & {
    readonly comments: (Comment & { issueNumber: number })[];
    /** What others do while the next update has to wait, as where GitHub limits it. */
    meanwhile: (() => void) | undefined;
  };
  /** Texts under keys, oldest first; `works: false` is a run that can neither read nor write them. */
  readonly memory: {
    readonly texts: { key: string; text: string; durable: boolean; atMs: number }[];
    readonly claims: Set<string>;
    works: boolean;
  };
  /**
   * Indexes of answers, oldest first, in the scopes that GitHub would keep them in. `scopes` are those of this run: it writes to the
   * first and reads all. `works: false` is a run that can do neither; `meanwhile` is what others do before the next save.
   */
  readonly kept: {
    readonly texts: { scope: string; name: string; ref: string; text: string }[];
    scopes: readonly string[];
    works: boolean;
    meanwhile: (() => void) | undefined;
  };
  readonly saved: Map<string, string>;
  /** Tells the step to stop. */
  stopNow(): void;
  readonly repositoryState: Failing & {
    pulls: PullRequest[];
    jobStartedAtMs: number | undefined;
    jobId: number | undefined;
    runCreatedAtMs: number | undefined;
  };
  /** Notes of this run by the names of their artifacts. */
  readonly pauseState: Failing & { readonly notes: Map<string, string> };
  /** Artifacts of all runs, as REST has them; what is uploaded is not among them by itself. */
  readonly runArtifactState: Failing & { readonly artifacts: FakeRunArtifact[] };
}

/** All ports as fakes with state. */
export function createFakes(files: Readonly<Record<string, string | Buffer>> = {}): Fakes {
  const stopping = new AbortController();
  const { signal } = stopping;
  const clock = createFakeClock(signal);
  const disk = createFakeFiles(files);
  const log = createFakeLog();
  const outputs = new Map<string, string>();
  const summaries: string[] = [];
  const apiState: FakeApi = {
    ...createFailing(),
    batches: new Map(),
    workspaceId: undefined,
    created: 0,
    polls: 0,
    canceled: [],
    fetches: 0,
    pollsNeeded: 2,
    pollsAfterCancel: 1,
    retryAfterMs: undefined,
    answer: (customId) => succeeded(customId),
    models: new Map(),
    counted: [],
    spoil: undefined,
  };
  const artifactState = { ...createFailing(), exists: true, stored: [] as StoredFake[], pages: [] as StoredFake[] };
  const board: Fakes['board'] = { ...createFailing(), comments: [], meanwhile: undefined };
  const repositoryState = {
    ...createFailing(),
    pulls: [] as PullRequest[],
    jobStartedAtMs: undefined as number | undefined,
    jobId: undefined as number | undefined,
    runCreatedAtMs: clock.time as number | undefined,
  };
  const pauseState: Fakes['pauseState'] = { ...createFailing(), notes: new Map() };
  const runArtifactState: Fakes['runArtifactState'] = { ...createFailing(), artifacts: [] };
  const listArtifacts = (isWanted: (one: FakeRunArtifact) => boolean): readonly RunArtifact[] => {
    runArtifactState.trip('list');
    const found = runArtifactState.artifacts.filter(isWanted).map(({ content: _, ...listed }) => listed);
    return found.sort((a, b) => b.createdAtMs - a.createdAtMs || b.id - a.id);
  };
  const runArtifact = (id: number): FakeRunArtifact => {
    const found = runArtifactState.artifacts.find((one) => one.id === id);
    if (found === undefined) throw new GitHubError('gone', { code: 'quoted', text: 'there is no such artifact' });
    return found;
  };

  const memory: Fakes['memory'] = { texts: [], claims: new Set(), works: true };
  const kept: Fakes['kept'] = { texts: [], scopes: ['refs/heads/main'], works: true, meanwhile: undefined };
  const newestKept = (place: AnswerPlace): string | undefined =>
    kept.scopes
      .map((scope) => kept.texts.findLast((one) => one.scope === scope && isOf(place, one)))
      .find((one) => one !== undefined)?.text;
  const saved = new Map<string, string>();

  function need(id: string): FakeBatch {
    const found = apiState.batches.get(id);
    const { workspaceId } = apiState;
    if (found === undefined || found.batch.workspaceId !== workspaceId) {
      throw new ApiError(
        { code: 'quoted', text: '404 not_found_error: not found' },
        { reach: 'answered', status: 404, type: 'not_found_error', workspaceId },
      );
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
    runArtifactState,
    pauseState,
    memory,
    kept,
    saved,
    stopNow: () => stopping.abort(new Error('stopped')),
    signal,
    state: {
      async find(key) {
        const texts = memory.texts.filter((one) => one.key === key).map(({ text }) => text);
        return { texts: memory.works ? texts.slice(-1) : [], uploadedAtMs: [], readable: memory.works };
      },
      async save(key, text, durable) {
        if (!memory.works) return 'nowhere';
        memory.texts.push({ key, text, durable, atMs: clock.time });
        return durable ? 'both' : 'cache';
      },
      async claim(name) {
        const isFree = !memory.claims.has(name);
        memory.claims.add(name);
        return isFree || !memory.works;
      },
      async others(sinceMs) {
        return memory.texts.filter(({ durable, atMs }) => durable && atMs >= sinceMs).map(({ text }) => text);
      },
    },
    answers: {
      async find(name, refs) {
        if (!kept.works) return [];
        return refs.map((ref) => newestKept({ name, ref })).filter((text) => text !== undefined);
      },
      async save(place, next) {
        const [scope] = kept.scopes;
        if (!kept.works || scope === undefined) return 'not-saved';
        if (next(newestKept(place)) === undefined) return 'nothing-new';
        const { meanwhile } = kept;
        kept.meanwhile = undefined;
        meanwhile?.();
        const text = next(newestKept(place));
        if (text === undefined) return 'nothing-new';
        kept.texts.push({ scope, ...place, text });
        return 'saved';
      },
    },
    clock,
    log,
    files: disk,
    api: {
      async create(given) {
        apiState.trip('create');
        const body = textOfBody(given);
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
          ...(apiState.workspaceId === undefined ? {} : { workspaceId: apiState.workspaceId }),
        };
        const results = requests.map((request, i) => JSON.stringify(apiState.answer(request.custom_id, i))).reverse();
        apiState.batches.set(id, { batch, body, pollsLeft: apiState.pollsNeeded, results });
        apiState.trip('create-answer');
        return batch;
      },
      async retrieve(id) {
        signal.throwIfAborted();
        apiState.polls += 1;
        apiState.trip('retrieve');
        const found = need(id);
        found.pollsLeft -= 1;
        if (found.pollsLeft <= 0 && found.batch.status !== 'ended') {
          const ended = { status: 'ended', endedAt: new Date(clock.time).toISOString() };
          found.batch = { ...found.batch, ...ended, counts: countsOf(found.results) };
        }
        const lastsMs = RESULTS_LAST_MS - BATCH_LASTS_MS;
        const isArchived = clock.date() >= Date.parse(found.batch.expiresAt) + lastsMs;
        const archivedAt = isArchived ? new Date(clock.date()).toISOString() : null;
        return { batch: { ...found.batch, archivedAt }, retryAfterMs: apiState.retryAfterMs };
      },
      async list({ limit, afterId }) {
        signal.throwIfAborted();
        apiState.trip('list');
        const here = [...apiState.batches.values()].filter(({ batch }) => batch.workspaceId === apiState.workspaceId);
        const all = here.map(({ batch }) => batch).reverse();
        const from = afterId === undefined ? 0 : all.findIndex(({ id }) => id === afterId) + 1;
        return { batches: all.slice(from, from + limit), hasMore: from + limit < all.length };
      },
      async cancel(id) {
        apiState.trip('cancel');
        const found = need(id);
        apiState.canceled.push(id);
        found.pollsLeft = apiState.pollsAfterCancel;
        found.batch = { ...found.batch, status: 'canceling' };
        return found.batch;
      },
      async remove(id) {
        apiState.trip('remove');
        need(id);
        apiState.batches.delete(id);
      },
      async model(name) {
        signal.throwIfAborted();
        apiState.trip('model');
        const given = apiState.models.get(name);
        if (given === null) return undefined;
        const usual = {
          lifecycle: 'active',
          retiresAt: null,
          maxTokens: 64_000,
          maxInputTokens: 200_000,
          takesBatches: true,
          takesStructuredOutputs: true,
        };
        return { id: name, ...usual, ...given };
      },
      async countTokens(params) {
        signal.throwIfAborted();
        apiState.trip('countTokens');
        apiState.counted.push(JSON.parse(Buffer.from(params).toString('utf8')));
        return Math.ceil(params.length / 4);
      },
      async results(id) {
        signal.throwIfAborted();
        apiState.trip('results');
        apiState.fetches += 1;
        const lines = need(id).results.map((line) => `${line}\n`);
        return stream(apiState.spoil === undefined ? lines : apiState.spoil(apiState.fetches, lines));
      },
    },
    runner: {
      cores: 2,
      setOutput: (name, value) => void outputs.set(name, value),
      saveState: (name, value) => void saved.set(name, value),
      async writeSummary(markdown) {
        summaries.push(markdown);
      },
    },
    artifacts: {
      async upload({ name, files: paths, folder }) {
        artifactState.trip('upload');
        if (!artifactState.exists) return undefined;
        const content = new Map(paths.map((path) => [path.slice(folder.length + 1), disk.disk.get(path) ?? NOTHING]));
        artifactState.stored.push({ name, files: [...content.keys()], content });
        const id = artifactState.stored.length;
        const stored: StoredArtifact = {
          name,
          id,
          digest: 'd1'.repeat(32),
          url: `https://github.test/artifacts/${id}`,
        };
        return stored;
      },
      async uploadFile({ path }) {
        artifactState.trip('uploadFile');
        if (!artifactState.exists) return undefined;
        const name = path.split('/').at(-1) ?? '';
        artifactState.pages.push({ name, files: [name], content: new Map([[name, disk.disk.get(path) ?? NOTHING]]) });
        const id = 1000 + artifactState.pages.length;
        return { name, id, digest: 'd2'.repeat(32), url: `https://github.test/artifacts/${id}` };
      },
      async verify({ id }) {
        return artifactState.stored[id - 1] !== undefined;
      },
      async fetch({ id }, folder, name) {
        artifactState.trip('fetch');
        const stored = artifactState.stored[id - 1];
        if (stored === undefined) throw new Error('artifact not found');
        disk.disk.set(`${folder}/artifact.zip`, NOTHING);
        const found = [...stored.content].find(([path]) => path === name);
        return stream([found?.[1].toString('utf8') ?? new Error('no results')]);
      },
    },
    runArtifacts: {
      named: async (name) => listArtifacts((one) => one.name === name),
      ofRun: async (runId) => listArtifacts((one) => one.runId === runId),
      async read(id) {
        runArtifactState.trip('read');
        const { content: _, ...listed } = runArtifact(id);
        return listed;
      },
      async download({ id }, { folder, maxBytes }) {
        runArtifactState.trip('download');
        const { content, isExpired, bytes } = runArtifact(id);
        if (isExpired) throw new GitHubError('gone', { code: 'quoted', text: 'it has expired' });
        if (bytes > maxBytes) throw new ServiceError({ code: 'artifact-too-large', limitBytes: maxBytes });
        disk.disk.set(`${folder}/artifact-${id}.zip`, NOTHING);
        return {
          async *read(name, most) {
            const file = content.get(name);
            if (file === undefined) throw new ServiceError({ code: 'artifact-unfit', why: 'no-file', file: name });
            if (file.length > most) throw new ServiceError({ code: 'artifact-unfit', why: 'too-large', file: name });
            yield* stream([file.toString()]);
          },
        };
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
      async update(commentId, body, before) {
        board.trip('update');
        const { meanwhile } = board;
        board.meanwhile = undefined;
        meanwhile?.();
        if (meanwhile !== undefined && board.comments.find(({ id }) => id === commentId)?.body !== before)
          throw new GitHubError('changed', { code: 'quoted', text: 'the comment changed' });
        const at = board.comments.findIndex(({ id }) => id === commentId);
        const comment = { ...(board.comments[at] ?? { id: commentId, url: '', issueNumber: 0 }), body };
        board.comments[at] = comment;
        return comment;
      },
      async remove(commentId) {
        const at = board.comments.findIndex(({ id }) => id === commentId);
        if (at === -1) throw new GitHubError('gone', { code: 'quoted', text: 'there is no such comment' });
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
      async pullRequest(number) {
        repositoryState.trip('pullRequest');
        return repositoryState.pulls.find((pull) => pull.number === number);
      },
      async runCreatedAt() {
        repositoryState.trip('runCreatedAt');
        return repositoryState.runCreatedAtMs;
      },
      async jobStartedAt() {
        repositoryState.trip('jobStartedAt');
        return repositoryState.jobStartedAtMs;
      },
      async jobId() {
        repositoryState.trip('jobId');
        return repositoryState.jobId;
      },
    },
    pauseNotes: {
      async leave(text) {
        pauseState.trip('leave');
        let number = 1;
        while (pauseState.notes.has(`claude-batch-paused-${number}`)) number += 1;
        pauseState.notes.set(`claude-batch-paused-${number}`, text);
      },
      async ofRun() {
        pauseState.trip('ofRun');
        return [...pauseState.notes].map(([name, text]) => ({ name, text }));
      },
      async remove(name) {
        pauseState.trip('remove');
        pauseState.notes.delete(name);
      },
    },
  };
}

function isOf(place: AnswerPlace, one: AnswerPlace): boolean {
  return one.name === place.name && one.ref === place.ref;
}

const NOTHING = Buffer.alloc(0);

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
