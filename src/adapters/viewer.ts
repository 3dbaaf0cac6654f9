import { memberOf } from '../core/text/json.ts';
import type { Clock } from '../ports/machine.ts';
import { callGitHub, isLimited, readAnswer } from './github-calls.ts';
import type { AuthoredComment } from './github-shapes.ts';
import type { Octokit } from './octokit.ts';

/** The author of what a workflow's own token writes. */
const WORKFLOW_BOT = 'github-actions[bot]';

/**
 * Login of the token's owner, or the workflow's own bot if GitHub answers without naming one. Throws GitHubError without an
 * answer: a wrong name would hide an existing comment.
 */
export async function readViewer(octokit: Octokit, clock: Clock): Promise<string> {
  const login = await callGitHub(clock, {
    call: { code: 'read-viewer' },
    tries: 3,
    send: async (signal) => {
      try {
        const reply: unknown = await octokit.graphql('query { viewer { login } }', { request: { signal } });
        return memberOf(memberOf(reply, 'viewer'), 'login');
      } catch (error) {
        if (isRefusal(error)) return undefined;
        throw error;
      }
    },
  });
  return typeof login === 'string' && login !== '' ? login : WORKFLOW_BOT;
}

/**
 * Whether the viewer wrote a comment. GraphQL calls a bot `github-actions[bot]` or `github-actions`, REST always the
 * former. A person with the name of a bot is not that bot.
 */
export function isWrittenBy(viewer: string, { author, isBot }: Pick<AuthoredComment, 'author' | 'isBot'>): boolean {
  if (bare(viewer) !== bare(author)) return false;
  return isBot || !viewer.endsWith('[bot]');
}

function bare(login: string): string {
  return login.toLowerCase().replace(/\[bot\]$/, '');
}

function isRefusal(error: unknown): boolean {
  const answer = readAnswer(error);
  if (answer !== undefined) return [401, 403, 404].includes(answer.status) && !isLimited(answer);
  // When GraphQL refuses a query, the error has no status.
  const errors = memberOf(error, 'errors');
  return Array.isArray(errors) && !errors.some((each) => memberOf(each, 'type') === 'RATE_LIMITED');
}
