import type { Params } from '../requests/params.ts';
import { toolsOf } from '../requests/tools.ts';
import { clip } from '../text/describe-value.ts';
import { elementsOf, isJsonObject, type JsonObject, textOf } from '../text/json.ts';
import { nearest } from '../text/nearest.ts';
import { errorOf, type Finding, NO_FINDINGS } from './finding.ts';

/** The API's rule for names of custom tools. */
const NAME = /^[a-zA-Z0-9_-]{1,128}$/;
const LONGEST_NAME = 128;

/** Keywords that the API accepts anywhere in a tool's schema except at the top. */
const UNIONS = ['anyOf', 'oneOf', 'allOf'] as const;

/** Checks the name and the schema of each custom tool. */
export function lintOwnTools({ tools }: Params): readonly Finding[] {
  if (tools === undefined) return NO_FINDINGS;
  const found: Finding[] = [];
  let index = -1;
  for (const tool of elementsOf(tools)) {
    index += 1;
    if (!isJsonObject(tool) || !isOwn(tool['type'])) continue;
    const { name, input_schema: schema } = tool;
    const place = ['tools', index, 'name'];
    if (typeof name === 'string' && !NAME.test(name))
      found.push(errorOf({ code: 'tool-name', place, ...faultOf(name) }));
    const union = isJsonObject(schema) ? UNIONS.find((one) => Object.hasOwn(schema, one)) : undefined;
    if (union !== undefined)
      found.push(errorOf({ code: 'tool-schema', place: ['tools', index, 'input_schema'], union }));
  }
  return found.length === 0 ? NO_FINDINGS : found.slice(0, MOST_TOOLS);
}

function isOwn(type: unknown): boolean {
  return type === undefined || type === null || type === 'custom';
}

/** More faulty tools in one request add nothing new. */
const MOST_TOOLS = 5;

/** The 1-based position of the first invalid character, or the length of a name that is too long; neither if it is empty. */
function faultOf(name: string): { readonly position?: number; readonly length?: number } {
  if (name === '') return {};
  const wrong = name.search(/[^a-zA-Z0-9_-]/);
  return wrong === -1 || wrong >= LONGEST_NAME ? { length: name.length } : { position: wrong + 1 };
}

/** Checks that tool names are unique, and that a required tool is among them. */
export function lintTools(params: Params): readonly Finding[] {
  const { tools, tool_choice: choice, mcp_servers: servers } = params;
  if (tools === undefined && choice === undefined) return NO_FINDINGS;
  const names = new Set<string>();
  const twice = new Set<string>();
  // Toolsets and servers have tools whose names are not in the request.
  let hasMore = servers !== undefined && servers !== null;
  for (const tool of elementsOf(tools)) {
    const name = isJsonObject(tool) ? tool['name'] : undefined;
    if (typeof name !== 'string') hasMore = true;
    else (names.has(name) ? twice : names).add(name);
  }
  if (choice === undefined && twice.size === 0) return NO_FINDINGS;
  const all = new Set(names);
  if (choice !== undefined)
    for (const tool of toolsOf(params)) {
      const name = textOf(tool, 'name');
      if (name === undefined) hasMore = true;
      else all.add(name);
    }
  const ofChoice = hasMore || !isJsonObject(choice) ? [] : checkChoice(choice, all);
  return [...Array.from(twice, (name) => errorOf({ code: 'repeated-tool', name: clip(name) })), ...ofChoice];
}

function checkChoice({ type, name }: JsonObject, names: ReadonlySet<string>): readonly Finding[] {
  if (type !== 'any' && type !== 'tool') return [];
  if (names.size === 0) return [errorOf({ code: 'choice-without-tools' })];
  if (type !== 'tool' || typeof name !== 'string' || names.has(name)) return [];
  const meant = name.length > 64 ? undefined : nearest(name, names);
  return [errorOf({ code: 'unknown-tool', name: clip(name), meant: meant && clip(meant) })];
}
