import type { Batch } from '../../ports/api.ts';
import type { GitHubContext } from '../inputs/context.ts';
import { HEADLINES, LEADS } from '../messages/headlines.ts';
import { type DetailsContent, HEADINGS, printNotice, REPORT } from '../messages/report.ts';
import { sizeOf } from '../polling/size.ts';
import type { Summary, SummaryEstimate, SummaryNotice, SummarySample } from '../summary/summary.ts';
import { batchOf } from '../summary/summary-parts.ts';
import { renderBatches, renderJudgeBatches, renderNextStep, renderOpenGates, renderStep } from './batch-part.ts';
import { escapeMarkdown } from './escape.ts';
import { renderCalculator, renderEstimate } from './estimate-part.ts';
import { renderCases, renderProblems, renderWarnings } from './failures.ts';
import { renderGradeDetails } from './grades-details.ts';
import { renderGradeLinks } from './grades-links.ts';
import { renderGradedCases } from './grades-table.ts';
import { titleOf } from './heading.ts';
import { countFailing, headlineOf, severityOf } from './headline.ts';
import { aboutToCost, commitOf, hasFacts, joinFacts, leadOf, requestsIn, sampledOf } from './lead.ts';
import { renderLedger, renderModels } from './ledger.ts';
import { type Links, NO_LINKS, renderLinks } from './links.ts';
import { describeNotes } from './notes.ts';
import { type RecentRate, renderRates } from './rates-chart.ts';
import { printReport, type Report } from './report.ts';
import { renderSources } from './reuse-part.ts';
import { joinBlocks, renderFold } from './table.ts';

/**
 * The report in GitHub-flavored Markdown, for the comment's section, the job summary and `report.md`: how the run ended, what needs a
 * look, links, and folded details.
 */
export function makeReport(summary: Summary, links: Links): Report {
  return {
    heading: { severity: severityOf(summary), title: titleOf(summary.run.workflow), words: headlineOf(summary) },
    parts: present(
      ...leadOf(summary, links.page),
      renderNextStep(summary),
      renderOpenGates(summary),
      ...(summary.resumable ? [] : [renderStep(summary)]),
      summary.grading === null ? undefined : renderGradedCases(summary.grading, summary.content, links.page),
      renderCases(summary, links.page),
      renderProblems(summary),
      renderList(describeNotes(summary)),
    ),
    links: linksOf(summary, links),
    folded: present(
      ...(summary.resumable ? [renderStep(summary)] : []),
      summary.grading === null ? undefined : renderGradeDetails(summary.grading, summary),
      renderWarnings(summary),
      renderDetails(summary),
    ),
  };
}

/** Links for reading on. A run that says "re-run this job" links to itself. */
function linksOf(summary: Summary, links: Links): string {
  const { status, run, finisher, batches } = summary;
  const isLinked = status === 'pending' && finisher !== null && finisher.kind !== 'job' && batches.length > 0;
  if (isLinked && links.page === undefined && links.artifact === undefined) return '';
  const commit = hasFacts(summary) ? '' : commitOf(summary);
  const shown =
    summary.grading === null
      ? renderLinks(run, links, countFailing(summary))
      : renderGradeLinks(summary.grading, links, run);
  return joinFacts(shown, commit);
}

/** The whole report as text. */
export function renderReport(summary: Summary, links: Links): string {
  return printReport(makeReport(summary, links));
}

/**
 * The report for the job summary, which has room for what the comment omits: the last runs' pass rates, oldest first, and the cost of
 * other ways of sending.
 */
export function makeJobSummary(summary: Summary, links: Links, recent: readonly RecentRate[] = []): Report {
  const { estimate, tokens } = summary;
  const report = makeReport(summary, links);
  const calculator = estimate === null || tokens === null ? undefined : renderCalculator(estimate);
  return {
    ...report,
    folded: present(
      renderRates(summary, recent),
      ...report.folded,
      calculator && renderFold(HEADINGS['estimated-before'], calculator),
    ),
  };
}

/** The report in the comment while the batch is in progress. `requestCount` is undefined if only ids were given. */
export function makeSubmittedReport(about: {
  readonly run: GitHubContext;
  readonly batches: readonly Batch[];
  readonly requestCount: number | undefined;
  readonly sample?: SummarySample | null;
  readonly notices: readonly SummaryNotice[];
  readonly estimate: SummaryEstimate | null;
  /** Once the answers are in and a judge is asked. */
  readonly judging?: { readonly batches: readonly Batch[]; readonly requestCount: number | undefined } | undefined;
}): Report {
  const { run, batches, requestCount, notices, estimate, judging } = about;
  const judged = judging?.batches ?? [];
  const requests = requestsIn(batches.map(sizeOf), requestCount);
  const words = HEADLINES.waiting({ requests, judgements: judging?.requestCount });
  const counts = batches.length === 0 ? '' : LEADS['in-batches']({ batches: batches.length, requests });
  const facts = joinFacts(counts, sampledOf(about), aboutToCost(estimate), commitOf({ run }));
  return {
    heading: { severity: 'neutral', title: titleOf(run.workflow), words },
    parts: present(facts, LEADS['will-appear'](), renderList(notices.map(printNotice))),
    links: renderLinks({ url: run.runUrl }, NO_LINKS, 0),
    folded: present(
      foldDetails({ cost: false, estimate: estimate !== null, models: 0, batches: batches.length + judged.length }, [
        renderEstimate({ estimate, tokens: null }),
        renderBatches({ batches: batches.map(batchOf), rounds: [] }),
        renderJudgeBatches(judged.map(batchOf)),
      ]),
    ),
  };
}

/** All figures to six decimals and the batches, folded; undefined if there are none. */
function renderDetails(summary: Summary): string | undefined {
  const { tokens, estimate, cost, models, batches, status, reuse } = summary;
  const figures = tokens === null ? renderEstimate(summary) : joinBlocks(renderLedger(summary), renderModels(summary));
  const prices = figures && REPORT['prices-as-of']({ date: escapeMarkdown(cost.prices_as_of) });
  // The last known state of deleted batches does not help: the failure names them.
  const shown = status === 'failed' ? [] : batches;
  return foldDetails(
    {
      cost: tokens !== null,
      estimate: tokens === null && estimate !== null,
      models: models.length,
      batches: shown.length + summary.judge_batches.length,
      isReuse: reuse !== null && reuse.sources.length > 0,
    },
    [
      figures,
      prices,
      renderBatches({ ...summary, batches: shown }),
      renderSources(summary),
      renderJudgeBatches(summary.judge_batches),
    ],
  );
}

function foldDetails(content: DetailsContent, blocks: readonly (string | undefined)[]): string | undefined {
  const details = joinBlocks(...blocks);
  return details === '' ? undefined : renderFold(REPORT.details(content), details);
}

/** Plain sentences as a list; undefined for none. */
function renderList(sentences: readonly string[]): string | undefined {
  return sentences.length === 0 ? undefined : sentences.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n');
}

function present(...blocks: readonly (string | undefined)[]): readonly string[] {
  return blocks.flatMap((block) => (block === undefined || block === '' ? [] : [block]));
}
