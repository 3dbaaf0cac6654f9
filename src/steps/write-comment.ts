import { isSameBody } from '../core/report/comment.ts';
import { messageOf } from '../core/report/comment-trouble.ts';
import { GitHubError } from '../errors.ts';
import type { Comment, World } from '../ports.ts';

/** Sends a body that changed; a comment that somebody deleted meanwhile is created anew. */
export async function writeComment(
  { comments }: Pick<World, 'comments'>,
  number: number,
  existing: Comment | undefined,
  body: string,
): Promise<{ readonly comment: Comment; readonly changed: boolean }> {
  if (existing === undefined) return { comment: await comments.create(number, body), changed: true };
  if (isSameBody(existing.body, body)) return { comment: existing, changed: false };
  try {
    return { comment: await comments.update(existing.id, body), changed: true };
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
