import { describe, expect, test } from '@jest/globals';
import { escapeMarkdown } from '../../../src/core/markdown/escape.ts';
import { adviceFor, renderCases, renderProblems, renderWarnings } from '../../../src/core/markdown/failures.ts';
import { type Advice, printAdvice } from '../../../src/core/messages/advice.ts';
import { printPageText } from '../../../src/core/messages/page.ts';
import { CAUSES, LABELS, REPORT, STOP_REASONS } from '../../../src/core/messages/report.ts';
import { failuresHtml } from '../../../src/core/page/overview.ts';
import { INCOMPLETE } from '../../../src/core/results/whole-answer.ts';
import type { Summary, SummaryFailure, SummaryProblem } from '../../../src/core/summary/summary.ts';
import { summaryOf } from '../summary/samples.ts';

const cause: SummaryFailure = {
  outcome: 'errored',
  type: 'invalid_request_error',
  message: 'unknown tool',
  count: 1,
  example_id: 'a',
  retryable: false,
};
const passing: SummaryFailure = { ...cause, type: 'api_error', retryable: true };
const page = { name: 'p', url: 'https://github.test/page' };
const RETRY_FILE = REPORT['retry-file']({ keptBy: undefined });
/** All whole. */
const whole: Summary = { ...summaryOf(), incomplete: summaryOf({ stopReasons: new Map() }).incomplete };
const withCauses = (...failures: readonly SummaryFailure[]): Summary => ({ ...whole, failures });
const rowsOf = (text: string | undefined): string[][] =>
  (text ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.slice(2, -2).split(' | '));

describe('the cases that need a look', () => {
  test('have a row for each cause, first those without an answer', () => {
    const text = renderCases(summaryOf(), page);
    const titles = [LABELS['what-happened'], LABELS['for-example'], LABELS['what-to-do']].join(' | ');
    expect(text?.split('\n').slice(0, 2)).toEqual([
      `|  | ${LABELS.requests} | ${titles} |`,
      '| :---: | ---: | :--- | :--- | :--- |',
    ]);
    const refused = STOP_REASONS.refusal({ count: 2, unbilled: 1 });
    const cut = STOP_REASONS.max_tokens();
    expect(rowsOf(text)).toEqual([
      [
        '❌',
        '1',
        '`max_tokens: must be at least 1`',
        `[\`q-17\`](${page.url}#case=q-17)`,
        printAdvice({ remedy: 'invalid_request_error', again: 'retry-file' }),
      ],
      [
        '❌',
        '1',
        CAUSES.get('expired'),
        `[\`q-99\`](${page.url}#case=q-99)`,
        printAdvice({ remedy: 'expired', again: 'rerun' }),
      ],
      ['⚠️', '2', refused.meaning, `[\`q-5\`](${page.url}#case=q-5)`, refused.advice],
      ['⚠️', '3', cut.meaning, `[\`q-3\`](${page.url}#case=q-3)`, cut.advice],
    ]);
    expect(text?.endsWith(`\n\n${RETRY_FILE}`)).toBe(true);
  });

  test.each(INCOMPLETE)('an answer that is not whole for %s', (reason) => {
    const incomplete = { ...whole.incomplete, [reason]: 1_200 } as NonNullable<Summary['incomplete']>;
    const { meaning, advice } = STOP_REASONS[reason]({ count: 1_200, unbilled: 1 });
    const row = ['⚠️', '1,200', meaning];
    const of = (examples: Summary['incomplete_examples']) =>
      rowsOf(renderCases({ ...withCauses(), incomplete, incomplete_examples: examples }, undefined));
    expect(of({ [reason]: 'x' })).toEqual([[...row, '`x`', advice]]);
    expect(of({})).toEqual([[...row, '', advice]]);
  });

  test('none are nothing', () => {
    expect(renderCases(withCauses(), page)).toBeUndefined();
    expect(renderCases({ ...withCauses(), incomplete: null }, page)).toBeUndefined();
  });

  test('a request that nobody knows by id is no link and no empty code', () => {
    const missing = { ...cause, outcome: 'missing', type: null, message: null, count: 2, example_id: '' } as const;
    expect(rowsOf(renderCases(withCauses(missing), page))).toEqual([
      ['❌', '2', CAUSES.get('missing'), LABELS.unknown, printAdvice({ remedy: 'missing', again: 'retry-file' })],
    ]);
  });

  test.each<[string, Partial<Summary>, boolean]>([
    ['one that the artifact holds', {}, true],
    ['none', { files: [] }, false],
    ['the lead says what to submit', { failure_codes: ['batch-canceled'] }, false],
    ['another failure does not', { failure_codes: ['error-rate-exceeded', 'upload-failed'] }, true],
    ['all answered', { failures: [] }, false],
    ['a re-run submits them', { failures: [passing] }, false],
    ['a re-run would not', { failures: [passing], rerun_retries: false }, true],
  ])('the file to retry from is named once: %s', (_, changed, isNamed) => {
    const text = renderCases({ ...summaryOf(), ...changed }, page);
    expect(text?.includes('retry.jsonl')).toBe(isNamed);
  });

  test('a list that is cut says how many requests are in the rest, whose last row may stand for most of them', () => {
    const mixture = { ...cause, message: null, mixed: { kinds: 1_000, is_more: true }, count: 4_800 };
    const summary = withCauses(...Array.from({ length: 200 }, () => cause), mixture);
    const belowTable = (of: Summary) => renderCases(of, page)?.split('\n\n').slice(1);
    expect(belowTable(summary)).toEqual([REPORT['more-failures']({ requests: 4_992, rows: 193 }), RETRY_FILE]);
    expect(rowsOf(renderCases(summary, page))).toHaveLength(8);
    expect(failuresHtml(summary)).toContain(printPageText({ code: 'more-failures', requests: 4_900, causes: 101 }));
    expect(belowTable(withCauses(mixture))).toEqual([RETRY_FILE]);
  });
});

