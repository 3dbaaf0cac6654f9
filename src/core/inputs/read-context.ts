import type { RunContext } from './context.ts';
import {
  member,
  type Payload,
  positiveInteger,
  readIssue,
  readTriggeringRun,
  readUntrusted,
  text,
} from './read-event.ts';

/**
 * Reads the runner's `GITHUB_*` variables and the parsed event file. Never throws: what is absent or odd becomes an empty
 * text, 0 (a run id), 1 (an attempt) or undefined.
 */
export function readContext(env: Readonly<Record<string, string | undefined>>, event: unknown): RunContext {
  const read = (name: string): string => env[name] ?? '';
  const name = read('GITHUB_EVENT_NAME');
  const repository = read('GITHUB_REPOSITORY');
  const [owner = '', repo = ''] = repository.split('/');
  const serverUrl = withoutSlash(read('GITHUB_SERVER_URL')) || 'https://github.com';
  const runId = positiveInteger(Number(read('GITHUB_RUN_ID'))) ?? 0;
  const runAttempt = positiveInteger(Number(read('GITHUB_RUN_ATTEMPT'))) ?? 1;
  const triggeringRun = readTriggeringRun(event);
  return {
    serverUrl,
    apiUrl: withoutSlash(read('GITHUB_API_URL')) || 'https://api.github.com',
    owner,
    repo,
    event: name,
    sha: headOfPullRequest(event) ?? triggeringRun?.headSha ?? read('GITHUB_SHA'),
    ref: read('GITHUB_REF'),
    branch: read('GITHUB_HEAD_REF') || read('GITHUB_REF').replace(/^refs\/(?:heads|tags)\//, ''),
    actor: read('GITHUB_ACTOR'),
    workflow: read('GITHUB_WORKFLOW'),
    workflowPath: readWorkflowPath(read('GITHUB_WORKFLOW_REF'), repository),
    job: read('GITHUB_JOB'),
    action: read('GITHUB_ACTION'),
    runId,
    runAttempt,
    runnerName: read('RUNNER_NAME'),
    workspace: read('GITHUB_WORKSPACE'),
    runUrl: `${serverUrl}/${owner}/${repo}/actions/runs/${runId}/attempts/${runAttempt}`,
    issue: readIssue(event),
    triggeringRun,
    untrusted: readUntrusted({ name, actor: read('GITHUB_ACTOR'), repository }, event),
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

/** On a pull request `GITHUB_SHA` is a merge commit that nobody wrote, or the base. */
function headOfPullRequest(event: Payload): string | undefined {
  return text(member(event, 'pull_request', 'head', 'sha'));
}

/** `o/r/.github/workflows/x.yml@refs/…`; a workflow that an organization requires lies in another repository. */
function readWorkflowPath(workflowRef: string, repository: string): string | undefined {
  const prefix = `${repository}/`;
  if (!workflowRef.toLowerCase().startsWith(prefix.toLowerCase())) return undefined;
  return /^(\.github\/workflows\/[^/]+?\.ya?ml)@/.exec(workflowRef.slice(prefix.length))?.[1];
}
