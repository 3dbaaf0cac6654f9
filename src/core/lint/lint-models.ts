import type { Params } from '../requests/params.ts';
import { clip } from '../text/describe-value.ts';
import { elementsOf, isJsonObject } from '../text/json.ts';
import { errorOf, type Finding, type LintRules } from './finding.ts';

/** Most allowed models that a message names. */
const MAX_NAMED = 5;

/**
 * Checks that params name none but the allowed models: as their own, or for a tool that asks another one, such as an advisor.
 * Names are compared exactly, because a dated one and its alias need not be the same model tomorrow.
 */
export function lintModels(
  { model, tools }: Params,
  { allowedModels }: Pick<LintRules, 'allowedModels'>,
): readonly Finding[] {
  if (allowedModels === undefined) return [];
  const ofTools = elementsOf(tools).map((tool) => (isJsonObject(tool) ? tool['model'] : undefined));
  const allowed = [...allowedModels].slice(0, MAX_NAMED);
  const facts = { allowed, moreAllowed: allowedModels.size - allowed.length };
  const found = (name: unknown, of: 'request' | 'tool'): readonly Finding[] => {
    // A request without a model is refused anyway.
    if (typeof name !== 'string' || allowedModels.has(name)) return [];
    return [errorOf({ code: 'model-not-allowed', name: clip(name), of, ...facts })];
  };
  return [...found(model, 'request'), ...[...new Set(ofTools)].flatMap((name) => found(name, 'tool'))];
}
