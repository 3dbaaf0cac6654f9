/** An object of JSON, as it was parsed: any name may be there, with anything. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value that a text is as JSON; undefined for any other text. */
export function parseJson(text: string): unknown {
  if (!MAY_BE_JSON.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How any JSON begins, and few other texts do: an error takes far longer than a look. */
const MAY_BE_JSON = /^[ \t\n\r]*(?:[{["\d-]|true|false|null)/;

/** The elements of a JSON list; none of anything else. */
export function elementsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NO_ELEMENTS;
}

const NO_ELEMENTS: readonly unknown[] = Object.freeze([]);

/** The own member at a path of names below a value of any kind; undefined where the path leads nowhere. */
export function memberOf(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const name of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Object.hasOwn(at, name) ? (at as JsonObject)[name] : undefined;
  }
  return at;
}

/** The text at such a path; undefined for anything else. */
export function textOf(value: unknown, ...path: readonly string[]): string | undefined {
  const found = memberOf(value, ...path);
  return typeof found === 'string' ? found : undefined;
}
