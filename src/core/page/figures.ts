import { type Figure, ledgerRows } from '../markdown/ledger.ts';
import type { Summary } from '../summary/summary.ts';
import { escapeHtml } from './html.ts';

/** The figures of the comment's ledger, group by group, each as a table of names and values; undefined before results are in. */
export function ledgerHtml(summary: Summary): string | undefined {
  const rows = ledgerRows(summary);
  if (rows === undefined) return undefined;
  const { requests, tokens, cost } = rows;
  return `<div class="ledger">${groupHtml('Requests', requests)}\n${groupHtml('Tokens', tokens)}\n${groupHtml('Cost', cost)}</div>`;
}

function groupHtml(title: string, figures: readonly Figure[]): string {
  const rows = figures.map(
    ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td class="number">${escapeHtml(value)}</td></tr>`,
  );
  return `<table class="figures"><caption>${title}</caption>${rows.join('\n')}</table>`;
}
