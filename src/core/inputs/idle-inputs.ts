import type { Inputs } from './inputs.ts';

/** Inputs that have no effect, so that whoever set them may wait in vain, and what they need to take effect. */
export function idleInputs(
  { judgeModel, onInconclusive, maxDropMicroPercent }: Inputs,
  { hasRubrics }: { readonly hasRubrics: boolean },
): readonly { readonly input: string; readonly needs: string }[] {
  const isNeverAsked = judgeModel !== undefined && !hasRubrics;
  const isNeverUnsure = onInconclusive === 'fail' && maxDropMicroPercent === undefined;
  return [
    ...(isNeverAsked ? [{ input: 'judge-model', needs: 'llm-rubric' }] : []),
    ...(isNeverUnsure ? [{ input: 'on-inconclusive', needs: 'max-drop' }] : []),
  ];
}
