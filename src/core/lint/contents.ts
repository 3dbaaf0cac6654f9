import type { Path } from '../messages/params-problems.ts';
import type { Params } from '../requests/params.ts';
import { clip } from '../text/describe-value.ts';
import { elementsOf, isJsonObject, type JsonObject } from '../text/json.ts';
import { nearest } from '../text/nearest.ts';
import { errorOf, type Finding, warningOf } from './finding.ts';

/** More faults of one kind in one request say nothing new. */
const MOST_OF_A_KIND = 3;

/**
 * Judges texts that say nothing: the API refuses empty messages and blocks, but for a last message of the assistant,
 * which only begins the answer. Of white space alone its answers are less clear.
 */
export function lintTexts({ messages: given, stop_sequences: stops }: Params): readonly Finding[] {
  const messages = elementsOf(given);
  const found: Finding[] = [];
  for (let index = 0; index < messages.length; index += 1) {
    const message = messages[index];
    const isLast = index === messages.length - 1;
    if (!isJsonObject(message) || (isLast && message['role'] === 'assistant')) continue;
    const fault = faultOf(index, message['content']);
    if (fault !== undefined) found.push(fault);
  }
  const hasBlankStop = elementsOf(stops).some((text) => typeof text === 'string' && isBlank(text));
  return [...found.slice(0, MOST_OF_A_KIND), ...(hasBlankStop ? [warningOf({ code: 'blank-stop-sequence' })] : [])];
}

/** The first fault of a message's content. */
function faultOf(message: number, content: unknown): Finding | undefined {
  const empty = (): Finding => errorOf({ code: 'empty-content', place: ['messages', message] });
  const blank = (...within: Path): Finding =>
    warningOf({ code: 'blank-text', place: ['messages', message, ...within] });
  if (typeof content === 'string') return content === '' ? empty() : isBlank(content) ? blank() : undefined;
  if (!Array.isArray(content)) return undefined;
  if (content.length === 0) return empty();
  for (let index = 0; index < content.length; index += 1) {
    const block: unknown = content[index];
    if (!isJsonObject(block) || block['type'] !== 'text' || typeof block['text'] !== 'string') continue;
    if (block['text'] === '') return errorOf({ code: 'empty-text', place: ['messages', message, 'content', index] });
    if (isBlank(block['text'])) return blank('content', index);
  }
  return undefined;
}

function isBlank(text: string): boolean {
  // Most texts begin with a visible character, and a look at it is quicker than a search.
  return !(text.charCodeAt(0) > 0x20 && text.charCodeAt(0) < 0x7f) && !/\S/.test(text);
}

const MOST_MARKS = 4;

/**
 * Judges the number of cache_control marks: in tools, system, messages and results of tools therein. That of the whole
 * request marks its last block, and counts as one where that has no mark of its own.
 */
export function lintBreakpoints(params: Params): readonly Finding[] {
  const { tools, system, messages } = params;
  let marks = marksOf(tools) + marksOf(system);
  let last: unknown;
  for (const message of elementsOf(messages)) {
    const content = isJsonObject(message) ? elementsOf(message['content']) : [];
    marks += marksOf(content);
    for (const block of content) if (isJsonObject(block)) marks += marksOf(block['content']);
    last = content.at(-1);
  }
  if (isMarked(params) && !isMarked(last)) marks += 1;
  return marks > MOST_MARKS ? [errorOf({ code: 'cache-breakpoints' })] : [];
}

function marksOf(blocks: unknown): number {
  return Array.isArray(blocks) ? blocks.filter(isMarked).length : 0;
}

function isMarked(block: unknown): boolean {
  return isJsonObject(block) && isJsonObject(block['cache_control']);
}

/** Judges whether names of tools are unique, and whether the tool that must be used is among them. */
export function lintTools({ tools, tool_choice: choice, mcp_servers: servers }: Params): readonly Finding[] {
  if (tools === undefined && choice === undefined) return [];
  const names = new Set<string>();
  const twice = new Set<string>();
  // A toolset has tools whose names are not in the request, and so has a server.
  let hasMore = servers !== undefined && servers !== null;
  for (const tool of elementsOf(tools)) {
    const name = isJsonObject(tool) ? tool['name'] : undefined;
    if (typeof name !== 'string') hasMore = true;
    else (names.has(name) ? twice : names).add(name);
  }
  const ofChoice = hasMore || !isJsonObject(choice) ? [] : judgeChoice(choice, names);
  return [...Array.from(twice, (name) => errorOf({ code: 'repeated-tool', name: clip(name) })), ...ofChoice];
}

function judgeChoice({ type, name }: JsonObject, names: ReadonlySet<string>): readonly Finding[] {
  if (type !== 'any' && type !== 'tool') return [];
  if (names.size === 0) return [errorOf({ code: 'choice-without-tools' })];
  if (type !== 'tool' || typeof name !== 'string' || names.has(name)) return [];
  const meant = name.length > 64 ? undefined : nearest(name, names);
  return [errorOf({ code: 'unknown-tool', name: clip(name), meant: meant && clip(meant) })];
}
