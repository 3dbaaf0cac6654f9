import { isSameBody } from '../core/comment/comment.ts';
import type { GitHubCall } from '../core/messages/reasons.ts';
import { type Comment, type CommentBoard, GitHubError } from '../ports/github.ts';
import type { Clock } from '../ports/machine.ts';
import { callGitHub } from './github-calls.ts';
import { parseComment, parseList } from './github-shapes.ts';
import type { Octokit } from './octokit.ts';
import { isWrittenBy, readViewer } from './viewer.ts';

const PAGE = 100;

/** Comments on a repository's pull requests and issues that the token's own user wrote. */
export function createCommentBoard(options: {
  readonly octokit: Octokit;
  readonly owner: string;
  readonly repo: string;
  readonly clock: Clock;
}): CommentBoard {
  const { octokit, owner, repo, clock } = options;
  let viewer: string | undefined;

  async function find(issueNumber: number, marker: string): Promise<Comment[]> {
    viewer ??= await readViewer(octokit, clock);
    const found: Comment[] = [];
    for (let page = 1; ; page += 1) {
      const call = { code: 'list-comments', issue: issueNumber } as const;
      const { data } = await callGitHub(clock, {
        call,
        tries: 3,
        send: (signal) =>
          octokit.rest.issues.listComments({
            owner,
            repo,
            issue_number: issueNumber,
            per_page: PAGE,
            page,
            request: { signal },
          }),
      });
      const list = parseList(data, call);
      for (const comment of list.map(parseComment)) {
        if (comment === undefined || firstLine(comment.body) !== marker || !isWrittenBy(viewer, comment)) continue;
        found.push({ id: comment.id, url: comment.url, body: comment.body });
      }
      if (list.length < PAGE) return found.sort((a, b) => a.id - b.id);
    }
  }

  async function create(issueNumber: number, body: string): Promise<Comment> {
    const call = { code: 'create-comment', issue: issueNumber } as const;
    return callGitHub(clock, {
      call,
      tries: 3,
      send: async (signal) => {
        const request = { owner, repo, issue_number: issueNumber, body, request: { signal } };
        return expectComment((await octokit.rest.issues.createComment(request)).data, call);
      },
      lookBefore: async (isUnclear) => {
        if (!isUnclear) return undefined;
        const comments = await find(issueNumber, firstLine(body));
        return comments.find((comment) => isSameBody(comment.body, body));
      },
    });
  }

  async function read(commentId: number): Promise<Comment> {
    const call = { code: 'read-comment' } as const;
    return callGitHub(clock, {
      call,
      tries: 2,
      send: async (signal) => {
        const request = { owner, repo, comment_id: commentId, request: { signal } };
        return expectComment((await octokit.rest.issues.getComment(request)).data, call);
      },
    });
  }

  async function update(commentId: number, body: string, before: string): Promise<Comment> {
    const call = { code: 'update-comment' } as const;
    return callGitHub(clock, {
      call,
      tries: 2,
      send: async (signal) => {
        const request = { owner, repo, comment_id: commentId, body, request: { signal } };
        return expectComment((await octokit.rest.issues.updateComment(request)).data, call);
      },
      lookBefore: async () => {
        const now = await read(commentId);
        if (isSameBody(now.body, body)) return now;
        if (isSameBody(now.body, before)) return undefined;
        throw new GitHubError('changed', { code: 'github-comment-changed' });
      },
    });
  }

  async function remove(commentId: number): Promise<void> {
    await callGitHub(clock, {
      call: { code: 'delete-comment' },
      tries: 2,
      send: (signal) => octokit.rest.issues.deleteComment({ owner, repo, comment_id: commentId, request: { signal } }),
    });
  }

  return { find, create, update, remove };
}

function expectComment(data: unknown, call: GitHubCall): Comment {
  const comment = parseComment(data);
  if (comment === undefined) throw new GitHubError('unavailable', { code: 'github-answer-unusable', call });
  return { id: comment.id, url: comment.url, body: comment.body };
}

function firstLine(body: string): string {
  return body.split(/\r\n|\r|\n/, 1)[0]?.trim() ?? '';
}
