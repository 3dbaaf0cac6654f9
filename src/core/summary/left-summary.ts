import { type Finisher, finisherOf } from '../endings/finisher.ts';
import { failuresOf, type Outcome, type Pending } from '../endings/outcome.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Summary, SummaryOpenGates } from './summary.ts';

type LeftInputs = Pick<Inputs, 'batchIds' | 'waitMs' | 'minPassRateMicroPercent' | 'maxDropMicroPercent'>;

/** Who continues with what a run left, and which gates stay undecided until then. */
export function leftOf(outcome: Outcome, inputs: LeftInputs): Pick<Summary, 'finisher' | 'open_gates'> {
  if (outcome.status !== 'pending') return { finisher: null, open_gates: null };
  const finisher = finisherOf(outcome, inputs);
  return { finisher: finisher ?? null, open_gates: openGatesOf(outcome, inputs, finisher) };
}

/** Gates left undecided by a green step; null if a later job decides them. */
function openGatesOf(outcome: Pending, inputs: LeftInputs, finisher: Finisher | undefined): SummaryOpenGates | null {
  if (failuresOf(outcome).length > 0 || finisher?.kind === 'job') return null;
  const gates = [
    ...(inputs.minPassRateMicroPercent === undefined ? [] : ['min-pass-rate' as const]),
    ...(inputs.maxDropMicroPercent === undefined ? [] : ['max-drop' as const]),
    ...(outcome.hasRequired === true ? ['required' as const] : []),
  ];
  return gates.length === 0 ? null : { gates, because: inputs.waitMs === 0 ? 'wait-minutes' : 'on-timeout' };
}
