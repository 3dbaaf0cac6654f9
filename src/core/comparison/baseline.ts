import type { Reason } from '../messages/reasons.ts';
import { type BaselineRefusal, branchName, type NoBaseline } from '../messages/verdicts.ts';
import { sha256 } from '../text/sha256.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import { type Measured, parseMeasured } from './measured.ts';

/** An artifact of the name that grades have. What GitHub says of it is believed, `content` is not. */
export interface Candidate {
  readonly artifactId: number;
  readonly runId: number;
  /** When the artifact was created, by GitHub. */
  readonly createdAtMs: number;
  readonly isExpired: boolean;
  /** The run was of another repository's branch, or of one that no longer exists. */
  readonly isFromFork: boolean;
  /** Text of `measured.json`, or why it could not be read; not asked for where GitHub's words refuse the artifact already. */
  readonly content: { readonly text: string } | { readonly failed: Reason };
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

export interface ChosenBaseline {
  readonly candidate: Candidate;
  readonly measured: Measured;
  /** Whole days since its answers were given. */
  readonly ageDays: number;
  readonly isOld: boolean;
}

export interface RefusedBaseline {
  readonly artifactId: number;
  readonly runId: number;
  readonly refusal: BaselineRefusal;
}

export interface BaselineChoice {
  /** Or why there is none. */
  readonly baseline: { readonly chosen: ChosenBaseline } | { readonly none: NoBaseline };
  /** Newest first. */
  readonly refused: readonly RefusedBaseline[];
}

const DAY_MS = 24 * 3_600_000;

/** From this age on a warning says that the baseline is old. */
const OLD_DAYS = 7;

/** Of a name that a refusal repeats, in characters. */
const MAX_SHOWN = 200;

/** A pull request's runs measure what is not merged yet, and a fork's what nobody has looked at. */
export const BASELINE_EVENTS: ReadonlySet<string> = new Set([
  'push',
  'schedule',
  'workflow_dispatch',
  'repository_dispatch',
]);

/** Name of the artifact with the grades of an evaluation. */
export function gradesArtifactName(workflow: string, name: string): string {
  return `claude-batch-grades-${sha256(JSON.stringify([workflow, name])).slice(0, 16)}`;
}

/** The refs whose runs are the baseline: the pull request's base, else the default branch, else, without a pull request, this branch. */
export function baselineRefs(run: {
  readonly baseBranch: string | undefined;
  readonly defaultBranch: string;
  readonly ref: string;
}): readonly string[] {
  const isBranch = run.baseBranch === undefined && run.ref.startsWith('refs/heads/');
  const refs = [run.baseBranch ?? run.defaultBranch, run.defaultBranch].map((branch) => `refs/heads/${branch}`);
  return [...new Set(isBranch ? [...refs, run.ref] : refs)];
}

/** Why GitHub's own words refuse an artifact, before it is downloaded; undefined where they do not. */
export function refuseUnread(candidate: Omit<Candidate, 'content'>, seeker: Seeker): BaselineRefusal | undefined {
  if (candidate.isFromFork) return { code: 'fork' };
  if (candidate.isExpired) return { code: 'expired' };
  if (candidate.runId === seeker.runId) return { code: 'same-run' };
  return candidate.createdAtMs >= seeker.createdAtMs ? { code: 'newer' } : undefined;
}

/** The newest artifact, by GitHub's clock, that measured the most preferred ref and is to be believed. */
export function chooseBaseline(candidates: readonly Candidate[], seeker: Seeker): BaselineChoice {
  const fit: { candidate: Candidate; measured: Measured }[] = [];
  const refused: RefusedBaseline[] = [];
  const sorted = [...candidates].sort((a, b) => b.createdAtMs - a.createdAtMs || b.artifactId - a.artifactId);
  const read = sorted.map((candidate) => ({ candidate, ...readCandidate(candidate, seeker) }));
  const shared = runsOfTwoSteps(read.filter(({ measured }) => measured && isOf(measured, seeker)));
  for (const { candidate, measured, refusal } of read) {
    const { artifactId, runId } = candidate;
    const why: BaselineRefusal | undefined = shared.has(runId) ? { code: 'two-steps' } : refusal;
    if (why === undefined && measured !== undefined) fit.push({ candidate, measured });
    else if (why !== undefined) refused.push({ artifactId, runId, refusal: why });
  }
  const refs = 'refs' in seeker.wants ? seeker.wants.refs : fit.map(({ measured }) => measured.ref);
  const chosen = refs.map((ref) => fit.find(({ measured }) => measured.ref === ref)).find((one) => one !== undefined);
  if (chosen === undefined) return { baseline: { none: whyNone(refused, seeker) }, refused };
  const sinceMs = Math.min(Date.parse(chosen.measured.createdAt), chosen.candidate.createdAtMs);
  return { baseline: { chosen: { ...chosen, ...ageOf(sinceMs, seeker.nowMs) } }, refused };
}

export function ageOf(sinceMs: number, nowMs: number): Pick<ChosenBaseline, 'ageDays' | 'isOld'> {
  const ageDays = Math.max(0, Math.floor((nowMs - sinceMs) / DAY_MS));
  return { ageDays, isOld: ageDays >= OLD_DAYS };
}

interface ReadCandidate {
  readonly measured?: Measured;
  readonly refusal?: BaselineRefusal;
}

function readCandidate(candidate: Candidate, seeker: Seeker): ReadCandidate {
  const unread = refuseUnread(candidate, seeker);
  if (unread !== undefined) return { refusal: unread };
  const { content, runId } = candidate;
  if ('failed' in content) return { refusal: { code: 'unread', reason: content.failed } };
  const parsed = parseMeasured(content.text);
  if (!parsed.ok) return { refusal: { code: parsed.why } };
  const { measured } = parsed;
  const refusal = refuseMeasured(measured, seeker) ?? refuseRun(measured, runId, seeker);
  return refusal === undefined ? { measured } : { measured, refusal };
}

/** Holds whatever the user asked for. */
function refuseMeasured(measured: Measured, seeker: Seeker): BaselineRefusal | undefined {
  const { workflow, name } = measured;
  // GitHub's names of repositories are the same in either case.
  if (measured.repository.toLowerCase() !== seeker.repository.toLowerCase()) return { code: 'fork' };
  if (workflow !== seeker.workflow) return { code: 'other-workflow', workflow: toPlainLine(workflow, MAX_SHOWN) };
  if (name !== seeker.name) return { code: 'other-name', name: toPlainLine(name, MAX_SHOWN) };
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

function isOf({ workflow, name }: Measured, seeker: Seeker): boolean {
  return workflow === seeker.workflow && name === seeker.name;
}

/** Runs in which more than one step of the name left grades. Attempts of one step are one; each leaves them once. */
function runsOfTwoSteps(read: readonly { candidate: Candidate; measured?: Measured }[]): ReadonlySet<number> {
  const stepOf = new Map<number, string>();
  const attempts = new Set<string>();
  const shared = new Set<number>();
  for (const { candidate, measured } of read) {
    if (measured === undefined) continue;
    const { runId } = candidate;
    const step = stepOf.get(runId) ?? measured.step;
    const attempt = `${runId} ${measured.run.attempt}`;
    if (step !== measured.step || attempts.has(attempt)) shared.add(runId);
    stepOf.set(runId, step);
    attempts.add(attempt);
  }
  return shared;
}

/** Runs of pull requests and other branches are everyday, and say nothing about why there is no baseline. */
const EVERYDAY = new Set<BaselineRefusal['code']>([
  'same-run',
  'newer',
  'event',
  'pull-request',
  'other-branch',
  'other-run',
]);

/** Whether a refusal tells the user something that is not everyday. */
export function isTelling({ refusal }: RefusedBaseline): boolean {
  return !EVERYDAY.has(refusal.code);
}

function whyNone(refused: readonly RefusedBaseline[], { wants }: Seeker): NoBaseline {
  const telling = refused.find(isTelling);
  if (telling !== undefined) return { code: 'refused', runId: telling.runId, refusal: telling.refusal };
  if ('runId' in wants) return { code: 'not-in-run', runId: wants.runId };
  return { code: 'none-yet', branch: branchName(wants.refs[0] ?? '') };
}
