import type { Params } from '../requests/params.ts';
import { toolsOf } from '../requests/tools.ts';
import { clip, kindOf } from '../text/describe-value.ts';
import { isJsonObject } from '../text/json.ts';
import { errorOf, type Finding, type LintRules, NO_FINDINGS } from './finding.ts';

/** Most allowed models that a message names. */
const MAX_NAMED = 5;

/**
 * Checks that params name none but the allowed models: as their own, or for a tool that asks another one, such as an advisor,
 * wherever a request may define it. What cannot be read is refused too, where betas or gateways may read it otherwise. Names are
 * compared exactly, because a dated one and its alias need not be the same model tomorrow.
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

/** The model that a tool names, undefined for one that cannot be read; nothing where it names none. */
function modelOf(tool: unknown): readonly (string | undefined)[] {
  if (Array.isArray(tool)) return [undefined];
  const model = isJsonObject(tool) ? tool['model'] : undefined;
  if (model === undefined || model === null) return [];
  return [typeof model === 'string' ? model : undefined];
}
