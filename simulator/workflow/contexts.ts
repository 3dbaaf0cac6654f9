import type { Access } from '../github/index.ts';
import type { JobDefinition } from './definition.ts';
import type { Scope } from './expression.ts';
import { needsOf, type WorkflowRun } from './run.ts';

/** The contexts `github` and `inputs` of a run. `repository`: its full name. */
export function contextsOf(
  repository: string,
  { id, occasion }: Pick<WorkflowRun, 'id' | 'occasion'>,
  token = '',
): Readonly<Record<string, unknown>> {
  const { payload, eventName, ref, inputs } = occasion;
  return { github: { event: payload, event_name: eventName, ref, repository, run_id: id, token }, inputs };
}

/** What the `if` and the environment of a job see. */
export function scopeOf(
  repository: string,
  run: WorkflowRun,
  job: { readonly definition: JobDefinition; readonly matrix: unknown; readonly status: Scope['status'] },
): Scope {
  const { definition, matrix, status } = job;
  return { contexts: { ...contextsOf(repository, run), needs: needsOf(run, definition), matrix }, status };
}

/** What the token of a job may do: a fork's may only read. */
export function permissionsOf({ permissions }: JobDefinition, isFork: boolean): Record<string, Access> {
  return Object.fromEntries(Object.entries(permissions).map(([name, access]) => [name, isFork ? 'read' : access]));
}
