import type { AssertResult, Outcome } from '../asserts/finding.ts';
import { printAssertReason } from '../messages/asserts.ts';
import { GRADING_FILES } from '../messages/grading-files.ts';
import { countAnswers, type GradedCase, isFlaky } from './grade-case.ts';

/** How many test cases had which outcome. */
export interface JunitCounts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
}

/** A case's outcome in a test report: reports have no word for a case that passes only sometimes. */
export function junitOutcomeOf(graded: GradedCase): 'pass' | 'failure' | 'error' {
  if (graded.outcome === 'ungraded') return 'error';
  return graded.outcome === 'fail' || isFlaky(countAnswers(graded.answers)) ? 'failure' : 'pass';
}

/** The text before and after the cases in `junit.xml`: one suite, named after the evaluation. */
export function printJunitFrame(
  name: string,
  { tests, failures, errors }: JunitCounts,
): { head: string; tail: string } {
  // Batches do not say how long an answer took, and some readers need a number.
  const counts = attributes([
    ['name', name],
    ['tests', tests],
    ['failures', failures],
    ['errors', errors],
    ['time', 0],
  ]);
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${counts}>\n<testsuite${counts} skipped="0">\n`;
  return { head, tail: '</testsuite>\n</testsuites>\n' };
}

/** Batches do not say how long an answer took, and some readers need a number. */
const TIME = ' time="0"';

/** A case as a line of `junit.xml`, with the line end. Without `reasons` it contains no text of an answer. */
export function printJunitCase(name: string, graded: GradedCase, { reasons }: { readonly reasons: boolean }): string {
  const head = `<testcase classname="${escapeAttribute(name)}" name="${escapeAttribute(graded.customId)}"${TIME}`;
  const outcome = junitOutcomeOf(graded);
  if (outcome === 'pass') return `${head}/>\n`;
  const wanted = outcome === 'error' ? 'ungraded' : 'fail';
  const found = findingsOf(graded, wanted, reasons);
  const { passed, failed, ungraded } = countAnswers(graded.answers);
  const total = passed + failed + ungraded;
  const repeated = total > 1 ? [GRADING_FILES['answers-pass']({ passed, total })] : [];
  const texts = [...repeated, ...found.map(({ text }) => text)];
  const message = repeated[0] ?? GRADING_FILES.failed({ first: texts[0] ?? '', count: texts.length });
  const type = isFlaky({ passed, failed, ungraded }) ? 'flaky' : (found[0]?.type ?? 'ungraded');
  const about = attributes([
    ['message', message],
    ['type', type],
  ]);
  return `${head}><${outcome}${about}>${escapeText(texts.join('\n'))}</${outcome}></testcase>\n`;
}

interface Finding {
  readonly type: string;
  readonly text: string;
}

function findingsOf({ answers }: GradedCase, wanted: Outcome, reasons: boolean): readonly Finding[] {
  return answers.flatMap(({ customId, outcome, results }): readonly Finding[] => {
    if (outcome !== wanted) return [];
    const found = leavesOf(results).filter((one) => one.outcome === wanted && one.weight > 0);
    const own = found.map((one) => ({ type: one.type, text: textOf(one, reasons) }));
    const texts = own.length > 0 ? own : [bareFinding(wanted, results.length > 0)];
    return answers.length === 1
      ? texts
      : texts.map(({ type, text }) => ({ type, text: GRADING_FILES.answer({ customId, text }) }));
  });
}

function bareFinding(wanted: Outcome, isAnswered: boolean): Finding {
  if (!isAnswered) return { type: 'no-answer', text: GRADING_FILES['no-answer']() };
  return wanted === 'fail'
    ? { type: 'threshold', text: GRADING_FILES['score-too-low']() }
    : { type: 'ungraded', text: GRADING_FILES.undecided() };
}

/** A set's failed asserts already say everything about it. */
function leavesOf(results: readonly AssertResult[]): readonly AssertResult[] {
  return results.flatMap((one): readonly AssertResult[] => {
    const inner = one.results?.filter(({ outcome, weight }) => outcome === one.outcome && weight > 0) ?? [];
    return inner.length > 0 ? inner : [one];
  });
}

function textOf({ type, metric, reason }: AssertResult, reasons: boolean): string {
  return GRADING_FILES.assert({ type, metric, reason: reasons ? printAssertReason(reason) : '' });
}

function attributes(all: readonly (readonly [name: string, value: string | number])[]): string {
  return all.map(([name, value]) => ` ${name}="${escapeAttribute(String(value))}"`).join('');
}

/** Most texts: nothing in them needs escaping. */
const PLAIN = /^[\w .,:;()/-]*$/;
/** Characters that XML 1.0 cannot express: most control characters, two noncharacters, and unpaired surrogates. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const SPECIAL = /[<>&"]/g;
const NAMES: ReadonlyMap<string, string> = new Map([
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['&', '&amp;'],
  ['"', '&quot;'],
]);

/** A text between tags. */
function escapeText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(FORBIDDEN, '\uFFFD').replace(SPECIAL, (unit) => NAMES.get(unit) ?? '');
}

/** A text between double quotes, where line ends and tabs would become blanks. */
function escapeAttribute(text: string): string {
  if (PLAIN.test(text)) return text;
  return escapeText(text).replace(/[\t\n\r]/g, (unit) => `&#${unit.charCodeAt(0)};`);
}
