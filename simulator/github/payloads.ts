import type { Artifact } from '../results/index.ts';
import { attemptOf, conclusionOf, statusOf } from './reruns.ts';
import type { Payload, Sites, Skeletons } from './skeletons.ts';
import type { Comment, Conversation, GitHubState, Job, Pull, Repository, Run } from './state.ts';

/** What payloads are made from. */
export interface Maker {
  readonly state: GitHubState;
  readonly skeletons: Skeletons;
  readonly sites: Sites;
}

export function userPayload({ skeletons, sites }: Maker, login: string): Payload {
  const isBot = login.endsWith('[bot]');
  const page = isBot ? `apps/${login.slice(0, -'[bot]'.length)}` : login;
  const own = { login, id: idOf(login), type: isBot ? 'Bot' : 'User', html_url: `${sites.server}/${page}` };
  return { ...skeletons.user(sites, encodeURIComponent(login)), ...own };
}

export function repositoryPayload(maker: Maker, { fullName, id, isPrivate, defaultBranch }: Repository): Payload {
  const own = { id, private: isPrivate, default_branch: defaultBranch, owner: userPayload(maker, ownerOf(fullName)) };
  return { ...maker.skeletons.repository(maker.sites, fullName), ...own };
}

/** As lists show it; `pullPayload` adds what only a single one has. */
export function pullSummaryPayload(
  maker: Maker,
  repository: Repository,
  conversation: Conversation,
  pull: Pull,
): Payload {
  const skeleton = maker.skeletons.pull(maker.sites, repository.fullName, conversation.number, pull.headSha);
  const fork = maker.state.repositories.get(pull.headRepository.toLowerCase());
  return {
    ...skeleton,
    ...conversationFields(maker, conversation),
    body: null,
    auto_merge: null,
    head: side(maker, pull.headRepository, fork, pull.headBranch, pull.headSha),
    base: side(maker, repository.fullName, repository, pull.baseBranch, pull.baseSha),
  };
}

export function pullPayload(maker: Maker, repository: Repository, conversation: Conversation, pull: Pull): Payload {
  const comments = repository.comments.filter((comment) => comment.conversation === conversation.number).length;
  return { ...pullSummaryPayload(maker, repository, conversation, pull), comments, commits: pull.commits.size };
}

export function issuePayload(maker: Maker, repository: Repository, conversation: Conversation): Payload {
  const { number, pull } = conversation;
  const skeleton = maker.skeletons.issue(maker.sites, repository.fullName, number);
  const web = `${maker.sites.server}/${repository.fullName}/pull/${number}`;
  return {
    ...skeleton,
    ...conversationFields(maker, conversation),
    body: conversation.body,
    labels: conversation.labels.map((name) => labelPayload(maker, repository, name)),
    comments: repository.comments.filter((comment) => comment.conversation === number).length,
    ...(pull === undefined
      ? {}
      : {
          html_url: web,
          pull_request: {
            url: `${maker.sites.api}/repos/${repository.fullName}/pulls/${number}`,
            html_url: web,
            diff_url: `${web}.diff`,
            patch_url: `${web}.patch`,
            merged_at: null,
          },
        }),
  };
}

function labelPayload({ sites }: Maker, { fullName }: Repository, name: string): Payload {
  const id = idOf(`label ${name}`);
  const url = `${sites.api}/repos/${fullName}/labels/${encodeURIComponent(name)}`;
  return { id, node_id: nodeId('Label', id), url, name, description: null, color: 'ededed', default: false };
}

export function commentPayload(maker: Maker, repository: Repository, comment: Comment): Payload {
  const { id, conversation, author, body, createdAtMs, updatedAtMs } = comment;
  const api = `${maker.sites.api}/repos/${repository.fullName}/issues`;
  const kind = repository.conversations.get(conversation)?.pull === undefined ? 'issues' : 'pull';
  return {
    id,
    node_id: nodeId('IssueComment', id),
    url: `${api}/comments/${id}`,
    html_url: `${maker.sites.server}/${repository.fullName}/${kind}/${conversation}#issuecomment-${id}`,
    issue_url: `${api}/${conversation}`,
    user: userPayload(maker, author),
    created_at: timeText(createdAtMs),
    updated_at: timeText(updatedAtMs),
    author_association: author.endsWith('[bot]') ? 'NONE' : 'CONTRIBUTOR',
    performed_via_github_app: null,
    body,
  };
}

/** Workflows of the same name are the same one here. */
export function workflowId({ workflowName }: Run): number {
  return idOf(`workflow ${workflowName}`);
}

