import { titleOf } from '../markdown/heading.ts';
import { whatThereIs } from '../markdown/log-lines.ts';
import { headlineOf, severityOf } from '../markdown/verdict.ts';
import { REPORT } from '../messages/report.ts';
import type { Summary } from '../summary/summary.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from './assets.generated.ts';
import { listHtml, type PageParts } from './case-list.ts';
import { chartsHtml } from './charts.ts';
import { codeHtml, escapeHtml, labelHtml, lineHtml, linkHtml } from './html.ts';
import { notesHtml, numbersHtml, tablesHtml } from './overview.ts';

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
 * The page up to its cases: one HTML file is this, then each case of the choice from `createCasePrinter`, then `pageTail`.
 * The overview is complete without the script.
 */
export function pageHead(summary: Summary, parts: PageParts): string {
  return [
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(toPlainLine(titleOf(summary.run.workflow), 100))}: ${escapeHtml(headlineOf(summary))}</title>`,
    `<link rel="icon" href="data:,"><style>${STYLE}</style></head><body>`,
    '<header><p class="maker">claude-batch-action</p><button type="button" id="scheme" hidden></button></header>',
    `<main>${verdictHtml(summary, parts)}`,
    `<div class="overview">${numbersHtml(summary)}<div>${chartsHtml(summary)}\n${notesHtml(summary)}</div></div>`,
    ...tablesHtml(summary),
    listHtml(summary, parts),
    '</main>\n',
  ].join('\n');
}

/** How the run ended, in a sentence, and which run it was. */
function verdictHtml(summary: Summary, { artifact }: PageParts): string {
  const { run, failure, next_step } = summary;
  const why = [failure, next_step].filter((text) => text !== null).join(' ');
  const sentence = whatThereIs(summary);
  const runLink = linkHtml(escapeHtml(REPORT.run(run)), run.url);
  const links =
    artifact === undefined
      ? runLink
      : `${runLink} · ${labelHtml('artifact')} ${linkHtml(codeHtml(artifact.name, 100), artifact.url)}`;
  const facts = [
    lineHtml(run.repository, 200),
    `${labelHtml('commit')} ${codeHtml(run.sha.slice(0, 7))}`,
    `${lineHtml(run.workflow, 100)} / ${lineHtml(run.job, 100)}`,
    lineHtml(run.event, 60),
  ];
  return [
    `<p class="facts">${facts.join(' · ')}</p>`,
    `<h1>${codeHtml(run.name, 100)} <span class="verdict ${severityOf(summary)}">${escapeHtml(headlineOf(summary))}</span></h1>`,
    ...(why === '' ? [] : [`<p class="failure">${lineHtml(why, 2_000)}</p>`]),
    ...(sentence === undefined ? [] : [`<p class="lead">${escapeHtml(sentence)}</p>`]),
    `<p class="facts">${links}</p>`,
  ].join('\n');
}

/** What ends the page: the script, which reads the cases before it. */
export function pageTail(): string {
  return `<script type="module">${SCRIPT}</script>\n</body></html>\n`;
}
