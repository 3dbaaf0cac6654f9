import { toolsOf } from '../requests/tools.ts';
import { elementsOf, isJsonObject, memberOf, textOf } from '../text/json.ts';
import type { Femto } from '../text/money.ts';
import type { Compiled, SchemaCompiler } from './schema.ts';

/** A call of one of the request's tools. */
export interface ToolCall {
  readonly name: string;
  readonly input: unknown;
}

/** The input schema of a tool; `any` for a tool of the API, which has none; undefined for a tool the request does not have. */
export type ToolLookup = (name: string) => Compiled | 'any' | undefined;

/** An answer as asserts see it. */
export interface Answer {
  /** The text blocks and, as JSON, the tool calls, joined by blank lines, without thinking. */
  readonly subject: string;
  /** The text blocks alone. */
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  /** In the API's words. */
  readonly stopReason: string | null;
  /** At batch prices; undefined if unknown. */
  readonly cost: Femto | undefined;
  readonly toolOf: ToolLookup;
}

/** Reads the message of a result. */
export function readAnswer(
  message: unknown,
  { cost, toolOf }: { readonly cost: Femto | undefined; readonly toolOf: ToolLookup },
): Answer {
  let text: string | undefined;
  let subject: string | undefined;
  const toolCalls: ToolCall[] = [];
  for (const block of elementsOf(memberOf(message, 'content'))) {
    const type = memberOf(block, 'type');
    if (type === 'text') {
      const one = textOf(block, 'text') ?? '';
      text = behind(text, one);
      subject = behind(subject, one);
    } else if (type === 'tool_use') {
      toolCalls.push({ name: textOf(block, 'name') ?? '', input: memberOf(block, 'input') });
      subject = behind(subject, JSON.stringify(block));
    }
  }
  return {
    subject: subject ?? '',
    text: text ?? '',
    toolCalls,
    stopReason: textOf(message, 'stop_reason') ?? null,
    cost,
    toolOf,
  };
}

/** Puts a text after `before`, with a blank line between them, if there is a `before`. */
function behind(before: string | undefined, text: string): string {
  return before === undefined ? text : `${before}\n\n${text}`;
}

/** The tools in a request's params. Each schema is compiled when it is first asked for. */
export function createToolLookup(params: unknown, schemas: SchemaCompiler): ToolLookup {
  let tools: Map<unknown, unknown> | undefined;
  return (name) => {
    tools ??= new Map((isJsonObject(params) ? toolsOf(params) : []).map((tool) => [memberOf(tool, 'name'), tool]));
    if (!tools.has(name)) return undefined;
    const schema = memberOf(tools.get(name), 'input_schema');
    return schema === undefined ? 'any' : schemas.compileToolSchema(schema);
  };
}
