import { GRADE_NAMES, type GradeName, OUTCOME_NAMES, type OutcomeKind } from '../messages/outcome-names.ts';
import type { PAGE_LABELS } from '../messages/page.ts';
import { printUsd } from '../messages/report.ts';
import type { Summary, SummaryGrading } from '../summary/summary.ts';
import { billedWait } from '../summary/waiting-summary.ts';
import { formatCount } from '../text/numbers.ts';
import { fragmentOf } from './fragment.ts';
import { escapeHtml, fragmentHtml, labelHtml, textHtml } from './html.ts';

/** How a run's requests ended: one bar for all, and a legend with counts that link to the cases. */
export function outcomesHtml({ requests, incomplete }: Summary): string {
  const cut = sumOf(Object.values(incomplete ?? {}));
  const counts: readonly (readonly [OutcomeKind, number])[] = [
    ['whole', (requests.succeeded ?? 0) - cut],
    ['cut', cut],
    ['errored', requests.errored ?? 0],
    ['canceled', requests.canceled ?? 0],
    ['expired', requests.expired ?? 0],
    ['missing', requests.missing ?? 0],
  ];
  return barHtml(counts.map(([kind, count]) => ({ kind, count, name: OUTCOME_NAMES[kind], outcome: kind })));
}

/** The grades of a run's cases in the same form, with links to those that changed from the baseline. */
export function gradesHtml({ passed, failed, ungraded, flaky, comparison }: SummaryGrading): string {
  const slices = [
    { kind: 'pass', outcome: 'passing', count: passed },
    { kind: 'fail', outcome: 'failing', count: failed },
    { kind: 'ungraded', outcome: 'ungraded', count: ungraded },
  ] as const;
  const others = [
    { outcome: 'broken', count: comparison?.broken ?? 0 },
    { outcome: 'fixed', count: comparison?.fixed ?? 0 },
    { outcome: 'flaky', count: flaky },
  ] as const;
  const named = <Slice extends { readonly outcome: GradeName }>(slice: Slice) => {
    return { ...slice, name: GRADE_NAMES[slice.outcome] };
  };
  return barHtml(slices.map(named), others.map(named));
}

interface Slice {
  /** Its color. */
  readonly kind: string;
  /** The outcome that a link filters by. */
  readonly outcome: string;
  readonly name: string;
  readonly count: number;
}

/** One bar for all, and its legend, which may have further entries. Zero counts are left out. */
function barHtml(all: readonly Slice[], others: readonly Omit<Slice, 'kind'>[] = []): string {
  const slices = all.filter(({ count }) => count > 0);
  // Keeps even the smallest visible.
  const total = sumOf(slices.map(({ count }) => count));
  const wide = slices.map(({ count }) => Math.max((count / total) * 100, 1));
  const widths = wide.map((width) => (width / sumOf(wide)) * 100);
  const bars = slices.map(({ kind }, index) => rectangle(kind, sumOf(widths.slice(0, index)), widths[index] ?? 0));
  const entry = (mark: string, { name, outcome, count }: Omit<Slice, 'kind'>): string => {
    const label = `${mark}${escapeHtml(name)} <b class="number">${formatCount(count)}</b>`;
    return `<li>${fragmentHtml(label, fragmentOf([['outcome', outcome]]))}</li>`;
  };
  const legend = [
    ...slices.map((slice) => entry(`<span class="mark ${slice.kind}"></span>`, slice)),
    ...others.filter(({ count }) => count > 0).map((other) => entry('', other)),
  ];
  const alternative = slices.map(({ name, count }) => `${name}: ${formatCount(count)}`).join(', ');
  return `<div class="outcomes">${picture(alternative, bars)}<ul class="legend">${legend.join('')}</ul></div>`;
}

/** What the batch costs, what the same would cost without one, and what the wait took if the runner is billed. */
export function costHtml(summary: Summary): string {
  const { usd, standard_usd, saved_usd, lower_bound } = summary.cost;
  const waiting = billedWait(summary);
  const waited = waiting === undefined ? '' : `<p class="bar">${textHtml({ code: 'waited', ...waiting })}</p>`;
  if (usd === null || standard_usd === null)
    return figure('cost', `<p>${textHtml({ code: 'cost-unknown' })}</p>${waited}`);
  const line = (name: keyof typeof PAGE_LABELS, amount: string): string =>
    `<p class="bar">${labelHtml(name)} <b class="number">${escapeHtml(printUsd(amount, lower_bound))}</b></p>`;
  const saved = textHtml({ code: 'saved', saved: printUsd(saved_usd, lower_bound) });
  return figure(
    'cost',
    `${line('batch-price', usd)}${line('standard-price', standard_usd)}<p class="bar">${saved}</p>${waited}`,
  );
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function picture(alternative: string, bars: readonly string[]): string {
  return `<svg role="img" aria-label="${escapeHtml(alternative)}">${bars.join('')}</svg>`;
}

function rectangle(kind: string, x: number, width: number): string {
  return `<rect class="${kind}" x="${x.toFixed(2)}%" width="${width.toFixed(2)}%" height="100%"/>`;
}

function figure(title: keyof typeof PAGE_LABELS, body: string): string {
  return `<figure><figcaption>${labelHtml(title)}</figcaption>${body}</figure>`;
}
