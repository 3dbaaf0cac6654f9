import { json, type WireRequest, type WireResponse } from '../wire.ts';
import { Refusal } from './refusals.ts';
import { readToken } from './rest.ts';
import type { GitHubState } from './state.ts';

const VIEWER = /^(?:query\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}$/;

/** The only query that tells whose a token is: `query{viewer{login}}`, which works for apps too. */
export function answerGraphql(state: GitHubState, request: WireRequest): WireResponse {
  try {
    const { login } = readToken(state, request);
    const { query } = JSON.parse(request.body.toString()) as { query?: unknown };
    if (typeof query === 'string' && VIEWER.test(query.trim())) return json(200, { data: { viewer: { login } } });
    state.errors.push('the simulator knows no GraphQL query but { viewer { login } }');
    return json(200, { errors: [{ message: 'Parse error' }] });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return json(error.status, { message: error.message, documentation_url: 'https://docs.github.com/graphql' });
  }
}
