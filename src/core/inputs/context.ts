/** Where and for what this step runs, read from the runner's `GITHUB_*` variables and the event file. */
export interface RunContext {
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly owner: string;
  readonly repo: string;
  readonly event: string;
  /** Commit the run is about: the head of a pull request or of the triggering run, else `GITHUB_SHA`. */
  readonly sha: string;
  readonly ref: string;
  /** The branch or tag of the run, of a pull request the branch that it comes from: what GitHub calls `head_branch`. */
  readonly branch: string;
  readonly actor: string;
  readonly workflow: string;
  /** Path of the workflow file, such as `.github/workflows/evals.yml`, where it is one of this repository. */
  readonly workflowPath: string | undefined;
  /** Job id in the workflow file. */
  readonly job: string;
  /** `GITHUB_ACTION`: the step's id or the name the runner gave it. */
  readonly action: string;
  readonly runId: number;
  readonly runAttempt: number;
  readonly runnerName: string;
  readonly workspace: string;
  /** Page of this run attempt. */
  readonly runUrl: string;
  /** The event's own pull request or issue. */
  readonly issue: { readonly number: number; readonly kind: 'pull-request' | 'issue' } | undefined;
  /** Of a `workflow_run` event: the run that triggered this one. */
  readonly triggeringRun:
    | { readonly headRepository: string; readonly headBranch: string; readonly headSha: string }
    | undefined;
  /** Why the event comes without secrets: a pull request from a fork, or one by Dependabot. */
  readonly untrusted: 'fork' | 'dependabot' | undefined;
}
