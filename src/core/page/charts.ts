import { OUTCOME_NAMES, type OutcomeKind } from '../messages/outcome-names.ts';
import type { PAGE_LABELS } from '../messages/page.ts';
import { printUsd } from '../messages/report.ts';
import type { Summary } from '../summary/summary.ts';
import { formatCount } from '../text/numbers.ts';
import { fragmentOf } from './fragment.ts';
import { escapeHtml, fragmentHtml, labelHtml, textHtml } from './html.ts';

/** How the requests of a run ended: one bar of all, and its legend in words and numbers, each a link to its cases. */
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
  const slices = counts
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => ({ kind, count, name: OUTCOME_NAMES[kind] }));
  // Even the smallest can be seen.
  const total = sumOf(slices.map(({ count }) => count));
  const wide = slices.map(({ count }) => Math.max((count / total) * 100, 1));
  const widths = wide.map((width) => (width / sumOf(wide)) * 100);
  const bars = slices.map(({ kind }, index) => rectangle(kind, sumOf(widths.slice(0, index)), widths[index] ?? 0));
  const legend = slices.map(({ name, kind, count }) => {
    const label = `<span class="mark ${kind}"></span>${escapeHtml(name)} <b class="number">${formatCount(count)}</b>`;
    return `<li>${fragmentHtml(label, fragmentOf([['outcome', kind]]))}</li>`;
  });
  const alternative = slices.map(({ name, count }) => `${name}: ${formatCount(count)}`).join(', ');
  return `<div id="outcomes">${picture(alternative, bars)}<ul class="legend">${legend.join('')}</ul></div>`;
}

/** What the batch costs and what the same would cost without one. */
export function costHtml({ cost }: Summary): string {
  const { usd, standard_usd, saved_usd, lower_bound } = cost;
  if (usd === null || standard_usd === null) return figure('cost', `<p>${textHtml({ code: 'cost-unknown' })}</p>`);
  const line = (name: keyof typeof PAGE_LABELS, amount: string): string =>
    `<p class="bar">${labelHtml(name)} <b class="number">${escapeHtml(printUsd(amount, lower_bound))}</b></p>`;
  const saved = textHtml({ code: 'saved', saved: printUsd(saved_usd, lower_bound) });
  return figure(
    'cost',
    `${line('batch-price', usd)}${line('standard-price', standard_usd)}<p class="bar">${saved}</p>`,
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
