import { type BaselineChoice, chooseBaseline, gradesArtifactName } from '../../core/comparison/baseline.ts';
import { type Candidate, refuseUnread, type Seeker } from '../../core/comparison/candidate.ts';
import { branchName } from '../../core/messages/verdicts.ts';
import { GitHubError, type RunArtifact } from '../../ports/github.ts';
import type { Run } from '../run/run.ts';
import { isNamed, listedOf, readCandidates } from './candidates.ts';
import type { GradeZips } from './grade-zips.ts';

/** Most runs to read: those that ran for a wanted branch, and others, which may have measured it as well. */
const MAX_OF_BRANCHES = 20;
const MAX_OTHERS = 12;
/** Most artifacts that GitHub's facts may rule out. Counted apart from the others, because a fork could fill the list. */
const MAX_REFUSED = 12;
const AT_ONCE = 4;
/** How long to keep looking: nothing is sent meanwhile. */
const LOOK_MS = 120_000;

/**
 * Looks for the baseline among the artifacts of its name, the newest first, until one is of the preferred branch. The unpacked grades
 * are then those of the chosen one. Throws GitHubError.
 */
export async function lookUp(run: Run, seeker: Seeker, zips: GradeZips): Promise<BaselineChoice> {
  const { runArtifacts } = run.ports;
  const name = gradesArtifactName(seeker.workflow, seeker.name);
  const { wants } = seeker;
  if ('runId' in wants) {
    const listed = await orNone(runArtifacts.ofRun(wants.runId));
    const found = listed.filter((one) => isNamed(one, name));
    return (await chooseChecked(zips, await readCandidates(zips, found, seeker), seeker)).choice;
  }
  const branches = new Set(wants.refs.map(branchName));
  const firsts = pickRuns(await runArtifacts.named(name), { branches, seeker });
  const untilMs = run.ports.clock.now() + LOOK_MS;
  let candidates: readonly Candidate[] = [];
  for (let at = 0; at < firsts.length && run.ports.clock.now() < untilMs; at += AT_ONCE) {
    run.ports.signal.throwIfAborted();
    const read = firsts.slice(at, at + AT_ONCE).map((first) => readRun(run, first, { name, seeker, zips }));
    candidates = [...candidates, ...(await Promise.all(read)).flat()];
    if (!isPreferred(chooseBaseline(candidates, seeker), wants.refs)) continue;
    const checked = await chooseChecked(zips, candidates, seeker);
    if (isPreferred(checked.choice, wants.refs)) return checked.choice;
    candidates = checked.candidates;
  }
  return (await chooseChecked(zips, candidates, seeker)).choice;
}

function isPreferred({ baseline }: BaselineChoice, [preferred]: readonly string[]): boolean {
  return 'chosen' in baseline && baseline.chosen.measured.ref === preferred;
}

/** Chooses again until the unpacked grades are those that were measured, so that a damaged artifact hides no other. */
export async function chooseChecked(
  zips: GradeZips,
  given: readonly Candidate[],
  seeker: Seeker,
): Promise<{ readonly choice: BaselineChoice; readonly candidates: readonly Candidate[] }> {
  let candidates = given;
  for (;;) {
    const choice = chooseBaseline(candidates, seeker);
    if ('none' in choice.baseline) return { choice, candidates };
    const { chosen } = choice.baseline;
    const spoiled = await zips.unpackGrades(chosen);
    if (spoiled === undefined) return { choice, candidates };
    const { artifactId } = chosen.candidate;
    candidates = candidates.map((one) => (one.artifactId === artifactId ? { ...one, spoiled } : one));
  }
}

/** The first artifact of each run that is worth a look, the newest first. */
function pickRuns(
  listed: readonly RunArtifact[],
  { branches, seeker }: { readonly branches: ReadonlySet<string>; readonly seeker: Seeker },
): readonly RunArtifact[] {
  const left = { ofBranches: MAX_OF_BRANCHES, others: MAX_OTHERS, refused: MAX_REFUSED };
  return listed.filter((one) => {
    const isRefused = refuseUnread(listedOf(one), seeker) !== undefined;
    const kind = isRefused ? 'refused' : branches.has(one.branch) ? 'ofBranches' : 'others';
    left[kind] -= 1;
    return left[kind] >= 0;
  });
}

/** What the steps and attempts of a run left. */
async function readRun(
  run: Run,
  first: RunArtifact,
  { name, seeker, zips }: { readonly name: string; readonly seeker: Seeker; readonly zips: GradeZips },
): Promise<readonly Candidate[]> {
  const isRefused = refuseUnread(listedOf(first), seeker) !== undefined;
  const listed = isRefused ? [] : await orNone(run.ports.runArtifacts.ofRun(first.runId));
  const others = listed.filter((one) => isNamed(one, name) && one.id !== first.id);
  return readCandidates(zips, [first, ...others], seeker);
}

/** A run that was deleted has no artifacts. */
async function orNone(listed: Promise<readonly RunArtifact[]>): Promise<readonly RunArtifact[]> {
  try {
    return await listed;
  } catch (error) {
    if (error instanceof GitHubError && error.kind === 'gone') return [];
    throw error;
  }
}
