import { type Femto, formatUsd } from '../text/money.ts';
import { countOf, formatBytes, formatCount, formatDuration } from '../text/numbers.ts';
import { type Failure, printFailedStep } from './failures.ts';

interface OfBatch {
  readonly id: string;
}

interface WithReason {
  /** What the service answered, or the causes of a failure. */
  readonly reason: string;
}

/** Another run that sends the same requests. Its id and name are undefined if only its claim was seen. */
interface OtherRun {
  readonly runId: number | undefined;
  readonly name: string | undefined;
}

const DECISIONS = {
  submit: 'Submitting',
  attach: 'Resuming',
  reconcile: 'Looking for a batch',
  collect: 'Collecting again',
  restore: 'Restoring from the artifact',
  refuse: 'Not submitting',
} as const;

/** Why the action makes that decision. `by` is the run that saved the record. */
const DECISION_REASONS = {
  'resume-never': () => 'resume is never',
  'no-record': () => 'found no earlier batch of these requests',
  canceled: (by: string) => `the batch of ${by} was canceled`,
  collected: (by: string) => `${by} collected these requests`,
  'collected-elsewhere': (by: string) => `${by} collected these requests, so this run gets a new batch`,
  'collected-expired': (by: string) => `the API no longer has the results that ${by} collected`,
  deleted: (by: string) => `${by} collected these requests and deleted their batch`,
  'deleted-for-good': (by: string) =>
    `${by} collected these requests and deleted their batch, and no artifact holds the results`,
  expired: (by: string) => `the API no longer has the results of the batch that ${by} left`,
  'create-uncertain': (by: string) => `${by} started to create a batch but did not receive its ID`,
  unfinished: (by: string) => `${by} did not finish these requests`,
  'other-version': () =>
    'another version of this action saved a record of these requests that this version cannot read',
  unreadable: () => 'the newest stored record of these requests cannot be read',
} as const;

/** Why a stored index of answers is not used. */
const INDEX_FAULTS = {
  'too-large': 'it is too large',
  unreadable: 'it cannot be read',
  'other-version': 'another version of this action wrote it',
  'wrong-form': 'it is not one that this action writes',
  'in-future': 'it is from the future',
} as const;

/** How many of all answers, or judgements, are taken from how many batches of earlier runs. */
interface ReuseFacts {
  readonly of: 'answer' | 'judgement';
  readonly count: number;
  readonly total: number;
  readonly batches: number;
}

/** Answers, or judgements, of so many batches, the first of which has this ID. */
interface LostAnswers extends OfBatch {
  readonly of: 'answer' | 'judgement';
  readonly batches: number;
  readonly count: number;
}

function nameBatches({ id, batches }: Pick<LostAnswers, 'id' | 'batches'>): string {
  return batches === 1 ? `batch ${id}` : `${formatCount(batches)} batches, such as ${id}`;
}

