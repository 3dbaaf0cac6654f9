import { MAX_MORE_CASES } from '../comparison/compare.ts';
import { GRADES } from '../messages/grades.ts';
import { REPORT } from '../messages/report.ts';
import { printComparison } from '../messages/verdicts.ts';
import { countKinds } from '../results/kind.ts';
import type { Summary, SummaryComparison, SummaryGrading } from '../summary/summary.ts';
import { toOneDecimal } from '../text/decimals.ts';
import { escapeMarkdown } from './escape.ts';
import {
  baselineName,
  fewPairsOf,
  figuresOf,
  isOfAnswers,
  isOutageToRerun,
  isRealDrop,
  isSameAnswers,
  shownDrop,
} from './grades-headline.ts';
import { countsOfLists, hasChangesInLead, renderList } from './grades-links.ts';
import { type Links, renderCase, renderLink } from './links.ts';

type Figures = NonNullable<SummaryComparison['figures']>;

/** The opening statement on the grades: whole sentences, and the first facts of the line that ends with the cost. Markdown. */
export interface GradesLead {
  /** The reason for the verdict, if nothing else says it; at most one sentence. */
  readonly reason: readonly string[];
  readonly sentences: readonly string[];
  readonly facts: readonly string[];
}

/** Most required cases to name. */
const MAX_REQUIRED = 5;

/** What the grades say, in figures that people understand. */
export function leadOfGrades(grading: SummaryGrading, run: Summary['run'], page: Links['page']): GradesLead {
  const ofVerdict = leadOfVerdict(grading, run, page);
  const few = fewPairsOf(grading);
  const lead =
    few === undefined
      ? ofVerdict
      : { ...ofVerdict, sentences: [printComparison({ code: 'few-pairs', ...few }), ...ofVerdict.sentences] };
  const { required_ungraded: all } = grading;
  if (all.length === 0 || grading.because.code === 'nothing-graded') return lead;
  const ids = all.slice(0, MAX_REQUIRED).map((id) => renderCase(id, page));
  return { ...lead, sentences: [...lead.sentences, GRADES['required-ungraded']({ ids, count: all.length })] };
}

function leadOfVerdict(grading: SummaryGrading, run: Summary['run'], page: Links['page']): GradesLead {
  const { because, comparison, judge } = grading;
  const figures = figuresOf(grading);
  if (judge !== null && isOutageToRerun(grading)) {
    const kinds = countKinds(judge.failures).map(({ kind }) => `\`${kind}\``);
    const link = renderLink(REPORT['rerun-this-job'](), run.url);
    const { failed, judgements } = judge;
    return {
      reason: [],
      sentences: [
        GRADES['judge-failed']({ failed, judgements, kind: kinds.length === 1 ? (kinds[0] ?? '') : '', link }),
      ],
      facts: [],
    };
  }
  if (because.code === 'may-be-chance' && figures !== null)
    return { reason: [], sentences: [doubtOf(grading, figures)], facts: [] };
  const reason = SAID.has(because.code) ? [] : [escapeMarkdown(grading.reason)];
  if (figures === null || comparison === null) return { reason, sentences: aloneOf(grading), facts: [] };
  const { same_answers: count, regraded } = comparison;
  const again =
    regraded === 0 ? [] : [printComparison({ code: 'same-answers', count, pairs: comparison.pairs, regraded })];
  if (isSameAnswers(grading)) {
    const sentences = because.code === 'same-answers' ? [] : again;
    return { reason, sentences, facts: [countsOf(grading)] };
  }
  const against = printComparison({
    code: 'against',
    drop: shownDrop(grading) ?? '',
    baseline: escapeMarkdown(baselineName(grading.baseline)),
  });
  const pairs = printComparison({ code: 'over-pairs', pairs: comparison.pairs, same: comparison.same_answers });
  const changes = changesOf(grading, figures, page);
  return {
    reason,
    sentences: again,
    facts: [`**${against}** ${pairs}${changes === '' ? '' : ` (${changes})`}`, countsOf(grading)],
  };
}

/** Codes whose sentence would repeat the heading, the table or the facts. */
const SAID = new Set<SummaryGrading['because']['code']>([
  'required-failed',
  'below-min-pass-rate',
  'no-limit',
  'no-baseline',
  'fell',
  'may-be-chance',
  'small-but-real',
  'within-limit',
  'not-worse',
]);

