import { type Document, isAlias, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
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
/**
 * Reads the file of the `prices` input, YAML or JSON: model id → columns in USD per million tokens outside a batch. Figures
 * are taken from the text as written, never through a float. A column that is left out has no known price. Every problem
 * is returned, each with its line; `file` is the name people see.
 */
export function parsePrices(
  text: string,
  file: string,
): { readonly prices: ReadonlyMap<string, Rates> } | { readonly problems: readonly Problem[] } {
  const read = readModels(readPriceFile(text));
  if (read.faults.length === 0) return { prices: read.values };
  return { problems: read.faults.map(({ line, problem }) => ({ ...problem, where: { file, line } })) };
}

/** What was read, and what is wrong, in the order of the lines. */
interface Read<K, V> {
  readonly values: ReadonlyMap<K, V>;
  readonly faults: readonly Fault[];
}

interface Fault {
  readonly line: number;
  readonly problem: ProblemData;
}

function readModels(content: PriceFile): Read<string, Rates> {
  const values = new Map<string, Rates>();
  const failed = (...faults: readonly Fault[]): Read<string, Rates> => ({ values, faults });
  if (content.kind === 'broken') {
    return failed(
      ...content.faults.map(({ line, ...fault }): Fault => ({ line, problem: { code: 'prices-syntax', ...fault } })),
    );
  }
  if (content.kind === 'other') return failed({ line: 1, problem: { code: 'prices-shape' } });
  if (content.members.length === 0) return failed({ line: 1, problem: { code: 'prices-empty' } });
  const faults: Fault[] = [];
  const seen = new Map<string, number>();
  for (const { line, name, value } of content.members) {
    const model = clip(name ?? '');
    if (name === undefined || name === '') faults.push({ line, problem: { code: 'prices-model' } });
    else if (seen.has(name))
      faults.push({ line, problem: { code: 'prices-duplicate', name: model, firstLine: seen.get(name) ?? line } });
    else if (typeof value !== 'object' || value.length === 0)
      faults.push({ line, problem: { code: 'prices-columns', model } });
    else {
      const rates = readRates(model, value);
      values.set(name, ratesOf(rates.values));
      faults.push(...rates.faults);
    }
    if (name !== undefined && !seen.has(name)) seen.set(name, line);
  }
  return { values, faults };
}

function readRates(model: string, members: readonly Member[]): Read<TokenKind, Femto> {
  const values = new Map<TokenKind, Femto>();
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
    else values.set(kind, rate);
    if (firstLine === undefined) seen.set(name, line);
  }
  return { values, faults };
}

/** Every kind of token; undefined where no price is given. */
function ratesOf(given: ReadonlyMap<TokenKind, Femto>): Rates {
  return {
    input: given.get('input'),
    cacheWrite5m: given.get('cacheWrite5m'),
    cacheWrite1h: given.get('cacheWrite1h'),
    cacheRead: given.get('cacheRead'),
    output: given.get('output'),
  };
}

function faultOf(written: string): 'negative' | 'decimals' | 'not-a-number' {
  if (/^-\d+(?:\.\d+)?$/.test(written)) return 'negative';
  return /^\d+\.\d{7,}$/.test(written) ? 'decimals' : 'not-a-number';
}

/** One `name: value` of a mapping, with the 1-based line its name stands in. */
export interface Member {
  readonly line: number;
  /** Undefined where the name is no text. */
  readonly name: string | undefined;
  /** A scalar's text as written in the file, a mapping's members, or undefined for a list. */
  readonly value: string | readonly Member[] | undefined;
}

/** An error of the YAML parser, in its own words, with the 1-based line. */
interface YamlFault {
  readonly line: number;
  readonly yamlCode: string;
  readonly reason: string;
}

/** A file as mappings of text: `members` of its mapping (none in an empty file), `broken` not YAML, `other` not a mapping. */
export type PriceFile =
  | { readonly kind: 'members'; readonly members: readonly Member[] }
  | { readonly kind: 'broken'; readonly faults: readonly YamlFault[] }
  | { readonly kind: 'other' };

/** Reads YAML, and so JSON, keeping every scalar as the text it was written with and every name that comes twice. */
export function readPriceFile(text: string): PriceFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, lineCounter: lines });
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ code, message, pos }) => ({
      line: lines.linePos(pos[0]).line,
      yamlCode: code,
      reason: message.split('\n')[0] ?? message,
    }));
    return { kind: 'broken', faults };
  }
  if (document.contents === null) return { kind: 'members', members: [] };
  const members = membersOf(document.contents, document, lines, 2);
  return members === undefined ? { kind: 'other' } : { kind: 'members', members };
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
