import { judgingOf } from '../../scripts/preview/graded-samples.ts';
import { gradedOf } from '../../scripts/preview/grading.ts';
import type { GradedRun } from '../../src/core/comparison/graded-run.ts';
import { createPriceBook } from '../../src/core/cost/book.ts';
import type { Collected, Outcome } from '../../src/core/endings/outcome.ts';
import { type Estimate, estimateCost } from '../../src/core/estimate/estimate.ts';
import { createRequestStats } from '../../src/core/estimate/request-stats.ts';
import type { Judging } from '../../src/core/judge/judging.ts';
import type { Failure } from '../../src/core/messages/failures.ts';
import type { Problem } from '../../src/core/messages/problems.ts';
import { summarize } from '../../src/core/summary/summarize.ts';
import type { Summary, SummaryNotice } from '../../src/core/summary/summary.ts';
import type { Batch } from '../../src/ports/api.ts';
import { about, accounts, batch, collected } from '../core/summary/samples.ts';

/** Ways in which a run can end, with the text in every place where it stands for somebody else's. */
export function outcomesWith(text: string): ReadonlyMap<string, Outcome> {
  const batches = batchesOf(text);
  const problem = problemWith(text);
  const other: Problem = { code: 'count-refused', reason: `other ${text}`, where: { file: `b/${text}` } };
  const underway = { batches, requestCount: 2, waitedMs: 1_000 };
  const pending = { status: 'pending', ...underway, resumable: true, failures: [] } as const;
  const collector = { job: text, runsAfterFailure: true };
  return new Map<string, Outcome>([
    ['collected', { ...collectedWith(text), failures: failuresWith(text) }],
    ['graded', { ...collectedWith(text), failures: [], graded: gradedWith(text) }],
    ['graded, and not compared', { ...collectedWith(text), failures: [], graded: uncomparedWith(text) }],
    ['pending', pending],
    [
      'pending for a waker',
      {
        ...pending,
        later: { collector: undefined, waker: { workflow: text, schedules: [{ cron: text, timezone: text }] } },
      },
    ],
    ['pending for a later job', { ...pending, handedOver: true, later: { collector, waker: undefined } }],
    ['pending by hand', { status: 'pending', ...underway, resumable: false, failures: failuresWith(text) }],
    ['rejected', { status: 'rejected', problems: [problem], failures: [] }],
    ['rejected for several reasons', { status: 'rejected', problems: [problem, problem, other], failures: [] }],
    ['failed', { status: 'failed', failures: failuresWith(text), batches, requestCount: 2 }],
    ['dry run', { status: 'dry-run', requestCount: 2, failures: [] }],
    ['empty', { status: 'empty', patterns: [text, `b/${text}`], loud: true }],
  ]);
}

/** The same as summaries, with warnings, notices and an estimate. */
export function summariesWith(text: string): ReadonlyMap<string, Summary> {
  const aboutIt = {
    ...about,
    run: { ...about.run, workflow: text, job: text, event: text },
    inputs: { ...about.inputs, name: text, requests: [text, `b/${text}`] },
    notices: noticesWith(text),
    warnings: [problemWith(text), { ...problemWith(text), where: { file: `${text}.json` } }],
    estimate: estimateWith(text),
    newCost: 1_000_000_000n,
  };
  return new Map(Array.from(outcomesWith(text), ([name, outcome]) => [name, summarize(outcome, aboutIt)]));
}

/** A run that fell, with all that can stand in a report on grades. */
function gradedWith(text: string): GradedRun {
  const counts = { both: 40, broken: 12, fixed: 1, neither: 3 };
  return gradedOf({ ...counts, text, judging: judgingWith(text), refused: refusedWith(text), hasMetrics: true });
}

/** Cases that a judge could not grade, and no baseline. */
function uncomparedWith(text: string): GradedRun {
  const [refused] = refusedWith(text);
  const none = { code: 'refused', runId: 9, refusal: refused?.refusal ?? { code: 'fork' } } as const;
  return gradedOf({
    both: 4,
    neither: 4,
    undecided: 3,
    text,
    none,
    judging: judgingWith(text),
    refused: refusedWith(text),
  });
}