/** Log lines on reading the record, submitting, waiting and collecting. */
export const BATCHES = {
  'records-not-read': () =>
    'Could not check the Actions cache or artifacts for an earlier run that submitted these requests.',
  'record-foreign': () =>
    'Skipped a stored text that has the name of a record of these requests but is not one. Check which workflows save caches or artifacts whose names start with claude-batch-.',
  'record-not-saved': () =>
    'Could not save the record of this run in the Actions cache or as an artifact, so a later run will not find its batches. Their IDs are in the output batch-id, the log, the summary and the comment.',
  'record-hidden': () =>
    'The record of this run is not in the Actions cache, and this job may not list the artifact that has it, so a later run will not find its batches and would pay for the requests again. Add "actions: read" to the permissions of the job, or set batch-id to the IDs in the output batch-id, the log, the summary or the comment.',
  'decision-made': (facts: {
    readonly action: keyof typeof DECISIONS;
    readonly because: keyof typeof DECISION_REASONS;
    /** The run that saved the record; undefined for this workflow run. */
    readonly runId: number | undefined;
  }) => {
    const by = facts.runId === undefined ? 'this workflow run' : `run ${facts.runId}`;
    return `${DECISIONS[facts.action]}: ${DECISION_REASONS[facts.because](by)}`;
  },
  'job-start-unknown': ({ reason, isForbidden }: WithReason & { readonly isForbidden: boolean }) =>
    `Could not determine when the job started${isForbidden ? '' : ` (${reason})`}. Counting wait-minutes from this step, and stopping 15 minutes early.${isForbidden ? ' Add "actions: read" to the permissions of the job to wait longer.' : ''}`,

  'pointer-shared': ({ name }: { readonly name: string }) =>
    `Another step of this run has the same name (${name}), job and request files, so supersede: cancel will not stop the batches of either after the next push. Give each step its own name.`,
  'shard-taken-over': ({ id, count }: OfBatch & { readonly count: number }) =>
    `Continuing with batch ${id}: an earlier run submitted ${countOf(count, 'request')} in it that did not change.`,
  'run-yielded': (other: OtherRun) =>
    `${nameOf(other)} is submitting the same requests at the same time. Waiting for its batch.`,
  'other-run-silent': ({ silentMs, ...other }: OtherRun & { readonly silentMs: number }) =>
    `${nameOf(other)} has not created its batch and has shown no activity for ${formatDuration(silentMs)}, so this run continues without it. If that run still creates its batch, you pay twice. Add a concurrency group to the workflow to prevent this.`,
  'answers-dropped': ({ why }: { readonly why: keyof typeof INDEX_FAULTS }) =>
    `Skipped an index of earlier answers in the Actions cache: ${INDEX_FAULTS[why]}.`,
  'reuse-planned': ({ of, count, total, batches }: ReuseFacts) => {
    const rest = total - count;
    const others = rest === 0 ? '' : rest === 1 ? ' The other one is' : ` The other ${formatCount(rest)} are`;
    return `Reusing ${formatCount(count)} of ${countOf(total, of)}, from ${countOf(batches, 'earlier batch', 'earlier batches')}.${others === '' ? '' : `${others} to be submitted.`}`;
  },
  'reuse-left-out': ({ count, batches }: { readonly count: number; readonly batches: number }) =>
    `Earlier answers are reused from the ${formatCount(batches)} batches that hold most of them. Not reusing ${countOf(count, 'answer')} of other batches.`,
  'reuse-too-many': ({ total, most }: { readonly total: number; readonly most: number }) =>
    `Not reusing earlier answers: there are ${countOf(total, 'request')}, and answers are reused for up to ${formatCount(most)}.`,
  'reuse-saves': ({ usd }: { readonly usd: Femto }) =>
    `Reusing earlier answers saves about $${formatUsd(usd)}, which is not in the estimate.`,
  'reuse-lost': ({ of, count, reason, ...batches }: LostAnswers & WithReason) =>
    `The API does not return ${countOf(count, `earlier ${of}`)} from ${nameBatches(batches)}${reason === '' ? '' : ` (${reason})`}.`,
  'reuse-outdated': ({ of, count, ...batches }: LostAnswers) =>
    `Could not reuse ${countOf(count, of)} of ${nameBatches(batches)}: the model name in the ${count === 1 ? 'request' : 'requests'} now stands for another version of the model.`,
  'reuse-resent': ({ count, usd }: { readonly count: number; readonly usd: Femto }) =>
    `Earlier answers to ${countOf(count, 'request')} are gone since the others were submitted. Submitting ${count === 1 ? 'it' : 'them'} in another round, for about $${formatUsd(usd)}.`,
  'batch-list-failed': ({ reason, pauseMs }: WithReason & { readonly pauseMs: number }) =>
    `Could not list the batches: ${reason}. Trying again in ${formatDuration(pauseMs)}.`,
  'create-delayed': ({ reason, pauseMs }: WithReason & { readonly pauseMs: number }) =>
    `Could not create the batch: ${reason}. Trying again in ${formatDuration(pauseMs)}.`,
  'create-uncertain': ({ reason }: WithReason) =>
    `The create request failed without a clear response (${reason}). Checking whether a batch exists before retrying.`,
  'create-repeated': () => 'No batch was created. Submitting the requests again.',
  'lost-batch-absent': () => 'The create request of the earlier run did not create a batch.',
  'lost-batch-found': ({ id }: OfBatch) =>
    `Found batch ${id}, which the failed create request may have created. Its results will show whether it belongs to this run.`,
  'batch-rejected': ({ id }: OfBatch) =>
    `Found batch ${id} after a failed create request, but it contains other requests. This run does not use it.`,
  'batch-sent': ({
    id,
    count,
    bytes,
    round,
  }: OfBatch & { readonly count: number; readonly bytes: number; readonly round: number }) =>
    `Submitted ${countOf(count, 'request')}${round === 0 ? '' : ` again, round ${round}`} (${formatBytes(bytes)}) as batch ${id}`,
  'batch-id-unlisted': ({ id }: OfBatch) =>
    `The ID of batch ${id} cannot stand in the output batch-id, which is a list with commas. Run again with the same requests to collect this batch.`,
  'batch-resumed': ({ id, createdAt }: OfBatch & { readonly createdAt: string }) =>
    `Resuming batch ${id}, created ${createdAt}`,
  'batches-given': ({ ids }: { readonly ids: readonly string[] }) =>
    `Collecting ${countOf(ids.length, 'batch', 'batches')}: ${ids.join(', ')}`,
  'judging-begins': ({ count, model }: { readonly count: number; readonly model: string }) =>
    `The answers are in. Their asserts need ${countOf(count, 'judgement')} by ${model} (llm-rubric).`,
  /** `batch-id` alone, which asks for nothing to be submitted. */
  'judge-not-set': () =>
    'judge-model is not set, so llm-rubric is not judged and its cases stay ungraded. Set judge-model to have these answers judged.',
  'judgements-contradict': ({ count }: { readonly count: number }) =>
    `In ${countOf(count, 'judgement')} the score contradicts the verdict. The verdict counts.`,
  'round-started': ({ count, round }: { readonly count: number; readonly round: number }) =>
    `Submitting ${countOf(count, 'unanswered request')} again, round ${round}.`,
  'round-dropped': ({ failures }: { readonly failures: readonly Failure[] }) =>
    `Could not submit the unanswered requests again: ${printFailedStep({ failures, next: undefined })}`,

  'waiting-begins': ({ total, leftMs }: { readonly total: number; readonly leftMs: number }) =>
    `Waiting for ${total === 1 ? 'the batch' : `${formatCount(total)} batches`}, up to ${formatDuration(leftMs)}. Half of all batches end within ten minutes, nine in ten within an hour. From here on, the log shows only what changes.`,
  'batches-checked': ({ waitedMs, pauseMs, total, running, isCanceling, failing }: LookFacts) => {
    const state = isCanceling ? 'being canceled' : 'running';
    const [failed] = failing;
    const elapsed = formatDuration(waitedMs);
    const next = `next check in ${formatDuration(pauseMs)}`;
    if (total === 1) return `${elapsed} · ${failed === undefined ? state : `no status (${failed.reason})`} · ${next}`;
    const about = failing.length === 1 ? failed?.id : `${failing.length} of them`;
    const trouble = failed === undefined ? '' : `, no status for ${about} (${failed.reason})`;
    return `${elapsed} · ${formatCount(running)} of ${formatCount(total)} batches ${state}${trouble} · ${next}`;
  },
  'batches-ended': ({ waitedMs, total }: { readonly waitedMs: number; readonly total: number }) =>
    `${total === 1 ? 'Batch' : `All ${formatCount(total)} batches`} ended after ${formatDuration(waitedMs)}`,
  'timeout-canceling': () =>
    'The waiting time has ended. Asking the API to cancel the batch and waiting for the answers it already has.',
  'results-incomplete': ({ id, reason, pauseMs }: OfBatch & WithReason & { readonly pauseMs: number }) =>
    `The results of batch ${id} are incomplete (${reason}). Downloading them again in ${formatDuration(pauseMs)}.`,
  'results-restored': ({ artifact, runId }: { readonly artifact: string; readonly runId: number }) =>
    `Restored the results from the artifact ${artifact} of run ${runId}.`,

  'cancel-requested': ({ id }: OfBatch) => `Asked the API to cancel batch ${id}.`,
  'cancel-failed': ({ id, reason }: OfBatch & WithReason) => `Could not cancel batch ${id}: ${reason}.`,
  'cancel-skipped': ({ id }: OfBatch) => `Not canceling batch ${id}: this run did not create it.`,
  /** `belongsTo`: its workspace, where the API was asked in another one. */
  'earlier-push-not-checked': ({
    id,
    reason,
    belongsTo,
  }: OfBatch & WithReason & { readonly belongsTo?: string | undefined }) =>
    `Could not check batch ${id} of an earlier push${belongsTo === undefined ? '' : `, which belongs to workspace ${belongsTo}`}: ${reason}.`,
  'earlier-push-canceled': ({ id, sha }: OfBatch & { readonly sha: string }) =>
    `Canceled batch ${id} of the earlier commit ${sha.slice(0, 7)}, which had other requests.`,
  'earlier-push-not-canceled': ({ id, reason }: OfBatch & WithReason) =>
    `Could not cancel batch ${id} of an earlier push: ${reason}.`,
};

