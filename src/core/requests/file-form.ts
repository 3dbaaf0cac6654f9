import { isUtf8 } from 'node:buffer';
import type { FileForm } from '../messages/file-faults.ts';
import type { ProblemData } from '../messages/problems.ts';
import { utf8Of } from '../text/utf8.ts';

/** How files of these forms begin, as Latin-1. */
const BEGINNINGS: readonly (readonly [string, FileForm])[] = [
  // Before UTF-16, whose mark begins the same.
  ['\xff\xfe\0\0', 'utf-32'],
  ['\0\0\xfe\xff', 'utf-32'],
  ['\xff\xfe', 'utf-16'],
  ['\xfe\xff', 'utf-16'],
  ['\x1f\x8b', 'gzip'],
  ['PK\x03\x04', 'zip'],
  ['\x28\xb5\x2f\xfd', 'zstd'],
  ['\xfd7zXZ', 'xz'],
  ['BZh', 'bzip2'],
  ['PAR1', 'parquet'],
  ['version https://git-lfs.github.com/spec/', 'lfs-pointer'],
];

const HTML = /^\s*<(?:!doctype|html|head|body|\?xml)\b/i;
/** The first two characters of ASCII text, as one byte order or the other has them. */
const UTF_16 = /^(?:[^\0]\0[^\0]\0|\0[^\0]\0[^\0])/;

/** The first character alone. */
const UTF_32 = /^(?:[^\0]\0\0\0[^\0]|\0\0\0[^\0]\0)/;

/** What a file is that holds no requests, by its first line that is not blank and its name. */
export function formOf(line: Uint8Array, name: string): FileForm | undefined {
  const start = beginningOf(line);
  const known = BEGINNINGS.find(([beginning]) => start.startsWith(beginning));
  // A workbook is a ZIP archive of its parts.
  if (known !== undefined) return known[1] === 'zip' && /\.xls[xm]$/i.test(name) ? 'excel' : known[1];
  if (UTF_16.test(start)) return 'utf-16';
  if (UTF_32.test(start)) return 'utf-32';
  return HTML.test(start) ? 'html' : undefined;
}

/** Fields of the first line of a table: quoted, or up to three words. */
const COLUMN = /^ ?(?:"[^"]*"|[\p{L}_][\p{L}\p{N}_.-]*(?: [\p{L}\p{N}_.-]+){0,2})$/u;
/** A document, a list of mappings, or a mapping; a prompt may begin with any other word and a colon. */
const YAML = /^(?:---(?:\s|$)|%YAML|-$|- ?(?:\{|[\w-]+:(?:\s|$))|[\w-]+:$|(?:custom_id|id|model|params|prompt):\s)/;

/** By the end of a file's name: nobody calls a file so that is something else. */
const ENDINGS: readonly (readonly [RegExp, FileForm])[] = [
  [/\.csv$/i, 'csv'],
  [/\.tsv$/i, 'tsv'],
  [/\.ya?ml$/i, 'yaml'],
];

/** What a file is whose first line is not JSON and does not begin as JSON, by its name and that line; undefined for any other. */
export function textFormOf(line: Uint8Array, name: string): FileForm | undefined {
  const text = Buffer.from(line.subarray(0, 1024)).toString('utf8').trim();
  if (beginsAsJson(line)) return undefined;
  const named = ENDINGS.find(([ending]) => ending.test(name));
  if (named !== undefined) return named[1];
  const isHead = (columns: readonly string[]): boolean =>
    columns.length > 1 && columns.every((one) => COLUMN.test(one));
  if (isHead(text.split('\t'))) return 'tsv';
  if (isHead(text.split(','))) return 'csv';
  if (isHead(text.split(';'))) return 'csv';
  return YAML.test(text) ? 'yaml' : 'text';
}

/** Whether a line begins like a JSON object or list. */
export function beginsAsJson(line: Uint8Array): boolean {
  return /^\s*[{[]/.test(beginningOf(line));
}

/** Whether a line begins like a list of objects. */
function beginsAsList(line: Uint8Array): boolean {
  return /^\s*\[\s*\{/.test(beginningOf(line));
}

function beginningOf(line: Uint8Array): string {
  return Buffer.from(line.subarray(0, 256)).toString('latin1');
}

const CONFLICT = /^(?:[<>|]{7}(?: |$)|={7}$)/;
/** Invisible characters that are not white space in JSON. */
const UNSEEN_FIRST = /^(?:[^\S \t\r\n]|\p{Cf})/u;
const UNSEEN_LAST = /(?:[^\S \t\r\n]|\p{Cf})$/u;

/** What is wrong with a line that is not JSON, where it is a trace of how the file was made. */
export function traceIn(line: Uint8Array): ProblemData | undefined {
  if (line.includes(0)) return { code: 'nul-bytes' };
  if (!isUtf8(line)) return undefined;
  const text = utf8Of(line);
  if (CONFLICT.test(text)) return { code: 'merge-conflict' };
  const [first] = UNSEEN_FIRST.exec(text) ?? [];
  if (first !== undefined) return { code: 'unseen-character', codePoint: first.codePointAt(0) ?? 0, at: 'start' };
  const [last] = UNSEEN_LAST.exec(text) ?? [];
  return last === undefined ? undefined : { code: 'unseen-character', codePoint: last.codePointAt(0) ?? 0, at: 'end' };
}

/** Whether a line with these problems is a whole file on one line. */
export function isListOfObjects(line: Uint8Array, [first]: readonly ProblemData[]): boolean {
  return first?.code === 'not-an-object' && first.found === 'list' && beginsAsList(line);
}
