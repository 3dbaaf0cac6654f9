import { type Femto, parseUsdPerMillion } from '../text/money.ts';
import type { Problem } from '../text/problem.ts';
import { type Member, readPriceFile } from './price-file.ts';
import type { Rates } from './rates.ts';
import type { Tokens } from './tokens.ts';

const columns: ReadonlyMap<string, keyof Tokens> = new Map([
  ['input', 'input'],
  ['output', 'output'],
  ['cache-write-5m', 'cacheWrite5m'],
  ['cache-write-1h', 'cacheWrite1h'],
  ['cache-read', 'cacheRead'],
]);
const columnNames = [...columns.keys()].join(', ');
const example = 'write model ids with their prices, such as `claude-opus-4-6: {input: 5, output: 25}`';

type Report = (code: string, line: number, what: string, cure: string) => void;

/**
 * Reads the file of the `prices` input, YAML or JSON: model id → columns in USD per million tokens outside a batch. Figures
 * are taken from the text as written, never through a float. A column that is left out has no known price. Every problem
 * is returned, each with its line; `file` is the name people see.
 */
export function parsePrices(
  text: string,
  file: string,
): { readonly prices: ReadonlyMap<string, Rates> } | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const report: Report = (code, line, what, cure) => problems.push({ code, where: { file, line }, what, cure });
  const prices = new Map<string, Rates>();
  const content = readPriceFile(text);
  if (content.kind === 'broken') {
    for (const { line, message } of content.faults)
      report('prices-syntax', line, `this is not YAML or JSON (${message})`, example);
  } else if (content.kind === 'other') {
    report('prices-shape', 1, 'the file is not a mapping of model ids', example);
  } else if (content.members.length === 0) {
    report('prices-empty', 1, 'the file names no model', example);
  } else {
    for (const { line, name, value } of uniqueMembers(content.members, 'the file', report)) {
      if (name === undefined || name === '') {
        report('prices-model', line, 'the name of a model is missing or not text', example);
      } else if (typeof value !== 'object' || value.length === 0) {
        report('prices-columns', line, `${quote(name)} has no prices`, `give it some of ${columnNames}`);
      } else {
        prices.set(name, readRates(quote(name), value, report));
      }
    }
  }
  return problems.length === 0 ? { prices } : { problems };
}

function readRates(model: string, members: readonly Member[], report: Report): Rates {
  const rates = new Map<keyof Tokens, Femto>();
  for (const { line, name, value } of uniqueMembers(members, model, report)) {
    const kind = name === undefined ? undefined : columns.get(name);
    if (kind === undefined) {
      report('prices-column', line, `${model} has the unknown column ${quote(name ?? '')}`, `use only ${columnNames}`);
      continue;
    }
    const written = typeof value === 'string' ? value : '';
    const rate = parseUsdPerMillion(written);
    if (rate === undefined) report('prices-number', line, `${name} of ${model} ${faultOf(written)}`, cureOf(written));
    else rates.set(kind, rate);
  }
  return {
    input: rates.get('input'),
    cacheWrite5m: rates.get('cacheWrite5m'),
    cacheWrite1h: rates.get('cacheWrite1h'),
    cacheRead: rates.get('cacheRead'),
    output: rates.get('output'),
  };
}

/** The members whose name comes for the first time; the others are reported when they are reached. */
function* uniqueMembers(members: readonly Member[], owner: string, report: Report): Generator<Member> {
  const lines = new Map<string | undefined, number>();
  for (const member of members) {
    const { name, line } = member;
    const first = name === undefined ? undefined : lines.get(name);
    if (first === undefined) yield member;
    else
      report('prices-duplicate', line, `${owner} names ${quote(name ?? '')} twice, first in line ${first}`, 'keep one');
    lines.set(name, first ?? line);
  }
}

const NEGATIVE = /^-\d+(?:\.\d+)?$/;
const TOO_FINE = /^\d+\.\d{7,}$/;

function faultOf(written: string): string {
  if (NEGATIVE.test(written)) return 'is negative';
  return TOO_FINE.test(written) ? 'has more than six decimals' : 'is not a plain decimal number';
}

function cureOf(written: string): string {
  return TOO_FINE.test(written) ? 'round it to six decimals' : 'write US dollars per million tokens, such as 5 or 0.25';
}

/** A name from the file, on one line, short and in quotes. */
function quote(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
