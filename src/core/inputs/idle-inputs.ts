import type { Inputs } from './inputs.ts';

/** Inputs that are set but have no effect, which may surprise whoever set them, and what each needs to take effect. */
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
