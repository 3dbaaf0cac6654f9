import { PAGE_LABELS, printPageText } from '../messages/page.ts';
import { isJsonObject, memberOf } from '../text/json.ts';
import { createCitations } from './citations.ts';

/** Between messages and blocks. */
const GAP = '\n\n';

/**
 * What a request asks: the system prompt and each message under its role, as `[system]`. A single user message with no
 * system prompt needs no role. Takes `params` as parsed and expects nothing of their form.
 */
export function promptText(params: unknown): string {
  const system = memberOf(params, 'system');
  const messages = memberOf(params, 'messages');
  const turns = [
    ...(system === undefined || system === null || system === '' ? [] : [{ role: 'system', content: system }]),
    ...(Array.isArray(messages) ? messages : []).map((message) => {
      const role = memberOf(message, 'role');
      return { role: typeof role === 'string' ? role : 'message', content: memberOf(message, 'content') };
    }),
  ];
  const isAlone = turns.length === 1 && turns[0]?.role === 'user';
  return turns
    .map(({ role, content }) => {
      const text = blocksOf(content).map(printBlock).join(GAP);
      return isAlone ? text : `[${role}]\n${text}`;
    })
    .join(GAP);
}

/**
 * What a model answered, and last what it thought before. Consecutive text blocks are one text, which the API splits only to
 * say what is cited where; any other block is under its type, as `[tool_use]`. Expects nothing of the form of `content`.
 */
export function answerText(content: unknown): string {
  const citations = createCitations();
  const parts: string[] = [];
  const thoughts: string[] = [];
  let run: string[] = [];
  const endRun = (): void => {
    if (run.length > 0) parts.push(run.join(''));
    run = [];
    const list = citations.takeList();
    if (list !== '') parts.push(`[${PAGE_LABELS.citations}]\n${list}`);
  };
  for (const block of blocksOf(content)) {
    if (block.name === undefined) {
      run.push(withMark(block.text, citations.mark(block.citations)));
    } else {
      endRun();
      (THINKING.includes(block.name) ? thoughts : parts).push(printBlock(block));
    }
  }
  endRun();
  return [...parts, ...thoughts].join(GAP);
}

/**
 * What a request asks for besides its messages and its system prompt, as JSON; null for nothing. Tokens of MCP servers are
 * not shown, nor are queries of their addresses, which may hold one.
 */
export function parametersText(params: unknown): string | null {
  if (!isJsonObject(params)) return null;
  const members = Object.entries(params).filter(([name]) => name !== 'messages' && name !== 'system');
  const shown = members.map(([name, value]) => [name, name === 'mcp_servers' ? withoutTokens(value) : value]);
  return shown.length === 0 ? null : printJson(Object.fromEntries(shown));
}

const THINKING: readonly string[] = ['thinking', 'redacted_thinking'];

/** A block of a message's content; `name` is its type, undefined for plain text. */
interface Block {
  readonly name: string | undefined;
  readonly text: string;
  /** As received. */
  readonly citations?: unknown;
}

/** Content may have any form: a string is one block, and so is anything but a list. */
function blocksOf(content: unknown): Block[] {
  if (typeof content === 'string') return [{ name: undefined, text: content }];
  if (content === undefined || content === null) return [];
  return Array.isArray(content) ? content.map(readBlock) : [readBlock(content)];
}

function readBlock(block: unknown): Block {
  const [type, text, thinking] = ['type', 'text', 'thinking'].map((name) => memberOf(block, name));
  if (type === 'text' && typeof text === 'string')
    return { name: undefined, text, citations: memberOf(block, 'citations') };
  if (type === 'thinking' && typeof thinking === 'string') return { name: 'thinking', text: thinking };
  return { name: typeof type === 'string' ? type : 'content', text: printJson(block) };
}

function printBlock({ name, text }: Block): string {
  return name === undefined ? text : `[${name}]\n${text}`;
}

/** A mark goes behind the last word, not on the line after it. */
function withMark(text: string, mark: string): string {
  const end = mark === '' ? text.length : text.trimEnd().length;
  return text.slice(0, end) + mark + text.slice(end);
}

function withoutTokens(servers: unknown): unknown {
  if (!Array.isArray(servers)) return servers;
  return servers.map((server: unknown) => {
    const token = memberOf(server, 'authorization_token');
    const url = memberOf(server, 'url');
    if (typeof server !== 'object' || server === null) return server;
    return {
      ...server,
      ...(typeof token === 'string' ? { authorization_token: elide(token) } : {}),
      ...(typeof url === 'string' ? { url: url.replace(/[?#].*/s, (query) => `${query[0]}${elide(query)}`) } : {}),
    };
  });
}

/** Levels of JSON that are indented: far deeper ones would be mostly spaces. */
const MAX_DEPTH = 20;
/** Base64 and signatures of this length say nothing to people. */
const MAX_OPAQUE = 200;

/** JSON indented by two spaces, without long files and signatures in it. */
function printJson(value: unknown): string {
  try {
    return JSON.stringify(value, elideOpaque, isDeeper(value, MAX_DEPTH) ? 0 : 2);
  } catch (error) {
    // V8 prints nested values by recursion and gives up at a few thousand levels.
    if (error instanceof RangeError) return printPageText({ code: 'nested-too-deeply' });
    throw error;
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}

/** Leaves out what only a program can read. */
function elideOpaque(this: unknown, name: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= MAX_OPAQUE) return value;
  const type = memberOf(this, 'type');
  const isOpaque =
    (name === 'data' && (type === 'base64' || type === 'redacted_thinking')) ||
    (name === 'signature' && type === 'thinking') ||
    name.startsWith('encrypted_');
  return isOpaque ? elide(value) : value;
}

function elide(text: string): string {
  return printPageText({ code: 'elided', characters: text.length });
}
