import { markerOf, sectionIdOf } from '../../core/comment/comment.ts';
import { type CommentTarget, describeTrouble, messageOf, ONLY_READS } from '../../core/comment/comment-trouble.ts';
import { rereadPauseMs } from '../../core/comment/reread.ts';
import { parseSections } from '../../core/comment/sections.ts';
import { chooseTarget, pickPullRequest } from '../../core/comment/target.ts';
import { fitSummary } from '../../core/markdown/fit-summary.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { type Comment, GitHubError } from '../../ports/github.ts';
import type { World } from '../../ports/ports.ts';
import { slept } from '../run/slept.ts';
import type { Telling, Told } from './telling.ts';
import { writeWord } from './write-word.ts';

type TellWorld = Pick<World, 'comments' | 'repository' | 'log' | 'runner' | 'clock' | 'signal'>;

/**
 * Writes the run's section into the one comment of its key, found or created. Undefined where there is nothing to comment
 * on, nothing to say, or no way to say it: the last is a warning, with the permission by name. Never throws.
 */
export async function tellComment(world: TellWorld, telling: Telling): Promise<Told | undefined> {
  if (telling.inputs.comment === 'never') return undefined;
  let target: CommentTarget | undefined;
  try {
    target = await findTarget(world, telling);
    return target === undefined ? undefined : await writeSection(world, telling, target);
  } catch (error) {
    await sayTrouble(world, telling, error, target);
    return undefined;
  }
}

async function findTarget({ repository }: TellWorld, { run, inputs }: Telling): Promise<CommentTarget | undefined> {
  const choice = chooseTarget(run, inputs.issueNumber);
  if (choice.kind === 'known') return choice;
  if (choice.kind === 'none') return undefined;
  const candidates =
    choice.kind === 'look-up-branch'
      ? await repository.pullRequestsOfBranch(choice.owner, choice.branch)
      : await repository.pullRequestsOfCommit(choice.sha);
  const number = pickPullRequest(candidates, run);
  return number === undefined ? undefined : { number, of: 'pull-request' };
}

/** How often a section that others overwrote is written again. */
const MAX_REWRITES = 5;
/** What is slower than that waited for a rate limit. */
const MAX_SLOWNESS_MS = 20_000;
/** So long the comment is written again, at most: the job's own time-out is near, and the job summary comes after. */
const MAX_TIME_MS = 150_000;

/**
 * Writes the section and reads the page again a little later: GitHub knows no locks, so another leg that read before this
 * one wrote has overwritten it, or has made a comment of its own. What was lost is merged and written again.
 */
async function writeSection(world: TellWorld, telling: Telling, target: CommentTarget): Promise<Told | undefined> {
  const { run, inputs, failing, final = true } = telling;
  const { clock } = world;
  const endsMs = clock.now() + MAX_TIME_MS;
  let startedMs = clock.now();
  const found = await world.comments.find(target.number, markerOf(inputs.commentKey));
  if (found.length === 0 && inputs.comment === 'on-failure' && !failing) return undefined;
  warnOfNamesake(world, telling, found);
  let written = await writeWord(world, telling, { target, endsMs }, found);
  for (let round = 1; final && written.changed && round <= MAX_REWRITES && clock.now() < endsMs; round += 1) {
    // Where calls are slow, another leg's read and write lie as far apart as ours did.
    const slownessMs = Math.min(2 * (clock.now() - startedMs), MAX_SLOWNESS_MS);
    const pauseMs = rereadPauseMs(run, inputs.name, round) * crowdFactor(written.legs, round);
    if (!(await slept(world, Math.max(pauseMs, slownessMs)))) break;
    startedMs = clock.now();
    const now = await readAgain(world, telling, target);
    // Somebody deleted it, or GitHub does not list it yet: neither is a loss to another leg.
    if (now.length === 0) break;
    try {
      written = await writeWord(world, telling, { target, endsMs }, now, written);
    } catch (error) {
      // The comment is there, and so are its outputs; only this section may be missing from it.
      await sayTrouble(world, telling, error, target);
      break;
    }
  }
  return written.told;
}

/** Names that differ in other characters alone have one section, in which the last one would stand as if it were all. */
function warnOfNamesake(
  { log }: TellWorld,
  { run, inputs, figures, final = true }: Telling,
  found: readonly Comment[],
): void {
  const own = sectionIdOf(inputs.name, run.action);
  const sections = found.flatMap(({ body }) => parseSections(body, run.runId));
  const there = sections.findLast(({ id, origin }) => id === own && origin?.sha === run.sha);
  const other = there?.figures?.name ?? '';
  if (other === '' || other.includes('…') || other === figures.name) return;
  const text = `The legs ${other} and ${figures.name} have one section of the comment, since only A-Z a-z 0-9 . _ - tell legs apart: give them names that differ in these.`;
  if (final) log.warning(text);
  else log.info(text);
}

/** Where very many legs write, whoever was overwritten again and again waits until most have had their word. */
function crowdFactor(legs: number, round: number): number {
  return 1 + (round - 1) * Math.floor(legs / 20);
}

/** What is on the page now; nothing where that cannot be read, since the section was written. */
async function readAgain(
  world: TellWorld,
  { inputs }: Telling,
  { number }: CommentTarget,
): Promise<readonly Comment[]> {
  try {
    return await world.comments.find(number, markerOf(inputs.commentKey));
  } catch (error) {
    world.log.info(`The comment could not be read again: ${messageOf(error)}.`);
    return [];
  }
}

/**
 * Where no comment can be written, the text goes to the job summary, also when that was not asked for. For a run that nobody can
 * give the permission that is all to be said.
 */
async function sayTrouble(
  { log, runner }: TellWorld,
  { final = true, inputs, run, text, fullReport }: Telling,
  error: unknown,
  target: CommentTarget | undefined,
): Promise<void> {
  const trouble = describeTrouble(error, target);
  if (!final) {
    log.info(trouble);
    return;
  }
  const isExpected = run.untrusted === 'fork' && error instanceof GitHubError && error.kind === 'forbidden';
  try {
    if (!inputs.summary) await runner.writeSummary(`${fitSummary(text, fullReport)}\n`);
    if (isExpected) log.notice(ONLY_READS);
    else log.warning(`${trouble} It stands in the job summary.`);
  } catch (failure) {
    log.warning(`${trouble} Nor could the job summary be written: ${describeCauses(failure)}.`);
  }
}
