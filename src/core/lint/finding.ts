import type { ProblemData } from '../messages/problems.ts';

/** Something about the params of a request that the API will refuse (`error`) or probably ignore or refuse (`warning`). */
export interface Finding {
  readonly level: 'error' | 'warning';
  readonly problem: ProblemData;
}

/** Shared by all requests without a finding. */
export const NO_FINDINGS: readonly Finding[] = Object.freeze([]);

export function errorOf(problem: ProblemData): Finding {
  return { level: 'error', problem };
}

export function warningOf(problem: ProblemData): Finding {
  return { level: 'warning', problem };
}