describe('what happened', () => {
  test.each<[string, Partial<SummaryFailure>, string | undefined]>([
    ["the API's own words", {}, '`unknown tool`'],
    ['words that act', { message: 'a|b @c' }, '<code>a&#124;b <span>@</span>c</code>'],
    ['long ones are cut', { message: 'x'.repeat(300) }, `\`${'x'.repeat(199)}…\``],
    [
      'a message that only repeats its type',
      { type: 'overloaded_error', message: 'Overloaded' },
      CAUSES.get('overloaded_error'),
    ],
    ['several say more', { type: 'overloaded_error', message: 'Too many at once' }, '`Too many at once`'],
    ['another single word', { type: 'new_error', message: 'Gone' }, '`Gone`'],
    ['no words', { type: 'api_error', message: null }, CAUSES.get('api_error')],
    ['an empty message', { type: 'timeout_error', message: '' }, CAUSES.get('timeout_error')],
    ['no words, a new type', { type: 'new_error', message: null }, '`new_error`'],
    ['neither words nor a type', { type: null, message: null }, '`errored`'],
    ['expired', { outcome: 'expired', type: null, message: null }, CAUSES.get('expired')],
    ['canceled', { outcome: 'canceled', type: null, message: null }, CAUSES.get('canceled')],
    [
      'messages that differ: the first as an example',
      { varies: true },
      `\`${REPORT['such-as']({ message: 'unknown tool' })}\``,
    ],
    [
      'a mixture: how many kinds it holds',
      { message: null, mixed: { kinds: 2, is_more: false } },
      escapeMarkdown(REPORT['other-causes']({ kinds: 2, isMore: false })),
    ],
  ])('%s', (_, changed, words) => {
    expect(rowsOf(renderCases(withCauses({ ...cause, ...changed }), undefined))[0]?.[2]).toBe(words);
  });
});

describe('what to do', () => {
  test.each<[string, Partial<SummaryFailure>, Partial<Summary>, Advice]>([
    ['of the account', { message: 'Your credit balance is too low.' }, {}, { remedy: 'low-credit', again: 'rerun' }],
    ['where no re-run retries', passing, { rerun_retries: false }, { remedy: 'retryable', again: 'retry-file' }],
    ['without a file', passing, { rerun_retries: false, files: [] }, { remedy: 'retryable', again: 'requests' }],
  ])('%s', (_, changed, summary, advice) => {
    const group = { ...cause, ...changed };
    expect(adviceFor(group, { ...summaryOf(), ...summary })).toEqual(advice);
    const row = rowsOf(renderCases({ ...withCauses(group), ...summary }, page))[0];
    expect(row?.at(-1)).toBe(printAdvice(advice));
  });
});

describe('problems and warnings', () => {
  const problem: SummaryProblem = { code: 'x', count: 1, file: 'a', line: 1, input: null, what: 'w', fix: 'f' };
  const rejected = (...problems: readonly SummaryProblem[]): Summary => ({ ...summaryOf(), problems });

  test('one problem is said in the lead', () => {
    expect(renderProblems(rejected(problem))).toBeUndefined();
    expect(rowsOf(renderProblems(rejected(problem, problem)))).toHaveLength(2);
  });

  test.each([
    ['dry-run', true],
    ['completed', false],
    ['pending', false],
  ] as const)('warnings are folded, and after a %s open: %s', (status, isOpen) => {
    const text = renderWarnings({ ...summaryOf(), status, warnings: [problem, { ...problem, count: 3 }] });
    expect(text?.split('\n')[0]).toBe(
      `<details${isOpen ? ' open' : ''}><summary>${REPORT.warnings({ count: 4 })}</summary>`,
    );
    expect(rowsOf(text)).toHaveLength(2);
    expect(renderWarnings(summaryOf())).toBeUndefined();
  });

  test('no more than twenty rows of either', () => {
    const many = Array.from({ length: 25 }, () => problem);
    expect(rowsOf(renderProblems(rejected(...many)))).toHaveLength(20);
    expect(renderProblems(rejected(...many))).toContain(REPORT['more-problems']({ count: 5 }));
    expect(renderWarnings({ ...summaryOf(), warnings: many })).toContain(REPORT['more-warnings']({ count: 5 }));
  });
});
