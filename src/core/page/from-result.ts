import { type PagePrices, priceUsage } from '../cost/price.ts';
import { parseUsage, type Usage } from '../cost/usage.ts';
import { parseResult } from '../results/result.ts';
import { memberOf } from '../text/member.ts';
import { formatUsd } from '../text/money.ts';
import type { PageCase, PageTokens } from './case.ts';
import { parseExactly } from './exact-json.ts';
import { parameterParts } from './parameters.ts';
import { answerParts, promptParts } from './texts.ts';

/** A request as the page needs it. */
export interface PageRequest {
  /** 0-based place in the order of the file. */
  readonly position: number;
  readonly id: string;
  /** `params` as they were sent, out of `readRequest`; undefined where they are not known, as with a batch given by its id. */
  readonly params: unknown;
  /** The model that it asks for, out of `modelIn`; null where that is not known. */
  readonly model: string | null;
}

/**
 * A case out of a request and the result line that counts for it; undefined for a request without one, which is missing,
 * as is one whose line cannot be read. A cost that is known only in part is not known.
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
    prompt: params === undefined ? null : promptParts(params),
    parameters: params === undefined ? null : parameterParts(params),
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
    answer: answerParts(contentOf(line)),
  };
}

/** Id and `params` of a request line, whose numbers are shown as they were written. Throws SyntaxError for what is no JSON. */
export function readRequest(line: string): { readonly id: string; readonly params: unknown } {
  const request = parseExactly(line);
  return { id: String(memberOf(request, 'custom_id')), params: memberOf(request, 'params') };
}

/** The model that `params` ask for; null where none can be read. */
export function modelIn(params: unknown): string | null {
  const model = memberOf(params, 'model');
  return typeof model === 'string' ? model : null;
}

function contentOf(line: string): unknown {
  return memberOf(memberOf(memberOf(parseExactly(line), 'result'), 'message'), 'content');
}

function tokensOf({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: Usage): PageTokens {
  return { input, output, cache_read: cacheRead, cache_write: cacheWrite5m + cacheWrite1h };
}
