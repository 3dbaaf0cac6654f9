import { issuePayload, pullPayload, pullSummaryPayload, userPayload } from './payloads.ts';
import { notFound, Refusal } from './refusals.ts';
import {
  conversationNeeds,
  conversationOf,
  paged,
  pathNumber,
  type Reply,
  type Route,
  type RouteCall,
} from './routes.ts';
import type { Conversation, Pull } from './state.ts';

type PullConversation = Conversation & { readonly pull: Pull };

const readPulls: Route['needs'] = () => [['pull-requests', 'read']];

export const pullRoutes: readonly Route[] = [
  { operation: 'GET /repos/{owner}/{repo}/pulls', needs: readPulls, answer: list },
  { operation: 'GET /repos/{owner}/{repo}/pulls/{pull_number}', needs: readPulls, answer: getPull },
  { operation: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', needs: readPulls, answer: listOfCommit },
  {
    operation: 'GET /repos/{owner}/{repo}/issues/{issue_number}',
    needs: (call) => conversationNeeds(call.repository.conversations.get(pathNumber(call, 'issue_number')), 'read'),
    answer: getIssue,
  },
  { operation: 'GET /user', needs: () => [], answer: getUser },
];

function list(call: RouteCall): Reply {
  const { query } = call;
  const state = query.get('state') ?? 'open';
  const [, headOwner, headBranch] = query.get('head')?.match(/^([^:]+):(.+)$/) ?? [];
  const base = query.get('base');
  const found = pulls(call).filter(
    ({ state: is, pull }) =>
      (state === 'all' || is === state) &&
      (base === null || pull.baseBranch === base) &&
      // GitHub ignores a head without its owner.
      (headBranch === undefined || (pull.headBranch === headBranch && isOwner(pull.headRepository, headOwner))),
  );
  const newestFirst = found.sort((a, b) => b.number - a.number);
  return listed(call, 'pulls', query.get('direction') === 'asc' ? newestFirst.reverse() : newestFirst);
}

function listOfCommit(call: RouteCall): Reply {
  const sha = call.path.get('commit_sha') ?? '';
  if (!/^[0-9a-f]{40}$/.test(sha)) throw new Refusal(422, `No commit found for SHA: ${sha}`, { errors: [] });
  return listed(
    call,
    `commits/${sha}/pulls`,
    pulls(call).filter(({ pull }) => pull.commits.has(sha)),
  );
}

function listed(call: RouteCall, path: string, found: readonly PullConversation[]): Reply {
  const { maker, repository } = call;
  const { page, headers } = paged(call, `${maker.sites.api}/repos/${repository.fullName}/${path}`, found);
  return { status: 200, headers, body: page.map((one) => pullSummaryPayload(maker, repository, one, one.pull)) };
}

function getPull(call: RouteCall): Reply {
  const conversation = conversationOf(call, pathNumber(call, 'pull_number'));
  if (conversation.pull === undefined) throw notFound();
  return { status: 200, body: pullPayload(call.maker, call.repository, conversation, conversation.pull) };
}

function getIssue(call: RouteCall): Reply {
  const conversation = conversationOf(call, pathNumber(call, 'issue_number'));
  return { status: 200, body: issuePayload(call.maker, call.repository, conversation) };
}

function getUser({ maker, token }: RouteCall): Reply {
  const unknown = { name: null, company: null, blog: null, location: null, email: null, hireable: null, bio: null };
  const counts = { public_repos: 0, public_gists: 0, followers: 0, following: 0 };
  const times = { created_at: '2011-01-25T18:44:36Z', updated_at: '2011-01-25T18:44:36Z' };
  const user = userPayload(maker, token.login);
  return { status: 200, body: { ...user, user_view_type: 'public', ...unknown, ...counts, ...times } };
}

function pulls({ repository }: RouteCall): PullConversation[] {
  return [...repository.conversations.values()].filter((one): one is PullConversation => one.pull !== undefined);
}

function isOwner(fullName: string, owner: string | undefined): boolean {
  return fullName.split('/')[0]?.toLowerCase() === owner?.toLowerCase();
}
