import { titleOf } from '../markdown/heading.ts';
import { headlineOf, ICONS, severityOf } from '../markdown/headline.ts';
import { whatThereIs } from '../markdown/log-lines.ts';
import { sayUsd } from '../messages/headlines.ts';
import { type PageMessage, printPageText } from '../messages/page.ts';
import { REPORT } from '../messages/report.ts';
import type { Summary } from '../summary/summary.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from './assets.generated.ts';
import { aboutHtml, listHtml, type PageParts } from './case-list.ts';
import { costHtml, gradesHtml, outcomesHtml } from './charts.ts';
import { gradingHtml } from './grading.ts';
import { codeHtml, escapeHtml, labelHtml, lineHtml, linkHtml } from './html.ts';
import { notesHtml, numbersHtml, tablesHtml } from './overview.ts';

/**
 * Nothing is loaded, sent or framed, and no text becomes code. Images may come from the page itself: those of requests, and its empty
 * icon, which keeps browsers from asking the server for one.
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
 * The page up to its cases: the HTML file is this, then each chosen case from `createCasePrinter`, then `pageTail`. Everything above the
 * list, including folded figures, works without the script.
 */
export function pageHead(summary: Summary, parts: PageParts): string {
  const verdict = verdictOf(summary);
  const title = titleOf(summary.run.workflow);
  return [
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(`${toPlainLine(title, 100)} / ${toPlainLine(summary.run.name, 100)}: ${verdict}`)}</title>`,
    `<link rel="icon" href="data:,"><style>${STYLE}</style></head><body>`,
    `<header>${factsHtml(summary, parts)}<button type="button" id="scheme" hidden></button></header>`,
    `<main><h1><span aria-hidden="true">${ICONS[severityOf(summary)]}</span> ${lineHtml(title, 40)}: ${escapeHtml(verdict)}</h1>`,
    summary.grading === null ? outcomesHtml(summary) : gradesHtml(summary.grading),
    `<div id="folds"><details id="figures"><summary>${labelHtml(summary.failure === null ? 'figures' : 'figures-of-failure')}</summary>`,
    figuresHtml(summary),
    `</details>${aboutHtml(summary, parts)}</div>`,
    listHtml(summary, parts),
    '</main>\n',
  ].join('\n');
}

/** What a reader looks for first: the grades' verdict, in the comment's words; without grades, how many requests have an answer. */
function verdictOf(summary: Summary): string {
  const isGraded = summary.grading !== null && summary.status === 'completed';
  return isGraded ? headlineOf(summary) : printPageText(verdictMessage(summary));
}

function verdictMessage({ status, failure, requests, incomplete }: Summary): PageMessage {
  const [total, answered] = [requests.total ?? 0, requests.succeeded ?? 0];
  const cut = Object.values(incomplete ?? {}).reduce((sum, count) => sum + count, 0);
  const counts = { answered, total, incomplete: cut };
  if (status === 'canceled') return { code: 'verdict-canceled', ...counts };
  if (answered < total) return { code: 'verdict-unanswered', ...counts };
  return { code: failure === null ? 'verdict-answered' : 'verdict-failed', ...counts };
}

/** Which run it was: links first, since a narrow screen shows only two lines. */
function factsHtml({ run, cost, sample }: Summary, { artifact }: PageParts): string {
  const facts = [
    codeHtml(run.name, 40),
    ...(cost.usd === null ? [] : [escapeHtml(sayUsd(cost.usd, cost.lower_bound))]),
    ...(sample === null || sample.requests === sample.of
      ? []
      : [escapeHtml(printPageText({ ...sample, code: 'sampled' }))]),
    ...(artifact === undefined ? [] : [linkHtml(labelHtml('artifact'), artifact.url)]),
    linkHtml(escapeHtml(REPORT.run(run)), run.url),
    `${labelHtml('commit')} ${codeHtml(run.sha.slice(0, 7))}`,
    lineHtml(run.repository, 200),
    lineHtml(run.event, 60),
  ];
  return `<p class="facts">${facts.join(' · ')}</p>`;
}

/** Why the run failed, its numbers and its tables. */
function figuresHtml(summary: Summary): string {
  const { failure, next_step, grading } = summary;
  const why = [failure, next_step].filter((text) => text !== null).join(' ');
  const sentence = whatThereIs(summary);
  return [
    ...(why === '' ? [] : [`<p class="failure">${lineHtml(why, 2_000)}</p>`]),
    ...(sentence === undefined ? [] : [`<p class="lead">${escapeHtml(sentence)}</p>`]),
    ...(grading === null ? [] : [gradingHtml(grading), outcomesHtml(summary)]),
    ...tablesHtml(summary),
    `<div class="overview">${numbersHtml(summary)}<div>${costHtml(summary)}\n${notesHtml(summary)}</div></div>`,
  ].join('\n');
}

/** The end of the page: the script, which reads the cases above it. */
export function pageTail(): string {
  return `<script type="module">${SCRIPT}</script>\n</body></html>\n`;
}
