import type { Finisher } from '../endings/finisher.ts';
import { failuresOf, type Outcome } from '../endings/outcome.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { SummaryOpenGates } from './summary.ts';

/** Gates that are open where the step is green without their evidence; null where a later job has a check for it. */
export function openGatesOf(
  outcome: Outcome,
  {
    inputs,
    finisher,
  }: {
    readonly inputs: Pick<Inputs, 'waitMs' | 'minPassRateMicroPercent' | 'maxDropMicroPercent'>;
    readonly finisher: Finisher | undefined;
  },
): SummaryOpenGates | null {
  if (outcome.status !== 'pending' || failuresOf(outcome).length > 0 || finisher?.kind === 'job') return null;
  const gates = [
    ...(inputs.minPassRateMicroPercent === undefined ? [] : ['min-pass-rate' as const]),
    ...(inputs.maxDropMicroPercent === undefined ? [] : ['max-drop' as const]),
  ];
  return gates.length === 0 ? null : { gates, because: inputs.waitMs === 0 ? 'wait-minutes' : 'on-timeout' };
}
