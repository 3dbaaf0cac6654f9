import { type Block, blocksOf } from './blocks.ts';
import { createCitations } from './citations.ts';
import { memberOf } from './member.ts';
import type { TextPart } from './text-part.ts';

/** Messages at the end of a conversation that are of equal importance; those before are the less so the older they are. */
const NEAR_MESSAGES = 10;

/**
 * What a request asks, as text to read: the system prompt and each message under a line with its role. A single message of
 * the user, with no system prompt, stands alone. What the user said last has room first, then share the system prompt and
 * the messages nearest to the end, then come the older ones, nearer ones first. Takes `params` as they were read and expects
 * nothing of their form.
 */
export function promptParts(params: unknown): readonly TextPart[] {
  const system = memberOf(params, 'system');
  const given = memberOf(params, 'messages');
  const messages = Array.isArray(given) ? given : [];
  const said: readonly Said[] = [
    ...(system === undefined || system === null || system === ''
      ? []
      : [{ role: 'system', blocks: blocksOf(system), rank: 1 }]),
    ...messages.map((message, index) => saidIn(message, Math.max(1, messages.length - index - NEAR_MESSAGES + 1))),
  ];
  const question = said.findLast(({ role, blocks }) => role === 'user' && blocks.some(isText));
  const isAlone = said.length === 1 && said[0]?.role === 'user';
  return said.flatMap(({ role, blocks, rank }) => {
    const all = blocks.length === 0 ? [{ name: undefined, text: '' }] : blocks;
    return all.map(({ name, text }, index) => ({
      names: [...(index === 0 && !isAlone ? [role] : []), ...(name === undefined ? [] : [name])],
      text,
      rank: blocks === question?.blocks && name === undefined ? 0 : rank,
    }));
  });
}

/**
 * What a model answered, as text to read. Text blocks that follow each other are one text, which the API only parted to say
 * what is cited where; any other block stands under its kind. Texts have room first, then what they cite, then the
 * other blocks, each in the order of reading. Expects nothing of the form of `content`.
 */
export function answerParts(content: unknown): readonly TextPart[] {
  const blocks = blocksOf(content);
  const citations = createCitations();
  const parts: TextPart[] = [];
  const add = (group: number, names: readonly string[], text: string): void => {
    // Less than the number of blocks and lists are before it in its group.
    parts.push({ names, text, rank: group * 2 * blocks.length + parts.length });
  };
  let run: string[] = [];
  const endRun = (): void => {
    if (run.length > 0) add(0, [], run.join(''));
    run = [];
    const list = citations.takeList();
    if (list !== '') add(1, ['citations'], list);
  };
  for (const block of blocks) {
    if (isText(block)) {
      run.push(withMark(block.text, citations.mark(block.citations)));
      continue;
    }
    endRun();
    add(2, [block.name ?? ''], block.text);
  }
  endRun();
  return parts;
}

interface Said {
  readonly role: string;
  readonly blocks: readonly Block[];
  readonly rank: number;
}

function saidIn(message: unknown, rank: number): Said {
  const role = memberOf(message, 'role');
  return { role: typeof role === 'string' ? role : 'message', blocks: blocksOf(memberOf(message, 'content')), rank };
}

function isText({ name }: Block): boolean {
  return name === undefined;
}

/** A mark stands behind the last word, not on the line after it. */
function withMark(text: string, mark: string): string {
  if (mark === '') return text;
  const end = text.trimEnd().length;
  return text.slice(0, end) + mark + text.slice(end);
}
