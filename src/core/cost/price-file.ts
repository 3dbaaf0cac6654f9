import { type Document, isAlias, isMap, isScalar, LineCounter, parseDocument, type YAMLParseError } from 'yaml';

/** One `name: value` of a mapping, with the 1-based line its name stands in. */
export interface Member {
  readonly line: number;
  /** Undefined where the name is no text. */
  readonly name: string | undefined;
  /** A scalar's text as written in the file, a mapping's members, or undefined for a list. */
  readonly value: string | readonly Member[] | undefined;
}

/** A file as mappings of text: `members` of its mapping (none in an empty file), `broken` no YAML, `other` no mapping. */
export type PriceFile =
  | { readonly kind: 'members'; readonly members: readonly Member[] }
  | { readonly kind: 'broken'; readonly faults: readonly { readonly line: number; readonly message: string }[] }
  | { readonly kind: 'other' };

/** What the parser says of its own limits, said of the file. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ['MULTIPLE_DOCS', 'A second document begins'],
  ['RESOURCE_EXHAUSTION', 'It is nested too deeply'],
]);

/** Reads YAML, and so JSON, keeping every scalar as the text it was written with and every name that comes twice. */
export function readPriceFile(text: string): PriceFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, lineCounter: lines });
  if (document.errors.length > 0) {
    const faults = document.errors.filter(isNew).map(({ code, message, pos }) => ({
      line: lines.linePos(pos[0]).line,
      message: PLAIN.get(code) ?? message.split('\n')[0] ?? message,
    }));
    return { kind: 'broken', faults };
  }
  if (document.contents === null) return { kind: 'members', members: [] };
  const members = membersOf(document.contents, document, lines, 2);
  return members === undefined ? { kind: 'other' } : { kind: 'members', members };
}

/** Nesting without end is found in one place or in two, by how much room is left on the stack; it is one fault. */
function isNew({ code }: YAMLParseError, at: number, all: readonly YAMLParseError[]): boolean {
  return code !== 'RESOURCE_EXHAUSTION' || all.findIndex((one) => one.code === code) === at;
}

/** Goes `depth` mappings deep: no file can make it go round in circles. */
function membersOf(node: unknown, document: Document.Parsed, lines: LineCounter, depth: number): Member[] | undefined {
  if (!isMap(node) || depth === 0) return undefined;
  return node.items.map(({ key, value }) => {
    const target = isAlias(value) ? value.resolve(document) : value;
    return {
      line: lines.linePos(offsetOf(key)).line,
      name: textOf(key),
      value: textOf(target) ?? membersOf(target, document, lines, depth - 1),
    };
  });
}

function textOf(node: unknown): string | undefined {
  return isScalar(node) ? node.source : undefined;
}

function offsetOf(node: unknown): number {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? node.range[0] : 0;
}
