/** A call of the API and its answer as they were. */
export interface Seen {
  readonly method: string;
  /** Without host and query. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const WITHOUT_BODY = [204, 205, 304];

/** Keeps every answer that passes through. They are small here: of two requests. */
export function createObserver() {
  const seen: Seen[] = [];
  const through =
    (send: typeof fetch): typeof fetch =>
    async (url, init) => {
      const answer = await send(url, init);
      const body = await answer.text();
      const { status, headers } = answer;
      seen.push({
        method: init?.method?.toUpperCase() ?? 'GET',
        path: new URL(String(url)).pathname,
        status,
        headers,
        body,
      });
      return new Response(WITHOUT_BODY.includes(status) ? null : body, { status, headers });
    };
  return { seen, through };
}
