import { issuePayload } from './payloads.ts';
import {
  conversationNeeds,
  conversationOf,
  paged,
  pathNumber,
  type Reply,
  type Route,
  type RouteCall,
} from './routes.ts';
import { addIssue } from './setup.ts';
import type { Conversation } from './state.ts';

const ISSUES = '/repos/{owner}/{repo}/issues';

export const issueRoutes: readonly Route[] = [
  { operation: `GET ${ISSUES}`, needs: () => [['issues', 'read']], answer: list },
  { operation: `POST ${ISSUES}`, needs: () => [['issues', 'write']], answer: create },
  {
    operation: `PATCH ${ISSUES}/{issue_number}`,
    needs: (call) => conversationNeeds(call.repository.conversations.get(pathNumber(call, 'issue_number')), 'write'),
    answer: update,
  },
];

/** Issues and pull requests, newest first, as GitHub lists both here. */
function list(call: RouteCall): Reply {
  const { repository, maker, query } = call;
  const state = query.get('state') ?? 'open';
  const labels = (query.get('labels') ?? '').split(',').filter((label) => label !== '');
  const found = [...repository.conversations.values()]
    .filter((one) => state === 'all' || one.state === state)
    .filter((one) => labels.every((label) => one.labels.includes(label)))
    .sort((a, b) => b.number - a.number);
  const { page, headers } = paged(call, `${maker.sites.api}/repos/${repository.fullName}/issues`, found);
  return { status: 200, headers, body: page.map((one) => issuePayload(maker, repository, one)) };
}

function create(call: RouteCall): Reply {
  const { state, repository, token } = call;
  const { title, body, labels = [] } = call.body as { title: string; body?: string; labels?: readonly string[] };
  const number = Math.max(0, ...repository.conversations.keys()) + 1;
  const said = body === undefined ? {} : { body };
  return reply(call, 201, addIssue(state, repository, { number, author: token.login, title, labels, ...said }));
}

function update(call: RouteCall): Reply {
  const conversation = conversationOf(call, pathNumber(call, 'issue_number'));
  Object.assign(conversation, pick(call.body as Partial<Conversation>));
  return reply(call, 200, conversation);
}

function pick({ title, body, state }: Partial<Conversation>): Partial<Conversation> {
  return {
    ...(title === undefined ? {} : { title }),
    ...(body === undefined ? {} : { body }),
    ...(state === undefined ? {} : { state }),
  };
}

function reply({ maker, repository }: RouteCall, status: number, conversation: Conversation): Reply {
  return { status, body: issuePayload(maker, repository, conversation) };
}
