import type { CaseRecord } from '../src/core/page/case.ts';

/** A case of the list. Its own facts are those of the answer that it is shown by, but for its ID and its sums. */
export interface ListedCase extends CaseRecord {
  /** All of its answers in their order; one where there are no repetitions. */
  readonly answers: readonly CaseRecord[];
}

/** Puts the answers of each case together, where its first one is. */
export function groupAnswers(records: readonly CaseRecord[]): readonly ListedCase[] {
  const cases = Map.groupBy(records, (record) => (record.grade === undefined ? record : record.grade.case.id));
  return Array.from(cases.values(), listCase);
}

/** The answers of a case; a record alone is one. */
export function answersOf(found: CaseRecord | ListedCase): readonly CaseRecord[] {
  return 'answers' in found ? found.answers : [found];
}

/** Which of the answers a case is shown by: the first one that does not pass. */
export function leadingAnswer(answers: readonly CaseRecord[]): number {
  return Math.max(
    0,
    answers.findIndex(({ grade }) => grade?.outcome !== 'pass'),
  );
}

function listCase(answers: readonly CaseRecord[]): ListedCase {
  const leading = answers[leadingAnswer(answers)] as CaseRecord;
  if (answers.length === 1) return { ...leading, answers };
  return {
    ...leading,
    id: leading.grade?.case.id ?? leading.id,
    position: answers[0]?.position ?? leading.position,
    usd: sumOfUsd(answers),
    tokens: sumOfTokens(answers),
    answers,
  };
}

/** Null where a price is not known, or nothing was answered. */
function sumOfUsd(answers: readonly CaseRecord[]): string | null {
  const answered = answers.filter(({ outcome }) => outcome === 'succeeded');
  if (answered.length === 0 || answered.some(({ usd }) => usd === null)) return null;
  const sum = answered.reduce((all, { usd }) => all + BigInt((usd ?? '0').replace('.', '')), 0n);
  const digits = String(sum).padStart(DECIMALS + 1, '0');
  return `${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
}

/** Of amounts in USD. */
const DECIMALS = 6;

function sumOfTokens(answers: readonly CaseRecord[]): CaseRecord['tokens'] {
  const known = answers.flatMap(({ tokens }) => (tokens === null ? [] : [tokens]));
  if (known.length === 0) return null;
  return known.reduce((all, one) => ({
    input: all.input + one.input,
    output: all.output + one.output,
    cache_read: all.cache_read + one.cache_read,
    cache_write: all.cache_write + one.cache_write,
  }));
}
