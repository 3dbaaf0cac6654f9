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