/** The facts of a run without a comparison. */
function aloneOf(grading: SummaryGrading): readonly string[] {
  const { interval } = grading;
  const why = escapeMarkdown(whyAlone(grading));
  const range = interval && { low: toOneDecimal(interval.low), high: toOneDecimal(interval.high) };
  const counts = grading.pass_rate === null ? '' : countsOf(grading);
  const words = [counts, range === null ? '' : GRADES['with-interval'](range)].filter((text) => text !== '').join(' ');
  const sentence = [words === '' ? '' : `${words}.`, why].filter((text) => text !== '').join(' ');
  return sentence === '' ? [] : [sentence];
}

/** Why nothing is compared, unless something else says it. */
function whyAlone({ because, no_baseline: none, not_compared: not, verdict }: SummaryGrading): string {
  if (none === null) return not === null || not.code === because.code ? '' : not.why;
  return none.code === 'turned-off' && verdict !== 'not-comparable' ? '' : none.why;
}

/** Explains a drop that may be chance: what is allowed, how likely it is, and how many more cases would settle it. */
function doubtOf(grading: SummaryGrading, figures: Figures): string {
  const [now, before] = [toOneDecimal(figures.now), toOneDecimal(figures.before)];
  const baseline = escapeMarkdown(baselineName(grading.baseline));
  const { more_cases: more } = figures;
  const { comparison, passed, failed } = grading;
  const pairs = comparison?.pairs ?? 0;
  const rates = { now, before, baseline, pairs, isOfAnswers: isOfAnswers(grading) };
  // With all cases compared and one answer each, the rate follows from the counts.
  const isOfCounts = !rates.isOfAnswers && pairs === passed + failed;
  return [
    isOfCounts
      ? `**${countsOf(grading)}** ${GRADES['rates-beside'](rates)}.`
      : `**${countsOf(grading)}**. ${GRADES['rates-over-pairs'](rates)}.`,
    `${GRADES['are-allowed']({ maxDrop: grading.gates.max_drop ?? 0 })}; ${printComparison({ code: 'chance', p: figures.p })}.`,
    more === null ? '' : printComparison({ code: 'more-cases', count: more, isCapped: more >= MAX_MORE_CASES }),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** Sizes up a change: what is allowed and how likely chance is, or what broke and what was fixed. */
function changesOf(grading: SummaryGrading, figures: Figures, page: Links['page']): string {
  const { because, gates } = grading;
  const chance = printComparison({ code: 'chance', p: figures.p });
  if (because.code === 'fell' || because.code === 'small-but-real') {
    const allowed = GRADES.allowed({ maxDrop: gates.max_drop ?? 0 });
    return because.code === 'fell' ? `${allowed}; ${chance}` : `${GRADES['small-but-real']()}: ${chance}; ${allowed}`;
  }
  if (!hasChangesInLead(grading)) return isRealDrop(grading) ? chance : '';
  const counts = countsOfLists(grading);
  const lists = (['fixed', 'broken'] as const)
    .filter((list) => counts[list] > 0)
    .map((list) => renderList(list, GRADES.list({ list, count: counts[list] }), page));
  // To whoever requires a case, its failure is never a matter of chance.
  const isRequired = because.code === 'required-failed';
  const mayBeChance = !isRequired && figures.p > gates.significance && figures.p < 1 - gates.significance;
  if (isRealDrop(grading)) return `${lists.join(', ')}; ${chance}`;
  return [...lists, ...(mayBeChance ? [GRADES['as-chance-does']()] : [])].join(', ');
}

/** How many cases pass, are neither passed nor failed, or are left out of the comparison. */
function countsOf(grading: SummaryGrading): string {
  const { ungraded, flaky, comparison } = grading;
  const leftOut = Object.values(comparison?.left_out ?? {}).reduce((sum: number, count: number) => sum + count, 0);
  return [
    GRADES['cases-pass']({ ...grading, rate: grading.pass_rate === null ? null : toOneDecimal(grading.pass_rate) }),
    ...(ungraded === 0 ? [] : [GRADES.ungraded({ count: ungraded })]),
    ...(flaky === 0 ? [] : [GRADES.flaky({ count: flaky })]),
    ...(leftOut === 0 ? [] : [GRADES['left-out']({ count: leftOut })]),
  ].join(', ');
}
