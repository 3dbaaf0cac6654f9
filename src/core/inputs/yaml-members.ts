import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type Range,
  type Scalar,
  type YAMLMap,
} from 'yaml';

/** The members of a YAML mapping as JSON texts, or what keeps it from being JSON; both clauses fit a Problem. */
export type YamlMembers =
  | { readonly kind: 'members'; readonly members: ReadonlyMap<string, string> }
  | { readonly kind: 'wrong'; readonly what: string; readonly cure: string };

/**
 * Reads YAML 1.2 (core schema) as far as it says the same in JSON: no aliases, custom tags or merge keys, no numbers
 * that JSON cannot write. Nothing is expanded, so that the result is never longer than the text by more than escapes.
 * An empty text has no members.
 */
export function readYamlMembers(text: string): YamlMembers {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    intAsBigInt: true,
    prettyErrors: false,
    lineCounter: lines,
  });
  try {
    return { kind: 'members', members: readDocument(document) };
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    const { line, col } = lines.linePos(error.offset);
    const where = line > 0 ? ` in line ${line}, column ${col}` : '';
    return { kind: 'wrong', what: `${error.message}${where}`, cure: error.cure };
  }
}

/** Leaves the recursion at the first place that JSON has no word for. */
class Unfit extends Error {
  readonly cure: string;
  readonly offset: number;

  constructor(what: string, cure: string, range: Range | readonly [number, ...unknown[]] | null | undefined) {
    super(what);
    this.cure = cure;
    this.offset = range?.[0] ?? 0;
  }
}

function readDocument(document: Document.Parsed): ReadonlyMap<string, string> {
  const [error] = document.errors;
  if (error?.code === 'DUPLICATE_KEY') throw new Unfit('sets a key twice', 'keep one of the two', error.pos);
  if (error?.code === 'MULTIPLE_DOCS') throw new Unfit('holds several documents', 'write one mapping', error.pos);
  if (error !== undefined)
    throw new Unfit(`is not valid YAML (${error.code})`, 'mend the YAML or write JSON', error.pos);
  if (document.directives.yaml.version !== '1.2') {
    throw new Unfit('asks for another version of YAML', 'leave out the %YAML line', null);
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return new Map();
  if (!isMap(contents)) throw new Unfit('is not a mapping', 'write it as key: value', contents.range);
  checkTag(contents);
  return readMap(contents);
}

function readMap(map: YAMLMap.Parsed): Map<string, string> {
  const members = new Map<string, string>();
  for (const { key, value } of map.items) {
    const name = readKey(key);
    // YAML tells `1` from `"1"`, JSON does not.
    if (members.has(name)) throw new Unfit('sets a key twice', 'keep one of the two', key.range);
    members.set(name, toJson(value));
  }
  return members;
}

function readKey(key: ParsedNode): string {
  if (!isScalar(key) || key.value === null) {
    throw new Unfit('has a key that is no text', 'write each key as a plain word', key.range);
  }
  checkTag(key);
  if (key.value === '<<' && key.type === 'PLAIN') {
    throw new Unfit('holds a merge key (<<)', 'write the members out', key.range);
  }
  return typeof key.value === 'string' ? key.value : String(key.source);
}

function toJson(node: ParsedNode | null): string {
  if (node === null) return 'null';
  if (isAlias(node)) throw new Unfit('holds an alias (*)', 'write the value out', node.range);
  checkTag(node);
  if (isSeq(node)) return `[${node.items.map((item) => toJson(item as ParsedNode)).join(',')}]`;
  if (isMap(node)) {
    const members = Array.from(readMap(node), ([name, json]) => `${JSON.stringify(name)}:${json}`);
    return `{${members.join(',')}}`;
  }
  return scalarToJson(node);
}

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function scalarToJson(scalar: Scalar.Parsed): string {
  const { value } = scalar;
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return JSON.stringify(value);
  // A number that JSON writes the same way keeps its digits, however many there are.
  if (JSON_NUMBER.test(scalar.source)) return scalar.source;
  if (typeof value === 'bigint' || Number.isFinite(value)) return String(value);
  throw new Unfit('holds a number that JSON cannot write', 'write a finite number, or quote it as text', scalar.range);
}

const CORE_TAG = /^(?:!|tag:yaml\.org,2002:(?:null|bool|int|float|str|seq|map))$/;

function checkTag(node: Exclude<ParsedNode, { source: string; resolve: unknown }>): void {
  if (node.tag === undefined || CORE_TAG.test(node.tag)) return;
  throw new Unfit('holds a tag that JSON does not know', 'leave out the word with the exclamation mark', node.range);
}
