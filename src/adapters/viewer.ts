import type { Clock } from '../ports/machine.ts';
import { isLimited, readAnswer } from './github-answers.ts';
import { callGitHub } from './github-calls.ts';
import { type AuthoredComment, member } from './github-shapes.ts';
import type { Octokit } from './octokit.ts';

/** Whom a workflow's own token writes as. */
const WORKFLOW_BOT = 'github-actions[bot]';

/**
 * Login of the token's owner. Where GitHub answers but does not say, the workflow's own bot; where it gives no answer,
 * a GitHubError, since a wrong name would hide a comment that is there.
 */
export async function readViewer(octokit: Octokit, clock: Clock): Promise<string> {
  const login = await callGitHub(clock, {
    what: 'say whom the token belongs to',
    tries: 3,
    send: async (signal) => {
      try {
        const reply: unknown = await octokit.graphql('query { viewer { login } }', { request: { signal } });
        return member(member(reply, 'viewer'), 'login');
      } catch (error) {
        if (isRefusal(error)) return undefined;
        throw error;
      }
    },
  });
  return typeof login === 'string' && login !== '' ? login : WORKFLOW_BOT;
}

/**
 * Whether a comment is the viewer's. GraphQL says `github-actions[bot]` or `github-actions` of a bot, REST always the
 * former; a person who has a bot's name without the suffix is somebody else.
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
  // A query that GraphQL understood and refused comes without a status.
  const errors = member(error, 'errors');
  return Array.isArray(errors) && !errors.some((each) => member(each, 'type') === 'RATE_LIMITED');
}
