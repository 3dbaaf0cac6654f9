import { memberOf } from '../text/member.ts';
import { formatCount } from '../text/numbers.ts';
import { isRawNumber } from './exact-json.ts';

/** Levels that are indented; what is nested deeper stands as JSON on one line. */
const MAX_DEPTH = 12;
/** Spaces before the lines of one value, so that many short lines do not grow into something much longer than they are. */
const MAX_SPACES = 500_000;
/** Base64 and signatures of this length say nothing to people. */
const MAX_OPAQUE = 200;

/**
 * A value of any kind to read: a member a line, as `tries: 3`, what is nested indented below its name, lists with dashes.
 * Texts stand as they are, without escapes; those that could be taken for something else are in quotes.
 */
export function valueText(value: unknown): string {
  return print(value, (sheet) => writeValue(sheet, value, 0, FREE));
}

/** The same for a block of a message's content, without its type, and without long files and signatures in it. */
export function blockText(block: object): string {
  return print(block, (sheet) => writeMembers(sheet, block, 0, { isFree: false, name: '', isNamed: true }));
}

/** Whether a value needs lines of its own. */
export function isNested(value: unknown): boolean {
  return onOneLine(value) === undefined;
}

/** Lines as they are written. */
interface Sheet {
  readonly lines: string[];
  spaces: number;
}

/** Where a value stands. */
interface Place {
  /** Whether it was written by a model or a user in a form of their own, in which no name means anything. */
  readonly isFree: boolean;
  /** Under which name it stands in what holds it. */
  readonly name: string;
  /** Whether its type was told before it. */
  readonly isNamed: boolean;
}

const FREE: Place = { isFree: true, name: '', isNamed: false };

function print(value: unknown, write: (sheet: Sheet) => void): string {
  const sheet: Sheet = { lines: [], spaces: 0 };
  try {
    write(sheet);
    return sheet.lines.join('\n');
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  try {
    return JSON.stringify(value);
  } catch {
    // V8 prints nested values by recursion and gives up at a few thousand levels.
    return '(nested too deep to be shown)';
  }
}

function writeValue(sheet: Sheet, value: unknown, depth: number, place: Place): void {
  const line = onOneLine(value);
  if (line !== undefined) put(sheet, depth, line);
  else if (typeof value === 'string') writeText(sheet, value, depth);
  else if (depth >= MAX_DEPTH) put(sheet, depth, JSON.stringify(value));
  else if (!Array.isArray(value)) writeMembers(sheet, value as object, depth, place);
  else if (!place.isFree && place.name === 'content' && value.every(isBlock)) writeBlocks(sheet, value, depth);
  else for (const item of value) writeItem(sheet, item, depth, { ...place, name: '' });
}

function writeMembers(sheet: Sheet, holder: object, depth: number, place: Place): void {
  const members = Object.entries(holder).filter(([name]) => !place.isNamed || name !== 'type');
  if (members.length === 0) put(sheet, depth, '{}');
  for (const [name, given] of members) {
    const value = shorten(given, name, holder, place);
    const line = onOneLine(value);
    put(sheet, depth, `${keyOf(name)}:${line === undefined ? '' : ` ${line}`}`);
    const isFree = place.isFree || name === 'input';
    if (line === undefined) writeValue(sheet, value, depth + 1, { isFree, name, isNamed: false });
  }
}

function writeItem(sheet: Sheet, item: unknown, depth: number, place: Place): void {
  const line = onOneLine(item);
  if (line !== undefined) {
    put(sheet, depth, `- ${typeof item === 'string' && LIKE_NESTED.test(line) ? `"${line}"` : line}`);
    return;
  }
  const start = sheet.lines.length;
  writeValue(sheet, item, depth + 1, place);
  const first = sheet.lines[start] ?? '';
  sheet.lines[start] = `${indentOf(depth)}- ${first.slice(indentOf(depth + 1).length)}`.trimEnd();
}

/** Blocks as they stand in a message: texts as they are, others under their type. */
function writeBlocks(sheet: Sheet, blocks: readonly object[], depth: number): void {
  for (const [index, block] of blocks.entries()) {
    if (index > 0) put(sheet, 0, '');
    const type = memberOf(block, 'type');
    const text = memberOf(block, 'text');
    if (type === 'text' && typeof text === 'string') {
      writeText(sheet, text, depth);
      continue;
    }
    put(sheet, depth, `[${String(type)}]`);
    writeMembers(sheet, block, depth, { isFree: false, name: '', isNamed: true });
  }
}

function writeText(sheet: Sheet, text: string, depth: number): void {
  for (const line of text.split(/\r\n?|\n/)) put(sheet, line === '' ? 0 : depth, line);
}

/** Throws RangeError where there are too many spaces. */
function put(sheet: Sheet, depth: number, text: string): void {
  const indent = indentOf(depth);
  sheet.spaces += indent.length;
  if (sheet.spaces > MAX_SPACES) throw new RangeError('Too many spaces');
  sheet.lines.push(indent + text);
}

function indentOf(depth: number): string {
  return '  '.repeat(depth);
}

/** A value that fits on the line of its name; undefined for one that does not. */
function onOneLine(value: unknown): string | undefined {
  if (typeof value === 'string') {
    if (value.trim() === '') return JSON.stringify(value);
    if (/[\n\r]/.test(value)) return undefined;
    return LIKE_OTHERS.test(value) ? `"${value}"` : value;
  }
  if (!Array.isArray(value)) return isPlain(value) ? JSON.stringify(value) : isEmpty(value) ? '{}' : undefined;
  return value.every(isPlain) ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]` : undefined;
}

/** A text that could be taken for a value that is none, or whose ends would not be seen. */
const LIKE_OTHERS = /^(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\[\]|\{\})$|^[\s"]|\s$/;
/** An item of a list that could be taken for an object or a list in it. */
const LIKE_NESTED = /^(?:- |[^\s:"]+:(?:\s|$))/;

/** Numbers, true, false and null. */
function isPlain(value: unknown): boolean {
  return typeof value !== 'string' && (typeof value !== 'object' || value === null || isRawNumber(value));
}

function isEmpty(value: unknown): boolean {
  return Object.keys(value as object).length === 0;
}

function isBlock(value: unknown): value is object {
  return typeof memberOf(value, 'type') === 'string';
}

function keyOf(name: string): string {
  return /^$|[\n\r:]|^[\s"-]|\s$/.test(name) ? JSON.stringify(name) : name;
}

function shorten(value: unknown, name: string, holder: object, place: Place): unknown {
  if (typeof value !== 'string' || value.length <= MAX_OPAQUE || place.isFree) return value;
  return isOpaque(name, holder, place) ? lengthText(value) : value;
}

/** What stands for a text that is not shown. */
export function lengthText(text: string): string {
  return `(${formatCount(text.length)} characters)`;
}

/** Whether the API puts something there that only a program can read. */
function isOpaque(name: string, holder: object, place: Place): boolean {
  const type = memberOf(holder, 'type');
  if (name === 'data') return type === 'redacted_thinking' || (type === 'base64' && place.name === 'source');
  if (name === 'signature') return type === 'thinking';
  return name.startsWith('encrypted_') && typeof type === 'string';
}
