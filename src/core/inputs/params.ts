import { readMembers, writeMembers } from '../requests/members.ts';
import { repeatedKeys } from '../requests/repeated-keys.ts';
import { strictFault, surveyValue } from '../requests/strict-json.ts';
import { parseJson } from '../text/json.ts';
import { type Parsed, value, wrong } from './parsed.ts';
import { parseYaml, readYamlList, readYamlObject } from './yaml.ts';

/**
 * A JSON or YAML object: top-level member name → its value as JSON text on one line. Keeps the text of a JSON value as written, except
 * for white space between tokens, so that numbers beyond double precision stay exact.
 */
export function parseParams(text: string): Parsed<ReadonlyMap<string, string>> {
  // White space at the ends means nothing in JSON, but in YAML it may be an indent or part of a text.
  const trimmed = text.trim();
  const parsed = isJsonObject(trimmed) ? parseJsonObject(trimmed) : parseYaml(text, readYamlObject);
  if (parsed.kind === 'wrong') return parsed;
  const json = writeMembers(Array.from(parsed.value, ([name, value]) => ({ name, value })));
  const fault = strictFault(json, surveyValue(JSON.parse(json)));
  return fault === undefined ? parsed : wrong({ code: 'input-params', fault });
}

function isJsonObject(text: string): boolean {
  return text.startsWith('{') && parseJson(text) !== undefined;
}

function parseJsonObject(text: string): Parsed<ReadonlyMap<string, string>> {
  if (repeatedKeys(text).length > 0) return wrong({ code: 'input-params', fault: 'repeated-key' });
  const members = new Map<string, string>();
  for (const { name, value } of readMembers(text)) {
    // Removes white space between tokens: a line break would end the request's line.
    members.set(name, value.replace(/("[^"\\]*(?:\\.[^"\\]*)*")|\s+/g, '$1'));
  }
  return value(members);
}

/** A JSON or YAML list of asserts as JSON values; the asserts themselves are checked together with the lines' own. */
export function parseAssertList(text: string): Parsed<readonly unknown[]> {
  const trimmed = text.trim();
  const given = trimmed.startsWith('[') ? parseJson(trimmed) : undefined;
  if (Array.isArray(given)) return value(given);
  const parsed = parseYaml(text, readYamlList);
  return parsed.kind === 'wrong' ? parsed : value(JSON.parse(parsed.value));
}
