import type { CaseRecord, PageAssert } from '../src/core/page/case.ts';
import { hasGrades } from './grades.ts';
import { kindOf } from './outcome.ts';
import { joined, wholeText } from './texts.ts';

type Value = string | number | boolean | null | undefined;
type Column = readonly [name: string, of: (found: CaseRecord) => Value];

/** Columns of the download, in its order; those of grades follow the ID. */
const CSV_COLUMNS: readonly Column[] = [
  ['file', ({ source }) => source?.file],
  ['line', ({ source }) => source?.line],
  ['outcome', ({ outcome }) => outcome],
  ['complete', (found) => kindOf(found) === 'whole'],
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

const PASS = { pass: true, fail: false, ungraded: null } as const;

const GRADE_COLUMNS: readonly Column[] = [
  ['case', ({ grade }) => grade?.case.id],
  ['case_pass', ({ grade }) => grade && PASS[grade.case.outcome]],
  ['change', ({ grade }) => grade?.case.change],
  ['required', ({ grade }) => grade?.case.required],
  ['pass', ({ grade }) => grade && PASS[grade.outcome]],
  ['score', ({ grade }) => grade?.score],
  ['reasons', ({ grade }) => grade?.asserts.flatMap(reasonsOf).join('\n')],
];

const REUSE_COLUMNS: readonly Column[] = [
  ['reused', ({ reused }) => reused !== undefined],
  ['reused_from', ({ reused }) => reused?.batch_id],
  ['answered_at', ({ reused }) => reused?.answered_at],
];

const BASELINE_COLUMN: Column = [
  'baseline_answer',
  ({ before, answer }) => {
    const said = before?.is_same ? answer : before?.answer;
    return said && wholeText(said);
  },
];

/** Answers as CSV of RFC 4180, with a byte order mark, without which Excel takes it for another encoding. */
export function printCsv(cases: readonly CaseRecord[]): string {
  const columns = columnsOf(cases);
  const lines = [
    columns.map(([name]) => cellOf(name)),
    ...cases.map((found) => columns.map(([, of]) => cellOf(of(found)))),
  ];
  return `\uFEFF${lines.map((cells) => `${cells.join(',')}\r\n`).join('')}`;
}

function columnsOf(cases: readonly CaseRecord[]): readonly Column[] {
  const id: Column = ['custom_id', (found) => found.id];
  const reuse = cases.some(({ reused }) => reused !== undefined) ? REUSE_COLUMNS : [];
  if (!hasGrades(cases)) return [id, ...CSV_COLUMNS, ...reuse];
  const before = cases.some((found) => found.before !== undefined) ? [BASELINE_COLUMN] : [];
  return [
    id,
    ...GRADE_COLUMNS,
    ...metricColumns(cases),
    ...metadataColumns(cases),
    ...CSV_COLUMNS,
    ...reuse,
    ...before,
  ];
}

/** The score under each metric. */
function metricColumns(cases: readonly CaseRecord[]): Column[] {
  const names = new Set(cases.flatMap(({ grade }) => grade?.metrics.map(({ metric }) => metric) ?? []));
  return Array.from(names, (name) => [
    `metric ${name}`,
    ({ grade }) => grade?.metrics.find(({ metric }) => metric === name)?.score,
  ]);
}

function metadataColumns(cases: readonly CaseRecord[]): Column[] {
  const names = new Set(cases.flatMap(({ grade }) => grade?.case.metadata.map(([key]) => key) ?? []));
  return Array.from(names, (name) => [
    `metadata ${name}`,
    ({ grade }) => grade?.case.metadata.find(([key]) => key === name)?.[1],
  ]);
}

/** What did not pass, a line each. */
function reasonsOf({ type, metric, outcome, reason, asserts }: PageAssert): string[] {
  if (outcome === 'pass') return [];
  const name = metric === null ? type : `${type} (${metric})`;
  return [`${name}: ${reason === '' ? outcome : reason}`, ...asserts.flatMap(reasonsOf)];
}

function cellOf(value: Value): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? withoutFormula(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A text that a spreadsheet would run as a formula gets an apostrophe before it; a plain number is none. */
function withoutFormula(text: string): string {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return text;
  return /^[\s\p{Cf}"']*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20\u2212]|^[\t\r\n]/u.test(text) ? `'${text}` : text;
}
