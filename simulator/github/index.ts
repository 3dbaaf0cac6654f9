import type { ResultsState } from '../results/index.ts';
import type { Handler } from '../wire.ts';
import { answerGraphql } from './graphql.ts';
import { createRest } from './rest.ts';
import { createState, type GitHubState } from './state.ts';

export { secondaryRateLimit } from './refusals.ts';
export * from './setup.ts';
export type * from './state.ts';

/** What GitHub refuses to take as a comment (docs.github.com says nothing; the API's own message does). */
const MAX_COMMENT_CHARACTERS = 65_536;

/**
 * GitHub's REST API under `/api/v3` and GraphQL under `/api/graphql`, which is where octokit looks for it, as far as an
 * action uses them. Checks requests and replies against GitHub's own description: a request it does not allow gets a 422 and
 * is noted in `state.errors`; a reply it does not allow throws. Artifacts are those of `results`.
 */
export function createGitHub(
  options: {
    readonly results?: ResultsState;
    readonly maxCommentCharacters?: number;
    readonly now?: () => number;
  } = {},
): { readonly handler: Handler; readonly state: GitHubState } {
  const state = createState(options.now ?? Date.now);
  const rest = createRest({
    state,
    results: options.results,
    maxCommentCharacters: options.maxCommentCharacters ?? MAX_COMMENT_CHARACTERS,
  });
  return {
    state,
    handler(request) {
      const { path, origin, method } = request;
      if (path === '/api/graphql' && method === 'POST') return answerGraphql(state, request);
      if (!path.startsWith('/api/v3/')) return undefined;
      return rest(request, path.slice('/api/v3'.length), { api: `${origin}/api/v3`, server: serverUrl(origin) });
    },
  };
}

/** The web address that belongs to an API origin: a name that the toolkit does not take for an Enterprise Server. */
export function serverUrl(origin: string): string {
  return `http://github.localhost:${new URL(origin).port}`;
}
