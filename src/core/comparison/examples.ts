import type { AssertResult, Outcome } from '../asserts/finding.ts';
import { EXTRA_GRADE } from '../grading/extra-grades.ts';
import type { GradedAnswer } from '../grading/grade-answer.ts';
import { countAnswers, type GradedCase, isFlaky } from '../grading/grade-case.ts';
import { printAssertReason } from '../messages/asserts.ts';
import type { Share } from './case.ts';
import type { Comparison } from './compare.ts';
import { type AssertExample, type CaseExample, type CaseExamples, MAX_EXAMPLES } from './graded-run.ts';

/** IDs of the cases to show as examples, by list. */
export type ExampleIds = Readonly<Record<keyof CaseExamples, readonly string[]>>;

/** Notes the first cases of each kind. */
export function createExampleIds(): {
  add(one: GradedCase): void;
  end(comparison: Comparison | undefined): ExampleIds;
} {
  const [required, failed, flaky, missing, ungraded]: string[][] = [[], [], [], [], []];
  const note = (list: string[] | undefined, id: string): void => {
    if (list !== undefined && list.length < MAX_EXAMPLES) list.push(id);
  };
  return {
    add(one) {
      if (one.outcome === 'fail') note(one.required ? required : failed, one.customId);
      if (one.outcome === 'ungraded') note(one.required ? missing : ungraded, one.customId);
      if (one.outcome !== 'ungraded' && isFlaky(countAnswers(one.answers))) note(flaky, one.customId);
    },
    end: (comparison) => ({
      broken: comparison?.broken.slice(0, MAX_EXAMPLES) ?? [],
      fixed: comparison?.fixed.slice(0, MAX_EXAMPLES) ?? [],
      failed: [...(required ?? []), ...(failed ?? [])].slice(0, MAX_EXAMPLES),
      flaky: flaky ?? [],
      ungraded: [...(missing ?? []), ...(ungraded ?? [])].slice(0, MAX_EXAMPLES),
    }),
  };
}

/** Today's grades of a case and the baseline's, if the latter has the same asserts. */
export interface CaseSides {
  readonly now: GradedCase | undefined;
  readonly before: GradedCase | undefined;
}

/** The examples, each with the assert that explains it best. */
export function examplesOf(ids: ExampleIds, sidesOf: (id: string) => CaseSides): CaseExamples {
  const listOf = (kind: keyof CaseExamples): readonly CaseExample[] =>
    ids[kind].map((customId) => {
      const sides = sidesOf(customId);
      const share = sharesOf(sides);
      return { customId, required: sides.now?.required ?? false, assert: tellingAssert(sides, WANTED[kind]), share };
    });
  return {
    broken: listOf('broken'),
    fixed: listOf('fixed'),
    failed: listOf('failed'),
    flaky: listOf('flaky'),
    ungraded: listOf('ungraded'),
  };
}

/** With several answers, one assert of one answer does not tell how the case did. */
function sharesOf({ now, before }: CaseSides): CaseExample['share'] {
  if (now === undefined || now.answers.length < 2) return undefined;
  return { now: shareOf(now), before: before && shareOf(before) };
}

function shareOf({ answers }: GradedCase): Share {
  const { passed, failed } = countAnswers(answers);
  return { passed, graded: passed + failed };
}

/** The result of the assert that explains most, and its earlier result. */
interface Wanted {
  readonly now: Outcome;
  readonly before: Outcome | undefined;
}

const WANTED: Readonly<Record<keyof CaseExamples, Wanted>> = {
  broken: { now: 'fail', before: 'pass' },
  fixed: { now: 'pass', before: 'fail' },
  failed: { now: 'fail', before: undefined },
  flaky: { now: 'fail', before: undefined },
  ungraded: { now: 'ungraded', before: undefined },
};

/** An assert's result for one answer, and the baseline's result for the same assert. */
interface Sides {
  readonly now: AssertResult;
  readonly before: AssertResult | undefined;
}

function tellingAssert({ now, before }: CaseSides, wanted: Wanted): AssertExample | undefined {
  const same = before?.assertsDigest === now?.assertsDigest ? before : undefined;
  // A failed assert in an answer that passed anyway decides nothing.
  const answers = (now?.answers ?? []).map((answer, at) => sidesOf(answer, beside(answer, at, same)));
  const sorted = [...answers.filter(({ outcome }) => outcome === wanted.now), ...answers].flatMap(({ sides }) => sides);
  const found = sorted.filter((one) => one.now.outcome === wanted.now);
  const changed = found.find((one) => wanted.before !== undefined && one.before?.outcome === wanted.before);
  const notable = changed ?? found.find((one) => one.now.weight > 0) ?? found[0];
  return notable && exampleOf(notable);
}

/** The baseline's answer to show next to one: with repeats, one with a different outcome, if any. */
function beside(answer: GradedAnswer, at: number, before: GradedCase | undefined): GradedAnswer | undefined {
  const answers = before?.answers.filter(({ results }) => results.length > 0) ?? [];
  return (
    answers.find(({ outcome }) => outcome !== answer.outcome && outcome !== 'ungraded') ?? answers[at] ?? answers[0]
  );
}

function sidesOf(now: GradedAnswer, before: GradedAnswer | undefined): { outcome: Outcome; sides: readonly Sides[] } {
  return { outcome: now.outcome, sides: leavesOf(now.results, before?.results) };
}

/** Results of single asserts, those in sets included. */
function leavesOf(now: readonly AssertResult[], before: readonly AssertResult[] | undefined): readonly Sides[] {
  return now.flatMap((one, at): readonly Sides[] => {
    const other = one.type === EXTRA_GRADE ? before?.find((two) => isSame(one, two)) : before?.[at];
    const same = other !== undefined && isSame(one, other) ? other : undefined;
    return one.results === undefined ? [{ now: one, before: same }] : leavesOf(one.results, same?.results);
  });
}

function isSame(one: AssertResult, other: AssertResult): boolean {
  return one.type === other.type && one.metric === other.metric;
}

function exampleOf({ now, before }: Sides): AssertExample {
  const { type, metric, outcome, reason } = now;
  const reasonBefore = before && printAssertReason(before.reason);
  return {
    type,
    metric,
    outcome,
    reason: printAssertReason(reason),
    before: before && { outcome: before.outcome, reason: reasonBefore === '' ? undefined : reasonBefore },
  };
}
