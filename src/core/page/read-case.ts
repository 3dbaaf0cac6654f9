import { type PagePrices, priceUsage } from '../cost/price.ts';
import { parseUsage, type Usage } from '../cost/usage.ts';
import { parseResult } from '../results/result.ts';
import { memberOf } from '../text/json.ts';
import { formatUsd } from '../text/money.ts';
import type { PageCase, PageTokens } from './case.ts';
import { answerText, parametersText, promptText } from './texts.ts';

/** A request as the page needs it. */
export interface PageRequest {
  /** 0-based place in the order of the file. */
  readonly position: number;
  readonly id: string;
  /** From `readRequest`; undefined where prompts are not known or not shown. */
  readonly params: unknown;
  /** From `modelIn`; null where it is not known. */
  readonly model: string | null;
}

/**
 * The case of a request and the result line that counts for it. Without a line that can be read, the request is missing. A
 * cost that is known only in part is null.
 */
export function caseFromResult(request: PageRequest, line: string | undefined, pricing: PagePrices): PageCase {
  const { position, id, params } = request;
  const empty = {
    position,
    id,
    model: request.model,
    stop_reason: null,
    tokens: null,
    usd: null,
    error: null,
    prompt: params === undefined ? null : promptText(params),
    parameters: params === undefined ? null : parametersText(params),
    answer: null,
  };
  const ending = line === undefined ? undefined : parseResult(line)?.ending;
  if (line === undefined || ending === undefined) return { ...empty, outcome: 'missing' };
  if (ending.kind === 'errored') {
    return { ...empty, outcome: 'errored', error: { type: ending.type, message: ending.message } };
  }
  if (ending.kind !== 'succeeded') return { ...empty, outcome: ending.kind };
  const { model, stopReason, hasOutput } = ending.message;
  const usage = parseUsage(ending.message.usage);
  const price = priceUsage({ model, usage, stopReason, hasOutput, ...pricing });
  return {
    ...empty,
    outcome: 'succeeded',
    model,
    stop_reason: stopReason,
    tokens: usage === undefined ? null : tokensOf(usage),
    usd: price.kind === 'priced' ? formatUsd(price.batch) : null,
    answer: answerText(contentOf(line)),
  };
}

/** Id and `params` of a request line. Throws SyntaxError for a line that is not JSON. */
export function readRequest(line: string): { readonly id: string; readonly params: unknown } {
  const request = JSON.parse(line);
  return { id: String(memberOf(request, 'custom_id')), params: memberOf(request, 'params') };
}

/** The model that `params` ask for; null where they name none. */
export function modelIn(params: unknown): string | null {
  const model = memberOf(params, 'model');
  return typeof model === 'string' ? model : null;
}

function contentOf(line: string): unknown {
  return memberOf(memberOf(memberOf(JSON.parse(line), 'result'), 'message'), 'content');
}

function tokensOf({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: Usage): PageTokens {
  return { input, output, cache_read: cacheRead, cache_write: cacheWrite5m + cacheWrite1h };
}
