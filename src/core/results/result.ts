import { usedCodeExecution } from '../cost/code-execution.ts';
import { parseUsage, type Usage } from '../cost/usage.ts';
import { elementsOf, memberOf, parseJson, textOf } from '../text/json.ts';

/** The part of a result line that counting needs. */
export interface Result {
  readonly customId: string;
  readonly ending: Ending;
}

export type Ending =
  | { readonly kind: 'succeeded'; readonly message: ResultMessage }
  | { readonly kind: 'errored'; readonly type: string; readonly message: string }
  | { readonly kind: 'canceled' }
  | { readonly kind: 'expired' };

export interface ResultMessage {
  /** The model that answered, which is the one to price. */
  readonly model: string;
  readonly stopReason: string | null;
  /** Undefined if it cannot be counted. */
  readonly usage: Usage | undefined;
  /** Whether any content was returned. */
  readonly hasOutput: boolean;
  /** Whether the content has neither text nor a tool call: nothing at all, or only thinking and tools that the API ran. */
  readonly isEmpty: boolean;
  /** Whether code ran in Anthropic's containers, whose hours are billed apart. */
  readonly ranCode: boolean;
}

/** Parses a result line; undefined for any other line. An errored one contains `error.error`, nested twice. */
export function parseResult(text: string): Result | undefined {
  return readResult(parseJson(text));
}

/** The same for a parsed line. */
export function readResult(line: unknown): Result | undefined {
  const customId = memberOf(line, 'custom_id');
  const ending = parseEnding(memberOf(line, 'result'));
  return typeof customId === 'string' && ending !== undefined ? { customId, ending } : undefined;
}

/** The message of a parsed line with an answer, as received; undefined for any other line. */
export function answeredMessage(line: unknown): unknown {
  const result = memberOf(line, 'result');
  const message = memberOf(result, 'message');
  const isAnswer = memberOf(result, 'type') === 'succeeded' && textOf(message, 'model') !== undefined;
  return isAnswer && typeof memberOf(line, 'custom_id') === 'string' ? message : undefined;
}

function parseEnding(result: unknown): Ending | undefined {
  const kind = memberOf(result, 'type');
  if (kind === 'canceled' || kind === 'expired') return { kind };
  if (kind === 'errored') {
    const outer = memberOf(result, 'error');
    const error = memberOf(outer, 'error') ?? outer;
    return {
      kind,
      type: textOf(error, 'type') ?? 'unknown_error',
      message: textOf(error, 'message') ?? '',
    };
  }
  const message = memberOf(result, 'message');
  const model = textOf(message, 'model');
  if (kind !== 'succeeded' || model === undefined) return undefined;
  const content = memberOf(message, 'content');
  return {
    kind,
    message: {
      model,
      stopReason: textOf(message, 'stop_reason') ?? null,
      usage: parseUsage(memberOf(message, 'usage')),
      hasOutput: Array.isArray(content) && content.length > 0,
      isEmpty: !elementsOf(content).some(isAnswer),
      ranCode: usedCodeExecution(message),
    },
  };
}

/** Block types that lead up to an answer: thinking, and tools that the API itself runs. */
const ON_THE_WAY = /^(?:(?:redacted_)?thinking|(?:server|mcp)_tool_use|\w+_tool_result)$/;

/** Whether a content block is part of the answer: text, a tool call, or an unknown type. */
function isAnswer(block: unknown): boolean {
  const type = textOf(block, 'type');
  if (type === 'text') return /\S/.test(textOf(block, 'text') ?? '');
  return type !== undefined && !ON_THE_WAY.test(type);
}
