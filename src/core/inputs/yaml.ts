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
import type { ParamsFault } from '../messages/input-problems.ts';
import { type Parsed, value, wrong } from './parsed.ts';

/**
 * Parses the part of YAML 1.2 (core schema) that JSON can express too: no aliases, custom tags or merge keys, no numbers that JSON cannot
 * write. Expands nothing, so the result exceeds the text by escapes at most. `read` gets null for an empty text.
 */
export function parseYaml<T>(text: string, read: (contents: ParsedNode | null) => T): Parsed<T> {
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
    return value(read(contentsOf(document)));
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    const { line, col } = lines.linePos(error.offset);
    return wrong({ code: 'input-params', fault: error.fault, line, column: col });
  }
}

/** Leaves the recursion at the first thing that JSON cannot express. */
class Unfit extends Error {
  readonly fault: ParamsFault;
  readonly offset: number;

  constructor(fault: ParamsFault, range: Range | readonly [number, ...unknown[]] | null | undefined) {
    super(fault);
    this.fault = fault;
    this.offset = range?.[0] ?? 0;
  }
}

function contentsOf(document: Document.Parsed): ParsedNode | null {
  const [error] = document.errors;
  if (error?.code === 'DUPLICATE_KEY') throw new Unfit('repeated-key', error.pos);
  if (error?.code === 'MULTIPLE_DOCS') throw new Unfit('several-documents', error.pos);
  if (error !== undefined) throw new Unfit('invalid', error.pos);
  if (document.directives.yaml.version !== '1.2') throw new Unfit('other-version', null);
  const { contents } = document;
  return contents === null || (isScalar(contents) && contents.value === null) ? null : contents;
}

/** A mapping: member name → its value as JSON text; empty for an empty text. */
export function readYamlObject(contents: ParsedNode | null): ReadonlyMap<string, string> {
  if (contents === null) return new Map();
  if (!isMap(contents)) throw new Unfit('not-a-mapping', contents.range);
  checkTag(contents);
  return readMap(contents);
}

/** A list as JSON text; an empty list for an empty text. */
export function readYamlList(contents: ParsedNode | null): string {
  if (contents === null) return '[]';
  if (!isSeq(contents)) throw new Unfit('not-a-list', contents.range);
  return toJson(contents);
}

function readMap(map: YAMLMap.Parsed): Map<string, string> {
  const members = new Map<string, string>();
  for (const { key, value } of map.items) {
    const name = readKey(key);
    // YAML distinguishes `1` from `"1"`; JSON does not.
    if (members.has(name)) throw new Unfit('repeated-key', key.range);
    members.set(name, toJson(value));
  }
  return members;
}

function readKey(key: ParsedNode): string {
  if (!isScalar(key) || key.value === null) throw new Unfit('key-not-text', key.range);
  checkTag(key);
  if (key.value === '<<' && key.type === 'PLAIN') throw new Unfit('merge-key', key.range);
  return typeof key.value === 'string' ? key.value : String(key.source);
}

function toJson(node: ParsedNode | null): string {
  if (node === null) return 'null';
  if (isAlias(node)) throw new Unfit('alias', node.range);
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
  // A number in JSON notation keeps its digits, however many.
  if (JSON_NUMBER.test(scalar.source)) return scalar.source;
  if (typeof value === 'bigint' || Number.isFinite(value)) return String(value);
  throw new Unfit('infinite-number', scalar.range);
}

const CORE_TAG = /^(?:!|tag:yaml\.org,2002:(?:null|bool|int|float|str|seq|map))$/;

function checkTag(node: Exclude<ParsedNode, { source: string; resolve: unknown }>): void {
  if (node.tag === undefined || CORE_TAG.test(node.tag)) return;
  throw new Unfit('unknown-tag', node.range);
}
