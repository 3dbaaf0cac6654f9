import { createReadStream } from 'node:fs';
import { type Handler, json } from '../simulator/wire.ts';

const ROOT = '/v1/messages/batches';
const ID = 'msgbatch_01bench';

/** What a batch of the benchmark is answered with. */
export interface Answers {
  readonly requests: number;
  readonly errored: number;
  /** Path of the result lines. */
  readonly path: string;
}

/**
 * A Message Batches API that takes any batch, has it ended at the first look, and streams result lines from a file: it takes next to
 * no time of its own, which would fall on all that are measured.
 */
export function createBatchService({ requests, errored, path }: Answers): Handler {
  let createdAtMs: number | undefined;

  function describe(origin: string, isEnded: boolean): object {
    const created = createdAtMs ?? Date.now();
    const none = { canceled: 0, errored: 0, expired: 0, processing: 0, succeeded: 0 };
    return {
      id: ID,
      type: 'message_batch',
      processing_status: isEnded ? 'ended' : 'in_progress',
      request_counts: isEnded ? { ...none, errored, succeeded: requests - errored } : { ...none, processing: requests },
      created_at: new Date(created).toISOString(),
      expires_at: new Date(created + 86_400_000).toISOString(),
      ended_at: isEnded ? new Date().toISOString() : null,
      archived_at: null,
      cancel_initiated_at: null,
      results_url: isEnded ? `${origin}${ROOT}/${ID}/results` : null,
    };
  }

  return ({ method, path: asked, origin }) => {
    if (asked === ROOT && method === 'POST') {
      createdAtMs = Date.now();
      return json(200, describe(origin, false));
    }
    if (asked === ROOT) {
      const data = createdAtMs === undefined ? [] : [describe(origin, true)];
      const ends = data.length === 0 ? null : ID;
      return json(200, { data, has_more: false, first_id: ends, last_id: ends });
    }
    if (asked === `${ROOT}/${ID}`) return json(200, describe(origin, true));
    if (asked !== `${ROOT}/${ID}/results`) return undefined;
    const headers = { 'content-type': 'application/x-jsonl' };
    return { status: 200, headers, body: createReadStream(path, { highWaterMark: 1 << 18 }) };
  };
}

/** The ID of its batch. */
export const BATCH_ID = ID;
