import { isSameBody } from '../core/comment/comment.ts';
import type { GitHubCall } from '../core/messages/reasons.ts';
import { isJsonObject, memberOf, textOf } from '../core/text/json.ts';
import { type Comment, type CommentBoard, GitHubError } from '../ports/github.ts';
import type { Octokit } from './clients/octokit.ts';
import { createGitHubCalls, type GitHubAccess, type GitHubCalls, isLimited, readAnswer } from './github-calls.ts';

/** Comments on a repository's pull requests and issues that the token's own user wrote. */
export function createCommentBoard(access: GitHubAccess): CommentBoard {
  const { octokit } = access;
  const { issues } = octokit.rest;
  const { call, pages } = createGitHubCalls(access);
  let viewer: string | undefined;

  async function find(issueNumber: number, marker: string): Promise<Comment[]> {
    viewer ??= await readViewer(octokit, call);
    const found: Comment[] = [];
    const what = { code: 'list-comments', issue: issueNumber } as const;
    for await (const list of pages(what, (page) => issues.listComments({ ...page, issue_number: issueNumber }))) {
      const ours = list.filter((comment) => isWrittenBy(viewer ?? '', comment));
      found.push(...ours.flatMap((comment) => parseComment(comment) ?? []));
    }
    return found.filter(({ body }) => firstLine(body) === marker).sort((a, b) => a.id - b.id);
  }

  return {
    find,
    async create(issueNumber, body) {
      const what = { code: 'create-comment', issue: issueNumber } as const;
      return call(
        what,
        async (common) =>
          expectComment(await issues.createComment({ ...common, issue_number: issueNumber, body }), what),
        async (isUnclear) => {
          const comments = isUnclear ? await find(issueNumber, firstLine(body)) : [];
          return comments.find((comment) => isSameBody(comment.body, body));
        },
      );
    },
    async update(commentId, body, before) {
      const [what, reading] = [{ code: 'update-comment' }, { code: 'read-comment' }] as const;
      return call(
        what,
        async (common) => expectComment(await issues.updateComment({ ...common, comment_id: commentId, body }), what),
        async () => {
          const now = await call(reading, async (common) =>
            expectComment(await issues.getComment({ ...common, comment_id: commentId }), reading),
          );
          if (isSameBody(now.body, body)) return now;
          if (isSameBody(now.body, before)) return undefined;
          throw new GitHubError('changed', { code: 'github-comment-changed' });
        },
      );
    },
    async remove(commentId) {
      await call({ code: 'delete-comment' }, (common) => issues.deleteComment({ ...common, comment_id: commentId }));
    },
  };
}

/** Undefined for anything but a comment. */
export function parseComment(value: unknown): Comment | undefined {
  const id = memberOf(value, 'id');
  if (typeof id !== 'number') return undefined;
  return { id, url: textOf(value, 'html_url') ?? '', body: textOf(value, 'body') ?? '' };
}

function expectComment({ data }: { readonly data: unknown }, call: GitHubCall): Comment {
  const comment = parseComment(data);
  if (comment === undefined) throw new GitHubError('unavailable', { code: 'github-answer-unusable', call });
  return comment;
}

function firstLine(body: string): string {
  return body.split(/\r\n|\r|\n/, 1)[0]?.trim() ?? '';
}

/** The author name of comments written with a workflow's own token. */
const WORKFLOW_BOT = 'github-actions[bot]';

/**
 * Login of the token's owner, or the workflow's own bot if GitHub answers without naming one. Throws GitHubError
 * without an answer: a wrong name would hide an existing comment.
 */
async function readViewer(octokit: Octokit, call: GitHubCalls['call']): Promise<string> {
  const what = { code: 'read-viewer' } as const;
  const login = await call(what, async ({ request }) => {
    try {
      const answer: unknown = await octokit.graphql('query { viewer { login } }', { request });
      if (!isJsonObject(answer)) throw new GitHubError('unavailable', { code: 'github-answer-unusable', call: what });
      return textOf(answer, 'viewer', 'login');
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  });
  return login || WORKFLOW_BOT;
}

function isRefusal(error: unknown): boolean {
  const answer = readAnswer(error);
  if (answer !== undefined) return [401, 403, 404].includes(answer.status) && !isLimited(answer);
  // When GraphQL refuses a query, the error has no status.
  const errors = memberOf(error, 'errors');
  return Array.isArray(errors) && !errors.some((each) => memberOf(each, 'type') === 'RATE_LIMITED');
}

/**
 * Whether the viewer wrote a comment. GraphQL calls a bot `github-actions[bot]` or `github-actions`, REST always the
 * former. A person with the name of a bot is not that bot.
 */
function isWrittenBy(viewer: string, comment: unknown): boolean {
  if (bare(viewer) !== bare(textOf(comment, 'user', 'login') ?? '')) return false;
  return memberOf(comment, 'user', 'type') === 'Bot' || !viewer.endsWith('[bot]');
}

function bare(login: string): string {
  return login.toLowerCase().replace(/\[bot\]$/, '');
}
