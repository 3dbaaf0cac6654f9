import { type Handler, json, type WireRequest, type WireResponse } from '../wire.ts';
import { type Caller, readCaller } from './token.ts';

/** HTTP status of each Twirp code in use (twitchtv.github.io/twirp/docs/spec_v7.html). */
const STATUS = {
  malformed: 400,
  invalid_argument: 400,
  unauthenticated: 401,
  permission_denied: 403,
  bad_route: 404,
  not_found: 404,
  already_exists: 409,
  failed_precondition: 412,
} as const;

/** A refusal as Twirp puts it: `{code, msg}` with the code's own HTTP status. */
export class TwirpError extends Error {
  override readonly name = 'TwirpError';
  readonly code: keyof typeof STATUS;

  constructor(code: keyof typeof STATUS, message: string) {
    super(message);
    this.code = code;
  }
}

export interface Call {
  readonly caller: Caller;
  /** For signed URLs. */
  readonly origin: string;
}

/** One method: JSON in, JSON out, both checked by the client's own generated types. */
export type Method = (body: unknown, call: Call) => unknown;

/** A generated protobuf type, as far as it is used here. */
interface MessageType<T> {
  fromJson(body: unknown, options: { ignoreUnknownFields: boolean }): T;
  toJson(message: T, options: { useProtoFieldName: boolean; emitDefaultValues: boolean }): unknown;
}

export function method<I, O>(
  input: MessageType<I>,
  output: MessageType<O>,
  answer: (request: I, call: Call) => O,
): Method {
  return (body, call) =>
    output.toJson(answer(readMessage(input, body), call), { useProtoFieldName: true, emitDefaultValues: true });
}

function readMessage<I>(input: MessageType<I>, body: unknown): I {
  try {
    return input.fromJson(body, { ignoreUnknownFields: false });
  } catch (error) {
    throw new TwirpError('malformed', `the request is not what the service expects: ${(error as Error).message}`);
  }
}

/** Serves `POST /twirp/<service>/<method>` with JSON bodies to callers with a runtime token. */
export function serveTwirp(service: string, methods: ReadonlyMap<string, Method>): Handler {
  const prefix = `/twirp/${service}/`;
  return (request) => {
    if (!request.path.startsWith(prefix)) return undefined;
    try {
      return json(200, answer(request, request.path.slice(prefix.length), methods));
    } catch (error) {
      if (error instanceof TwirpError) return refuse(error);
      throw error;
    }
  };
}

function answer(request: WireRequest, name: string, methods: ReadonlyMap<string, Method>): unknown {
  const run = methods.get(name);
  if (request.method !== 'POST' || run === undefined)
    throw new TwirpError('bad_route', `no handler for ${request.path}`);
  const caller = readCaller(request.headers.get('authorization'));
  if (caller === undefined) throw new TwirpError('unauthenticated', 'invalid runtime token');
  return run(parseBody(request.body), { caller, origin: request.origin });
}

function parseBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new TwirpError('malformed', 'the json request could not be decoded');
  }
}

function refuse({ code, message }: TwirpError): WireResponse {
  return json(STATUS[code], { code, msg: message });
}
