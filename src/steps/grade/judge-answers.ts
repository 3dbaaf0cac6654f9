import type { Judge, Judgement } from '../../core/asserts/judgement.ts';
import { judgingLeft } from '../../core/endings/ending.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import type { Judging } from '../../core/judge/judging.ts';
import { judgementOf, parseJudgement } from '../../core/judge/parse-judgement.ts';
import type { JudgeRequest } from '../../core/judge/request.ts';
import type { Failure } from '../../core/messages/failures.ts';
import { PROMPT_VERSION } from '../../core/messages/judge-prompt.ts';
import type { Decision } from '../../core/record/decide.ts';
import { fingerprintOf } from '../../core/record/fingerprint.ts';
import { batchesOf, type RecordBatch } from '../../core/record/record.ts';
import type { CasePlaces } from '../../core/results/case-places.ts';
import { positionsToSend } from '../../core/reuse/split.ts';
import { memberOf, parseJson } from '../../core/text/json.ts';
import type { Files } from '../../ports/machine.ts';
import type { Downloads } from '../collect/collect-batches.ts';
import { mergeResults } from '../collect/merge-results.ts';
import { gather } from '../gather/gather.ts';
import { supersedeJudging } from '../gather/supersede.ts';
import { keepAnswers } from '../reuse/keep-answers.ts';
import { planReuse } from '../reuse/plan-reuse.ts';
import { loadRecord } from '../run/load-record.ts';
import { judgingPart } from '../run/parts.ts';
import type { RecordStore } from '../run/record-store.ts';
import type { CollectingRun } from '../run/run.ts';
import { beginJudging, underway } from '../run/run-state.ts';
import { openSpans } from '../run/span-reader.ts';
import type { StepResult } from '../run/step-result.ts';
import { type JudgeRequests, writeJudgeRequests } from './judge-requests.ts';
import { refuseJudging } from './refuse-judging.ts';

/** The judgements of a run, if there are any. */
export interface Judged {
  /** Undefined if nothing was sent to a judge. */
  readonly judging: Judging | undefined;
  /** Why nothing was sent although there is something to judge. */
  readonly failures: readonly Failure[];
  /** By the place in what was asked; undefined if there is no result. */
  judgementAt(index: number): Judgement | undefined;
  close(): void;
}

/** A run whose answers are in. */
export interface JudgingRun extends CollectingRun {
  /** The record of the answers. */
  readonly store: RecordStore;
}

/**
 * Asks the judge, as one more set of requests with batches and a record of their own. Ends the run if the judgements are not
 * available now: the answers stay at the API, and the next run continues from there. Neither a failed judgement nor a budget that is
 * too small is a reason to end it.
 */
export async function judgeAnswers(run: JudgingRun, asked: AsyncIterable<JudgeRequest>): Promise<StepResult<Judged>> {
  const { ports, inputs, runState } = run;
  const model = inputs.judgeModel;
  if (model === undefined) return { ok: true, value: UNJUDGED };
  const { requests, positions } = await writeJudgeRequests(run, asked);
  const count = requests.places.length;
  if (count === 0) return { ok: true, value: UNJUDGED };
  ports.log.info({ code: 'judging-begins', count, model });
  const judge = { model, prompt: PROMPT_VERSION };
  const state = beginJudging(runState);
  state.requestCount = count;
  const part = judgingPart(run, state);
  const resume = await resumeOf(run, requests);
  const loaded = await loadRecord({ ...part, inputs: { ...part.inputs, resume } }, requests);
  const { store, decision } = loaded;
  // Batches given by ID belong to no push.
  if (inputs.batchIds.length === 0) await supersedeJudging(run, fingerprintOf(inputs.api, requests.lines.sha256));

  const plan = await planReuse(part, requests, loaded);
  if (!plan.ok) return { ok: false, outcome: judgingLeft(underway(runState, ports.clock.now()), plan.outcome) };
  const planned = plan.value;
  const toSend = positionsToSend(count, planned.split);
  const isNew = isUnsent(store, decision) && toSend.length > 0;
  const refusal = isNew
    ? await refuseJudging(part, requests, { judge: model, isAdmitted: runState.estimate !== undefined, toSend })
    : undefined;
  const unjudged = (): StepResult<Judged> => {
    runState.judging = undefined;
    return { ok: true, value: { ...UNJUDGED, failures: refusal === undefined ? [] : [refusal.failure] } };
  };
  if (refusal !== undefined && decision.kind !== 'reconcile' && decision.kind !== 'collect') return unjudged();
  if (sends(decision)) await noteJudge(run, store, judge);
  const earlier = paidEarlier(run, store, decision);
  const gathered = await gather({ ...part, requests, store, refusal: refusal?.outcome }, decision, planned);
  if (!gathered.ok) {
    if (gathered.outcome === refusal?.outcome) return unjudged();
    return { ok: false, outcome: judgingLeft(underway(runState, ports.clock.now()), gathered.outcome) };
  }
  const { accounts, files, answers } = await mergeResults(part, asReused(gathered.value, earlier), requests);
  await keepAnswers(part, answers);
  const { results, cases, holds = new Set<string>() } = files;
  const judging = { judge, batches: state.batches, accounts, results, holds };
  return { ok: true, value: { judging, failures: [], ...readJudgements(ports.files, { judging, positions, cases }) } };
}

