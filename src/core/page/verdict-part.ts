import { severityOf, verdictOf, whatThereIs } from '../markdown/verdict.ts';
import type { Summary } from '../summary/summary.ts';
import { codeHtml, escapeHtml, lineHtml, linkHtml } from './html.ts';

/** What the page points to. */
export interface PageLinks {
  readonly artifact: { readonly name: string; readonly url: string } | undefined;
}

/** The head of the page: how the run ended, in a sentence, and which run it was. */
export function verdictHtml(summary: Summary, { artifact }: PageLinks): string {
  const { run, failure } = summary;
  const sentence = whatThereIs(summary);
  const attempt = run.attempt === 1 ? '' : `, attempt ${run.attempt}`;
  const links = [
    linkHtml(`Run ${run.id}${attempt}`, run.url),
    ...(artifact === undefined ? [] : [`Artifact ${linkHtml(codeHtml(artifact.name, 100), artifact.url)}`]),
  ];
  const facts = [
    lineHtml(run.repository, 200),
    `commit ${codeHtml(run.sha.slice(0, 7))}`,
    `${lineHtml(run.workflow, 100)} / ${lineHtml(run.job, 100)}`,
    lineHtml(run.event, 60),
  ];
  return [
    `<p class="facts">${facts.join(' · ')}</p>`,
    `<h1>${codeHtml(run.name, 100)} <span class="verdict ${severityOf(summary)}">${verdictOf(summary)}</span></h1>`,
    ...(failure === null ? [] : [`<p class="failure">${lineHtml(failure, 2_000)}</p>`]),
    ...(sentence === undefined ? [] : [`<p class="lead">${escapeHtml(sentence)}</p>`]),
    `<p class="facts">${links.join(' · ')}</p>`,
  ].join('\n');
}
