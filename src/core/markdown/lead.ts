import { LEADS } from '../messages/headlines.ts';
import { type Batches, REPORT } from '../messages/report.ts';
import { sizeOf } from '../polling/size.ts';
import type { Summary, SummaryEstimate } from '../summary/summary.ts';
import { billedWait } from '../summary/waiting-summary.ts';
import { capitalize } from '../text/capitalize.ts';
import { undatedModel } from '../text/model-name.ts';
import { formatDuration } from '../text/numbers.ts';
import { codeCell, escapeMarkdown } from './escape.ts';
import { isOutageToRerun } from './grades-headline.ts';
import { leadOfGrades } from './grades-lead.ts';
import { isVerdict } from './headline.ts';
import type { Links } from './links.ts';
import { spentWithReuse } from './reuse-part.ts';

/** The text right below the heading: why the step fails, and the run in figures. Paragraphs of Markdown. */
export function leadOf(summary: Summary, page?: Links['page']): readonly string[] {
  switch (summary.status) {
    case 'completed':
    case 'canceled':
      return leadOfResults(summary, page);
    case 'dry-run':
      return [...whyOf(summary), joinFacts(...costToExpect(summary), sampledOf(summary), commitOf(summary))];
    case 'pending':
      return [
        ...whyOf(summary),
        joinFacts(
          inBatches(summary),
          sampledOf(summary),
          aboutToCost(summary.estimate),
          waitedOf(summary),
          commitOf(summary),
        ),
      ];
    case 'empty': {
      const patterns = summary.patterns.map((one) => codeCell(one));
      return [REPORT['none-found']({ patterns })];
    }
    case 'skipped': {
      const why = summary.skipped_because === 'dependabot' ? 'skipped-dependabot' : 'skipped-fork';
      return [REPORT[why]()];
    }
    case 'rejected':
      // Several problems have a table of their own.
      return summary.problems.length > 1 ? [] : whyOf(summary);
    default:
      return whyOf(summary);
  }
}

/** Whether the lead has a line of facts, which ends with the commit. */
export function hasFacts({ status }: Pick<Summary, 'status'>): boolean {
  return status === 'completed' || status === 'canceled' || status === 'dry-run' || status === 'pending';
}

function leadOfResults(summary: Summary, page: Links['page']): readonly string[] {
  const { timings, error_rate_percent: percent, max_error_rate_percent: maxPercent, failures } = summary;
  const codes = summary.failure_codes.filter((code) => !isVerdict(code));
  const isTold = summary.grading !== null && isOutageToRerun(summary.grading);
  const isRateAlone = codes.every(
    (code) => code === 'error-rate-exceeded' || (isTold && code === 'judgements-missing'),
  );
  const rate =
    percent !== null && failures.length > 0 && isRateAlone ? LEADS['error-rate']({ percent, maxPercent }) : '';
  const spent = [rate, spentOf(summary, rate)].filter((text) => text !== '').join(' ');
  const took = timings.took_ms === null ? undefined : formatDuration(timings.took_ms);
  const grades = summary.grading && leadOfGrades(summary.grading, summary.run, page);
  return [
    ...(isRateAlone ? (grades?.reason ?? []) : whyOf(summary)),
    ...(grades?.sentences ?? []),
    joinFacts(...(grades?.facts ?? []), sampledOf(summary), spent, took, modelsOf(summary), commitOf(summary)),
  ];
}

/** `before`: the preceding sentence, if any. */
function spentOf(summary: Summary, before: string): string {
  const reuse = spentWithReuse(summary);
  if (reuse === undefined) return LEADS.spent({ ...summary.cost, waiting: billedWait(summary) });
  return before === '' ? reuse : capitalize(reuse);
}

/** Why the step fails and what to do; empty if it is green. */
function whyOf({ failure, next_step, status, problems }: Summary): readonly string[] {
  if (failure === null) return [];
  // The sentence on a single problem ends with its command.
  const command = problems.length === 1 ? problems[0]?.command : undefined;
  if (command !== undefined && failure.endsWith(command))
    return [`${escapeMarkdown(failure.slice(0, -command.length))} ${codeCell(command)}`];
  // A pending run gives the next step below, with links.
  const next = status === 'pending' || next_step === null ? '' : ` ${next_step}`;
  return [escapeMarkdown(`${failure}${next}`)];
}

function inBatches(summary: Summary): string {
  return summary.batches.length === 0 ? '' : LEADS['in-batches'](batchesIn(summary));
}

/** The batches that a run waits for, and how many requests they hold; that number is omitted if only judgements are pending. */
export function batchesIn({ batches, judge_batches, requests: { total } }: Summary): Batches {
  if (batches.length === 0) return { batches: judge_batches.length, requests: null };
  const sizes = batches.map(({ counts }) => (counts === null ? (total ?? 0) : sizeOf({ counts })));
  return { batches: batches.length, requests: requestsIn(sizes, total) };
}

/** How many requests batches of these sizes hold: fewer than all if some requests take earlier answers. */
export function requestsIn<Total extends number | null | undefined>(sizes: readonly number[], total: Total): Total {
  const sum = sizes.reduce((all, size) => all + size, 0);
  return total == null || sum === 0 ? total : (Math.min(sum, total) as Total);
}

/** The likely cost of what is in progress; undefined if unknown. */
export function aboutToCost(estimate: SummaryEstimate | null): string | undefined {
  if (estimate?.batch == null) return undefined;
  return LEADS['about-to-cost']({ batch: estimate.batch, isLowerBound: estimate.unpriced > 0 });
}

/** What the wait has cost so far; undefined if it is too little to mention. */
function waitedOf(summary: Summary): string | undefined {
  const waiting = billedWait(summary);
  return waiting && LEADS['waited-so-far'](waiting);
}

function costToExpect({ estimate }: Summary): readonly string[] {
  const { batch = null, standard = null, unpriced = 0, reuse = null } = estimate ?? {};
  return [
    ...(batch === null ? [] : [LEADS['in-a-batch']({ batch, unpriced })]),
    ...(standard === null ? [] : [LEADS['without-a-batch'](standard)]),
    ...(reuse === null ? [] : [LEADS['saved-by-reuse'](reuse)]),
    LEADS['nothing-submitted'](),
  ];
}

/** Says that the figures cover a sample of the requests; undefined if they cover all. */
export function sampledOf({ sample = null }: Partial<Pick<Summary, 'sample'>>): string | undefined {
  return sample === null || sample.requests === sample.of ? undefined : LEADS.sampled(sample);
}

/** Most models to name; more are only counted. */
const MAX_MODELS = 2;

/** An alias and its dated name are one model. */
function modelsOf({ models }: Summary): string | undefined {
  const names = [...new Set(models.map(({ model }) => undatedModel(model)))];
  if (names.length === 0) return undefined;
  if (names.length > MAX_MODELS) return LEADS.models({ count: names.length });
  return names.map((name) => codeCell(name, { maxLength: MAX_LENGTH })).join(', ');
}

const MAX_LENGTH = 100;

/** GitHub turns it into a link. */
export function commitOf({ run: { sha } }: { readonly run: { readonly sha: string } }): string {
  return /^[0-9a-f]{7,64}$/i.test(sha) ? LEADS.commit({ sha: sha.slice(0, 7) }) : '';
}

/** Joins facts into one line with a capital first letter, skipping undefined and empty ones. */
export function joinFacts(...facts: readonly (string | undefined)[]): string {
  return capitalize(facts.filter((fact) => fact !== undefined && fact !== '').join(' · '));
}
