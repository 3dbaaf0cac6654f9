import { toolsOf } from '../requests/tools.ts';
import { elementsOf, isJsonObject, memberOf, textOf } from '../text/json.ts';
import type { Femto } from '../text/money.ts';
import type { Compiled, SchemaCompiler } from './schema.ts';

/** A call of one of the request's tools. */
export interface ToolCall {
  readonly name: string;
  readonly input: unknown;
}

/** The schema for the input of a tool; `any` for a tool of the API, which has none; undefined for a tool that the request does not have. */
export type ToolLookup = (name: string) => Compiled | 'any' | undefined;

/** An answer as asserts see it. */
export interface Answer {
  /** The text blocks and, as JSON, the tool calls, joined by blank lines. Thinking is no part of it. */
  readonly subject: string;
  /** The text blocks alone. */
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  /** In the API's words. */
  readonly stopReason: string | null;
  /** At the prices of a batch; undefined if it is not known. */
  readonly cost: Femto | undefined;
  readonly toolOf: ToolLookup;
}

/** Reads the message of a result. */
export function readAnswer(
  message: unknown,
  { cost, toolOf }: { readonly cost: Femto | undefined; readonly toolOf: ToolLookup },
): Answer {
  const texts: string[] = [];
  const toolCalls: ToolCall[] = [];
  const subject: string[] = [];
  for (const block of elementsOf(memberOf(message, 'content'))) {
    const type = memberOf(block, 'type');
    if (type === 'text') {
      const text = textOf(block, 'text') ?? '';
      texts.push(text);
      subject.push(text);
    } else if (type === 'tool_use') {
      toolCalls.push({ name: textOf(block, 'name') ?? '', input: memberOf(block, 'input') });
      subject.push(JSON.stringify(block));
    }
  }
  return {
    subject: subject.join('\n\n'),
    text: texts.join('\n\n'),
    toolCalls,
    stopReason: textOf(message, 'stop_reason') ?? null,
    cost,
    toolOf,
  };
}

/** The tools in the params of a request. Their schemas are compiled when they are first asked for. */
export function createToolLookup(params: unknown, schemas: SchemaCompiler): ToolLookup {
  let tools: Map<unknown, unknown> | undefined;
  return (name) => {
    tools ??= new Map((isJsonObject(params) ? toolsOf(params) : []).map((tool) => [memberOf(tool, 'name'), tool]));
    if (!tools.has(name)) return undefined;
    const schema = memberOf(tools.get(name), 'input_schema');
    return schema === undefined ? 'any' : schemas.compileToolSchema(schema);
  };
}
