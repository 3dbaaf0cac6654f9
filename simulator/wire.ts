/** What protocol handlers see of HTTP: no sockets, so that they can be read and tested without the transport. */

export interface WireRequest {
  /** Upper case. */
  readonly method: string;
  /** Path without query, percent-encoded as received. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** Origin the client used, such as `http://127.0.0.1:4711`, for absolute links in replies. */
  readonly origin: string;
  /** The body, whole. */
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string or bytes go out as they are with a Content-Length; an iterable is sent in chunks. */
  readonly body?: string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** Answers a request, or undefined for "not my route". */
export type Handler = (request: WireRequest) => Promise<WireResponse | undefined> | WireResponse | undefined;

/** One fault, which the transport applies to the next `times` requests that match. */
export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  /** If method and path are not enough: whether it is this request. */
  readonly when?: (request: WireRequest) => boolean;
  /** How many matching requests it hits; default 1. */
  readonly times?: number;
  /** How many matching requests pass before the first hit; default 0. */
  readonly after?: number;
  readonly does: Mishap;
}

/** What happens to a request. */
export type Mishap =
  /** Answers instead of the handler, which never sees the request. */
  | { readonly kind: 'answer'; readonly response: WireResponse }
  /** Destroys the socket before the handler runs. */
  | { readonly kind: 'reset' }
  /** The handler does its work; then the socket is destroyed without an answer. */
  | { readonly kind: 'reset-after' }
  /** The handler does its work; its answer is replaced by this one. */
  | { readonly kind: 'answer-after'; readonly response: WireResponse }
  /** Sends the headers and the first bytes of the handler's body, then destroys the socket. */
  | { readonly kind: 'cut'; readonly bytes: number }
  /** The handler does its work; its answer is changed into another. */
  | { readonly kind: 'change'; readonly change: (answer: WireResponse) => WireResponse }
  /** The handler does its work; then nothing comes, and the connection stays open. */
  | { readonly kind: 'stall' }
  /** The handler does its work; then a blank arrives now and then, and the answer never does. */
  | { readonly kind: 'trickle'; readonly everyMs: number }
  /** Waits before the handler runs. */
  | { readonly kind: 'delay'; readonly ms: number };

/** One exchange as the transport saw it, for tests that ask what was sent. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  readonly status: number | 'reset';
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): WireResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}