function refusedWith(text: string): GradedRun['refused'] {
  return [
    { artifactId: 1, runId: 9, refusal: { code: 'unread', reason: { code: 'quoted', text } } },
    { artifactId: 2, runId: 8, refusal: { code: 'other-branch', ref: text } },
    { artifactId: 3, runId: 7, refusal: { code: 'other-name', name: text } },
  ];
}

function judgingWith(text: string): Judging {
  const judging = judgingOf(true);
  const failures = judging.accounts.failures.map((group) => ({ ...group, type: text, message: text, exampleId: text }));
  const judge = { model: text, prompt: 1 };
  return { ...judging, judge, batches: batchesOf(text), accounts: { ...judging.accounts, failures } };
}

function failuresWith(text: string): readonly Failure[] {
  return [
    { code: 'results-unavailable', id: text, reason: text },
    { code: 'outputs-not-set', names: [text], reason: text },
  ];
}

/** What a file says is wrong with it. */
export function problemWith(text: string): Problem {
  return { code: 'count-refused', reason: text, where: { file: `${text}.jsonl`, line: 7 } };
}

/** Batches as an API gone wrong could tell them. The last has an ID to list, which not every text is. */
export function batchesOf(text: string): Batch[] {
  const foreign = { ...batch, status: text, createdAt: text, endedAt: text, expiresAt: text };
  return [
    { ...foreign, id: text },
    { ...foreign, id: `2${text}` },
    { ...foreign, id: batch.id },
  ];
}

/** One of each kind. */
export function noticesWith(text: string): SummaryNotice[] {
  return [
    { kind: 'superseded', batch_id: text, sha: text },
    { kind: 'duplicate-submission', batch_ids: [text, text], run_id: 1 },
    { kind: 'rejected-batch', batch_id: text },
    { kind: 'restored', batch_ids: [text, text], artifact: text, run_id: 1 },
    { kind: 'deleted', batch_id: text },
    { kind: 'not-deleted', batch_id: text, why: 'api-refused', reason: text },
  ];
}

function collectedWith(text: string): Collected {
  const group = { count: 1, retryable: false, exampleId: text, message: text, type: text } as const;
  const [model] = accounts.models;
  if (model === undefined) throw new Error('no sample');
  const round = { requests: 2, succeeded: 1, cost: 1n, unpriced: 0 };
  return {
    ...collected,
    batches: batchesOf(text),
    accounts: {
      ...accounts,
      failures: [
        { ...group, outcome: 'errored' },
        { ...group, outcome: 'errored', type: 'api_error' },
        { ...group, outcome: 'errored', type: undefined },
        { ...group, outcome: 'missing' },
      ],
      models: [model, { ...model, model: text }],
      stopReasons: new Map([
        [text, 3],
        ['refusal', 2],
      ]),
      incompleteExamples: new Map([
        ['max_tokens', text],
        ['refusal', text],
      ]),
      missingIds: [text],
      rounds: [
        { round: 0, ...round },
        { round: 1, ...round },
      ],
      uncounted: { unmatched: 1, repeated: 1, unreadable: 1 },
    },
    files: { requests: undefined, results: `/tmp/${text}`, retry: `/tmp/${text}/retry.jsonl` },
  };
}

/** Of one request whose model has a price, and one of a foreign model with a tool at the API. */
function estimateWith(text: string): Estimate {
  const stats = createRequestStats();
  const messages = [{ role: 'user', content: text }];
  stats.add({ model: 'claude-haiku-4-5', max_tokens: 100, messages });
  stats.add({
    model: text,
    max_tokens: 100,
    messages,
    tools: [{ type: 'web_search_20250305', name: text, max_uses: 1 }],
  });
  const nothing = { counts: new Map(), models: new Map() };
  return estimateCost({ stats, ...nothing, prices: createPriceBook(), atMs: Date.parse('2026-11-22T11:20:00Z') });
}