/** A run of any event. */
export function runPayload(maker: Maker, repository: Repository, run: Run): Payload {
  const { sites, state } = maker;
  const api = `${sites.api}/repos/${repository.fullName}/actions`;
  const url = `${api}/runs/${run.id}`;
  const head = state.repositories.get(run.headRepository.toLowerCase());
  return {
    id: run.id,
    node_id: nodeId('WorkflowRun', run.id),
    name: run.workflowName,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    run_number: 1,
    run_attempt: attemptOf(run),
    display_title: run.workflowName,
    event: 'push',
    status: statusOf(run),
    conclusion: conclusionOf(run),
    path: '.github/workflows/evals.yml',
    workflow_id: workflowId(run),
    url,
    html_url: `${sites.server}/${repository.fullName}/actions/runs/${run.id}`,
    created_at: timeText(run.createdAtMs),
    updated_at: timeText(run.createdAtMs),
    head_commit: null,
    head_repository: repositoryPayload(maker, head ?? repository),
    repository: repositoryPayload(maker, repository),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${sites.api}/repos/${repository.fullName}/check-suites/${run.id}`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    artifacts_url: `${url}/artifacts`,
    workflow_url: `${api}/workflows/${workflowId(run)}`,
    pull_requests: [],
  };
}

export function jobPayload({ sites }: Maker, { fullName }: Repository, run: Run, job: Job): Payload {
  const api = `${sites.api}/repos/${fullName}`;
  return {
    id: job.id,
    node_id: nodeId('CheckRun', job.id),
    run_id: run.id,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: job.attempt,
    head_sha: run.headSha,
    head_branch: run.headBranch,
    workflow_name: run.workflowName,
    name: job.name,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${sites.server}/${fullName}/actions/runs/${run.id}/job/${job.id}`,
    check_run_url: `${api}/check-runs/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: timeText(job.startedAtMs),
    started_at: timeText(job.startedAtMs),
    completed_at: job.completedAtMs === undefined ? null : timeText(job.completedAtMs),
    labels: ['ubuntu-latest'],
    runner_id: job.runnerName === null ? null : idOf(job.runnerName),
    runner_name: job.runnerName,
    runner_group_id: job.runnerName === null ? null : 0,
    runner_group_name: job.runnerName === null ? null : 'GitHub Actions',
    steps: [],
  };
}

export function artifactPayload(maker: Maker, repository: Repository, run: Run, artifact: Artifact): Payload {
  const url = `${maker.sites.api}/repos/${repository.fullName}/actions/artifacts/${artifact.id}`;
  const head = maker.state.repositories.get(run.headRepository.toLowerCase());
  return {
    id: artifact.id,
    node_id: nodeId('Artifact', artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.blob.bytes?.length ?? 0,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expiresAtMs <= maker.state.now(),
    digest: artifact.digest === undefined ? null : `sha256:${artifact.digest}`,
    created_at: timeText(artifact.createdAtMs),
    updated_at: timeText(artifact.createdAtMs),
    expires_at: timeText(artifact.expiresAtMs),
    workflow_run: {
      id: run.id,
      repository_id: repository.id,
      head_repository_id: head?.id ?? idOf(run.headRepository),
      head_branch: run.headBranch,
      head_sha: run.headSha,
    },
  };
}

function conversationFields(
  maker: Maker,
  { number, state, locked, title, author, createdAtMs }: Conversation,
): Payload {
  const time = timeText(createdAtMs);
  return {
    id: idOf(`#${number}`),
    number,
    state,
    locked,
    title,
    user: userPayload(maker, author),
    created_at: time,
    updated_at: time,
    closed_at: state === 'closed' ? time : null,
  };
}

function side(maker: Maker, fullName: string, repository: Repository | undefined, ref: string, sha: string): Payload {
  const owner = ownerOf(fullName);
  const repo =
    repository === undefined ? maker.skeletons.repository(maker.sites, fullName) : repositoryPayload(maker, repository);
  return { label: `${owner}:${ref}`, ref, sha, user: userPayload(maker, owner), repo };
}

function ownerOf(fullName: string): string {
  return fullName.split('/')[0] ?? '';
}

/** Seconds, as REST says times. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

export function nodeId(kind: string, id: number): string {
  return Buffer.from(`${kind}${id}`).toString('base64');
}

/** The same positive number for the same name, always. */
function idOf(name: string): number {
  let hash = 7;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_000_007;
  return hash;
}
