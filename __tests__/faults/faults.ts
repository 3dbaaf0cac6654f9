import type { Simulator } from '../../simulator/index.ts';
import type { Refusal } from '../../simulator/leaping-clock.ts';
import type { Fault, Mishap, WireResponse } from '../../simulator/wire.ts';
import { type Call, isCall, pathOf } from './call.ts';

/** All of a run. */
const ALWAYS = 1_000_000;
const MEGABYTE = 1024 * 1024;
/** Less than the shortest answer, a count of tokens, has. */
const CUT_BYTES = 10;
/** A blank so often is an answer that never stalls and never comes. Milliseconds. */
const TRICKLE_MS = 60_000;
/** An address where nothing listens. */
const NOWHERE = 'http://127.0.0.1:1';

export const OFTEN = ['once', 'always'] as const;
export type Often = (typeof OFTEN)[number];

const STATUSES = [400, 401, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503, 529] as const;
const BODIES = ['json', 'html', 'nothing'] as const;
const RETRY_AFTERS = ['-1', '0', '99999', 'date', 'abc', '1e15'] as const;
const OK_BODIES = ['html', 'null', 'array', 'object', 'number', 'cut-json', 'bad-utf8', 'nothing'] as const;

export type FaultName =
  | 'refused'
  | `reset-${'before' | 'after'}`
  | 'cut'
  | 'stall'
  | 'trickle'
  | `redirect-${302 | 307}`
  | `${(typeof STATUSES)[number]}-${(typeof BODIES)[number]}`
  | `${409 | 500}-after`
  | `retry-after-${(typeof RETRY_AFTERS)[number]}`
  | `ok-${(typeof OK_BODIES)[number] | 'other-type' | 'no-gzip'}`
  | '500-huge';

export const FAULT_NAMES: readonly FaultName[] = [
  'refused',
  'reset-before',
  'reset-after',
  'cut',
  'stall',
  'trickle',
  'redirect-302',
  'redirect-307',
  ...STATUSES.flatMap((status) => BODIES.map((body) => `${status}-${body}` as const)),
  '409-after',
  '500-after',
  ...RETRY_AFTERS.map((value) => `retry-after-${value}` as const),
  ...OK_BODIES.map((body) => `ok-${body}` as const),
  'ok-other-type',
  'ok-no-gzip',
  '500-huge',
];

/** Faults that are one to the table: those of a status, whatever its body, go by the status. */
export function familyOf(fault: FaultName): string {
  return /^(\d+)-(json|html|nothing)$/.exec(fault)?.[1] ?? fault;
}

const HTML = '<!doctype html><html><body><h1>Gateway</h1></body></html>';

const TYPES: Readonly<Record<number, readonly [string, string]>> = {
  400: ['invalid_request_error', 'invalid_argument'],
  401: ['authentication_error', 'unauthenticated'],
  403: ['permission_error', 'permission_denied'],
  404: ['not_found_error', 'not_found'],
  408: ['timeout_error', 'deadline_exceeded'],
  409: ['conflict_error', 'already_exists'],
  413: ['request_too_large', 'resource_exhausted'],
  422: ['invalid_request_error', 'invalid_argument'],
  429: ['rate_limit_error', 'resource_exhausted'],
  529: ['overloaded_error', 'unavailable'],
};

/** An error in the forms of all services at once. */
function errorOf(status: number, headers: Readonly<Record<string, string>> = {}): WireResponse {
  const [type, code] = TYPES[status] ?? ['api_error', 'internal'];
  const message = 'made up by the fault injector';
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ type: 'error', error: { type, message }, code, msg: message, message }),
  };
}

function* hugeBody(): Generator<Uint8Array> {
  const piece = Buffer.alloc(MEGABYTE, 'x');
  for (let left = 200; left > 0; left -= 1) yield piece;
}

const OK: Readonly<Record<(typeof OK_BODIES)[number], string | Uint8Array>> = {
  html: HTML,
  null: 'null',
  array: '[]',
  object: '{}',
  number: '42',
  'cut-json': '{"id": "msgb',
  'bad-utf8': Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x22, 0xc3, 0x22, 0x7d]),
  nothing: '',
};

