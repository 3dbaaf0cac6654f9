import type { Inputs } from './inputs.ts';

/** Inputs that change nothing, so that whoever set them may wait for what does not come, and what they need. */
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
