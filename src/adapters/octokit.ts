import { GitHub, getOctokitOptions } from '@actions/github/lib/utils';

export type Octokit = InstanceType<typeof GitHub>;

/**
 * A client of GitHub's REST and GraphQL API at the run's server, through the runner's proxy. Logs nothing. Sends the
 * token to that server only. Without a token it sends calls unauthenticated, and GitHub refuses them.
 */
export function createOctokit({ token, apiUrl }: { readonly token: string; readonly apiUrl: string }): Octokit {
  const settings = { baseUrl: apiUrl, userAgent: 'claude-batch-action', log: SILENT };
  return new GitHub(token === '' ? settings : getOctokitOptions(token, settings));
}

const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function nothing(): void {}

/** Whether this is GitHub Enterprise Server, which has the artifact and cache services in older versions only. */
export function isEnterpriseServer(serverUrl: string): boolean {
  const host = new URL(serverUrl).hostname.toLowerCase();
  return host !== 'github.com' && !host.endsWith('.ghe.com') && !host.endsWith('.localhost');
}
