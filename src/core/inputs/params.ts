import { readMembers } from '../requests/members.ts';
import type { InputName } from './names.ts';
import { type Parsed, value, wrong } from './parsed.ts';
import { readYamlMembers } from './yaml-members.ts';

/**
 * A JSON or YAML object: top-level member name → its value as JSON text on one line. The text of a JSON value is kept as
 * it is written but for the space between its parts, so that numbers beyond double precision stay exact.
 */
export function parseParams(name: InputName, text: string): Parsed<ReadonlyMap<string, string>> {
  // Space at the ends is nothing in JSON, but in YAML it may be an indent or belong to a text.
  const trimmed = text.trim();
  if (trimmed === '') return value(new Map());
  return isJsonObject(trimmed) ? parseJsonObject(name, trimmed) : parseYamlObject(name, text);
}

function isJsonObject(text: string): boolean {
  if (!text.startsWith('{')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function parseJsonObject(name: InputName, text: string): Parsed<ReadonlyMap<string, string>> {
  const members = new Map<string, string>();
  for (const member of readMembers(text)) {
    if (members.has(member.name)) return wrong(name, { code: 'input-params', fault: 'repeated-key' });
    members.set(member.name, withoutSpace(member.value));
  }
  return value(members);
}

/** JSON text without the white space around its parts: a line break in it would end the request's line. */
function withoutSpace(json: string): string {
  return json.replace(/("[^"\\]*(?:\\.[^"\\]*)*")|\s+/g, '$1');
}

function parseYamlObject(name: InputName, text: string): Parsed<ReadonlyMap<string, string>> {
  const read = readYamlMembers(text);
  if (read.kind === 'members') return value(read.members);
  const { fault, line, column } = read;
  return wrong(name, { code: 'input-params', fault, line, column });
}