const UNJUDGED: Judged = {
  judging: undefined,
  failures: [],
  judgementAt: () => undefined,
  close: () => undefined,
};

/**
 * Judgements belong to their answers: if the answers were sent before, or another run with them has asked the same judge, no judgement
 * is asked and paid for twice. New answers are judged anew, as the input says.
 */
async function resumeOf({ inputs, runState, store }: JudgingRun, requests: RequestSet) {
  const { resume } = inputs;
  if (resume === 'never' || runState.source !== 'submitted') return resume === 'never' ? resume : 'always';
  await store.refresh();
  return store.record.judge?.fingerprint === fingerprintOf(inputs.api, requests.lines.sha256) ? 'always' : resume;
}

/**
 * The batches of judgements that another run had made and collected, if no answers were sent either: the judgements are reused
 * like the answers.
 */
function paidEarlier({ inputs, runState, context }: JudgingRun, { record }: RecordStore, { kind }: Decision) {
  const isReuse = inputs.reuseAnswers === 'true' && !inputs.deleteBatch && runState.source === 'none';
  const isOwn = record.origin.submitter?.runId === context.runId;
  return isReuse && kind === 'collect' && !isOwn ? batchesOf(record) : [];
}

/** The results of these batches as what earlier runs had paid for. */
function asReused(downloads: Downloads, batches: readonly RecordBatch[]): Downloads {
  const earlier = new Map(batches.map((batch) => [batch.id, batch]));
  return new Map(
    Array.from(downloads, ([key, download]) => {
      const { id, createdAt } = earlier.get(key) ?? {};
      return [key, id === undefined || createdAt === undefined ? download : { ...download, reused: { id, createdAt } }];
    }),
  );
}

/** Whether no batch of the judgements is known, even if they were collected: all of them were reused. */
function isUnsent({ record }: RecordStore, { kind }: Decision): boolean {
  return (sends({ kind }) || kind === 'collect') && batchesOf(record).length === 0;
}

/** Whether the run may send something, or continues what a run has sent and not collected. */
function sends({ kind }: Pick<Decision, 'kind'>): boolean {
  return kind === 'submit' || kind === 'attach' || kind === 'reconcile';
}

/** Skipped if a save would hide a record that cannot be read; given batches have no record. Keeps what others added. */
async function noteJudge({ inputs, store: answers }: JudgingRun, store: RecordStore, judge: Judge): Promise<void> {
  if (answers.hidden !== undefined || inputs.batchIds.length > 0) return;
  await answers.refresh();
  await answers.noteJudge({ ...judge, fingerprint: store.record.fingerprint });
}

/** Reads judgements out of the file of results, one at a time. */
function readJudgements(
  files: Files,
  of: {
    readonly judging: Judging;
    readonly positions: JudgeRequests['positions'];
    readonly cases: CasePlaces | undefined;
  },
): Pick<Judged, 'judgementAt' | 'close'> {
  const { judge, results } = of.judging;
  const spans = openSpans(files, results);
  return {
    judgementAt(index) {
      const position = of.positions[index];
      const span = position === undefined ? undefined : of.cases?.result(position);
      if (span === undefined) return undefined;
      const line = parseJson(spans.read(span));
      const isAnswered = memberOf(line, 'result', 'type') === 'succeeded';
      return isAnswered ? judgementOf(parseJudgement(memberOf(line, 'result', 'message')), judge) : undefined;
    },
    close: spans.close,
  };
}
