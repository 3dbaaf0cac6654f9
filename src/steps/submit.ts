import { type CreateTrouble, judgeCreate } from '../core/batches/trouble.ts';
import { formatDuration } from '../core/report/duration.ts';
import { ApiError } from '../errors.ts';
import type { Failed, Rejected } from '../outcome.ts';
import type { Batch, BodyFile, World } from '../ports.ts';

/** How long a busy API (429) is waited for before the step gives up, in ms. */
const PATIENCE_MS = 30 * 60_000;

export interface Created {
  readonly kind: 'created';
  readonly batch: Batch;
}

/**
 * Makes one batch of a body. The POST is sent once; it is repeated only after an answer or a refused connection that
 * prove that no batch was made. Everything else ends the step.
 */
export async function submit(world: World, body: BodyFile): Promise<Created | Rejected | Failed> {
  try {
    return await createOnce(world, body);
  } finally {
    await world.files.remove(body.path);
  }
}

async function createOnce(world: World, body: BodyFile): Promise<Created | Rejected | Failed> {
  const startedAt = world.clock.now();
  for (let attempts = 1; ; attempts += 1) {
    try {
      return { kind: 'created', batch: await world.api.create(body) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const trouble = judgeCreate(error, attempts, world.clock.now() - startedAt, PATIENCE_MS);
      if (trouble.kind !== 'wait') return refusal(trouble, error);
      const pause = formatDuration(trouble.pauseMs);
      world.log.info(`No batch was made: ${error.message}. Trying again in ${pause}.`);
      await world.clock.sleep(trouble.pauseMs);
    }
  }
}

function refusal(trouble: Exclude<CreateTrouble, { kind: 'wait' }>, error: ApiError): Rejected | Failed {
  const request = error.requestId === undefined ? '' : ` (request ${error.requestId})`;
  const said = `${error.message}${request}`;
  switch (trouble.kind) {
    case 'refused':
      return {
        status: 'rejected',
        problems: [{ code: 'batch-refused', what: `the API refused the batch: ${said}`, cure: refusedCure(error) }],
      };
    case 'uncertain':
      return failed(
        `Creating the batch broke off, so a batch may exist: ${said}. Nothing was sent again. Look at the Batches page of the Claude Console: if a new batch with this number of requests is there, run again with its id as batch-id; if not, run again as before.`,
      );
    case 'failed':
      return failed(FAILED_TEXT[trouble.why](said));
  }
}

function failed(failure: string): Failed {
  return { status: 'failed', failure };
}

function refusedCure(error: ApiError): string {
  return error.status === 413
    ? 'send fewer or smaller requests in one batch'
    : 'mend what the message names and run again';
}

const FAILED_TEXT: Readonly<Record<Extract<CreateTrouble, { kind: 'failed' }>['why'], (said: string) => string>> = {
  'spend-limit': (said) =>
    `The spend limit of the organization or workspace is reached, and waiting will not change that: ${said}. No batch was made. Raise the limit in the Claude Console, then run again.`,
  'not-allowed': (said) =>
    `The API did not let this key make a batch: ${said}. No batch was made. Check anthropic-api-key, anthropic-base-url and the workspace of the key, then run again.`,
  busy: (said) =>
    `The API was too busy to take the batch for ${formatDuration(PATIENCE_MS)}: ${said}. No batch was made. Run again later.`,
  unreachable: (said) =>
    `The API could not be reached: ${said}. No batch was made. Check anthropic-base-url and the network of the runner, then run again.`,
};
