import type { Path } from '../messages/params-problems.ts';
import type { Params } from '../requests/params.ts';
import { elementsOf, isJsonObject } from '../text/json.ts';
import { errorOf, type Finding, NO_FINDINGS, warningOf } from './finding.ts';

/** More faults in one request add nothing new. */
const MOST_OF_A_KIND = 3;

/** Consecutive messages of one side. */
interface Turn {
  readonly role: unknown;
  /** The ids of tool uses or results, with the place of each. */
  readonly ids: Map<string, Path>;
  /** Places of uses and results whose id already occurred in this turn. */
  readonly repeated: Path[];
  /** Whether the turn contains anything but uses or results. */
  hasOther: boolean;
  /** The first result after something else. */
  late: { readonly id: string; readonly place: Path } | undefined;
}

/**
 * Checks that the next turn answers each tool use, and that each result answers a use of the previous turn, once and before any other
 * content. The API joins consecutive messages of one role and skips system messages between them. Sources: the API's documentation of
 * handling tool calls ("Any text must come AFTER all tool results", else 400) and its errors "`tool_use` ids must be unique" and "each
 * tool_use must have a single result".
 */
export function lintToolTurns({ messages }: Params): readonly Finding[] {
  const all = elementsOf(messages);
  // Most requests use no tools.
  if (!all.some(hasUseOrResult)) return NO_FINDINGS;
  const turns = turnsOf(all);
  const found: Finding[] = [];
  const used = new Set<string>();
  for (const [index, { role, ids, repeated, late }] of turns.entries()) {
    if (ids.size === 0) continue;
    const next = turns[index + 1];
    const isUser = role === 'user';
    const other = isUser ? turns[index - 1]?.ids : next?.ids;
    found.push(...repeated.map((place) => errorOf({ code: isUser ? 'repeated-result' : 'repeated-use', place })));
    if (late !== undefined && other?.has(late.id)) found.push(errorOf({ code: 'late-result', place: late.place }));
    for (const [id, place] of ids) {
      // The API's error names one message; it is not documented whether earlier ones count too.
      if (!isUser && used.has(id)) found.push(warningOf({ code: 'repeated-use', place }));
      if (!isUser) used.add(id);
      if (other?.has(id)) continue;
      if (isUser) found.push(errorOf({ code: 'result-without-use', place }));
      // It is not documented whether the API accepts a conversation that ends with a tool use.
      else found.push((next === undefined ? warningOf : errorOf)({ code: 'use-without-result', place }));
    }
  }
  return found.slice(0, MOST_OF_A_KIND);
}

function hasUseOrResult(message: unknown): boolean {
  return isJsonObject(message) && elementsOf(message['content']).some(isUseOrResult);
}

function isUseOrResult(block: unknown): boolean {
  return isJsonObject(block) && (block['type'] === 'tool_use' || block['type'] === 'tool_result');
}

function turnsOf(messages: readonly unknown[]): readonly Turn[] {
  const turns: Turn[] = [];
  for (const [index, message] of messages.entries()) {
    if (!isJsonObject(message) || (message['role'] !== 'user' && message['role'] !== 'assistant')) continue;
    const { role, content } = message;
    let turn = turns.at(-1);
    if (turn?.role !== role) {
      turn = { role, ids: new Map(), repeated: [], hasOther: false, late: undefined };
      turns.push(turn);
    }
    if (typeof content === 'string') turn.hasOther = true;
    for (const [at, block] of elementsOf(content).entries()) take(turn, block, ['messages', index, 'content', at]);
  }
  return turns;
}

function take(turn: Turn, block: unknown, place: Path): void {
  const id = idOf(block, turn.role === 'assistant');
  if (id === undefined) {
    turn.hasOther = true;
    return;
  }
  if (turn.ids.has(id)) turn.repeated.push(place);
  else turn.ids.set(id, place);
  if (turn.role === 'user' && turn.hasOther) turn.late ??= { id, place };
}

function idOf(block: unknown, isAssistant: boolean): string | undefined {
  if (!isJsonObject(block) || block['type'] !== (isAssistant ? 'tool_use' : 'tool_result')) return undefined;
  const id = isAssistant ? block['id'] : block['tool_use_id'];
  return typeof id === 'string' ? id : undefined;
}