/** The other host, to which nothing secret may go, and the present. */
export interface Elsewhere {
  readonly elsewhere: string;
  readonly now: () => number;
}

function mishapOf(name: FaultName, { elsewhere, now }: Elsewhere): Mishap {
  const [first = '', second = ''] = name.split(/-(.*)/);
  const answer = (response: WireResponse): Mishap => ({ kind: 'answer', response });
  switch (first) {
    case 'reset':
      return { kind: second === 'before' ? 'reset' : 'reset-after' };
    case 'cut':
      return { kind: 'cut', bytes: CUT_BYTES };
    case 'stall':
      return { kind: 'stall' };
    case 'trickle':
      return { kind: 'trickle', everyMs: TRICKLE_MS };
    case 'redirect':
      return answer({ status: Number(second), headers: { location: `${elsewhere}/elsewhere?from=fault` } });
    case 'retry': {
      const value = second.replace('after-', '');
      const header = value === 'date' ? new Date(now() + 40_000).toUTCString() : value;
      return answer(errorOf(429, { 'retry-after': header }));
    }
    case 'ok':
      return okMishap(second);
  }
  const status = Number(first);
  if (second === 'after') return { kind: 'answer-after', response: errorOf(status) };
  if (second === 'huge') return { kind: 'change', change: () => ({ status, body: hugeBody() }) };
  if (second === 'html') return answer({ status, headers: { 'content-type': 'text/html' }, body: HTML });
  return answer(second === 'json' ? errorOf(status) : { status });
}

function okMishap(body: string): Mishap {
  const changed = (headers: Readonly<Record<string, string>>): Mishap => ({
    kind: 'change',
    change: (answer) => ({ ...answer, headers: { ...answer.headers, ...headers } }),
  });
  if (body === 'other-type') return changed({ 'content-type': 'text/plain' });
  if (body === 'no-gzip') return changed({ 'content-encoding': 'gzip' });
  const type = body === 'html' ? 'text/html' : 'application/json';
  const response = { status: 200, headers: { 'content-type': type }, body: OK[body as keyof typeof OK] };
  return { kind: 'answer-after', response };
}

/** How a fault is done to a call: by the simulator, or inside the process, where connections are refused. */
export function arrange(
  { fault: name, often }: { readonly fault: FaultName; readonly often: Often },
  { call, simulator, ...where }: Elsewhere & { readonly call: Call; readonly simulator: Simulator },
): { readonly faults: readonly Fault[]; readonly refusals: readonly Refusal[] } {
  const times = often === 'once' ? 1 : ALWAYS;
  const { after = 0 } = call;
  const path = pathOf(call, simulator);
  if (name !== 'refused') {
    const when: Fault['when'] = (request) => isCall(call, simulator, request);
    return {
      faults: [{ method: call.method, path, when, times, after, does: mishapOf(name, where) }],
      refusals: [],
    };
  }
  if (call.addressFrom !== undefined) {
    const { method, body } = call.addressFrom;
    const when: Fault['when'] = (request) => body?.test(request.body.toString('latin1')) ?? true;
    const away = (text: string) => text.replaceAll(simulator.origin, NOWHERE);
    const change = (answer: WireResponse): WireResponse => ({
      ...answer,
      headers: Object.fromEntries(Object.entries(answer.headers ?? {}).map(([key, value]) => [key, away(value)])),
      ...(typeof answer.body === 'string' ? { body: away(answer.body) } : {}),
    });
    return {
      faults: [{ method, path: pathOf(call.addressFrom, simulator), when, times, does: { kind: 'change', change } }],
      refusals: [],
    };
  }
  const target = path.source.replace(/^\^/, '').replace(/\$$/, '');
  const query = call.query === undefined ? '(\\?\\S*)?' : `\\?\\S*${call.query.source}\\S*`;
  const head = `^${call.method} \\S*${target}${query} HTTP`;
  return { faults: [], refusals: [{ head, body: call.body?.source ?? '', times, after }] };
}
