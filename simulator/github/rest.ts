import type { Operation } from '../openapi/description.ts';
import { pathMatcher } from '../openapi/path-template.ts';
import type { ResultsState } from '../results/index.ts';
import { json, type WireRequest, type WireResponse } from '../wire.ts';
import { actionRoutes } from './action-routes.ts';
import { commentRoutes } from './comment-routes.ts';
import { describeGitHub } from './description.ts';
import { issueRoutes } from './issue-routes.ts';
import { pullRoutes } from './pull-routes.ts';
import { forbidden, type Needed, notFound, Refusal, refusalBody } from './refusals.ts';
import { releaseRoutes } from './release-routes.ts';
import type { Reply, Route, RouteCall } from './routes.ts';
import { createSkeletons, type Sites } from './skeletons.ts';
import type { GitHubState, Repository, Token } from './state.ts';

const DOCUMENTATION = 'https://docs.github.com/rest';
const ROUTES = [...commentRoutes, ...issueRoutes, ...pullRoutes, ...actionRoutes, ...releaseRoutes].map((route) => ({
  route,
  // Parameters that are numbers match only digits.
  matches: pathMatcher(route.operation, (name) => (/_(?:number|id)$/.test(name) ? '\\d+' : '[^/]+')),
}));
/** Both take a while to make and hold no state of a simulator. */
const description = describeGitHub();
const skeletons = createSkeletons();

export interface RestOptions {
  readonly state: GitHubState;
  readonly results: ResultsState | undefined;
  readonly maxCommentCharacters: number;
}

/** Serves REST at any prefix: `path` is the request's path after it, `sites` where links should point. */
export function createRest({ state, results, maxCommentCharacters }: RestOptions) {
  return (request: WireRequest, path: string, sites: Sites): WireResponse => {
    let operation: Operation | undefined;
    try {
      const token = readToken(state, request);
      const found = findRoute(request.method, path);
      if (found === undefined) {
        state.errors.push(`the simulator has no route ${request.method} ${path}`);
        throw notFound();
      }
      operation = description(found.route.operation);
      const call: RouteCall = {
        state,
        results,
        maker: { state, skeletons, sites },
        origin: request.origin,
        token,
        repository: findRepository(state, found.path),
        path: found.path,
        query: request.query,
        body: readBody(request),
        request,
        maxCommentCharacters,
      };
      allow(found.route.needs(call), call);
      const problem = operation.checkRequest(call);
      if (problem !== undefined) {
        state.errors.push(`${request.method} ${path}: ${problem}`);
        throw new Refusal(422, `Invalid request.\n\n${problem}`, { errors: [] });
      }
      return send(operation, found.route.answer(call));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const body = refusalBody(error, operation?.documentationUrl ?? DOCUMENTATION);
      return operation === undefined
        ? json(error.status, body, error.headers)
        : send(operation, { status: error.status, headers: error.headers, body });
    }
  };
}

function send(operation: Operation, { status, headers = {}, body }: Reply): WireResponse {
  const problem = operation.checkResponse(status, body);
  if (problem !== undefined) throw new Error(`${operation.documentationUrl} does not allow this ${status}: ${problem}`);
  const type = { 'content-type': 'application/json; charset=utf-8', 'x-github-media-type': 'github.v3; format=json' };
  return body === undefined ? { status, headers } : json(status, body, { ...type, ...headers });
}

/** The caller, from `Authorization: token …` or `Bearer …`. */
export function readToken(state: GitHubState, { headers }: WireRequest): Token {
  const text = headers.get('authorization')?.match(/^(?:token|bearer) (.+)$/i)?.[1];
  const token = text === undefined ? undefined : state.tokens.get(text);
  if (token === undefined) throw new Refusal(401, 'Bad credentials');
  return token;
}

function allow(needed: Needed, { token, repository }: RouteCall): void {
  if (needed.length === 0 && !token.login.endsWith('[bot]')) return;
  const isFree = !repository.isPrivate && needed.some(([, access]) => access === 'read');
  const isGranted = needed.some(([permission, access]) => {
    const granted = token.permissions[permission] ?? 'none';
    return granted === 'write' || granted === access;
  });
  if (!isFree && !isGranted) throw forbidden(needed);
}

/** JSON, unless the request says that it is something else, as files are. */
function readBody({ body, headers }: WireRequest): unknown {
  if (body.length === 0 || !/json|^$/.test(headers.get('content-type') ?? '')) return undefined;
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
}

/** The repository of the path; routes without one get an empty one that is private. */
function findRepository(state: GitHubState, path: ReadonlyMap<string, string>): Repository {
  const fullName = `${path.get('owner')}/${path.get('repo')}`;
  if (!path.has('owner')) return NO_REPOSITORY;
  const repository = state.repositories.get(fullName.toLowerCase());
  if (repository === undefined) throw notFound();
  return repository;
}

const NO_REPOSITORY: Repository = {
  id: 0,
  fullName: '',
  isPrivate: true,
  defaultBranch: '',
  conversations: new Map(),
  comments: [],
  runs: new Map(),
  releases: [],
  hasImmutableReleases: false,
};

function findRoute(method: string, path: string): { route: Route; path: ReadonlyMap<string, string> } | undefined {
  for (const { route, matches } of ROUTES) {
    const found = matches(method, path);
    if (found !== undefined) return { route, path: found };
  }
  return undefined;
}
