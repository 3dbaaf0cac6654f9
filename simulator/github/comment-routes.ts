import { commentPayload } from './payloads.ts';
import { invalidComment, locked, notFound } from './refusals.ts';
import {
  conversationNeeds,
  conversationOf,
  paged,
  pathNumber,
  type Reply,
  type Route,
  type RouteCall,
} from './routes.ts';
import { addComment } from './setup.ts';
import type { Comment } from './state.ts';

const OF_ISSUE = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
const ONE = '/repos/{owner}/{repo}/issues/comments/{comment_id}';

export const commentRoutes: readonly Route[] = [
  { operation: `GET ${OF_ISSUE}`, needs: (call) => ofIssue(call, 'read'), answer: list },
  { operation: `POST ${OF_ISSUE}`, needs: (call) => ofIssue(call, 'write'), answer: create },
  { operation: `GET ${ONE}`, needs: (call) => ofComment(call, 'read'), answer: (call) => reply(call, 200, one(call)) },
  { operation: `PATCH ${ONE}`, needs: (call) => ofComment(call, 'write'), answer: update },
  { operation: `DELETE ${ONE}`, needs: (call) => ofComment(call, 'write'), answer: remove },
];

function ofIssue(call: RouteCall, access: 'read' | 'write') {
  return conversationNeeds(call.repository.conversations.get(pathNumber(call, 'issue_number')), access);
}

function ofComment(call: RouteCall, access: 'read' | 'write') {
  const comment = find(call);
  return conversationNeeds(comment && call.repository.conversations.get(comment.conversation), access);
}

function list(call: RouteCall): Reply {
  const { repository, maker, query } = call;
  const { number } = conversationOf(call, pathNumber(call, 'issue_number'));
  const since = Date.parse(query.get('since') ?? '1970-01-01');
  const comments = repository.comments.filter((one) => one.conversation === number && one.updatedAtMs >= since);
  const url = `${maker.sites.api}/repos/${repository.fullName}/issues/${number}/comments`;
  const { page, headers } = paged(call, url, comments);
  return { status: 200, headers, body: page.map((comment) => commentPayload(maker, repository, comment)) };
}

function create(call: RouteCall): Reply {
  const conversation = conversationOf(call, pathNumber(call, 'issue_number'));
  if (conversation.locked) throw locked();
  const { state, repository, token } = call;
  const content = { conversation: conversation.number, author: token.login, body: checkedBody(call) };
  return reply(call, 201, addComment(state, repository, content));
}

function update(call: RouteCall): Reply {
  const comment = one(call);
  comment.body = checkedBody(call);
  comment.updatedAtMs = call.state.now();
  return reply(call, 200, comment);
}

function remove(call: RouteCall): Reply {
  const { comments } = call.repository;
  comments.splice(comments.indexOf(one(call)), 1);
  return { status: 204 };
}

function reply(call: RouteCall, status: number, comment: Comment): Reply {
  return { status, body: commentPayload(call.maker, call.repository, comment) };
}

function find(call: RouteCall): Comment | undefined {
  const id = pathNumber(call, 'comment_id');
  return call.repository.comments.find((comment) => comment.id === id);
}

function one(call: RouteCall): Comment {
  const comment = find(call);
  if (comment === undefined) throw notFound();
  return comment;
}

/** The text, or GitHub's refusal: the limit counts characters, not bytes or UTF-16 units. */
function checkedBody({ body, maxCommentCharacters }: RouteCall): string {
  const text = (body as { body: string }).body;
  if (text.trim() === '') throw invalidComment('Body cannot be blank');
  if (text.length > maxCommentCharacters && [...text].length > maxCommentCharacters)
    throw invalidComment(`Body is too long (maximum is ${maxCommentCharacters} characters)`);
  return text;
}
