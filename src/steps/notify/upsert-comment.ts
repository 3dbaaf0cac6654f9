import { holdsSection, mergeComments } from '../../core/comment/comment.ts';
import { markerOf } from '../../core/comment/section.ts';
import { chooseTarget, pickPullRequest } from '../../core/comment/target.ts';
import { fitSummary } from '../../core/markdown/report.ts';
import type { CommentTarget } from '../../core/messages/comment.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { type Comment, GitHubError } from '../../ports/github.ts';
import type { World } from '../../ports/ports.ts';
import { slept } from '../run/slept.ts';
import { type CommentUpdate, ownSectionOf, reasonOf, type Written, writeComment } from './write-comment.ts';

/** The comment that was written. */
type CommentRef = Pick<Comment, 'id' | 'url'>;

type CommentWorld = Pick<World, 'comments' | 'repository' | 'log' | 'runner' | 'clock' | 'signal'>;

/**
 * Writes the run's section into the one comment of its key, found or created. Undefined where there is nothing to comment
 * on, nothing to say, or no way to say it: the last is a warning, with the permission by name. Never throws.
 */
export async function upsertComment(world: CommentWorld, update: CommentUpdate): Promise<CommentRef | undefined> {
  if (update.inputs.comment === 'never') return undefined;
  let target: CommentTarget | undefined;
  try {
    target = await findTarget(world, update);
    return target === undefined ? undefined : await writeAndCheck(world, update, target);
  } catch (error) {
    await reportFailure(world, update, { target, error });
    return undefined;
  }
}

async function findTarget({ repository }: CommentWorld, update: CommentUpdate): Promise<CommentTarget | undefined> {
  const { run, inputs } = update;
  const choice = chooseTarget(run, inputs.issueNumber);
  if (choice === undefined || 'number' in choice) return choice;
  const candidates = await ('branch' in choice
    ? repository.pullRequestsOfBranch(choice.owner, choice.branch)
    : repository.pullRequestsOfCommit(choice.sha));
  const number = pickPullRequest(candidates, run);
  return number === undefined ? undefined : { number, of: 'pull-request' };
}

/** How often a section that others overwrote is written again. */
const MAX_REWRITES = 5;
/** For so long it is written again, at most: the job's own time-out is near, and the job summary comes after. */
const MAX_TIME_MS = 150_000;

/**
 * Writes the section and reads the comment again a little later: GitHub knows no locks, so another step that read before this
 * one wrote has overwritten it, or has made a comment of its own. A lost section is merged and written again.
 */
async function writeAndCheck(world: CommentWorld, update: CommentUpdate, target: CommentTarget) {
  const { clock, comments, signal } = world;
  const endsMs = clock.now() + MAX_TIME_MS;
  const find = () => comments.find(target.number, markerOf(update.inputs.commentKey));
  let found = await find();
  if (found.length === 0 && update.inputs.comment === 'on-failure' && !update.failing) return undefined;
  let ref: CommentRef | undefined;
  for (let left = MAX_REWRITES; ; left -= 1) {
    const isLast = (): boolean => left === 0 || clock.now() >= endsMs || signal.aborted;
    try {
      const written = await writeComment(world, update, { number: target.number, found });
      ref = { id: written.comment.id, url: written.comment.url };
      if (!written.changed || !update.final || isLast()) return ref;
      if (!(await slept(world, rereadPauseMs(written.place, left)))) return ref;
      const now = await find().catch((error) => {
        world.log.info({ code: 'comment-not-read-again', reason: reasonOf(error) });
      });
      if (now === undefined || isKept(now, update, written)) return ref;
      found = now;
    } catch (error) {
      const hasChanged = error instanceof GitHubError && error.kind === 'changed';
      if (hasChanged && !isLast()) {
        found = await find();
        continue;
      }
      if (ref === undefined) throw error;
      // The comment is there, and so are its outputs; only this section may be missing from it.
      await reportFailure(world, update, { target, error });
      return ref;
    }
  }
}

/** From 1 to 3 s, another time for each section and round: steps that overwrote each other then do not meet again. */
function rereadPauseMs(place: number, round: number): number {
  return 1_000 + ((place * 400 + round * 700) % 2_001);
}

/** Whether the section is there, in one comment. Without any, somebody deleted it, or GitHub does not list it yet: no loss to another step. */
function isKept(now: readonly Comment[], update: CommentUpdate, { id }: Written): boolean {
  if (now.length !== 1) return now.length === 0;
  return id === undefined || holdsSection(mergeComments(now.map(({ body }) => body)), id, ownSectionOf(update));
}

/**
 * Where no comment can be written, the report goes to the job summary, also when that was not asked for. For a run whose token
 * only reads, that is a notice.
 */
async function reportFailure(
  { log, runner }: CommentWorld,
  { final, inputs, run, report, fullReport }: CommentUpdate,
  { target, error }: { readonly target: CommentTarget | undefined; readonly error: unknown },
): Promise<void> {
  const kind = error instanceof GitHubError ? error.kind : undefined;
  const failure = { target, kind, reason: reasonOf(error) };
  if (!final) {
    log.info({ code: 'comment-not-updated', ...failure });
    return;
  }
  try {
    if (!inputs.summary) await runner.writeSummary(`${fitSummary(report, fullReport)}\n`);
  } catch (summaryError) {
    log.warning({ code: 'comment-and-summary-not-written', ...failure, summaryReason: describeCauses(summaryError) });
    return;
  }
  if (run.untrusted === 'fork' && kind === 'forbidden') log.notice({ code: 'comment-not-allowed-for-fork' });
  else log.warning({ code: 'comment-not-written', ...failure });
}
