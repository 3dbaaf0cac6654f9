import { elementsOf, memberOf, textOf } from '../text/json.ts';

/** Depth to which nested blocks are read: the API's deepest is a document with its own blocks in a tool's result. */
const MAX_DEPTH = 3;

/**
 * What a request asks, as the judge sees it: the system prompt and each message under its role. Mentions images and files without showing
 * them, and leaves thinking out. Assumes nothing about the params' form.
 */
export function questionOf(params: unknown): string {
  const messages = elementsOf(memberOf(params, 'messages')).map((message) => ({
    role: textOf(message, 'role') ?? 'message',
    content: memberOf(message, 'content'),
  }));
  return [{ role: 'system', content: memberOf(params, 'system') }, ...messages]
    .map(({ role, content }) => ({ role, text: contentText(content, MAX_DEPTH) }))
    .filter(({ text }) => text !== '')
    .map(({ role, text }) => `[${role}]\n${text}`)
    .join('\n\n');
}

function contentText(content: unknown, depth: number): string {
  if (typeof content === 'string') return content;
  return elementsOf(content)
    .map((block) => blockText(block, depth))
    .filter((text) => text !== '')
    .join('\n\n');
}

function blockText(block: unknown, depth: number): string {
  if (typeof block === 'string') return block;
  const type = textOf(block, 'type') ?? 'text';
  if (type === 'text') return textOf(block, 'text') ?? '';
  if (type === 'thinking' || type === 'redacted_thinking') return '';
  if (type === 'tool_use')
    return JSON.stringify({ tool_use: memberOf(block, 'name'), input: memberOf(block, 'input') });
  const inner = depth === 0 ? '' : innerText(block, depth - 1);
  return inner === '' ? `[${type}]` : `[${type}]\n${inner}`;
}

/** The text in a tool's result, a search result or a document. */
function innerText(block: unknown, depth: number): string {
  const ofSource = memberOf(block, 'source', 'type') === 'text' ? 'data' : 'content';
  return contentText(memberOf(block, 'content') ?? memberOf(block, 'source', ofSource), depth);
}
