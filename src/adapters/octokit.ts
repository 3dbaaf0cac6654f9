import { GitHub, getOctokitOptions } from '@actions/github/lib/utils';

export type Octokit = InstanceType<typeof GitHub>;

/**
 * A client of GitHub's REST and GraphQL API at the run's server, through the runner's proxy. It logs nothing. The token is sent
 * to that server only. Without a token, calls are sent unauthenticated and it is GitHub that refuses them.
 */
export function createOctokit({ token, apiUrl }: { readonly token: string; readonly apiUrl: string }): Octokit {
  const settings = { baseUrl: apiUrl, userAgent: 'claude-batch-action', log: SILENT };
  return new GitHub(token === '' ? settings : getOctokitOptions(token, settings));
}

const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function nothing(): void {}
