import { getOctokit } from '@actions/github';

export type Octokit = ReturnType<typeof getOctokit>;

/**
 * A client of GitHub's REST and GraphQL API at the run's own address, through the runner's proxy. It logs nothing. The
 * token is sent to that address only.
 */
export function createOctokit(options: {
  readonly token: string;
  readonly apiUrl: string;
  readonly userAgent?: string;
}): Octokit {
  const { token, apiUrl, userAgent = 'claude-batch-action' } = options;
  return getOctokit(token, { baseUrl: apiUrl.replace(/\/+$/, ''), userAgent, log: SILENT });
}

const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function nothing(): void {}
