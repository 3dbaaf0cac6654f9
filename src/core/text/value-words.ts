/** A JSON value for a message: `a string`, `null`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** A name from a file, printable on one line: in quotes, at most so many characters, everything but plain ASCII escaped. */
export function quoteAscii(name: string, most = 40): string {
  const short = name.length > most ? `${name.slice(0, most)}…` : name;
  return JSON.stringify(short).replace(/[^\x20-\x7e…]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
