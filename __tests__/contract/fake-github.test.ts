import { describe, expect, test } from '@jest/globals';
import { describeGitHub } from '../../simulator/github/description.ts';
import { addIssue, addJob, addPull, addRepository, addRun, createGitHub } from '../../simulator/github/index.ts';
import {
  artifactPayload,
  commentPayload,
  jobPayload,
  type Maker,
  pullPayload,
  runPayload,
} from '../../simulator/github/payloads.ts';
import type { Payload } from '../../simulator/github/skeletons.ts';
import { createSkeletons } from '../../simulator/github/skeletons.ts';
import type { OperationName } from '../../simulator/openapi/description.ts';
import { createResults } from '../../simulator/results/index.ts';
import { parseComment } from '../../src/adapters/comments.ts';
import { parseOpenPull } from '../../src/adapters/repository.ts';
import { parseArtifact } from '../../src/adapters/run-artifacts.ts';
import { parseJob, parseRun } from '../../src/adapters/wake/workflow-runs.ts';
import type { Comment, PullRequest, RunArtifact, RunJob, StoredArtifact, WorkflowRun } from '../../src/ports/github.ts';
import { createFakes, type Fakes } from '../fakes/ports.ts';
import { addPaused, createFakeWaker, type FakeWaker, finish } from '../fakes/waking.ts';

// Whatever the fakes of GitHub answer, GitHub could have sent: its description allows it, and the adapter makes the same of it.

const description = describeGitHub();
const REPOS = '/repos/{owner}/{repo}';

/** A repository with one of each, whose payloads have all the members that GitHub sends. */
const { state } = createGitHub();
const repository = addRepository(state, 'octo/evals');
const other = addRepository(state, 'fork/evals');
const pull = addPull(state, repository, { number: 7, headSha: 'a'.repeat(40), headBranch: 'topic' });
addIssue(state, repository, { number: 8 });
const run = addRun(repository, { id: 5, headBranch: 'topic', headSha: 'a'.repeat(40) });
const job = addJob(state, run, { name: 'evals', startedAtMs: 0 });
const { state: results } = createResults();
const artifact = results.store({ run: 5, name: 'evals', bytes: Buffer.from('zip'), createdAtMs: 0 });
const sites = { api: 'https://api.github.com', server: 'https://github.com' };
const maker: Maker = { state, skeletons: createSkeletons(), sites };

/** The payload of GitHub that says what the fake answered, which its description allows and the adapter reads the same way. */
function expectParsed<T>(
  answer: T,
  from: (answer: T) => readonly [OperationName, Payload],
  parse: (wire: unknown) => T | undefined,
): void {
  const [operation, wire] = from(answer);
  expect(description(operation).checkResponse(200, wire)).toBeUndefined();
  expect(parse(JSON.parse(JSON.stringify(wire)))).toEqual(answer);
}

function expectComment({ id, url, body }: Comment): void {
  const about = { conversation: 7, author: 'github-actions[bot]', body, id, createdAtMs: 0, updatedAtMs: 0 };
  const wire = { ...commentPayload(maker, repository, about), html_url: url };
  expectParsed({ id, url, body }, () => [`GET ${REPOS}/issues/comments/{comment_id}`, wire], parseComment);
}

function expectPull(answer: PullRequest | undefined): void {
  if (answer === undefined) throw new Error('There is no pull request');
  if (pull.pull === undefined) throw new Error('It has no branch');
  const payload = pullPayload(maker, repository, { ...pull, number: answer.number }, pull.pull);
  const head = { ...(payload['head'] as Payload), sha: answer.headSha, ref: answer.headBranch };
  const repo = { ...((payload['head'] as Payload)['repo'] as Payload), full_name: answer.headRepository };
  const base = { ...(payload['base'] as Payload), ref: answer.baseBranch };
  const wire = { ...payload, head: { ...head, repo }, base };
  expectParsed(answer, () => [`GET ${REPOS}/pulls/{pull_number}`, wire], parseOpenPull);
}

function expectArtifact(answer: RunArtifact): void {
  const { id, name, runId, branch, createdAtMs, isExpired, isFromFork, bytes, digest } = answer;
  const payload = artifactPayload(maker, repository, run, artifact);
  const wire = {
    ...payload,
    id,
    name,
    size_in_bytes: bytes,
    expired: isExpired,
    created_at: new Date(createdAtMs).toISOString(),
    digest: digest === '' ? null : `sha256:${digest}`,
    workflow_run: {
      ...(payload['workflow_run'] as Payload),
      id: runId,
      head_branch: branch,
      head_repository_id: isFromFork ? other.id : repository.id,
    },
  };
  expectParsed(answer, () => [`GET ${REPOS}/actions/artifacts/{artifact_id}`, wire], parseArtifact);
}

