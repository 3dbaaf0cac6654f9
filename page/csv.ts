import type { CaseRecord } from '../src/core/page/case.ts';
import { kindOf } from './outcome.ts';
import { joined, wholeText } from './texts.ts';

/** Columns of the download, in its order. */
const CSV_COLUMNS: readonly (readonly [string, (found: CaseRecord) => string | number | null | undefined])[] = [
  ['custom_id', ({ id }) => id],
  ['file', ({ source }) => source?.file],
  ['line', ({ source }) => source?.line],
  ['outcome', ({ outcome }) => outcome],
  ['complete', (found) => String(kindOf(found) === 'whole')],
  ['stop_reason', ({ stop_reason }) => stop_reason],
  ['error_type', ({ error }) => error?.type],
  ['error_message', ({ error }) => error && joined(error.message)],
  ['model', ({ model }) => model],
  ['input_tokens', ({ tokens }) => tokens?.input],
  ['cache_read_tokens', ({ tokens }) => tokens?.cache_read],
  ['cache_write_tokens', ({ tokens }) => tokens?.cache_write],
  ['output_tokens', ({ tokens }) => tokens?.output],
  ['cost_usd', ({ usd }) => usd],
  ['prompt', ({ prompt }) => prompt && wholeText(prompt)],
  ['answer', ({ answer }) => answer && wholeText(answer)],
];

/** Cases as CSV of RFC 4180, with a byte order mark, without which Excel takes it for another encoding. */
export function printCsv(cases: readonly CaseRecord[]): string {
  const lines = [
    CSV_COLUMNS.map(([name]) => name),
    ...cases.map((found) => CSV_COLUMNS.map(([, of]) => cellOf(of(found)))),
  ];
  return `\uFEFF${lines.map((cells) => `${cells.join(',')}\r\n`).join('')}`;
}

function cellOf(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'number' ? String(value) : withoutFormula(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A text that a spreadsheet would run as a formula gets an apostrophe before it; a plain number is none. */
function withoutFormula(text: string): string {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return text;
  return /^[\s\p{Cf}"']*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20\u2212]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
}
