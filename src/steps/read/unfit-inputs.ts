import type { Inputs } from '../../core/inputs/inputs.ts';
import type { RequestCollector } from '../../core/intake/request-collector.ts';
import type { Problem } from '../../core/messages/problems.ts';
import type { FoundFile } from '../../ports/machine.ts';

/** Where the inputs ask for grading that the requests lack, or the other way round. */
export function gradingProblems(
  collector: RequestCollector,
  { inputs, earlier }: { readonly inputs: Inputs; readonly earlier: readonly Problem[] },
): readonly Problem[] {
  const { firstRubric, places } = collector;
  const { judgeModel, batchIds } = inputs;
  const isWrong = (name: string): boolean => earlier.some(({ input }) => input === name);
  const problems: Problem[] = [];
  // A step that collects given batches may want to send nothing at all.
  const needsJudge = firstRubric !== undefined && batchIds.length === 0;
  if (needsJudge && judgeModel === undefined && !isWrong('judge-model'))
    problems.push({ code: 'judge-missing', ...firstRubric, input: 'judge-model' });
  if (places.length === 0 || isWrong('default-assert') || isWrong('extra-grades')) return problems;
  return [...problems, ...gatesWithoutCases(collector, inputs, { isSample: false })];
}

/** The gates that nothing could ever pass, since nothing would be graded. */
export function gatesWithoutCases(
  { cases }: RequestCollector,
  { minPassRateMicroPercent, maxDropMicroPercent }: Inputs,
  facts: { readonly isSample: boolean },
): readonly Problem[] {
  const gates = { 'min-pass-rate': minPassRateMicroPercent, 'max-drop': maxDropMicroPercent };
  const set = Object.entries(gates).filter(([, limit]) => cases === 0 && limit !== undefined);
  return set.map(([input]): Problem => ({ code: 'input-gate-without-asserts', ...facts, input }));
}

/** More requests than may be sent, at the first line beyond the limit. Where batches are given, none is sent. */
export function aboveLimit(
  { places }: RequestCollector,
  {
    inputs: { maxRequests = Number.POSITIVE_INFINITY, batchIds, repeats },
    found,
  }: { readonly inputs: Inputs; readonly found: readonly FoundFile[] },
): readonly Problem[] {
  const first = batchIds.length === 0 ? places.at(maxRequests) : undefined;
  if (first === undefined) return [];
  const where = { file: found[first.file]?.name ?? '', line: first.line };
  return [{ code: 'too-many-requests', requests: places.length, repeats, max: maxRequests, where }];
}
