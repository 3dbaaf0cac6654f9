import { leftOutText } from '../src/core/messages/page-script.ts';
import type { CaseRecord, PagePart, PageText } from '../src/core/page/case.ts';

/** All texts of a case that are read and searched. */
export function textsOf({ error, prompt, answer }: CaseRecord): readonly PageText[] {
  const parts = [...(prompt ?? []), ...(answer ?? [])].map(({ text }) => text);
  return error === null ? parts : [error.message, ...parts];
}

/** What a case asks for last: the last text of a user. Empty where it is not on the page. */
export function questionOf({ prompt }: CaseRecord): string {
  const isQuestion = ({ kind, role, text }: PagePart<PageText>): boolean =>
    kind === 'text' && role === 'user' && text.head.trim() !== '';
  return prompt?.findLast(isQuestion)?.text.head ?? '';
}

/** What came of it, in a line: the first text of the answer, else its first tool call; without an answer the error. */
export function replyOf({ answer, error }: CaseRecord): string {
  if (error !== null) return error.message.head.trim() === '' ? error.type : error.message.head;
  const text = answer?.find(({ kind, text: { head } }) => kind === 'text' && head.trim() !== '');
  if (text !== undefined) return text.text.head;
  const call = answer?.find(({ kind }) => kind === 'tool-call');
  return call === undefined ? '' : `${call.name ?? ''} ${call.text.head}`;
}

/** A prompt or an answer as one text, roles and kinds in brackets; what was thought is not part of it. */
export function wholeText(parts: readonly PagePart<PageText>[]): string {
  const said = parts.filter(({ kind }) => kind !== 'thinking');
  const roles = new Set(said.map(({ role }) => role));
  const isAlone = roles.size === 1 && (roles.has('user') || roles.has(undefined));
  let last: string | undefined;
  return said
    .map((part) => {
      const head = isAlone || part.role === last ? [] : [`[${part.role}]`];
      last = part.role;
      const kind = part.kind === 'text' ? [] : [`[${[part.kind, part.name, part.id].filter(Boolean).join(' ')}]`];
      return [...head, ...kind, joined(part.text)].join('\n');
    })
    .join('\n\n');
}

/** Both ends of a text, and between them what is left out. */
export function joined({ head, left_out, tail }: PageText): string {
  return left_out === 0 ? head : `${head}\n${leftOutText(left_out)}\n${tail}`;
}
