import type { Params } from '../requests/params.ts';
import { toolsOf } from '../requests/tools.ts';
import { clip, kindOf } from '../text/describe-value.ts';
import { isJsonObject } from '../text/json.ts';
import { errorOf, type Finding, type LintRules, NO_FINDINGS } from './finding.ts';

/** Most allowed models to name in a message. */
const MAX_NAMED = 5;

/**
 * Checks that params name only allowed models, for themselves or for a tool that calls another model, such as an advisor, wherever a
 * request may define it. Also refuses what cannot be read, since betas or gateways may read it differently. Compares names exactly,
 * because a dated name and its alias may be different models tomorrow.
 */
export function lintModels(params: Params, { allowedModels }: Pick<LintRules, 'allowedModels'>): readonly Finding[] {
  if (allowedModels === undefined) return NO_FINDINGS;
  const { model, tools } = params;
  const allowed = [...allowedModels].slice(0, MAX_NAMED);
  const refused = (name: unknown, of: 'request' | 'tool'): Finding => {
    const shown = typeof name === 'string' ? clip(name) : undefined;
    return errorOf({
      code: 'model-not-allowed',
      name: shown,
      of,
      allowed,
      moreAllowed: allowedModels.size - allowed.length,
    });
  };
  const isUnlisted = tools !== undefined && tools !== null && !Array.isArray(tools);
  // A request without a model is refused anyway.
  const isOther = typeof model === 'string' && !allowedModels.has(model);
  const others = new Set(toolsOf(params).flatMap(modelOf));
  return [
    ...(isUnlisted
      ? [errorOf({ code: 'shape-type', place: ['tools'], found: kindOf(tools), wanted: ['array'], isOptional: false })]
      : []),
    ...(isOther ? [refused(model, 'request')] : []),
    ...Array.from(others).flatMap((name) => (allowedModels.has(name ?? '') ? [] : [refused(name, 'tool')])),
  ];
}

/** The model that a tool names, or undefined if it is unreadable; empty if it names none. */
function modelOf(tool: unknown): readonly (string | undefined)[] {
  if (Array.isArray(tool)) return [undefined];
  const model = isJsonObject(tool) ? tool['model'] : undefined;
  if (model === undefined || model === null) return [];
  return [typeof model === 'string' ? model : undefined];
}
