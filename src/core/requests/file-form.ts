import { isUtf8 } from 'node:buffer';
import type { FileForm } from '../messages/file-faults.ts';
import type { ProblemData } from '../messages/problems.ts';
import { utf8Of } from '../text/utf8.ts';

/** First bytes of files of these forms, as Latin-1. */
const BEGINNINGS: readonly (readonly [string, FileForm])[] = [
  // Must precede UTF-16, whose byte order mark starts the same.
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
/** The first two characters of ASCII text, in either byte order. */
const UTF_16 = /^(?:[^\0]\0[^\0]\0|\0[^\0]\0[^\0])/;

/** Only the first character. */
const UTF_32 = /^(?:[^\0]\0\0\0[^\0]|\0\0\0[^\0]\0)/;

/** The form of a file without requests, by its first non-blank line and its name. */
export function formOf(line: Uint8Array, name: string): FileForm | undefined {
  const start = beginningOf(line);
  const known = BEGINNINGS.find(([beginning]) => start.startsWith(beginning));
  // A workbook is a ZIP archive.
  if (known !== undefined) return known[1] === 'zip' && /\.xls[xm]$/i.test(name) ? 'excel' : known[1];
  if (UTF_16.test(start)) return 'utf-16';
  if (UTF_32.test(start)) return 'utf-32';
  return HTML.test(start) ? 'html' : undefined;
}

/** A column title in a table's first line: quoted, or up to three words. */
const COLUMN = /^ ?(?:"[^"]*"|[\p{L}_][\p{L}\p{N}_.-]*(?: [\p{L}\p{N}_.-]+){0,2})$/u;
/** A document, a list of mappings, or a mapping with a known key; a prompt may start with any other word and a colon. */
const YAML = /^(?:---(?:\s|$)|%YAML|-$|- ?(?:\{|[\w-]+:(?:\s|$))|[\w-]+:$|(?:custom_id|id|model|params|prompt):\s)/;

/** By file extension: nobody uses these for anything else. */
const ENDINGS: readonly (readonly [RegExp, FileForm])[] = [
  [/\.csv$/i, 'csv'],
  [/\.tsv$/i, 'tsv'],
  [/\.ya?ml$/i, 'yaml'],
];

/** The form of a file whose first line is not JSON and does not start like it, by its name and that line; undefined if unknown. */
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

/** Whether a line starts like a JSON object or list. */
export function beginsAsJson(line: Uint8Array): boolean {
  return /^\s*[{[]/.test(beginningOf(line));
}

/** Whether a line starts like a list of objects. */
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

/** The problem with a line that is not JSON, if it shows how the file was made. */
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
