import { printUsd } from '../messages/report.ts';
import type { Summary } from '../summary/summary.ts';
import { formatCount } from '../text/numbers.ts';
import { escapeHtml } from './html.ts';

/** The two charts of a run with results: how its requests ended, and its cost beside the same without a batch. */
export function chartsHtml(summary: Summary): string | undefined {
  if (summary.tokens === null) return undefined;
  return `<div class="charts">${outcomesChart(summary)}${costChart(summary)}</div>`;
}

interface Slice {
  readonly name: string;
  readonly kind: string;
  readonly count: number;
}

/** One bar of all requests, and its legend in words and figures. */
function outcomesChart({ requests, incomplete }: Summary): string {
  const cut =
    incomplete === null ? 0 : Object.values(incomplete).reduce((sum: number, count: number) => sum + count, 0);
  const slices: readonly Slice[] = [
    { name: 'Answered in full', kind: 'whole', count: (requests.succeeded ?? 0) - cut },
    { name: 'Answered, but not in full', kind: 'cut', count: cut },
    { name: 'Errored', kind: 'errored', count: requests.errored ?? 0 },
    { name: 'Canceled', kind: 'canceled', count: requests.canceled ?? 0 },
    { name: 'Expired', kind: 'expired', count: requests.expired ?? 0 },
    { name: 'Missing', kind: 'missing', count: requests.missing ?? 0 },
  ].filter(({ count }) => count > 0);
  const widths = widthsOf(slices.map(({ count }) => count));
  let x = 0;
  const bars = slices.map(({ kind }, index) => {
    const bar = rectangle(kind, x, widths[index] ?? 0);
    x += widths[index] ?? 0;
    return bar;
  });
  const legend = slices.map(
    ({ name, kind, count }) =>
      `<li><span class="mark ${kind}"></span>${name} <b class="number">${formatCount(count)}</b></li>`,
  );
  const alternative = slices.map(({ name, count }) => `${name}: ${formatCount(count)}`).join(', ');
  return figure('Outcomes', `${picture(`Outcomes. ${alternative}.`, bars)}<ul class="legend">${legend.join('')}</ul>`);
}

/** Two bars on one scale. Without a known cost there is nothing to draw. */
function costChart({ cost }: Summary): string {
  const { usd, standard_usd, saved_usd, lower_bound } = cost;
  if (usd === null || standard_usd === null) return figure('Cost', '<p>The cost is unknown.</p>');
  const most = Math.max(Number(usd), Number(standard_usd));
  const bar = (name: string, kind: string, amount: string): string => {
    const text = printUsd(amount, lower_bound);
    const width = most === 0 ? 0 : (Number(amount) / most) * 100;
    const label = `<p class="bar">${name} <b class="number">${escapeHtml(text)}</b></p>`;
    return `${label}${picture(`${name}: ${text}.`, [rectangle(kind, 0, width)])}`;
  };
  const share = Number(standard_usd) === 0 ? undefined : Math.round((Number(saved_usd) / Number(standard_usd)) * 100);
  const saved = `Saved ${printUsd(saved_usd, lower_bound)}${share === undefined ? '' : `, ${share} %`}`;
  return figure(
    'Cost',
    `${bar('In a batch', 'accent', usd)}${bar('The same without a batch', 'faint', standard_usd)}<p class="bar">${escapeHtml(saved)}</p>`,
  );
}

/** Shares of 100 in which also the smallest can be seen. */
function widthsOf(counts: readonly number[]): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const wide = counts.map((count) => Math.max((count / total) * 100, 1));
  const sum = wide.reduce((all, width) => all + width, 0);
  return wide.map((width) => (width / sum) * 100);
}

function picture(alternative: string, bars: readonly string[]): string {
  return `<svg role="img" aria-label="${escapeHtml(alternative)}">${bars.join('')}</svg>`;
}

function rectangle(kind: string, x: number, width: number): string {
  return `<rect class="${kind}" x="${x.toFixed(2)}%" width="${width.toFixed(2)}%" height="100%"/>`;
}

function figure(title: string, body: string): string {
  return `<figure><figcaption>${title}</figcaption>${body}</figure>`;
}
