import { countOf, formatCount } from '../text/numbers.ts';

/** Why a paused job is not run again in this round, or not at all. */
const LEFT_BECAUSE = {
  running: 'a batch of its workflow run has not ended yet',
  'run-in-progress': 'the workflow run is in progress',
  'branch-busy':
    'another run of the same workflow and branch is in progress, and with a concurrency group one would cancel the other',
  'one-at-a-time': 'another job of the same run was re-run, and GitHub cannot re-run just these jobs together',
  claimed: 'another step re-ran a run of the same workflow and branch in the last 15 minutes, or is doing so',
  'not-checked': 'this step has used up its calls to GitHub',
  'api-failed': 'the Anthropic API did not return the status of a batch',
  'github-failed': 'GitHub did not respond',
  fork: 'the run belongs to a fork',
  'too-old': 'it is too old: GitHub re-runs a workflow run for 30 days, and results last for 29',
  'note-unreadable': 'its artifact is not one that this action writes',
  'other-run': 'its artifact names another run',
  'run-again': 'the job was re-run since',
  'tries-used-up': 'the job was re-run three times and failed each time before it collected its batches',
  'same-name':
    'several jobs of the run have the same name, so the job is not known; give each leg of the matrix its own name',
  'run-gone': 'the run or its job does not exist any more',
  'record-gone':
    'it paused six days ago without "actions: read", so its record may be gone, and a re-run might submit its requests again',
  'too-many-attempts': 'the run has had too many attempts: GitHub allows 50 re-runs',
  'job-unknown': 'the job is not known; add "actions: read" to the permissions of the job that pauses',
  'batch-gone': 'the API does not know a batch, which was deleted or belongs to another workspace',
  'other-workspace':
    'a batch belongs to another workspace than the key of this step; use a key or sign-in of that workspace',
  'batch-canceled': 'a batch was canceled, so a re-run would submit its requests again',
  'results-gone': 'the API has the results of a batch no longer, so a re-run would submit its requests again',
  refused: 'GitHub refused to re-run it',
} as const;

export type LeftBecause = keyof typeof LEFT_BECAUSE;

/** Those of them that pass, so that a later round may wake the job. */
export const STILL_WAITING: ReadonlySet<LeftBecause> = new Set<LeftBecause>([
  'running',
  'run-in-progress',
  'branch-busy',
  'one-at-a-time',
  'claimed',
  'not-checked',
  'api-failed',
  'github-failed',
]);

/** Why a step that wakes could not do its work. */
const WAKING_FAILURES = {
  list: 'Could not look for paused runs',
  key: 'The Anthropic API rejected the API key or the sign-in, so the step cannot check which batches have ended',
  api: 'The Anthropic API did not return the status of any batch',
  rerun: 'Could not re-run a job. Add "actions: write" to the permissions of this job',
} as const;

/** A batch of another workspace than the one that the API answered for. */
interface Elsewhere {
  readonly id: string;
  readonly belongsTo: string;
  readonly answeredBy: string;
}

/** Log lines of a step that wakes paused runs, and of one that pauses. */
export const WAKING = {
  'pause-note-failed': ({ reason }: { readonly reason: string }) =>
    `Could not upload the artifact that a step with wake-paused looks for: ${reason}. Re-run this job once the batch has ended.`,
  'pause-note-not-removed': ({ reason }: { readonly reason: string }) =>
    `Could not delete the artifact of an earlier attempt that paused: ${reason}.`,
  'pause-job-unknown': ({ reason, isForbidden }: { readonly reason: string; readonly isForbidden: boolean }) =>
    `Could not determine the ID of this job (${reason}), so a step with wake-paused cannot re-run it alone.${isForbidden ? ' Add "actions: read" to the permissions of the job.' : ''}`,
  'waking-inputs-idle': ({ inputs }: { readonly inputs: readonly string[] }) =>
    `wake-paused is true, so ${inputs.join(', ')} ${inputs.length === 1 ? 'has' : 'have'} no effect in this step.`,
  'waking-pull-request': () =>
    'wake-paused is meant for a scheduled workflow of the default branch. This one runs for pull requests, each of which can change it.',
  'paused-elsewhere': ({ id, belongsTo, answeredBy }: Elsewhere) =>
    `Batch ${id} belongs to workspace ${belongsTo}, and the API key or sign-in of this step answers for ${answeredBy}.`,
  'paused-found': ({ jobs, runs }: { readonly jobs: number; readonly runs: number }) =>
    jobs === 0 ? 'Found no paused jobs.' : `Found ${countOf(jobs, 'paused job')} in ${countOf(runs, 'run')}.`,
  /** `job`: undefined where several jobs of the run were re-run at once. */
  'paused-woken': ({ runId, what, job = '', names }: WokenRun) =>
    `Re-running ${{ job: `the job ${job}`, 'failed-jobs': 'the failed jobs', 'all-jobs': 'all jobs' }[what]} of run ${runId} (${names.join(', ')}).`,
  'paused-left': ({ because, count, runs, runIds }: LeftGroup) =>
    `Did not re-run ${countOf(count, 'paused job')}: ${LEFT_BECAUSE[because]} (${runs === 1 ? 'run' : 'runs'} ${runIds.join(', ')}${runs > runIds.length ? ', …' : ''}).`,
  'paused-run-not-read': ({ reason }: { readonly reason: string }) => `Could not check a paused run: ${reason}.`,
  'rerun-refused': ({ runId, reason }: { readonly runId: number; readonly reason: string }) =>
    `Could not re-run run ${runId}: ${reason}.`,
  'waking-failed': ({ why, reason }: { readonly why: keyof typeof WAKING_FAILURES; readonly reason: string }) =>
    `${WAKING_FAILURES[why]} (${reason}).`,
  'waking-stopped': () => 'The job was stopped before this step was done. The next run of this workflow continues.',
};

interface WokenRun {
  readonly runId: number;
  readonly what: 'job' | 'failed-jobs' | 'all-jobs';
  readonly job: string | undefined;
  readonly names: readonly string[];
}

/** Paused jobs that are left alone for one reason, of so many runs; `runIds` of the first of those. */
export interface LeftGroup {
  readonly because: LeftBecause;
  readonly count: number;
  readonly runs: number;
  readonly runIds: readonly number[];
}

/** Texts of its job summary, as Markdown. */
export const WAKE_REPORT = {
  heading: ({ woken, waiting }: { readonly woken: number; readonly waiting: number }) =>
    `${countOf(woken, 'paused job')} woken, ${formatCount(waiting)} still waiting`,
  because: ({ because }: { readonly because: LeftBecause }) => LEFT_BECAUSE[because],
  several: () => 'several at once',
  run: () => 'Run',
  job: () => 'Job',
  name: () => 'Name',
  batches: () => 'Batches',
  'left-alone': () => 'Left alone',
  why: () => 'Why',
  runs: () => 'Runs',
  more: ({ count }: { readonly count: number }) => `and ${formatCount(count)} more`,
};
