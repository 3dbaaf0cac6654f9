import { type BaselineRefusal, branchName, type NoBaseline } from '../messages/verdicts.ts';
import { sha256 } from '../text/sha256.ts';
import { type Candidate, EVERYDAY_REFUSALS, readCandidate, refuseUnread, type Seeker } from './candidate.ts';
import type { Measured } from './measured.ts';

export interface ChosenBaseline {
  readonly candidate: Candidate;
  readonly measured: Measured;
  /** Whole days since its answers were created. */
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

/** From this age on, a warning says that the baseline is old. */
const OLD_DAYS = 7;

/** Name of the artifact with an evaluation's grades. */
export function gradesArtifactName(workflow: string, name: string): string {
  return `claude-batch-grades-${sha256(JSON.stringify([workflow, name])).slice(0, 16)}`;
}

/** Refs whose runs may be the baseline, the preferred first: the pull request's base, the default branch, without a pull request this one. */
export function baselineRefs(run: {
  readonly baseBranch: string | undefined;
  readonly defaultBranch: string;
  readonly ref: string;
}): readonly string[] {
  const isBranch = run.baseBranch === undefined && run.ref.startsWith('refs/heads/');
  const refs = [run.baseBranch ?? run.defaultBranch, run.defaultBranch].map((branch) => `refs/heads/${branch}`);
  return [...new Set(isBranch ? [...refs, run.ref] : refs)];
}

/** Chooses the newest trustworthy artifact, by GitHub's clock, of the most preferred ref. */
export function chooseBaseline(candidates: readonly Candidate[], seeker: Seeker): BaselineChoice {
  const fit: { candidate: Candidate; measured: Measured }[] = [];
  const refused: RefusedBaseline[] = [];
  const sorted = [...candidates].sort((a, b) => b.createdAtMs - a.createdAtMs || b.artifactId - a.artifactId);
  const read = sorted.map((candidate) => ({ candidate, ...readCandidate(candidate, seeker) }));
  const shared = runsOfTwoSteps(read.filter(({ measured }) => measured && isOf(measured, seeker)));
  for (const { candidate, measured, refusal } of read) {
    const { artifactId, runId } = candidate;
    const isShared = shared.has(runId) && (refusal === undefined || !EVERYDAY_REFUSALS.has(refusal.code));
    const why: BaselineRefusal | undefined = isShared ? { code: 'two-steps' } : refusal;
    if (why === undefined && measured !== undefined) fit.push({ candidate, measured });
    else if (why !== undefined) refused.push({ artifactId, runId, refusal: why });
  }
  const refs = 'refs' in seeker.wants ? seeker.wants.refs : fit.map(({ measured }) => measured.ref);
  const chosen = refs.map((ref) => fit.find(({ measured }) => measured.ref === ref)).find((one) => one !== undefined);
  if (chosen === undefined) return { baseline: { none: whyNone(refused, candidates, seeker) }, refused };
  const sinceMs = Math.min(answersSinceMs(chosen.measured), chosen.candidate.createdAtMs);
  return { baseline: { chosen: { ...chosen, ...ageOf(sinceMs, seeker.nowMs) } }, refused };
}

/** When a run's oldest answer was created, in ms since the epoch. A run may measure a commit with earlier answers. */
export function answersSinceMs({ createdAt, answersSince = createdAt }: Measured): number {
  return Math.min(Date.parse(createdAt), Date.parse(answersSince));
}

export function ageOf(sinceMs: number, nowMs: number): Pick<ChosenBaseline, 'ageDays' | 'isOld'> {
  const ageDays = Math.max(0, Math.floor((nowMs - sinceMs) / DAY_MS));
  return { ageDays, isOld: ageDays >= OLD_DAYS };
}

function isOf({ workflow, name }: Measured, seeker: Seeker): boolean {
  return workflow === seeker.workflow && name === seeker.name;
}

/** Runs in which several steps with this name left grades. A step's attempts count as one step; each attempt leaves grades once. */
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

/** Whether a refusal is unusual enough to report. */
export function isNotable({ refusal }: RefusedBaseline): boolean {
  return !EVERYDAY_REFUSALS.has(refusal.code);
}

function whyNone(refused: readonly RefusedBaseline[], candidates: readonly Candidate[], seeker: Seeker): NoBaseline {
  const { wants } = seeker;
  // If the user named the run, every reason counts.
  const isReason = (one: RefusedBaseline) => ('runId' in wants ? one.refusal.code !== 'other-run' : isNotable(one));
  const reason = refused.find(isReason);
  if (reason !== undefined) return { code: 'refused', runId: reason.runId, refusal: reason.refusal };
  if ('runId' in wants) return { code: 'not-in-run', runId: wants.runId };
  const branch = branchName(wants.refs[0] ?? '');
  const isThereNow = candidates.some((one) => one.branch === branch && refuseUnread(one, seeker)?.code === 'newer');
  return { code: isThereNow ? 'none-before' : 'none-yet', branch };
}