function expectRun(answer: WorkflowRun): void {
  const { id, attempt, isCompleted, createdAtMs, isFromFork, workflowId, branch } = answer;
  const payload = runPayload(maker, repository, run);
  const status = isCompleted ? { status: 'completed', conclusion: 'success' } : { status: 'in_progress' };
  const headRepository = { ...(payload['head_repository'] as Payload), id: isFromFork ? other.id : repository.id };
  const about = { head_branch: branch, workflow_id: workflowId, head_repository: headRepository };
  const created = { created_at: new Date(createdAtMs).toISOString() };
  const wire = { ...payload, id, run_attempt: attempt, ...status, ...created, ...about };
  expectParsed(answer, () => [`GET ${REPOS}/actions/runs/{run_id}`, wire], parseRun);
}

function expectJob(answer: RunJob): void {
  const { id, runId, attempt, name, isCompleted, conclusion, startedAt } = answer;
  const status = isCompleted ? { status: 'completed', conclusion } : { status: 'in_progress', conclusion: null };
  const payload = jobPayload(maker, repository, run, job);
  const wire = { ...payload, id, run_id: runId, run_attempt: attempt, name, started_at: startedAt, ...status };
  expectParsed(answer, () => [`GET ${REPOS}/actions/jobs/{job_id}`, wire], parseJob);
}

