import type { Reason } from '../messages/reasons.ts';
import { type BaselineRefusal, branchName } from '../messages/verdicts.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import { type Measured, parseMeasured } from './measured.ts';

/** An artifact with the name of grades. What GitHub says about it is trusted, `content` is not. */
export interface Candidate {
  readonly artifactId: number;
  readonly runId: number;
  /** When the artifact was created, by GitHub. */
  readonly createdAtMs: number;
  readonly isExpired: boolean;
  /** The run was of another repository's branch, or of one that no longer exists. */
  readonly isFromFork: boolean;
  /** The branch that it ran for, by GitHub; it may have measured another one. */
  readonly branch: string;
  /** Text of `measured.json`, or why it could not be read; not asked for if GitHub's facts already rule the artifact out. */
  readonly content: { readonly text: string } | { readonly failed: Reason };
  /** What is wrong with its grades, if they were read and are not those that it says it measured. */
  readonly spoiled?: BaselineRefusal;
}

/** The run that looks for a baseline. */
export interface Seeker {
  readonly runId: number;
  readonly repository: string;
  /** Path of the workflow file whose runs are the baseline. */
  readonly workflow: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly nowMs: number;
  /** Refs whose runs are the baseline, the preferred first; or the run that the user named, whatever it measured. */
  readonly wants: { readonly refs: readonly string[] } | { readonly runId: number };
}

/** Of a name that a refusal repeats, in characters. */
const MAX_SHOWN = 200;

/** A pull request's runs measure what is not merged yet, and a fork's what no maintainer has looked at. */
export const BASELINE_EVENTS: ReadonlySet<string> = new Set([
  'push',
  'schedule',
  'workflow_dispatch',
  'repository_dispatch',
]);

/** Whether other runs on its branch may be compared with this one, however it ended. */
export function isOfBranch({ event, pullRequest }: Pick<Measured, 'event' | 'pullRequest'>): boolean {
  return pullRequest === null && BASELINE_EVENTS.has(event);
}

/** Runs of pull requests and other branches, and those that grade once more, are everyday, and say nothing about why there is no baseline. */
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
  // GitHub gives whole seconds: of the same second counts as before, in every attempt alike.
  return candidate.createdAtMs > seeker.createdAtMs ? { code: 'newer' } : undefined;
}

/** What an artifact measured, as far as that can be read, and why it is no baseline; `refusal` is undefined if it is one. */
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
  // What could never be the baseline is refused for that, and not for something that a user would put right in vain.
  const refusal = refuseRun(measured, runId, seeker) ?? refuseMeasured(measured, seeker) ?? candidate.spoiled;
  return refusal === undefined ? { measured } : { measured, refusal };
}

/** Nobody knows what it measured: a run for another branch would most likely not have been the baseline. */
function refuseBlind(refusal: BaselineRefusal, { runId, branch }: Candidate, { wants }: Seeker): BaselineRefusal {
  if ('runId' in wants) return runId === wants.runId ? refusal : { code: 'other-run' };
  if (wants.refs.some((ref) => branchName(ref) === branch)) return refusal;
  return { code: 'other-branch', ref: toPlainLine(branch, MAX_SHOWN) };
}

/** Holds whatever the user asked for. */
function refuseMeasured(measured: Measured, seeker: Seeker): BaselineRefusal | undefined {
  const { workflow, name } = measured;
  // GitHub's names of repositories are the same in either case.
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
