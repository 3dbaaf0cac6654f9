import { isSameBody } from '../../core/comment/comment.ts';
import { messageOf } from '../../core/comment/comment-trouble.ts';
import { fittingRung, MAX_COMMENT_LENGTH } from '../../core/comment/fit-comment.ts';
import type { Rung } from '../../core/comment/rung.ts';
import { renderSections } from '../../core/comment/sections.ts';
import { type Comment, GitHubError } from '../../ports/github.ts';
import type { World } from '../../ports/ports.ts';

/** What was written, and in which form. */
interface WrittenRung {
  readonly comment: Comment;
  readonly changed: boolean;
  readonly rung: Rung;
}

/** Writes the first of the forms that fits, by its length and by what GitHub says to it. Throws `too-long` where none does. */
export async function writeFitting(
  world: Pick<World, 'comments'>,
  number: number,
  existing: Comment | undefined,
  marker: string,
  rungs: readonly Rung[],
): Promise<WrittenRung> {
  const bodies = new Map<Rung, string>();
  const bodyOf = (rung: Rung): string => {
    const body = bodies.get(rung) ?? renderSections(marker, rung.sections, rung.droppedAt);
    bodies.set(rung, body);
    return body;
  };
  let limit = MAX_COMMENT_LENGTH;
  let left = rungs;
  while (left.length > 0) {
    const [rung, ...after] = left.slice(fittingRung(left, (one) => bodyOf(one).length <= limit));
    if (rung === undefined) break;
    const body = bodyOf(rung);
    try {
      return { ...(await writeComment(world, number, existing, body)), rung };
    } catch (error) {
      if (!(error instanceof GitHubError && error.kind === 'too-long')) throw error;
      // Leg by leg there are too many forms to ask for each.
      if (!rung.isOwn) limit = Math.floor(0.8 * body.length);
      left = after;
    }
  }
  const isAlone = rungs.every(({ sections }) => sections.length === 1);
  throw new GitHubError('too-long', { code: 'report-too-long', isAlone });
}

/** Sends a body that changed; a comment that somebody deleted meanwhile is created anew. */
async function writeComment(
  { comments }: Pick<World, 'comments'>,
  number: number,
  existing: Comment | undefined,
  body: string,
): Promise<{ readonly comment: Comment; readonly changed: boolean }> {
  if (existing === undefined) return { comment: await comments.create(number, body), changed: true };
  if (isSameBody(existing.body, body)) return { comment: existing, changed: false };
  try {
    return { comment: await comments.update(existing.id, body, existing.body), changed: true };
  } catch (error) {
    if (error instanceof GitHubError && error.kind === 'gone')
      return { comment: await comments.create(number, body), changed: true };
    throw error;
  }
}

/** The sections stand in the oldest comment by now, so a double that stays is only untidy. */
export async function removeDouble({ comments, log }: Pick<World, 'comments' | 'log'>, { id }: Comment): Promise<void> {
  try {
    await comments.remove(id);
  } catch (error) {
    if (error instanceof GitHubError && error.kind === 'gone') return;
    log.info(`A second comment of this action stays on the page: ${messageOf(error)}.`);
  }
}
