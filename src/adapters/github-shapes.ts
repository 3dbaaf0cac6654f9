import { type Comment, GitHubError, type PullRequest } from '../ports/github.ts';

/** A comment and who wrote it, as REST tells it: bots as `name[bot]` of the type `Bot`. */
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

/** A page of a list. A gateway's page of HTML is no empty list: it throws GitHubError. */
export function parseList(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new GitHubError('unavailable', `GitHub gave no list when asked to ${what}`);
}

export function parseComment(value: unknown): AuthoredComment | undefined {
  const id = member(value, 'id');
  if (typeof id !== 'number') return undefined;
  const user = member(value, 'user');
  return {
    id,
    url: textOf(member(value, 'html_url')),
    body: textOf(member(value, 'body')),
    author: textOf(member(user, 'login')),
    isBot: member(user, 'type') === 'Bot',
  };
}

/** An open pull request; undefined for a closed one. */
export function parseOpenPull(value: unknown): PullRequest | undefined {
  const number = member(value, 'number');
  const head = member(value, 'head');
  if (typeof number !== 'number' || member(value, 'state') !== 'open') return undefined;
  return {
    number,
    headSha: textOf(member(head, 'sha')),
    // The repository of the head is null once a fork was deleted.
    headRepository: textOf(member(member(head, 'repo'), 'full_name')),
    headBranch: textOf(member(head, 'ref')),
  };
}

export function parseJob(value: unknown): Job {
  const startedAt = Date.parse(textOf(member(value, 'started_at')));
  return {
    status: textOf(member(value, 'status')),
    runnerName: textOf(member(value, 'runner_name')),
    startedAt: Number.isNaN(startedAt) ? undefined : startedAt,
  };
}

/** A member of what may be an object. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
