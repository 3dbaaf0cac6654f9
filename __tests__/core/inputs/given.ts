import { parseInputs } from '../../../src/core/inputs/inputs.ts';
import type { InputEnvironment } from '../../../src/core/inputs/values.ts';

export const environment: InputEnvironment = {
  apiKey: undefined,
  workspace: '/repo',
  temp: '/tmp/runner',
  action: 'evals',
  job: 'evals',
  workflow: 'Nightly evals',
};

const complete = { requests: 'evals.jsonl', name: 'job-0' };

/** The inputs of a minimal workflow with these changes, or the problems. */
export function given(inputs: Readonly<Record<string, string>>, env: Partial<InputEnvironment> = {}) {
  const raw = new Map(Object.entries({ ...complete, ...inputs }));
  const parsed = parseInputs(raw, { ...environment, ...env });
  return parsed.problems.length === 0 ? parsed.inputs : parsed.problems;
}
