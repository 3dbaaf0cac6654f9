/**
 * JSON as a value of which `JSON.stringify` prints every number to the letter: `9007199254740993`, `1.0` and `1e400` stay.
 * A number that JavaScript would print in another way is an object of `JSON.rawJSON`; all others are numbers. What is nested
 * some thousands of levels deep is read without that. Throws SyntaxError for a text that is no JSON.
 */
export function parseExactly(text: string): unknown {
  try {
    return json.parse(text, keepDigits);
  } catch (error) {
    // V8 calls the reviver by recursion, and parses without.
    if (error instanceof RangeError) return JSON.parse(text);
    throw error;
  }
}

/** Whether a value out of `parseExactly` is a number that `JSON.stringify` prints to the letter, and no object of the text. */
export function isRawNumber(value: unknown): boolean {
  return json.isRawJSON(value);
}

function keepDigits(_name: string, value: unknown, { source }: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || source === undefined || String(value) === source) return value;
  return json.rawJSON(source);
}

/** What Node 24 has of `JSON` and the types of its language version do not tell. */
interface ExactJson {
  parse(
    text: string,
    revive: (name: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
  isRawJSON(value: unknown): boolean;
}

const json = JSON as unknown as ExactJson;
