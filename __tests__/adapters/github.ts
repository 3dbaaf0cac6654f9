import { createGitHub, type GitHubState, type Permission } from '../../simulator/github/index.ts';
import { createResults, type ResultsState } from '../../simulator/results/index.ts';
import { type Server, startServer } from '../../simulator/server.ts';
import type { Octokit } from '../../src/adapters/clients/octokit.ts';
import type { Clock } from '../../src/ports/machine.ts';

const TOKEN = 'ghs_test';

/** A simulated GitHub on a port of its own, a client for it and a clock that jumps. */
export interface Site {
  readonly server: Server;
  readonly state: GitHubState;
  readonly results: ResultsState;
  readonly octokit: Octokit;
  readonly clock: Clock;
  /** Every pause that was asked for, in ms. */
  readonly pauses: number[];
}

export async function startSite(
  options: {
    /** What the client sends; the site knows only its own. */
    readonly token?: string;
    readonly login?: string;
    readonly permissions?: Readonly<Partial<Record<Permission, 'read' | 'write' | 'none'>>>;
    readonly maxCommentCharacters?: number;
  } = {},
): Promise<Site> {
  const {
    login = 'github-actions[bot]',
    permissions = { issues: 'write', 'pull-requests': 'write', actions: 'read' },
  } = options;
  const { maxCommentCharacters } = options;
  const pauses: number[] = [];
  let nowMs = Date.parse('2026-11-22T12:00:00Z');
  const results = createResults({ now: () => nowMs });
  const limits = maxCommentCharacters === undefined ? {} : { maxCommentCharacters };
  const { handler, state } = createGitHub({ ...limits, results: results.state, now: () => nowMs });
  state.tokens.set(TOKEN, { login, permissions });
  const server = await startServer({ handlers: [handler, results.handler] });
  return {
    server,
    state,
    results: results.state,
    octokit: await createClient(`${server.origin}/api/v3`, options.token ?? TOKEN),
    pauses,
    clock: {
      now: () => nowMs,
      date: () => nowMs,
      sleep: async (ms) => {
        pauses.push(ms);
        nowMs += ms;
      },
    },
  };
}

/** `@actions/github` reads the environment when it is imported: this machine's has no say here. */
async function createClient(apiUrl: string, token: string): Promise<Octokit> {
  for (const name of Object.keys(process.env)) if (/^(?:github_|actions_)|proxy/i.test(name)) delete process.env[name];
  const { createOctokit } = await import('../../src/adapters/clients/octokit.ts');
  return createOctokit({ token, apiUrl });
}
