import { baselineName, figuresOf, shownDrop } from '../markdown/grades-headline.ts';
import { endingOf, isOfGrades } from '../markdown/headline.ts';
import type { Verdict } from '../messages/sections.ts';
import type { Summary, SummaryGrading } from '../summary/summary.ts';
import { toOneDecimal } from '../text/decimals.ts';
import { isJsonObject, memberOf } from '../text/json.ts';

/** Percents and points are decimal texts with one decimal. */
export interface SectionGrades {
  readonly passRate: string | null;
  /** Null if nothing is compared; positive if the pass rate fell. */
  readonly drop: string | null;
  /** What people call the baseline: its branch. */
  readonly baseline: string | null;
  readonly broken: number;
  /** If a drop is limited: the largest chance that this run fails a harmless change. */
  readonly risk: number | null;
}

/** The verdict on a run with cases, from its grades, unless it failed for another reason. */
export function verdictOf(summary: Summary): Verdict {
  const { grading, failure_codes: codes } = summary;
  const ending = endingOf(summary);
  if (grading === null || summary.status !== 'completed' || !codes.every(isOfGrades)) return ending;
  if (codes.length > 0) return 'verdict-failed';
  const { verdict } = grading;
  if (verdict === 'not-comparable') return 'not-compared';
  return verdict === 'pass' ? 'passed' : verdict === 'fail' ? 'verdict-failed' : verdict;
}

export function gradesOf(grading: SummaryGrading): SectionGrades {
  const { pass_rate: rate, comparison, gates } = grading;
  return {
    passRate: rate === null ? null : toOneDecimal(rate),
    drop: shownDrop(grading) ?? null,
    baseline: grading.baseline && baselineName(grading.baseline),
    broken: comparison?.broken ?? 0,
    risk: gates.max_drop === null || figuresOf(grading) === null ? null : gates.significance,
  };
}

const MAX_BASELINE_LENGTH = 40;

/** Parses the grades in a comment, which anyone may have edited. */
export function gradesFrom(raw: unknown): SectionGrades | null {
  if (!isJsonObject(raw)) return null;
  const [passRate, drop] = ['passRate', 'drop'].map((key) => decimalFrom(memberOf(raw, key)));
  const [baseline, risk, broken] = ['baseline', 'risk', 'broken'].map((key) => memberOf(raw, key));
  return {
    passRate: passRate ?? null,
    drop: drop ?? null,
    baseline: typeof baseline === 'string' && baseline !== '' ? baseline.slice(0, MAX_BASELINE_LENGTH) : null,
    broken: typeof broken === 'number' && Number.isSafeInteger(broken) && broken >= 0 ? broken : 0,
    risk: typeof risk === 'number' && risk > 0 && risk < 1 ? risk : null,
  };
}

function decimalFrom(value: unknown): string | null {
  return typeof value === 'string' && /^-?\d{1,3}\.\d{1,6}$/.test(value) ? value : null;
}
