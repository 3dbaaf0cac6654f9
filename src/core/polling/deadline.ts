import { BATCH_LASTS_MS } from './lifetime.ts';

const MS_PER_MINUTE = 60_000;
/** GitHub's default time limit for a job. */
const DEFAULT_TIMEOUT_MINUTES = 360;
/** Time reserved for collecting, uploading and reporting. */
const MARGIN_MINUTES = 5;
/** Further reserve if only the step's start is known: earlier steps have used some of the job's time. */
const UNKNOWN_START_MARGIN_MINUTES = 10;
/** Longest delay before the API reports the end of a batch. */
const LATE_NEWS_MS = 15 * MS_PER_MINUTE;

/** Known times of the job, in ms since the epoch. */
export interface WaitBounds {
  /** `auto`, or ms from the start of the step. */
  readonly wait: number | 'auto';
  readonly stepStartedAtMs: number;
  /** Undefined if the job's start could not be read. */
  readonly job: { readonly startedAtMs: number } | undefined;
  /** The job's `timeout-minutes`, if the workflow file gives a number. */
  readonly timeoutMinutes: number | undefined;
}

/**
 * When to stop waiting, in ms since the epoch. `auto` ends five minutes before the job's own time limit, or fifteen if counted from the
 * start of the step. May lie in the past: a job limited to a few minutes has no time to wait.
 */
export function waitDeadline({ wait, stepStartedAtMs, job, timeoutMinutes }: WaitBounds): number {
  if (wait !== 'auto') return stepStartedAtMs + wait;
  const timeout = timeoutMinutes ?? DEFAULT_TIMEOUT_MINUTES;
  const start = job?.startedAtMs ?? stepStartedAtMs;
  const margin = MARGIN_MINUTES + (job === undefined ? UNKNOWN_START_MARGIN_MINUTES : 0);
  return start + (timeout - margin) * MS_PER_MINUTE;
}

/** The deadline, or 24 h 15 min after the last batch's creation if that is earlier. All in ms since the epoch. */
export function capDeadline(deadlineMs: number, lastCreatedAtMs: number): number {
  return Math.min(deadlineMs, lastCreatedAtMs + BATCH_LASTS_MS + LATE_NEWS_MS);
}
