import type { Params } from '../requests/params.ts';
import { isJsonObject, memberOf } from '../text/json.ts';
import { errorOf, type Finding, type LintRules, warningOf } from './finding.ts';
import { isModel } from './model-facts.ts';
import { SAMPLING_REMOVED } from './names.ts';

const LEAST_BUDGET = 1_024;

/** Checks for settings that conflict with thinking, that some models refuse, and for sampling parameters out of range. */
export function lintThinking(params: Params, rules: LintRules): readonly Finding[] {
  const { model, thinking, tool_choice: choice } = params;
  const found: Finding[] = [];
  const type = typeOf(thinking);
  const forced = typeOf(choice);
  const isForced = forced === 'any' || forced === 'tool';
  if (type === 'enabled') found.push(...checkBudget(params, rules));
  if (isForced && type === 'enabled') found.push(errorOf({ code: 'forced-tool-thinking' }));
  if (isForced && type === 'adaptive') found.push(warningOf({ code: 'forced-tool-thinking' }));
  if (typeof model === 'string') {
    if (isForced && isModel(model, 'claude-fable-5-1', 'claude-mythos-5-1'))
      found.push(errorOf({ code: 'forced-tool-model', type: forced }));
    const effort = type === 'disabled' && memberOf(params['output_config'], 'effort');
    if ((effort === 'xhigh' || effort === 'max') && isModel(model, 'claude-opus-5'))
      found.push(errorOf({ code: 'effort-without-thinking', effort }));
  }
  return rules.version < SAMPLING_REMOVED ? [...found, ...lintSampling(params, type === 'enabled')] : found;
}

function typeOf(value: unknown): unknown {
  return isJsonObject(value) ? value['type'] : undefined;
}

/**
 * With interleaved thinking, the budget covers the assistant's whole turn and may exceed max_tokens. Source: the API's documentation of
 * extended thinking.
 */
function checkBudget(
  { thinking, max_tokens: maxTokens }: Params,
  { interleaves = false }: LintRules,
): readonly Finding[] {
  const budget = isJsonObject(thinking) ? thinking['budget_tokens'] : undefined;
  if (typeof budget !== 'number') return [];
  if (budget < LEAST_BUDGET) return [errorOf({ code: 'thinking-budget', least: LEAST_BUDGET })];
  const isTooHigh = !interleaves && typeof maxTokens === 'number' && maxTokens >= 1 && budget >= maxTokens;
  return isTooHigh ? [errorOf({ code: 'thinking-budget-limit', limit: maxTokens })] : [];
}

/** API versions before 2026-10-21 accept these, and treat `null` as absent. */
function lintSampling(params: Params, isThinking: boolean): readonly Finding[] {
  const found: Finding[] = [];
  for (const name of ['temperature', 'top_p', 'top_k'] as const) {
    const value = params[name];
    if (value === undefined || value === null) continue;
    const most = name === 'top_k' ? Infinity : 1;
    if (typeof value !== 'number' || value < 0 || value > most) found.push(errorOf({ code: 'sampling-range', name }));
    else if (isThinking && !(name === 'temperature' ? value === 1 : name === 'top_p' && value >= 0.95))
      found.push(errorOf({ code: 'sampling-with-thinking', name }));
  }
  return found;
}
