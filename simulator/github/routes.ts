import type { OperationName } from '../openapi/description.ts';
import type { ResultsState } from '../results/index.ts';
import type { WireRequest } from '../wire.ts';
import type { Maker } from './payloads.ts';
import { type Needed, notFound } from './refusals.ts';
import type { Conversation, GitHubState, Repository, Token } from './state.ts';

/** A request whose token, repository and shape have been checked. */
export interface RouteCall {
  readonly state: GitHubState;
  readonly results: ResultsState | undefined;
  readonly maker: Maker;
  readonly origin: string;
  readonly token: Token;
  readonly repository: Repository;
  readonly path: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** The request as it came, for bodies that are not JSON. */
  readonly request: WireRequest;
  readonly maxCommentCharacters: number;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Route {
  readonly operation: OperationName;
  /** Any one of these will do; an empty list is for people alone, not for apps. */
  needs(call: RouteCall): Needed;
  answer(call: RouteCall): Reply;
}

/** A whole number in the path, as the description has already checked. */
export function pathNumber(call: RouteCall, name: string): number {
  return Number(call.path.get(name));
}

/** The issue or pull request of the path. Throws a Refusal if there is none. */
export function conversationOf(call: RouteCall, number: number): Conversation {
  const conversation = call.repository.conversations.get(number);
  if (conversation === undefined) throw notFound();
  return conversation;
}

/** Permissions for a conversation: those for issues, and for a pull request either of both. */
export function conversationNeeds(conversation: Conversation | undefined, access: 'read' | 'write'): Needed {
  const issues = ['issues', access] as const;
  return conversation !== undefined && conversation.pull === undefined ? [issues] : [issues, ['pull-requests', access]];
}

/** One page of a list with GitHub's `link` header; `page` and `per_page` as in the request, at most 100. */
export function paged<T>(
  call: RouteCall,
  url: string,
  items: readonly T[],
): { page: T[]; headers: Record<string, string> } {
  const perPage = Math.min(100, Math.max(1, Number(call.query.get('per_page') ?? 30)));
  const page = Math.max(1, Number(call.query.get('page') ?? 1));
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const link = (number: number, relation: string) => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(number));
    return `<${url}?${query}>; rel="${relation}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev'), link(1, 'first')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
  ];
  return {
    page: items.slice((page - 1) * perPage, page * perPage),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  };
}