/** The artifact service has no description; its client gives a digest in hex and an address. */
function expectStored(answer: StoredArtifact | undefined): void {
  expect(answer).toEqual({
    id: expect.any(Number),
    name: expect.any(String),
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    url: expect.stringMatching(/^https:\/\//),
  });
}

const PULL: PullRequest = {
  number: 7,
  headSha: 'c0ffee',
  headRepository: 'octo/evals',
  headBranch: 'topic',
  baseBranch: 'main',
};

function wakerWithRun(): FakeWaker {
  const waker = createFakeWaker();
  addPaused(waker, 5);
  addPaused(waker, 6, { failed: true, isFromFork: true });
  return waker;
}

/** After each change: all that a run and its jobs are. */
async function expectRunAndJobs({ ports }: FakeWaker, id: number): Promise<void> {
  expectRun(await ports.workflowRuns.run(id));
  const jobs = (await ports.workflowRuns.jobs(id)) ?? [];
  expect(jobs.length).toBeGreaterThan(0);
  for (const one of jobs) expectJob(one);
}

type Drive = (fakes: Fakes, waker: FakeWaker) => Promise<void>;
const methods: Readonly<Record<string, Drive>> = {
  'comments.create': async ({ comments }) => expectComment(await comments.create(7, 'marker\nHello')),
  'comments.find': async ({ comments }) => {
    await comments.create(7, 'marker\nHello');
    const found = await comments.find(7, 'marker');
    expect(found.length).toBe(1);
    for (const { id, url, body } of found) expectComment({ id, url, body });
  },
  'comments.update': async ({ comments }) => {
    const { id, body } = await comments.create(7, 'marker\nHello');
    expectComment(await comments.update(id, 'marker\nHello again', body));
  },
  'comments.remove': async ({ comments }) => {
    const { id } = await comments.create(7, 'marker\nHello');
    await comments.remove(id);
    expect(await comments.find(7, 'marker')).toEqual([]);
    await expect(comments.remove(id)).rejects.toMatchObject({ kind: 'gone' });
  },
  'repository.pullRequestsOfCommit': async ({ repository: asked, repositoryState }) => {
    repositoryState.pulls = [PULL];
    for (const one of await asked.pullRequestsOfCommit(PULL.headSha)) expectPull(one);
  },
  'repository.pullRequestsOfBranch': async ({ repository: asked, repositoryState }) => {
    repositoryState.pulls = [PULL, { ...PULL, number: 9, headRepository: 'fork/evals' }];
    for (const one of await asked.pullRequestsOfBranch('octo', 'topic')) expectPull(one);
  },
  'repository.pullRequest': async ({ repository: asked, repositoryState }) => {
    repositoryState.pulls = [PULL];
    expectPull(await asked.pullRequest(7));
    expect(await asked.pullRequest(9)).toBeUndefined();
  },
  'repository.runCreatedAt': async ({ repository: asked }) => {
    expectRun({
      id: 5,
      attempt: 1,
      isCompleted: false,
      isFromFork: false,
      workflowId: 3,
      branch: 'topic',
      createdAtMs: (await asked.runCreatedAt()) ?? Number.NaN,
    });
  },
  'repository.jobStartedAt': async ({ repository: asked, repositoryState, clock }) => {
    repositoryState.jobStartedAtMs = clock.time;
    const startedAt = new Date((await asked.jobStartedAt()) ?? Number.NaN).toISOString();
    expectJob({ id: 1, runId: 5, attempt: 1, name: 'evals', isCompleted: false, conclusion: '', startedAt });
  },
  'repository.jobId': async ({ repository: asked, repositoryState }) => {
    repositoryState.jobId = 4;
    const id = (await asked.jobId()) ?? Number.NaN;
    expectJob({
      id,
      runId: 5,
      attempt: 1,
      name: 'evals',
      isCompleted: false,
      conclusion: '',
      startedAt: '2026-11-22T10:00:00Z',
    });
  },
  'runArtifacts.named': async (_, { ports }) => {
    const listed = await ports.runArtifacts.named('claude-batch-paused-1');
    expect(listed.length).toBe(2);
    for (const one of listed) expectArtifact(one);
  },
  'runArtifacts.ofRun': async (_, { ports }) => {
    for (const id of [5, 6]) for (const one of await ports.runArtifacts.ofRun(id)) expectArtifact(one);
  },
  'runArtifacts.read': async (_, { ports }) => expectArtifact(await ports.runArtifacts.read(5_001)),
  'runArtifacts.download': async (_, { ports }) => {
    const listed = await ports.runArtifacts.read(5_001);
    const archive = await ports.runArtifacts.download(listed, { folder: '/t/zip', maxBytes: 10_000 });
    const pieces = await Array.fromAsync(archive.read('paused.json', 10_000));
    expect(JSON.parse(Buffer.concat(pieces).toString())).toMatchObject({ run_id: 5 });
    await expect(Array.fromAsync(archive.read('none', 10_000))).rejects.toMatchObject({ name: 'ServiceError' });
  },
  'artifacts.upload': async ({ artifacts, files }) => {
    files.disk.set('/r/a.json', Buffer.from('{}'));
    expectStored(await artifacts.upload({ name: 'evals', files: ['/r/a.json'], folder: '/r', retentionDays: 1 }));
  },
  'artifacts.uploadFile': async ({ artifacts }) => {
    expectStored(await artifacts.uploadFile({ path: '/r/page.html', retentionDays: 1 }));
  },
  'workflowRuns.run': async (_, waker) => {
    for (const id of [5, 6]) expectRun(await waker.ports.workflowRuns.run(id));
  },
  'workflowRuns.job': async (_, { ports }) => expectJob(await ports.workflowRuns.job(5_001)),
  'workflowRuns.jobs': async (_, waker) => expectRunAndJobs(waker, 5),
  'workflowRuns.rerunJob': async (_, waker) => {
    const { workflowRuns } = waker.ports;
    await workflowRuns.rerunJob(5_001, await workflowRuns.run(5));
    await expectRunAndJobs(waker, 5);
    await expect(workflowRuns.rerunJob(5_001, await workflowRuns.run(5))).rejects.toMatchObject({ kind: 'refused' });
    finish(waker, 5);
    await expectRunAndJobs(waker, 5);
  },
  'workflowRuns.rerunFailedJobs': async (_, waker) => {
    await waker.ports.workflowRuns.rerunFailedJobs(await waker.ports.workflowRuns.run(6));
    await expectRunAndJobs(waker, 6);
  },
  'workflowRuns.rerunAllJobs': async (_, waker) => {
    await waker.ports.workflowRuns.rerunAllJobs(await waker.ports.workflowRuns.run(6));
    await expectRunAndJobs(waker, 6);
  },
};

/** What has no shape on GitHub's wire: the protocol of caches, yes or no, a count of our own, bytes of a zip. */
const SHAPELESS = [
  'answers.find',
  'answers.save',
  'artifacts.fetch',
  'artifacts.verify',
  'pauseNotes.leave',
  'pauseNotes.ofRun',
  'pauseNotes.remove',
  'state.claim',
  'state.find',
  'state.others',
  'state.save',
  'workflowRuns.calls',
  'workflowRuns.hasOtherUnderway',
];

describe('the fakes of GitHub answer what it can send', () => {
  test.each(Object.entries(methods))('%s', async (_, drive) => {
    await drive(createFakes(), wakerWithRun());
  });

  test('and have no method besides', () => {
    const { comments, repository: asked, runArtifacts, artifacts, answers, pauseNotes, state: store } = createFakes();
    const { workflowRuns } = createFakeWaker().ports;
    const ports = {
      comments,
      repository: asked,
      runArtifacts,
      artifacts,
      answers,
      pauseNotes,
      state: store,
      workflowRuns,
    };
    const all = Object.entries(ports).flatMap(([port, of]) => Object.keys(of).map((method) => `${port}.${method}`));
    expect(all.sort()).toEqual([...Object.keys(methods), ...SHAPELESS].sort());
  });

  test('an answer that GitHub would not give is found', () => {
    const about = { id: 5_001, runId: 5, attempt: 1, name: 'evals', isCompleted: false, conclusion: '' };
    expect(() => expectJob({ ...about, startedAt: 'attempt 1' })).toThrow('date-time');
  });
});
