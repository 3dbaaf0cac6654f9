import { verdictOf } from '../markdown/verdict.ts';
import type { Summary } from '../summary/summary.ts';
import { toPlainLine } from '../text/foreign-text.ts';
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from './assets.generated.ts';
import { chartsHtml } from './charts.ts';
import { ledgerHtml } from './figures.ts';
import { escapeHtml } from './html.ts';
import { listHtml, type PageList } from './list-part.ts';
import { batchesHtml, failuresHtml, incompleteHtml, modelsHtml, notesHtml, problemsHtml, roundsHtml } from './parts.ts';
import { type PageLinks, verdictHtml } from './verdict-part.ts';

/** What a page holds beside the summary; `list` undefined before results are in. */
export interface PageAbout extends PageLinks {
  readonly list: Pick<PageList, 'choice' | 'content'> | undefined;
}

/**
 * Nothing is loaded, sent or framed, no text becomes code. Images may come from the page itself, which only its empty icon
 * does: without one, a browser asks the server for it.
 */
const POLICY = [
  "default-src 'none'",
  `script-src '${SCRIPT_HASH}'`,
  `style-src '${STYLE_HASH}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/**
 * The page up to its cases: one HTML file is this, then `pageCase` for each case in the order of the choice, then
 * `pageTail`. The overview is whole without the script.
 */
export function pageHead(summary: Summary, { artifact, list }: PageAbout): string {
  const overview = [
    problemsHtml('Problems', summary.problems),
    problemsHtml('Warnings', summary.warnings),
    failuresHtml(summary),
    incompleteHtml(summary),
    roundsHtml(summary),
    modelsHtml(summary),
    batchesHtml(summary),
  ];
  const beside = [chartsHtml(summary), notesHtml(summary)].filter((part) => part !== undefined).join('\n');
  const figures = ledgerHtml(summary);
  return [
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(toPlainLine(summary.run.name, 100))} ${verdictOf(summary)}</title>`,
    `<link rel="icon" href="data:,"><style>${STYLE}</style></head><body>`,
    '<header><p class="maker">claude-batch-action</p><button type="button" id="scheme" hidden></button></header>',
    `<main>${verdictHtml(summary, { artifact })}`,
    figures === undefined ? beside : `<div class="overview">${figures}<div>${beside}</div></div>`,
    ...overview,
    list === undefined ? undefined : listHtml(summary, { ...list, artifact }),
    '</main>\n',
  ]
    .filter((part) => part !== undefined)
    .join('\n');
}

/** What ends the page: the script, which reads the cases before it. */
export function pageTail(): string {
  return `<script type="module">${SCRIPT}</script>\n</body></html>\n`;
}
