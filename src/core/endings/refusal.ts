import type { ApiError } from '../../ports/api.ts';
import type { CreateErrorClass } from '../polling/error-class.ts';
import type { Failed, Rejected } from './outcome.ts';

type Refusal = Extract<CreateErrorClass, { kind: 'refused' | 'failed' }>;

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

/** Creates broke off again and again, and none of them made a batch. */
export function noBatchMade(attempts: number, reason: string): Failed {
  const failure = `Creating the batch broke off ${attempts} times, the last time with: ${reason}. No batch was made. Check the network between the runner and the API, then run again.`;
  return { status: 'failed', failure };
}

/** A create broke off, and the API did not answer whether it made a batch. */
export function unknownBatch(reason: string): Failed {
  const failure = `Creating a batch broke off, so a batch may exist, and it could not be looked for: ${reason}. Nothing was sent again: run again, and it is looked for first.`;
  return { status: 'failed', failure };
}

/** Several batches may be the one that a create made that broke off: which one is for a person to say. */
export function undecided(ids: readonly string[]): Failed {
  const failure = `The create request failed without a clear answer, and ${ids.length} batches may be the one it made: ${ids.join(', ')}. Nothing was sent again. Look at them in the Claude Console, then run again with the right one as batch-id beside requests, or set resume: never to pay for a new batch.`;
  return { status: 'failed', failure };
}