/** One round of status checks on the batches of a run. */
interface LookFacts {
  readonly waitedMs: number;
  /** Time until the next check. */
  readonly pauseMs: number;
  readonly total: number;
  /** How many have not ended. */
  readonly running: number;
  readonly isCanceling: boolean;
  /** Batches whose status the API did not return. */
  readonly failing: readonly (OfBatch & WithReason)[];
}

function nameOf({ runId, name }: OtherRun): string {
  return runId === undefined ? 'Another run' : `Run ${runId} (${name})`;
}

/** Log lines and warnings of the adapters: cache, artifacts, GitHub, files. */
export const SERVICES = {
  'cache-read-only': () => 'This run can only read the Actions cache. Its records are stored as artifacts only.',
  'cache-mode-unfit': ({ mode }: { readonly mode: string }) =>
    `The cache-mode of this workflow is ${mode}, so its records are stored as artifacts only.`,
  'cache-not-read': ({ reason }: WithReason) => `Could not read records from the Actions cache: ${reason}.`,
  'cache-not-saved': ({ reason }: WithReason) => `Could not save a record to the Actions cache: ${reason}.`,
  'answers-not-read': ({ reason }: WithReason) =>
    `Could not read an index of earlier answers from the Actions cache: ${reason}.`,
  'answers-not-saved': ({ reason }: WithReason) =>
    `Could not save the index of this run's answers to the Actions cache: ${reason}.`,
  'record-artifacts-forbidden': () =>
    'Skipped the records that other runs stored as artifacts: reading them requires the permission actions: read.',
  'record-artifacts-not-read': ({ reason }: WithReason) =>
    `Could not read the records that other runs stored as artifacts: ${reason}.`,
  'record-artifact-not-saved': ({ reason }: WithReason) => `Could not store a record as an artifact: ${reason}.`,
  'artifact-upload': () => 'Artifact upload',
  'page-upload': () => 'Page upload',
  'artifact-check': () => 'Artifact check',
  'artifact-download': () => 'Artifact download',
};
