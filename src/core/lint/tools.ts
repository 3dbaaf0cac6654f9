import type { Params } from '../requests/params.ts';
import { isJsonObject } from '../text/json-object.ts';
import { nearest } from '../text/nearest.ts';
import type { Finding } from './finding.ts';
import { quoteName } from './quote.ts';

/** Judges whether names of tools are unique, and whether the tool that must be used is among them. */
export function lintTools(params: Params, found: Finding[]): void {
  const { tools, tool_choice: choice } = params;
  if (tools === undefined && choice === undefined) return;
  const names = new Set<string>();
  const twice = new Set<string>();
  // A toolset has tools under names that stand nowhere, and so has a server.
  let hasMore = params['mcp_servers'] !== undefined && params['mcp_servers'] !== null;
  for (const tool of Array.isArray(tools) ? tools : []) {
    const name = isJsonObject(tool) ? tool['name'] : undefined;
    if (typeof name !== 'string') hasMore = true;
    else (names.has(name) ? twice : names).add(name);
  }
  for (const name of twice) {
    const what = `tools has more than one tool ${quoteName(name)}`;
    found.push({ code: 'repeated-tool', level: 'error', what, cure: 'rename or remove all but one' });
  }
  if (!hasMore && isJsonObject(choice)) lintChoice(choice['type'], choice['name'], names, found);
}

function lintChoice(type: unknown, name: unknown, names: ReadonlySet<string>, found: Finding[]): void {
  if (type !== 'any' && type !== 'tool') return;
  if (names.size === 0) {
    const what = 'tool_choice demands a tool, but there are no tools';
    found.push({ code: 'choice-without-tools', level: 'error', what, cure: 'add tools, or remove tool_choice' });
  } else if (type === 'tool' && typeof name === 'string' && !names.has(name)) {
    const meant = name.length > 64 ? undefined : nearest(name, names);
    const what = `tool_choice names the tool ${quoteName(name)}, which is not in tools`;
    const cure = meant === undefined ? 'name one of the tools' : `write ${quoteName(meant)}`;
    found.push({ code: 'unknown-tool', level: 'error', what, cure });
  }
}
