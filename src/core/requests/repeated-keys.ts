import { isJsonObject } from '../text/json.ts';
import { decodeName, skipSpace, skipString } from './members.ts';

/** More of them in one line add nothing new. */
const MOST_NAMES = 5;

/**
 * How many keys a value from `JSON.parse` has, at any depth: fewer than the text contains if one is repeated. Works at any depth, without
 * a stack that could overflow.
 */
export function countKeys(value: unknown): number {
  let count = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const part = open.pop();
    if (Array.isArray(part)) {
      for (const one of part) if (typeof one === 'object') open.push(one);
    } else if (isJsonObject(part)) {
      for (const name of Object.keys(part)) {
        count += 1;
        if (typeof part[name] === 'object') open.push(part[name]);
      }
    }
  }
  return count;
}

/** The first names that occur twice in the same object, at any depth of this JSON and in whatever spelling of escapes. */
export function repeatedKeys(text: string): string[] {
  const twice = new Set<string>();
  // For each open object or list; a list has no names.
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length && twice.size < MOST_NAMES; at += 1) {
    const sign = text[at];
    if (sign === '{' || sign === '[') open.push(new Set());
    else if (sign === '}' || sign === ']') open.pop();
    if (sign !== '"') continue;
    const end = skipString(text, at);
    if (text[skipSpace(text, end)] === ':') {
      const name = decodeName(text, at, end);
      const names = open.at(-1);
      if (names?.has(name)) twice.add(name);
      names?.add(name);
    }
    at = end - 1;
  }
  return [...twice];
}
