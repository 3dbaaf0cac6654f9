import { contentText, memberOf } from './blocks.ts';

/**
 * What a request asks, as text to read: the system prompt and each message under a line with its role. A single message of
 * the user, with no system prompt, stands alone. Takes `params` as they were read and expects nothing of their form.
 */
export function promptText(params: unknown): string {
  const system = memberOf(params, 'system');
  const messages = memberOf(params, 'messages');
  const parts = [
    ...(system === undefined || system === null || system === ''
      ? []
      : [{ role: 'system', text: contentText(system) }]),
    ...(Array.isArray(messages) ? messages.map(partOf) : []),
  ];
  const [only] = parts;
  if (only !== undefined && parts.length === 1 && only.role === 'user') return only.text;
  return parts.map(({ role, text }) => `[${role}]\n${text}`).join('\n\n');
}

/** What a model answered, as text to read: text blocks as they are, any other block as indented JSON under its kind. */
export function answerText(content: unknown): string {
  return contentText(content);
}

function partOf(message: unknown): { readonly role: string; readonly text: string } {
  const role = memberOf(message, 'role');
  return { role: typeof role === 'string' ? role : 'message', text: contentText(memberOf(message, 'content')) };
}
