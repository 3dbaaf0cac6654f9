import type { ApiError } from '../../ports/api.ts';
import type { CreateTrouble } from '../polling/trouble.ts';
import type { Failed, Rejected } from './outcome.ts';

type Refusal = Extract<CreateTrouble, { kind: 'refused' | 'failed' }>;

/** What a create that made no batch, for certain, means to the user. */
export function refusedCreate(trouble: Refusal, error: ApiError): Rejected | Failed {
  const said = error.requestId === undefined ? error.message : `${error.message} (request ${error.requestId})`;
  if (trouble.kind === 'failed') return { status: 'failed', failure: SENTENCES[trouble.why](said) };
  return {
    status: 'rejected',
    problems: [{ code: 'batch-refused', reason: said, isTooLarge: error.status === 413 }],
  };
}

const SENTENCES: Readonly<Record<Extract<Refusal, { kind: 'failed' }>['why'], (said: string) => string>> = {
  'spend-limit': (said) =>
    `The spend limit of the organization or workspace is reached, and waiting will not change that: ${said}. No batch was made. Raise the limit in the Claude Console, then run again.`,
  'not-allowed': (said) =>
    `The API did not let this key make a batch: ${said}. No batch was made. Check anthropic-api-key, anthropic-base-url and the workspace of the key, then run again.`,
  busy: (said) =>
    `The API was too busy to take the batch for as long as this step may wait: ${said}. No batch was made. Run again later.`,
  unreachable: (said) =>
    `The API could not be reached: ${said}. No batch was made. Check anthropic-base-url and the network of the runner, then run again.`,
};
