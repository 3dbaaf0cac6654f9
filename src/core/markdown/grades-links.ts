import { type CaseList, GRADES } from '../messages/grades.ts';
import { REPORT } from '../messages/report.ts';
import type { SummaryGrading } from '../summary/summary.ts';
import { figuresOf, isRealDrop } from './grades-headline.ts';
import { type Links, renderLink } from './links.ts';

/** The number of cases in each of the page's lists. */
export function countsOfLists({
  comparison,
  failed,
  flaky,
  ungraded,
}: SummaryGrading): Readonly<Record<CaseList, number>> {
  return { broken: comparison?.broken ?? 0, fixed: comparison?.fixed ?? 0, failing: failed, flaky, ungraded };
}

/** The list that decides the verdict; undefined if there is nothing to look at. */
export function listToSee(grading: SummaryGrading): CaseList | undefined {
  const { because, verdict } = grading;
  const counts = countsOfLists(grading);
  const list = ((): CaseList | undefined => {
    switch (because.code) {
      case 'required-failed':
        return 'failing';
      case 'below-min-pass-rate':
        return counts.broken > 0 && isRealDrop(grading) ? 'broken' : 'failing';
      case 'nothing-graded':
      case 'too-many-ungraded':
        return 'ungraded';
      default:
        return verdict === 'inconclusive' || isRealDrop(grading) ? 'broken' : undefined;
    }
  })();
  return list !== undefined && counts[list] > 0 ? list : undefined;
}

/** Whether the lead names, with links, how many cases broke and were fixed. */
export function hasChangesInLead(grading: SummaryGrading): boolean {
  const { comparison, because } = grading;
  const isElsewhere = ['fell', 'small-but-real', 'may-be-chance', 'nothing-graded'].includes(because.code);
  const hasAny = comparison !== null && comparison.broken + comparison.fixed > 0;
  return hasAny && figuresOf(grading) !== null && !isElsewhere && listToSee(grading) !== 'broken';
}

const SHOWN: readonly CaseList[] = ['broken', 'fixed', 'failing', 'flaky', 'ungraded'];

/** Where to read on: the deciding list, the other lists with cases, downloads, and the run. */
export function renderGradeLinks(
  grading: SummaryGrading,
  { page, artifact }: Links,
  run: { readonly url: string },
): string {
  const counts = countsOfLists(grading);
  const first = listToSee(grading);
  const isSaid = (list: CaseList) => hasChangesInLead(grading) && (list === 'broken' || list === 'fixed');
  const others = SHOWN.filter((list) => list !== first && counts[list] > 0 && !isSaid(list));
  const lists =
    page === undefined
      ? []
      : [
          first === undefined
            ? `**${renderLink(REPORT['see-answers'](), page.url)}**`
            : `**${renderList(first, GRADES['see-list']({ list: first, count: counts[first] }), page)}**`,
          ...others.map((list) => renderList(list, GRADES.list({ list, count: counts[list] }), page)),
        ];
  return [
    ...lists,
    ...(artifact === undefined ? [] : [renderLink(REPORT.download(), artifact.url)]),
    renderLink(REPORT['run-link'](), run.url),
  ].join(' · ');
}

/** A link to a list of cases; without a page, only the words. */
export function renderList(list: CaseList, words: string, page: Links['page']): string {
  return page === undefined ? words : renderLink(words, `${page.url}#outcome=${list}`);
}
