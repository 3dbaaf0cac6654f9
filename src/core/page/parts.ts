import { printPageText } from '../messages/page.ts';
import { memberOf, textOf } from '../text/json.ts';
import type { PagePart } from './case.ts';
import { createCitations } from './citations.ts';
import { imagePart } from './image.ts';
import { printJson } from './json-text.ts';

/** Most blocks of a prompt or an answer; beyond that, the middle is left out. */
const MAX_PARTS = 200;

/**
 * What a request asks: the system prompt and each message, block by block, each with its role. Takes parsed `params` and assumes nothing
 * about their form.
 */
export function promptParts(params: unknown): readonly PagePart[] {
  const system = memberOf(params, 'system');
  const messages = memberOf(params, 'messages');
  const turns = [
    ...(system === undefined || system === null || system === '' ? [] : [{ role: 'system', content: system }]),
    ...(Array.isArray(messages) ? messages : []).map((message) => ({
      role: textOf(message, 'role') ?? 'message',
      content: memberOf(message, 'content'),
    })),
  ];
  return bounded(
    turns.flatMap(({ role, content }) => {
      const parts = blocksOf(content).flatMap(readBlock);
      return (parts.length === 0 ? [NOTHING] : parts).map((part) => ({ role, ...part }));
    }),
  );
}

const NOTHING: PagePart = { kind: 'text', text: '' };

/**
 * A model's answer, followed by its preceding thoughts. Joins consecutive text blocks, which the API splits only to place citations.
 * Assumes nothing about the form of `content`.
 */
export function answerParts(content: unknown): readonly PagePart[] {
  const citations = createCitations();
  const parts: PagePart[] = [];
  const thoughts: PagePart[] = [];
  let run: string[] = [];
  const endRun = (): void => {
    if (run.length > 0) parts.push({ kind: 'text', text: run.join('') });
    run = [];
    const list = citations.takeList();
    if (list !== '') parts.push({ kind: 'citations', text: list });
  };
  for (const block of blocksOf(content)) {
    for (const part of readBlock(block)) {
      if (part.kind === 'text') {
        run.push(withMark(part.text, citations.mark(memberOf(block, 'citations'))));
      } else {
        endRun();
        (part.kind === 'thinking' ? thoughts : parts).push(part);
      }
    }
  }
  endRun();
  return bounded([...parts, ...thoughts]);
}

/** Content may have any form: everything except a list counts as one block. */
function blocksOf(content: unknown): readonly unknown[] {
  if (content === undefined || content === null) return [];
  return Array.isArray(content) ? content : [content];
}

/** The part for a block; a tool result is followed by its images. */
function readBlock(block: unknown): PagePart[] {
  if (typeof block === 'string') return [{ kind: 'text', text: block }];
  const type = textOf(block, 'type') ?? 'content';
  const id = textOf(block, 'id');
  const text = textOf(block, 'text');
  const thinking = textOf(block, 'thinking');
  if (type === 'text' && text !== undefined) return [{ kind: 'text', text }];
  if (type === 'thinking' && thinking !== undefined) return [{ kind: 'thinking', text: thinking }];
  if (type === 'redacted_thinking') return [{ kind: 'thinking', name: type, text: printJson(block) }];
  if (/(?:^|_)tool_use$/.test(type))
    return [withId(id, { kind: 'tool-call', name: textOf(block, 'name') ?? type, text: printInput(block) })];
  if (/(?:^|_)tool_result$/.test(type)) return resultParts(block, type);
  return [(type === 'image' ? imagePart(block) : undefined) ?? { kind: 'other', name: type, text: printJson(block) }];
}

function printInput(block: unknown): string {
  const input = memberOf(block, 'input');
  return printJson(input === undefined ? block : input);
}

function resultParts(block: unknown, type: string): PagePart[] {
  const inner = blocksOf(memberOf(block, 'content'));
  const images = inner.flatMap((one) => (textOf(one, 'type') === 'image' ? (imagePart(one) ?? []) : []));
  const texts = inner.flatMap((one) => {
    if (typeof one === 'string') return one;
    const kind = textOf(one, 'type');
    if (kind === 'image' && imagePart(one) !== undefined) return [];
    return kind === 'text' ? (textOf(one, 'text') ?? printJson(one)) : printJson(one);
  });
  const name = memberOf(block, 'is_error') === true ? { name: 'error' } : type === 'tool_result' ? {} : { name: type };
  const text = texts.join('\n\n');
  return [withId(textOf(block, 'tool_use_id'), { kind: 'tool-result', ...name, text }), ...images];
}

function withId(id: string | undefined, part: PagePart): PagePart {
  return id === undefined ? part : { ...part, id };
}

/** Puts the mark after the last word, not on a new line. */
function withMark(text: string, mark: string): string {
  const end = mark === '' ? text.length : text.trimEnd().length;
  return text.slice(0, end) + mark + text.slice(end);
}

function bounded(parts: readonly PagePart[]): readonly PagePart[] {
  const count = parts.length - MAX_PARTS;
  if (count <= 0) return parts;
  const note: PagePart = { kind: 'left-out', text: printPageText({ code: 'parts-left-out', count }) };
  return [...parts.slice(0, MAX_PARTS / 2), note, ...parts.slice(-MAX_PARTS / 2)];
}
