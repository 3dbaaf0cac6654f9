import type { Reason } from '../messages/reasons.ts';
import { type BaselineRefusal, branchName } from '../messages/verdicts.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import { type Measured, parseMeasured } from './measured.ts';

/** An artifact named like grades. GitHub's facts about it are trusted, its `content` is not. */
export interface Candidate {
  readonly artifactId: number;
  readonly runId: number;
  /** When the artifact was created, by GitHub's clock. */
  readonly createdAtMs: number;
  readonly isExpired: boolean;
  /** The run was on a fork's branch, or on one of a repository that no longer exists. */
  readonly isFromFork: boolean;
  /** The branch it ran on, according to GitHub; it may have measured another. */
  readonly branch: string;
  /** Text of `measured.json`, or why it could not be read. Not fetched if GitHub's facts already rule the artifact out. */
  readonly content: { readonly text: string } | { readonly failed: Reason };
  /** Why its grades are invalid: they were read and do not match what it says it measured. */
  readonly spoiled?: BaselineRefusal;
}

/** The run looking for a baseline. */
export interface Seeker {
  readonly runId: number;
  readonly repository: string;
  /** Path of the workflow file whose runs are the baseline. */
  readonly workflow: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly nowMs: number;
  /** Refs whose runs are the baseline, the preferred first; or the run the user named, whatever it measured. */
  readonly wants: { readonly refs: readonly string[] } | { readonly runId: number };
}

/** Longest name that a refusal repeats, in characters. */
const MAX_SHOWN = 200;

/** A pull request's runs measure unmerged code, and a fork's measure code no maintainer has looked at. */
export const BASELINE_EVENTS: ReadonlySet<string> = new Set([
  'push',
  'schedule',
  'workflow_dispatch',
  'repository_dispatch',
]);

/** Whether other runs on its branch may be compared with this one, whatever its outcome. */
export function isOfBranch({ event, pullRequest }: Pick<Measured, 'event' | 'pullRequest'>): boolean {
  return pullRequest === null && BASELINE_EVENTS.has(event);
}

/** Runs of pull requests and other branches, and runs that grade again, are normal and do not explain a missing baseline. */
export const EVERYDAY_REFUSALS: ReadonlySet<BaselineRefusal['code']> = new Set<BaselineRefusal['code']>([
  'same-run',
  'newer',
  'event',
  'pull-request',
  'other-branch',
  'other-run',
  'regraded',
]);

/** Why GitHub's facts rule an artifact out before it is downloaded; undefined if they do not. */
export function refuseUnread(candidate: Omit<Candidate, 'content'>, seeker: Seeker): BaselineRefusal | undefined {
  if (candidate.isFromFork) return { code: 'fork' };
  if (candidate.isExpired) return { code: 'expired' };
  if (candidate.runId === seeker.runId) return { code: 'same-run' };
  // GitHub gives whole seconds: the same second counts as before, consistently in every attempt.
  return candidate.createdAtMs > seeker.createdAtMs ? { code: 'newer' } : undefined;
}

/** What an artifact measured, as far as it is readable, and why it cannot be the baseline; `refusal` is undefined if it can. */
export interface ReadCandidate {
  readonly measured?: Measured;
  readonly refusal?: BaselineRefusal;
}

export function readCandidate(candidate: Candidate, seeker: Seeker): ReadCandidate {
  const unread = refuseUnread(candidate, seeker);
  if (unread !== undefined)
    return { refusal: unread.code === 'expired' ? refuseBlind(unread, candidate, seeker) : unread };
  const { content, runId } = candidate;
  if ('failed' in content)
    return { refusal: refuseBlind({ code: 'unread', reason: content.failed }, candidate, seeker) };
  const parsed = parseMeasured(content.text);
  if (!parsed.ok) return { refusal: refuseBlind({ code: parsed.why }, candidate, seeker) };
  const { measured } = parsed;
  // An artifact that could never be the baseline is refused for that reason, not for one that a user would fix in vain.
  const refusal = refuseRun(measured, runId, seeker) ?? refuseMeasured(measured, seeker) ?? candidate.spoiled;
  return refusal === undefined ? { measured } : { measured, refusal };
}

/** Refuses an artifact whose measurement is unknown: a run on another branch would most likely not have been the baseline. */
function refuseBlind(refusal: BaselineRefusal, { runId, branch }: Candidate, { wants }: Seeker): BaselineRefusal {
  if ('runId' in wants) return runId === wants.runId ? refusal : { code: 'other-run' };
  if (wants.refs.some((ref) => branchName(ref) === branch)) return refusal;
  return { code: 'other-branch', ref: toPlainLine(branch, MAX_SHOWN) };
}

/** Applies whatever the user asked for. */
function refuseMeasured(measured: Measured, seeker: Seeker): BaselineRefusal | undefined {
  const { workflow, name } = measured;
  // GitHub's repository names are case-insensitive.
  if (measured.repository.toLowerCase() !== seeker.repository.toLowerCase()) return { code: 'fork' };
  if (workflow !== seeker.workflow) return { code: 'other-workflow', workflow: toPlainLine(workflow, MAX_SHOWN) };
  if (name !== seeker.name) return { code: 'other-name', name: toPlainLine(name, MAX_SHOWN) };
  if (measured.regraded === true) return { code: 'regraded' };
  if (measured.shared) return { code: 'two-steps' };
  return measured.complete ? undefined : { code: 'incomplete' };
}

function refuseRun(measured: Measured, runId: number, { wants }: Seeker): BaselineRefusal | undefined {
  const { pullRequest, event, ref } = measured;
  if ('runId' in wants) return runId === wants.runId ? undefined : { code: 'other-run' };
  if (pullRequest !== null) return { code: 'pull-request', number: pullRequest };
  if (!BASELINE_EVENTS.has(event)) return { code: 'event', event };
  return wants.refs.includes(ref) ? undefined : { code: 'other-branch', ref: toPlainLine(ref, MAX_SHOWN) };
}
