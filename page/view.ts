import { GRADE_NAMES, GRADE_WORDS, type GradeName } from '../src/core/messages/outcome-names.ts';
import { outcomeWords } from '../src/core/messages/page-script.ts';
import type { CaseRecord, PageAssert } from '../src/core/page/case.ts';
import { rankOf } from '../src/core/results/whole-answer.ts';
import { FACETS, metadataOf, metricsOf, reuseOf } from './facets.ts';
import { GRADE_TESTS } from './grades.ts';
import { answersOf, type ListedCase } from './listed-case.ts';
import { kindOf } from './outcome.ts';
import { textsOf } from './texts.ts';

/** Which cases are wanted, and in which order; empty texts mean all. */
export interface View {
  readonly search: string;
  /** What the grades say, a group of outcomes, or the kind of an outcome. */
  readonly outcome: string;
  /** The name of a metric, maybe after `FAILS`. */
  readonly metric: string;
  /** `key=value`. */
  readonly metadata: string;
  /** A stop reason or a type of error, or `NONE`. */
  readonly stop: string;
  /** A name without date, or `NONE`. */
  readonly model: string;
  /** As `reuseOf` says. */
  readonly reuse: string;
  readonly order: string;
}

/** The view that a page opens with. */
export const FIRST_VIEW: View = {
  search: '',
  outcome: '',
  metric: '',
  metadata: '',
  stop: '',
  model: '',
  reuse: '',
  order: 'failures',
};

/** Outcomes that are several kinds. */
export const OUTCOME_GROUPS: ReadonlyMap<string, (found: CaseRecord) => boolean> = new Map([
  ['incomplete', (found) => rankOf(found) < 2],
  ['unanswered', (found) => rankOf(found) === 0],
]);

/**
 * Whether a case is in the view. Every word of the search must be somewhere in it, in upper or lower case. Of several answers
 * one has to be all that is wanted.
 */
export function isWanted(found: CaseRecord | ListedCase, view: View): boolean {
  if (isGradeName(view.outcome) && !GRADE_TESTS[view.outcome](found)) return false;
  return answersOf(found).some((answer) => isAnswerWanted(answer, view));
}

function isAnswerWanted(found: CaseRecord, { search, outcome, metric, metadata, stop, model, reuse }: View): boolean {
  if (model !== '' && FACETS.model(found) !== model) return false;
  if (reuse !== '' && reuseOf(found) !== reuse) return false;
  if (stop !== '' && FACETS.stop(found) !== stop) return false;
  if (metric !== '' && !metricsOf(found).includes(metric)) return false;
  if (metadata !== '' && !metadataOf(found).includes(metadata)) return false;
  if (outcome !== '' && !isGradeName(outcome) && !hasOutcome(found, outcome)) return false;
  const words = wordsOf(search);
  if (words.length === 0) return true;
  const texts = searchedTexts(found).map((text) => text.toLowerCase());
  return words.every((word) => texts.some((text) => text.includes(word)));
}

/** The words of a search, in lower case. */
export function wordsOf(search: string): readonly string[] {
  return search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

function isGradeName(outcome: string): outcome is GradeName {
  return Object.hasOwn(GRADE_TESTS, outcome);
}

function hasOutcome(found: CaseRecord, outcome: string): boolean {
  return OUTCOME_GROUPS.get(outcome)?.(found) ?? kindOf(found) === outcome;
}

/** What is searched: everything readable but the parameters, which are much the same in all cases, and the baseline's answer. */
function searchedTexts(found: CaseRecord): string[] {
  const { id, model, stop_reason, outcome, error, source, grade } = found;
  const { name, short } = outcomeWords(kindOf(found));
  const cut = textsOf(found).flatMap(({ head, tail }) => [head, tail]);
  const graded =
    grade === undefined
      ? []
      : [
          GRADE_WORDS[grade.case.outcome],
          grade.case.change === null ? '' : GRADE_NAMES[grade.case.change],
          grade.case.required ? GRADE_NAMES.required : '',
          ...metadataOf(found),
          ...grade.asserts.flatMap(assertTexts),
        ];
  const texts = [id, model, stop_reason, outcome, name, short, error?.type, source?.file, ...graded, ...cut];
  return texts.filter((text) => text !== undefined && text !== null);
}

function assertTexts({ type, metric, reason, judge, asserts }: PageAssert): string[] {
  return [type, metric ?? '', reason, judge?.model ?? '', ...asserts.flatMap(assertTexts)];
}
