import { memberOf } from '../text/member.ts';
import { type Block, blocksOf } from './blocks.ts';
import { createCitations } from './citations.ts';
import type { TextPart } from './text-part.ts';

/** Messages at the end of a conversation that are of equal importance; those before are the less so the older they are. */
const NEAR_MESSAGES = 10;

/**
 * What a request asks, as text to read: the system prompt and each message under a line with its role. A single message of
 * the user, with no system prompt, stands alone. What the user said last has room first, then share the system prompt, the
 * first message, which mostly is the task, and those nearest to the end; then come the others, nearer ones first. Takes `params` as they were read and expects
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
    ...messages.map((message, index) => {
      const age = messages.length - index - NEAR_MESSAGES + 1;
      return saidIn(message, index === 0 ? 1 : Math.max(1, age));
    }),
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

/** Importance of what stands in an answer; what is equally important shares its room. */
const RANKS = { lastText: 0, text: 1, citations: 2, other: 3 } as const;

/**
 * What a model answered, as text to read. Text blocks that follow each other are one text, which the API only parted to say
 * what is cited where; any other block stands under its kind. The last text has room first, since it is what the others lead
 * to, then the other texts, then what they cite, then the other blocks. Expects nothing of the form of `content`.
 */
export function answerParts(content: unknown): readonly TextPart[] {
  const citations = createCitations();
  const parts: TextPart[] = [];
  let run: string[] = [];
  const endRun = (): void => {
    if (run.length > 0) parts.push({ names: [], text: run.join(''), rank: RANKS.text });
    run = [];
    const list = citations.takeList();
    if (list !== '') parts.push({ names: ['citations'], text: list, rank: RANKS.citations });
  };
  for (const block of blocksOf(content)) {
    if (isText(block)) {
      run.push(withMark(block.text, citations.mark(block.citations)));
      continue;
    }
    endRun();
    parts.push({ names: [block.name ?? ''], text: block.text, rank: RANKS.other });
  }
  endRun();
  const last = parts.findLastIndex(({ rank }) => rank === RANKS.text);
  return parts.map((part, index) => (index === last ? { ...part, rank: RANKS.lastText } : part));
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
