import type { GitHubCall } from '../core/messages/reasons.ts';
import { memberOf } from '../core/text/json.ts';
import { type Comment, GitHubError, type PullRequest } from '../ports/github.ts';

/** A comment and who wrote it, as the REST API returns it: bots are `name[bot]` of type `Bot`. */
export interface AuthoredComment extends Comment {
  readonly author: string;
  readonly isBot: boolean;
}

/** One job of a workflow run. */
export interface Job {
  readonly status: string;
  readonly runnerName: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number | undefined;
}

/** A page of a list. Anything else, such as the HTML of a gateway, throws GitHubError: it must not pass for an empty list. */
export function parseList(value: unknown, call: GitHubCall): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new GitHubError('unavailable', { code: 'github-answer-unusable', call });
}

export function parseComment(value: unknown): AuthoredComment | undefined {
  const id = memberOf(value, 'id');
  if (typeof id !== 'number') return undefined;
  const user = memberOf(value, 'user');
  return {
    id,
    url: textOf(memberOf(value, 'html_url')),
    body: textOf(memberOf(value, 'body')),
    author: textOf(memberOf(user, 'login')),
    isBot: memberOf(user, 'type') === 'Bot',
  };
}

/** An open pull request; undefined for a closed one. */
export function parseOpenPull(value: unknown): PullRequest | undefined {
  const number = memberOf(value, 'number');
  const head = memberOf(value, 'head');
  if (typeof number !== 'number' || memberOf(value, 'state') !== 'open') return undefined;
  return {
    number,
    headSha: textOf(memberOf(head, 'sha')),
    // The repository of the head is null when the fork was deleted.
    headRepository: textOf(memberOf(memberOf(head, 'repo'), 'full_name')),
    headBranch: textOf(memberOf(head, 'ref')),
  };
}

export function parseJob(value: unknown): Job {
  const startedAt = Date.parse(textOf(memberOf(value, 'started_at')));
  return {
    status: textOf(memberOf(value, 'status')),
    runnerName: textOf(memberOf(value, 'runner_name')),
    startedAt: Number.isNaN(startedAt) ? undefined : startedAt,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
