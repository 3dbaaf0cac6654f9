import { branchName, printComparison } from '../messages/verdicts.ts';
import { modelNameOf } from '../results/kind.ts';
import type { SummaryBaseline, SummaryComparison, SummaryGrading } from '../summary/summary.ts';
import { toOneDecimal } from '../text/decimals.ts';
import { toPlainLine } from '../text/untrusted-text.ts';

const MAX_LENGTH = 40;

/** What people call the baseline: its branch. Anyone who can upload artifacts may have named it. */
export function baselineName(baseline: Pick<SummaryBaseline, 'ref'> | null): string {
  return toPlainLine(branchName(baseline?.ref ?? ''), MAX_LENGTH) || 'the baseline';
}

/** The comparison's figures; null if there are too few pairs, or if the runs are not comparable. */
export function figuresOf({ verdict, comparison }: SummaryGrading): Figures | null {
  return verdict === 'not-comparable' ? null : (comparison?.figures ?? null);
}

type Figures = NonNullable<SummaryComparison['figures']>;

/** The drop as reports show it: one decimal, more if it would read like its limit; undefined if nothing is compared. */
export function shownDrop(grading: SummaryGrading): string | undefined {
  const figures = figuresOf(grading);
  return figures === null || isSameAnswers(grading) ? undefined : (grading.because.drop ?? toOneDecimal(figures.drop));
}

/** Whether the pass rate fell further than chance explains, whatever the limit. */
export function isRealDrop(grading: SummaryGrading): boolean {
  const figures = figuresOf(grading);
  return figures !== null && Number(figures.drop) > 0 && figures.p <= grading.gates.significance + 1e-12;
}

/** Whether every judgement ended without a result. */
function isJudgeSilent({ judge }: SummaryGrading): boolean {
  return judge !== null && judge.judgements > 0 && judge.failed === judge.judgements;
}

/** Whether nothing is graded because every judgement ended without a result. */
export function isOutage(grading: SummaryGrading): boolean {
  return grading.because.code === 'nothing-graded' && isJudgeSilent(grading);
}

/** Whether this is an outage that a re-run can recover from. */
export function isOutageToRerun(grading: SummaryGrading): boolean {
  return isOutage(grading) && grading.judge?.rerun_judges === true;
}

/** How many of the graded cases are compared, if fewer than half: they say little about the rest. */
export function fewPairsOf(grading: SummaryGrading): { readonly pairs: number; readonly graded: number } | undefined {
  const { comparison, passed, failed } = grading;
  if (comparison === null || figuresOf(grading) === null) return undefined;
  const few = { pairs: comparison.pairs, graded: passed + failed };
  return few.pairs * 2 < few.graded ? few : undefined;
}

/** Whether a green verdict needs a look: nothing passes, little is compared, a required case is ungraded, or a drop has no limit. */
export function isDoubtfulGrade(grading: SummaryGrading): boolean {
  if (grading.verdict !== 'pass' || grading.required_ungraded.length > 0) return true;
  if (grading.passed === 0 || fewPairsOf(grading) !== undefined) return true;
  return grading.because.code === 'no-limit' && isRealDrop(grading);
}

/** The smallest drop the run could have detected; undefined if it found a smaller one, or if there was nothing to find. */
export function findableOf(grading: SummaryGrading): string | undefined {
  const { comparison } = grading;
  const figures = comparison?.figures;
  if (comparison === null || figures == null || isSameAnswers(grading)) return undefined;
  const { pairs, same_answers: same } = comparison;
  const { findable, is_spread_assumed: isAssumed, drop } = figures;
  if (isRealDrop(grading) && (findable === null || Number(findable) > Number(drop))) return undefined;
  return findable === null
    ? printComparison({ code: 'findable-none', pairs: pairs - same })
    : printComparison(
        isAssumed
          ? { code: 'findable-assumed', drop: toOneDecimal(findable), same }
          : { code: 'findable', drop: toOneDecimal(findable) },
      );
}

/** Whether every pair is the very same answer, graded again. */
export function isSameAnswers({ comparison }: SummaryGrading): boolean {
  return comparison !== null && comparison.pairs > 0 && comparison.pairs === comparison.same_answers;
}

/** Whether the pass rate is a share of answers; with several answers per case, this differs from the share of cases that pass. */
export function isOfAnswers({ repeats }: Pick<SummaryGrading, 'repeats'>): boolean {
  return repeats > 1;
}

/** The outcome of the grades, as the end of a heading; plain text that may contain untrusted names. */
export function headlineOfGrades(grading: SummaryGrading): string {
  const words = wordsOf(grading);
  const change = grading.comparison?.model_change ?? null;
  if (change === null) return words;
  const [now, before] = [modelNameOf(change.now), modelNameOf(change.before)];
  return `${words} (${printComparison({ code: 'other-model', now, before })})`;
}

function wordsOf(grading: SummaryGrading): string {
  const { because, cases, undecided, required_failed, gates } = grading;
  switch (because.code) {
    case 'required-failed':
      return printComparison({ code: 'heading-required', count: required_failed.length });
    case 'below-min-pass-rate':
      return printComparison({
        code: 'heading-below-min',
        now: because.rate ?? '',
        minPercent: gates.min_pass_rate ?? 0,
      });
    case 'nothing-graded':
      return printComparison({ code: 'heading-not-graded', isJudge: isJudgeSilent(grading) });
    case 'too-many-ungraded':
      return printComparison({ code: 'heading-ungraded', undecided, cases });
    default: {
      const figures = figuresOf(grading);
      return figures === null ? wordsAlone(grading) : wordsOfComparison(grading, figures);
    }
  }
}

/** Codes for the absence of any baseline so far. */
const NONE_YET: ReadonlySet<string | undefined> = new Set(['none-yet', 'none-before', 'first-run']);

function wordsAlone(grading: SummaryGrading): string {
  const { pass_rate, verdict, no_baseline } = grading;
  if (pass_rate === null) return printComparison({ code: 'heading-not-graded', isJudge: false });
  const rate = { now: toOneDecimal(pass_rate), isOfAnswers: isOfAnswers(grading) };
  if (verdict !== 'not-comparable') return printComparison({ code: 'heading-alone', ...rate });
  return printComparison({
    code: 'heading-uncompared',
    ...rate,
    isFirst: NONE_YET.has(no_baseline?.code),
  });
}

function wordsOfComparison(grading: SummaryGrading, figures: Figures): string {
  const { because, comparison } = grading;
  const now = toOneDecimal(figures.now);
  const before = toOneDecimal(figures.before);
  const baseline = baselineName(grading.baseline);
  const rate = { now, isOfAnswers: isOfAnswers(grading), baseline };
  if (because.code === 'may-be-chance')
    return printComparison({ code: 'heading-chance', drop: shownDrop(grading) ?? '', baseline });
  const few = fewPairsOf(grading);
  const { pass_rate: own } = grading;
  if (few !== undefined && own !== null && because.code !== 'fell')
    return printComparison({ code: 'heading-few-pairs', ...rate, ...few, now: toOneDecimal(own) });
  if (isSameAnswers(grading)) return printComparison({ code: 'heading-same', ...rate });
  if (because.code === 'small-but-real')
    return printComparison({ code: 'heading-allowed', ...rate, before, maxDrop: grading.gates.max_drop ?? 0 });
  const hasFallen = because.code === 'fell' || (because.code === 'no-limit' && isRealDrop(grading));
  return hasFallen
    ? printComparison({ code: 'heading-fell', before, now, broken: comparison?.broken ?? 0 })
    : printComparison({ code: 'heading-compared', ...rate, before });
}
