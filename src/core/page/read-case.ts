import { type PagePrices, priceUsage } from '../cost/price.ts';
import type { Usage } from '../cost/usage.ts';
import type { LineName } from '../requests/line-name.ts';
import { parseResult } from '../results/result.ts';
import { memberOf } from '../text/json.ts';
import { formatUsd } from '../text/money.ts';
import type { PageBefore, PageCase, PagePart, PageTokens } from './case.ts';
import { parametersText } from './json-text.ts';
import { answerParts, promptParts } from './parts.ts';

/** A case's lines, as far as known. */
export interface CaseLines {
  /** 0-based position in the file. */
  readonly position: number;
  readonly source: LineName | undefined;
  readonly request: string | undefined;
  /** The result line that counts. */
  readonly result: string | undefined;
}

/**
 * The case of a request and its result. Without a readable result line, the request counts as missing. A partly known cost becomes null.
 * Throws SyntaxError if a line is not JSON.
 */
export function readCase({ position, source, request, result: line }: CaseLines, pricing: PagePrices): PageCase {
  // Without the request line, only the id can be taken from the result line: its other members describe the result.
  const known = JSON.parse(request ?? line ?? '{}');
  const params = request === undefined ? undefined : memberOf(known, 'params');
  const asked = memberOf(params, 'model');
  const empty = {
    position,
    id: String(memberOf(known, 'custom_id') ?? ''),
    source: source ?? null,
    model: typeof asked === 'string' ? asked : null,
    stop_reason: null,
    tokens: null,
    usd: null,
    error: null,
    prompt: params === undefined ? null : promptParts(params),
    parameters: params === undefined ? null : parametersText(params),
    answer: null,
  };
  const ending = line === undefined ? undefined : parseResult(line)?.ending;
  if (line === undefined || ending === undefined) return { ...empty, outcome: 'missing' };
  if (ending.kind === 'errored') {
    return { ...empty, outcome: 'errored', error: { type: ending.type, message: ending.message } };
  }
  if (ending.kind !== 'succeeded') return { ...empty, outcome: ending.kind };
  const { model, stopReason, hasOutput, isEmpty, usage } = ending.message;
  const price = priceUsage({ model, usage, stopReason, hasOutput, ...pricing });
  return {
    ...empty,
    outcome: 'succeeded',
    model,
    stop_reason: stopReason,
    ...(isEmpty && { is_empty: true }),
    tokens: usage === undefined ? null : tokensOf(usage),
    usd: price.kind === 'priced' ? formatUsd(price.batch) : null,
    answer: answerParts(contentOf(line)),
  };
}

/** The baseline's result line for a case; undefined if unreadable. `now` is today's answer to the same case. */
export function readBefore(line: string, now: PageCase['answer']): PageBefore | undefined {
  const ending = parseResult(line)?.ending;
  if (ending === undefined) return undefined;
  const none = { model: null, stop_reason: null, error: null, answer: null };
  if (ending.kind === 'errored')
    return { ...none, outcome: 'errored', error: { type: ending.type, message: ending.message } };
  if (ending.kind !== 'succeeded') return { ...none, outcome: ending.kind };
  const { model, stopReason } = ending.message;
  const answer = answerParts(contentOf(line));
  const known = { ...none, outcome: 'succeeded', model, stop_reason: stopReason } as const;
  return now !== null && saidIn(answer) === saidIn(now) ? { ...known, is_same: true } : { ...known, answer };
}

/** The answer's text to compare, without thinking and without the IDs of calls, which always differ. */
function saidIn(parts: readonly PagePart[]): string {
  const said = parts.filter(({ kind }) => kind !== 'thinking');
  return JSON.stringify(said.map(({ kind, name, text }) => [kind, name, text]));
}

function contentOf(line: string): unknown {
  return memberOf(memberOf(memberOf(JSON.parse(line), 'result'), 'message'), 'content');
}

function tokensOf({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: Usage): PageTokens {
  return { input, output, cache_read: cacheRead, cache_write: cacheWrite5m + cacheWrite1h };
}
