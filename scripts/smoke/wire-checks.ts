import type { WireShape } from '../../simulator/anthropic/wire-shapes.ts';
import { memberOf, parseJson } from '../../src/core/text/json.ts';
import { type Expectation, told } from './expectation.ts';
import type { Seen } from './observer.ts';
import { shapeFaults } from './shape-faults.ts';

/** What came over the wire, compared with the types of the API's client. The action copes with all differences. */
export function checkWire(seen: readonly Seen[]): readonly Expectation[] {
  return [...headerChecks(seen), ...shapeChecks(seen)];
}

function headerChecks(seen: readonly Seen[]): Expectation[] {
  const running = looksOf(seen, 'in_progress');
  const pauses = looksOf(seen, 'ended').flatMap(({ headers }) => headers.get('retry-after') ?? []);
  return [
    headerCheck('answers', seen, 'request-id'),
    headerCheck('answers', seen, 'anthropic-workspace-id'),
    headerCheck('looks at a running batch', running, 'retry-after'),
    told('retry-after of an ended batch', 'none', pauses.join(', ') || 'none'),
  ];
}

function headerCheck(what: string, seen: readonly Seen[], name: string): Expectation {
  const having = seen.filter(({ headers }) => headers.has(name)).length;
  return told(`${what} with ${name}`, `${seen.length} of ${seen.length}`, `${having} of ${seen.length}`);
}

function looksOf(seen: readonly Seen[], status: string): readonly Seen[] {
  return seen.filter(
    ({ method, path, body }) =>
      method === 'GET' && kindOf(path) === 'batch' && memberOf(parseJson(body), 'processing_status') === status,
  );
}

const KINDS: readonly (readonly [kind: WireShape, path: RegExp])[] = [
  ['line', /\/results$/],
  ['batch', /\/batches\/[^/]+(?:\/cancel)?$/],
  ['batchPage', /\/batches$/],
  ['count', /\/count_tokens$/],
  ['model', /\/models\/[^/]+$/],
];

function kindOf(path: string): WireShape | undefined {
  return KINDS.find(([, pattern]) => pattern.test(path))?.[0];
}

/** What the types of the client do not say of the answers. */
function shapeChecks(seen: readonly Seen[]): Expectation[] {
  const faults = new Map<WireShape, Set<string>>();
  for (const [shape, value] of seen.flatMap(valuesOf)) {
    const known = faults.get(shape) ?? new Set();
    faults.set(shape, known);
    for (const fault of shapeFaults(shape, value)) known.add(fault);
  }
  return [...faults].map(([shape, found]) =>
    told(`members of: ${shape}`, 'as in the client', [...found].join('; ') || 'as in the client'),
  );
}

function valuesOf({ method, path, status, body }: Seen): readonly (readonly [WireShape, unknown])[] {
  if (status >= 400) return [['error', parseJson(body)]];
  const kind = kindOf(path);
  if (kind === 'line')
    return body
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => messageOf(parseJson(line)));
  if (kind === 'batchPage' && method === 'POST') return [['batch', parseJson(body)]];
  if (kind === 'batch' && method === 'DELETE') return [['deleted', parseJson(body)]];
  return kind === undefined ? [] : [[kind, parseJson(body)]];
}

/** A message by itself, if there is one, so that its faults are not reported for each alternative. */
function messageOf(line: unknown): readonly [WireShape, unknown] {
  const message = memberOf(line, 'result', 'message');
  return message === undefined ? ['line', line] : ['message', message];
}
