import type { Simulator } from '../../simulator/index.ts';
import type { WireRequest } from '../../simulator/wire.ts';
import type { Scenario } from './scenarios.ts';

/** A call of the action to the outside, as the simulator sees it. */
export interface Call {
  readonly service: 'API' | 'cache' | 'artifacts' | 'GitHub';
  readonly scenario: Scenario;
  readonly method: string;
  readonly path: RegExp;
  /** Names of the earlier run's artifacts, whose IDs take the place of `\\d+` in the path. */
  readonly ofArtifacts?: RegExp;
  /** How many requests of this kind come before the call. */
  readonly after?: number;
  /** What is in the query of this call alone. */
  readonly query?: RegExp;
  /** What is in the body of this call alone, where method and path do not tell. */
  readonly body?: RegExp;
  /** Whose blob it is, of uploads and downloads. */
  readonly blob?: (simulator: Simulator, name: string) => boolean;
  /** The call whose answer names the address of this one. */
  readonly addressFrom?: Pick<Call, 'method' | 'path' | 'ofArtifacts' | 'body'>;
}

/** By what a request is known for a call. */
export type Seen = Pick<Call, 'method' | 'path' | 'query' | 'body' | 'blob'>;

/** The path of a call, after the earlier run where it is about what that one left. */
export function pathOf({ path, ofArtifacts }: Pick<Call, 'path' | 'ofArtifacts'>, { results }: Simulator): RegExp {
  if (ofArtifacts === undefined) return path;
  const ids = results.artifacts.filter(({ name }) => ofArtifacts.test(`"name":"${name}"`)).map(({ id }) => id);
  return new RegExp(path.source.replace('\\d+', `(${ids.join('|')})`));
}

/** Whether a request of the method and path of a call is that call. */
export function isCall(
  { query, body, blob }: Omit<Seen, 'method' | 'path'>,
  simulator: Simulator,
  request: WireRequest,
): boolean {
  if (query !== undefined && !query.test(request.query.toString())) return false;
  if (body !== undefined && !body.test(request.body.toString('latin1'))) return false;
  return blob === undefined || blob(simulator, request.path.split('/').at(-1) ?? '');
}
