import type { Handler, WireResponse } from '../wire.ts';

/** One exchange of a recording. */
export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly request_body: string | null;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Replays a recording. Each call gets the next recorded answer for its method and path. The last one repeats, except for a
 * POST. It does not handle routes that were not recorded.
 */
export function createReplay(recording: readonly Recorded[]): Handler {
  const queues = new Map<string, Recorded[]>();
  for (const one of recording) {
    const key = keyOf(one);
    queues.set(key, [...(queues.get(key) ?? []), one]);
  }
  return (request) => {
    const queue = queues.get(keyOf(request));
    const first = queue?.[0];
    if (queue === undefined || first === undefined) return undefined;
    if (queue.length > 1 || request.method === 'POST') queue.shift();
    return answerOf(first);
  };
}

function keyOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path.split('?')[0]}`;
}

function answerOf({ status, headers, body }: Recorded): WireResponse {
  return { status, headers, body };
}
