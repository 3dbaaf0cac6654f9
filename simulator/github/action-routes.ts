import type { Artifact } from '../results/index.ts';
import { artifactPayload, jobPayload, runPayload, workflowId } from './payloads.ts';
import { notFound, Refusal } from './refusals.ts';
import { isFailed, newestJobs, rerun } from './reruns.ts';
import { paged, pathNumber, type Reply, type Route, type RouteCall } from './routes.ts';
import type { Job, Run } from './state.ts';

const REPOSITORY = '/repos/{owner}/{repo}/actions';
const RUN = `${REPOSITORY}/runs/{run_id}`;
const JOB = `${REPOSITORY}/jobs/{job_id}`;
const ARTIFACT = `${REPOSITORY}/artifacts/{artifact_id}`;

const read: Route['needs'] = () => [['actions', 'read']];
const write: Route['needs'] = () => [['actions', 'write']];

export const actionRoutes: readonly Route[] = [
  { operation: `GET ${RUN}`, needs: read, answer: getRun },
  { operation: `GET ${REPOSITORY}/workflows/{workflow_id}/runs`, needs: read, answer: listRuns },
  { operation: `GET ${RUN}/jobs`, needs: read, answer: listJobs },
  { operation: `GET ${JOB}`, needs: read, answer: getJob },
  { operation: `POST ${JOB}/rerun`, needs: write, answer: rerunJob },
  { operation: `POST ${RUN}/rerun`, needs: write, answer: (call) => rerunAll(call, () => true) },
  {
    operation: `POST ${RUN}/rerun-failed-jobs`,
    needs: write,
    answer: (call) => rerunAll(call, ({ conclusion }) => isFailed(conclusion)),
  },
  { operation: `GET ${RUN}/attempts/{attempt_number}/jobs`, needs: read, answer: listJobsOfAttempt },
  { operation: `GET ${REPOSITORY}/artifacts`, needs: read, answer: listArtifacts },
  { operation: `GET ${RUN}/artifacts`, needs: read, answer: listArtifactsOfRun },
  { operation: `GET ${ARTIFACT}`, needs: read, answer: getArtifact },
  { operation: `DELETE ${ARTIFACT}`, needs: write, answer: removeArtifact },
  { operation: `GET ${ARTIFACT}/{archive_format}`, needs: read, answer: download },
];

function getRun(call: RouteCall): Reply {
  return { status: 200, body: runPayload(call.maker, call.repository, runOf(call)) };
}

/** Of one workflow, the newest first. */
function listRuns(call: RouteCall): Reply {
  const branch = call.query.get('branch');
  const found = [...call.repository.runs.values()]
    .filter((run) => workflowId(run) === pathNumber(call, 'workflow_id'))
    .filter(({ headBranch }) => branch === null || branch === headBranch)
    .sort((a, b) => b.id - a.id);
  const { page, headers } = paged(call, `${actionsUrl(call)}/workflows/${call.path.get('workflow_id')}/runs`, found);
  const runs = page.map((run) => runPayload(call.maker, call.repository, run));
  return { status: 200, headers, body: { total_count: found.length, workflow_runs: runs } };
}

function listJobs(call: RouteCall): Reply {
  const run = runOf(call);
  const isAll = call.query.get('filter') === 'all';
  return listedJobs(call, run, 'jobs', isAll ? run.jobs : newestJobs(run));
}

function getJob(call: RouteCall): Reply {
  const { run, job } = jobOf(call);
  return { status: 200, body: jobPayload(call.maker, call.repository, run, job) };
}

function rerunJob(call: RouteCall): Reply {
  const { run, job } = jobOf(call);
  rerun(call.state, run, [job]);
  return { status: 201, body: {} };
}

function rerunAll(call: RouteCall, isWanted: (job: Job) => boolean): Reply {
  const run = runOf(call);
  rerun(call.state, run, newestJobs(run).filter(isWanted));
  return { status: 201, body: {} };
}

