import type { Path } from '../messages/params-problems.ts';
import type { Params } from '../requests/params.ts';
import { elementsOf, isJsonObject } from '../text/json.ts';
import { errorOf, type Finding, warningOf } from './finding.ts';

/** More faults of one request say nothing new. */
const MOST_OF_A_KIND = 3;

/** What one side says in one go, in one message or several. */
interface Turn {
  readonly role: unknown;
  /** The ids of tools used or of results given, with the place of each. */
  readonly ids: Map<string, Path>;
}

/**
 * Judges whether each use of a tool is answered in the next turn, and each result answers one of the turn before. The API
 * joins messages of one role that follow each other; those of the system between them are passed over.
 */
export function lintToolTurns({ messages }: Params): readonly Finding[] {
  const all = elementsOf(messages);
  // Most requests have nothing but texts.
  if (!all.some((message) => isJsonObject(message) && Array.isArray(message['content']))) return [];
  const turns = turnsOf(all);
  const found: Finding[] = [];
  for (const [index, { role, ids }] of turns.entries()) {
    if (ids.size === 0) continue;
    const next = turns[index + 1];
    const other = role === 'assistant' ? next?.ids : turns[index - 1]?.ids;
    for (const [id, place] of ids) {
      if (other?.has(id)) continue;
      if (role === 'user') found.push(errorOf({ code: 'result-without-use', place }));
      // Whether the API takes a conversation that ends with a use is not documented.
      else found.push((next === undefined ? warningOf : errorOf)({ code: 'use-without-result', place }));
    }
  }
  return found.slice(0, MOST_OF_A_KIND);
}

function turnsOf(messages: readonly unknown[]): readonly Turn[] {
  const turns: Turn[] = [];
  for (const [index, message] of messages.entries()) {
    if (!isJsonObject(message) || (message['role'] !== 'user' && message['role'] !== 'assistant')) continue;
    const { role, content } = message;
    let turn = turns.at(-1);
    if (turn?.role !== role) {
      turn = { role, ids: new Map() };
      turns.push(turn);
    }
    for (const [at, block] of elementsOf(content).entries()) {
      const id = idOf(block, role === 'assistant');
      if (id !== undefined) turn?.ids.set(id, ['messages', index, 'content', at]);
    }
  }
  return turns;
}

function idOf(block: unknown, isAssistant: boolean): string | undefined {
  if (!isJsonObject(block) || block['type'] !== (isAssistant ? 'tool_use' : 'tool_result')) return undefined;
  const id = isAssistant ? block['id'] : block['tool_use_id'];
  return typeof id === 'string' ? id : undefined;
}
