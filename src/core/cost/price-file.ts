import { type Document, isAlias, isMap, isScalar, LineCounter, parseDocument, type YAMLParseError } from 'yaml';
import type { Problem, ProblemData } from '../messages/problems.ts';
import { clip } from '../text/describe-value.ts';
import { type Femto, parseUsdPerMillion } from '../text/money.ts';
import type { Rates, TokenKind } from './tokens.ts';

const columns: ReadonlyMap<string, TokenKind> = new Map([
  ['input', 'input'],
  ['output', 'output'],
  ['cache-write-5m', 'cacheWrite5m'],
  ['cache-write-1h', 'cacheWrite1h'],
  ['cache-read', 'cacheRead'],
]);

/** The values read and the faults found, in line order. */
interface Read<Values> {
  readonly values: Values;
  readonly faults: readonly Fault[];
}

interface Fault {
  readonly line: number;
  readonly problem: ProblemData;
}

/**
 * Parses the file of the `prices` input, YAML or JSON: model id → columns in USD per million tokens outside a batch. Takes numbers from
 * the text as written, never through a float. A missing column means an unknown price. Returns every problem with its line; `file` is the
 * name shown to people.
 */
export function parsePrices(
  text: string,
  file: string,
): { readonly prices: ReadonlyMap<string, Rates> } | { readonly problems: readonly Problem[] } {
  const { values: members, faults: ofSyntax } = readMembers(text);
  const { values: prices, faults } =
    ofSyntax.length > 0 ? { values: new Map(), faults: ofSyntax } : readModels(members);
  if (faults.length === 0) return { prices };
  return { problems: faults.map(({ line, problem }) => ({ ...problem, where: { file, line } })) };
}

function readModels(members: readonly Member[]): Read<ReadonlyMap<string, Rates>> {
  const values = new Map<string, Rates>();
  const faults: Fault[] = [];
  const seen = new Map<string, number>();
  for (const { line, name, value } of members) {
    const model = clip(name ?? '');
    const firstLine = seen.get(name ?? '');
    if (name === undefined || name === '') faults.push({ line, problem: { code: 'prices-model' } });
    else if (firstLine !== undefined)
      faults.push({ line, problem: { code: 'prices-duplicate', name: model, firstLine } });
    else if (typeof value !== 'object' || value.length === 0)
      faults.push({ line, problem: { code: 'prices-columns', model } });
    else {
      const rates = readRates(model, value);
      values.set(name, rates.values);
      faults.push(...rates.faults);
    }
    if (name && firstLine === undefined) seen.set(name, line);
  }
  return { values, faults };
}

function readRates(model: string, members: readonly Member[]): Read<Rates> {
  const values: { [kind in TokenKind]?: Femto } = {};
  const faults: Fault[] = [];
  const seen = new Map<string, number>();
  for (const { line, name = '', value } of members) {
    const firstLine = seen.get(name);
    const kind = columns.get(name);
    const written = typeof value === 'string' ? value : '';
    const rate = parseUsdPerMillion(written);
    if (firstLine !== undefined && name !== '')
      faults.push({ line, problem: { code: 'prices-duplicate', model, name: clip(name), firstLine } });
    else if (kind === undefined) faults.push({ line, problem: { code: 'prices-column', model, column: clip(name) } });
    else if (rate === undefined)
      faults.push({ line, problem: { code: 'prices-number', model, column: name, fault: faultOf(written) } });
    else values[kind] = rate;
    if (firstLine === undefined) seen.set(name, line);
  }
  return { values, faults };
}

function faultOf(written: string): 'negative' | 'decimals' | 'not-a-number' {
  if (/^-\d+(?:\.\d+)?$/.test(written)) return 'negative';
  return /^\d+\.\d{7,}$/.test(written) ? 'decimals' : 'not-a-number';
}

/** One `name: value` of a mapping, with the 1-based line of its name. */
interface Member {
  readonly line: number;
  /** Undefined if the name is not text. */
  readonly name: string | undefined;
  /** A scalar's text as written in the file, a mapping's members, or undefined for a list. */
  readonly value: string | readonly Member[] | undefined;
}

/** Parses YAML (and so JSON), keeping each scalar's original text and every duplicate name. */
function readMembers(text: string): Read<readonly Member[]> {
  const lines = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, lineCounter: lines });
  const faults = document.errors.filter(isNew).map(({ code: yamlCode, pos }): Fault => {
    return { line: lines.linePos(pos[0]).line, problem: { code: 'prices-syntax', yamlCode } };
  });
  if (faults.length > 0) return { values: [], faults };
  const values = document.contents === null ? [] : membersOf(document.contents, { document, lines }, 2);
  if (values !== undefined && values.length > 0) return { values, faults };
  return {
    values: [],
    faults: [{ line: 1, problem: { code: values === undefined ? 'prices-shape' : 'prices-empty' } }],
  };
}

/** Endless nesting is reported once or twice, depending on the room left on the stack; it is one fault. */
function isNew({ code }: YAMLParseError, at: number, all: readonly YAMLParseError[]): boolean {
  return code !== 'RESOURCE_EXHAUSTION' || all.findIndex((one) => one.code === code) === at;
}

/** Descends at most `depth` mappings, so no file can send it round in circles. */
function membersOf(
  node: unknown,
  { document, lines }: { readonly document: Document.Parsed; readonly lines: LineCounter },
  depth: number,
): Member[] | undefined {
  if (!isMap(node) || depth === 0) return undefined;
  return node.items.map(({ key, value }) => {
    const target = isAlias(value) ? value.resolve(document) : value;
    return {
      line: lines.linePos(offsetOf(key)).line,
      name: textOf(key),
      value: textOf(target) ?? membersOf(target, { document, lines }, depth - 1),
    };
  });
}

function textOf(node: unknown): string | undefined {
  return isScalar(node) ? node.source : undefined;
}

function offsetOf(node: unknown): number {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? node.range[0] : 0;
}