function jobOf(call: RouteCall): { readonly run: Run; readonly job: Job } {
  const id = pathNumber(call, 'job_id');
  for (const run of call.repository.runs.values()) {
    const job = run.jobs.find((one) => one.id === id);
    if (job !== undefined) return { run, job };
  }
  throw notFound();
}

function listJobsOfAttempt(call: RouteCall): Reply {
  const run = runOf(call);
  const attempt = pathNumber(call, 'attempt_number');
  const jobs = run.jobs.filter((job) => job.attempt === attempt);
  if (jobs.length === 0) throw notFound();
  return listedJobs(call, run, `attempts/${attempt}/jobs`, jobs);
}

function listedJobs(call: RouteCall, run: Run, path: string, jobs: readonly Job[]): Reply {
  const { page, headers } = paged(call, `${actionsUrl(call)}/runs/${run.id}/${path}`, jobs);
  const body = { total_count: jobs.length, jobs: page.map((job) => jobPayload(call.maker, call.repository, run, job)) };
  return { status: 200, headers, body };
}

function listArtifacts(call: RouteCall): Reply {
  return listedArtifacts(call, 'artifacts', known(call).reverse());
}

function listArtifactsOfRun(call: RouteCall): Reply {
  const run = runOf(call);
  const found = known(call).filter((one) => one.run === run);
  const ordered = call.query.get('direction') === 'asc' ? found : found.reverse();
  return listedArtifacts(call, `runs/${run.id}/artifacts`, ordered);
}

function listedArtifacts(call: RouteCall, path: string, artifacts: readonly Known[]): Reply {
  const name = call.query.get('name');
  const found = artifacts.filter(({ artifact }) => name === null || artifact.name === name);
  const { page, headers } = paged(call, `${actionsUrl(call)}/${path}`, found);
  return {
    status: 200,
    headers,
    body: { total_count: found.length, artifacts: page.map((one) => payload(call, one)) },
  };
}

function getArtifact(call: RouteCall): Reply {
  return { status: 200, body: payload(call, artifactOf(call)) };
}

function removeArtifact(call: RouteCall): Reply {
  const { artifact } = artifactOf(call);
  const artifacts = call.results?.artifacts;
  artifacts?.splice(artifacts.indexOf(artifact), 1);
  return { status: 204 };
}

function download(call: RouteCall): Reply {
  const { artifact } = artifactOf(call);
  if (call.path.get('archive_format') !== 'zip' || call.results === undefined) throw notFound();
  if (artifact.expiresAtMs <= call.state.now()) throw new Refusal(410, 'Artifact has expired');
  return { status: 302, headers: { location: call.results.artifactUrl(call.origin, artifact) } };
}

interface Known {
  readonly run: Run;
  readonly artifact: Artifact;
}

/** Finished artifacts of this repository's runs, oldest first. */
function known({ repository, results }: RouteCall): Known[] {
  const found: Known[] = [];
  for (const artifact of results?.artifacts ?? []) {
    const run = repository.runs.get(Number(artifact.run));
    if (run !== undefined && artifact.digest !== undefined) found.push({ run, artifact });
  }
  return found;
}

function artifactOf(call: RouteCall): Known {
  const id = pathNumber(call, 'artifact_id');
  const found = known(call).find(({ artifact }) => artifact.id === id);
  if (found === undefined) throw notFound();
  return found;
}

function runOf(call: RouteCall): Run {
  const run = call.repository.runs.get(pathNumber(call, 'run_id'));
  if (run === undefined) throw notFound();
  return run;
}

function payload({ maker, repository }: RouteCall, { run, artifact }: Known) {
  return artifactPayload(maker, repository, run, artifact);
}

function actionsUrl({ maker, repository }: RouteCall): string {
  return `${maker.sites.api}/repos/${repository.fullName}/actions`;
}
