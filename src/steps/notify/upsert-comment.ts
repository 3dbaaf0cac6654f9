import { holdsSection, mergeComments } from '../../core/comment/comment.ts';
import { markerOf } from '../../core/comment/section.ts';
import { chooseTarget, pickPullRequest } from '../../core/comment/target.ts';
import { fitSummary } from '../../core/markdown/report.ts';
import type { CommentTarget } from '../../core/messages/comment.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { type Comment, GitHubError } from '../../ports/github.ts';
import type { Ports } from '../../ports/ports.ts';
import { slept } from '../run/slept.ts';
import { type CommentUpdate, ownSectionOf, reasonOf, type Written, writeComment } from './write-comment.ts';

/** The comment that was written. */
type CommentRef = Pick<Comment, 'id' | 'url'>;

type CommentPorts = Pick<Ports, 'comments' | 'repository' | 'log' | 'runner' | 'clock' | 'signal'>;

/**
 * Writes the run's section into the one comment of its key, found or created. Undefined if there is nothing to
 * comment on, nothing to say, or no permission: the last is a warning that names the permission. Never throws.
 */
export async function upsertComment(ports: CommentPorts, update: CommentUpdate): Promise<CommentRef | undefined> {
  if (update.inputs.comment === 'never') return undefined;
  let target: CommentTarget | undefined;
  try {
    target = await findTarget(ports, update);
    return target === undefined ? undefined : await writeAndCheck(ports, update, target);
  } catch (error) {
    await reportFailure(ports, update, { target, error });
    return undefined;
  }
}

async function findTarget({ repository }: CommentPorts, update: CommentUpdate): Promise<CommentTarget | undefined> {
  const { run, inputs } = update;
  const choice = chooseTarget(run, inputs.issueNumber);
  if (choice === undefined || 'number' in choice) return choice;
  const candidates = await ('branch' in choice
    ? repository.pullRequestsOfBranch(choice.owner, choice.branch)
    : repository.pullRequestsOfCommit(choice.sha));
  const number = pickPullRequest(candidates, run);
  return number === undefined ? undefined : { number, of: 'pull-request' };
}

/** Most times to rewrite a section that others overwrote. */
const MAX_REWRITES = 5;
/** Longest time for rewriting: the job's own time-out is near, and the job summary comes after. */
const MAX_TIME_MS = 150_000;

/**
 * Writes the section and reads the comment again a little later. GitHub has no locks, so another step that read before
 * this one wrote may have overwritten it, or made its own comment. Merges and writes a lost section again.
 */
async function writeAndCheck(ports: CommentPorts, update: CommentUpdate, target: CommentTarget) {
  const { clock, comments, signal } = ports;
  const endsMs = clock.now() + MAX_TIME_MS;
  const find = () => comments.find(target.number, markerOf(update.inputs.commentKey));
  let found = await find();
  if (found.length === 0 && update.inputs.comment === 'on-failure' && !update.failing) return undefined;
  let ref: CommentRef | undefined;
  let isTold = false;
  for (let left = MAX_REWRITES; ; left -= 1) {
    const isLast = (): boolean => left === 0 || clock.now() >= endsMs || signal.aborted;
    try {
      const written = await writeComment(ports, update, { number: target.number, found });
      ref = { id: written.comment.id, url: written.comment.url };
      if (written.isShared && update.final && !isTold)
        ports.log.warning({ code: 'name-shared', name: update.inputs.name });
      isTold ||= written.isShared;
      if (!written.changed || !update.final || isLast()) return ref;
      if (!(await slept(ports, rereadPauseMs(written, left)))) return ref;
      const now = await find().catch((error) => {
        ports.log.info({ code: 'comment-not-read-again', reason: reasonOf(error) });
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
      // The comment exists, and so do its outputs; only this section may be missing from it.
      await reportFailure(ports, update, { target, error });
      return ref;
    }
  }
}

/** A step that writes a comment read it at most this long before, in ms, unless GitHub is slow. */
const LEAST_REREAD_MS = 1_000;

/**
 * From 1 to 3 s, different for each section and round, so that steps that overwrote each other do not do so again. For a section that
 * was alone, 1 s will do: other steps of the comment wrote theirs when they submitted.
 */
function rereadPauseMs({ place, isAlone }: Written, left: number): number {
  const isFirst = left === MAX_REWRITES;
  return LEAST_REREAD_MS + (isAlone && isFirst ? 0 : (place * 400 + left * 700) % 2_001);
}

/** Whether one comment has the section. True without any: somebody deleted it, or GitHub does not list it yet. */
function isKept(now: readonly Comment[], update: CommentUpdate, { id }: Written): boolean {
  if (now.length !== 1) return now.length === 0;
  return id === undefined || holdsSection(mergeComments(now.map(({ body }) => body)), id, ownSectionOf(update));
}

/**
 * Writes the report to the job summary where no comment can be written, even if that was not requested. For a run with
 * a read-only token this is a notice.
 */
async function reportFailure(
  { log, runner }: CommentPorts,
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
