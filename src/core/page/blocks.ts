import { memberOf } from '../text/member.ts';
import { blockText, valueText } from './value-text.ts';

/** A block of a message's content, as text to read. */
export interface Block {
  /** Its kind, such as `thinking`; undefined for plain text, which needs no name. */
  readonly name: string | undefined;
  readonly text: string;
  /** `citations` of a text block, as they were read. */
  readonly citations: unknown;
}

/** The blocks of a message's content, which may have any form: a string is one block, and so is what is no list. */
export function blocksOf(content: unknown): Block[] {
  if (typeof content === 'string') return [named(undefined, content)];
  if (content === undefined || content === null) return [];
  return Array.isArray(content) ? content.map(blockOf) : [blockOf(content)];
}

/** Text blocks as they are; of any other kind what it holds. */
function blockOf(block: unknown): Block {
  const type = memberOf(block, 'type');
  const text = memberOf(block, 'text');
  if (type === 'text' && typeof text === 'string') {
    return { name: undefined, text, citations: memberOf(block, 'citations') };
  }
  const thinking = memberOf(block, 'thinking');
  if (type === 'thinking' && typeof thinking === 'string') return named('thinking', thinking);
  if (typeof block !== 'object' || block === null || typeof type !== 'string') {
    return named('content', valueText(block));
  }
  return named(type, blockText(block));
}

function named(name: string | undefined, text: string): Block {
  return { name, text, citations: undefined };
}
