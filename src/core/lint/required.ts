import type { Params } from '../requests/params.ts';
import { kindOf } from '../text/describe-value.ts';
import { errorOf, type Finding, NO_FINDINGS } from './finding.ts';

/** Judges model, max_tokens and messages, which every request has. `ofNames` may show that one has a misspelt name. */
export function lintRequired(params: Params, ofNames: readonly Finding[]): readonly Finding[] {
  const { model, max_tokens: maxTokens, messages } = params;
  const found: Finding[] = [];
  if (model === undefined) found.push(errorOf({ code: 'no-model', writtenAs: writtenAs('model', ofNames) }));
  else if (typeof model !== 'string' || model === '') found.push(errorOf({ code: 'model-type', found: kindOf(model) }));

  if (maxTokens === undefined)
    found.push(errorOf({ code: 'no-max-tokens', writtenAs: writtenAs('max_tokens', ofNames) }));
  else if (typeof maxTokens !== 'number' || !Number.isInteger(maxTokens))
    found.push(errorOf({ code: 'max-tokens-type', found: kindOf(maxTokens) }));
  else if (maxTokens < 1) found.push(errorOf({ code: 'max-tokens-range' }));

  if (messages === undefined) found.push(errorOf({ code: 'no-messages', writtenAs: writtenAs('messages', ofNames) }));
  else if (!Array.isArray(messages)) found.push(errorOf({ code: 'messages-type', found: kindOf(messages) }));
  else if (messages.length === 0) found.push(errorOf({ code: 'messages-empty' }));
  return found.length === 0 ? NO_FINDINGS : found;
}

/** The misspelt name of a parameter. */
function writtenAs(meant: string, ofNames: readonly Finding[]): string | undefined {
  for (const { problem } of ofNames)
    if (problem.code === 'unknown-param' && problem.meant === meant) return problem.name;
  return undefined;
}
