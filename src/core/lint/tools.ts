import type { Params } from '../requests/params.ts';
import { clip } from '../text/describe-value.ts';
import { isJsonObject, type JsonObject } from '../text/json.ts';
import { nearest } from '../text/nearest.ts';
import { errorOf, type Finding, NO_FINDINGS } from './finding.ts';

/** Judges whether names of tools are unique, and whether the tool that must be used is among them. */
export function lintTools(params: Params): readonly Finding[] {
  const { tools, tool_choice: choice } = params;
  if (tools === undefined && choice === undefined) return NO_FINDINGS;
  const names = new Set<string>();
  const twice = new Set<string>();
  // A toolset has tools whose names are not in the request, and so has a server.
  let hasMore = params['mcp_servers'] !== undefined && params['mcp_servers'] !== null;
  for (const tool of Array.isArray(tools) ? tools : []) {
    const name = isJsonObject(tool) ? tool['name'] : undefined;
    if (typeof name !== 'string') hasMore = true;
    else (names.has(name) ? twice : names).add(name);
  }
  const ofChoice = hasMore || !isJsonObject(choice) ? undefined : judgeChoice(choice, names);
  return [...Array.from(twice, (name) => errorOf({ code: 'repeated-tool', name: clip(name) })), ...(ofChoice ?? [])];
}

function judgeChoice({ type, name }: JsonObject, names: ReadonlySet<string>): readonly Finding[] {
  if (type !== 'any' && type !== 'tool') return NO_FINDINGS;
  if (names.size === 0) return [errorOf({ code: 'choice-without-tools' })];
  if (type !== 'tool' || typeof name !== 'string' || names.has(name)) return NO_FINDINGS;
  const meant = name.length > 64 ? undefined : nearest(name, names);
  return [errorOf({ code: 'unknown-tool', name: clip(name), meant: meant && clip(meant) })];
}
