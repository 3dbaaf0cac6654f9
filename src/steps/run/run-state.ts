import type { Underway } from '../../core/endings/outcome.ts';
import type { Estimate } from '../../core/estimate/estimate.ts';
import type { Later } from '../../core/inputs/later.ts';
import type { SampleFacts } from '../../core/intake/request-set.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { sizeOf } from '../../core/polling/size.ts';
import { batchesOf, roundOf } from '../../core/record/record.ts';
import type { BatchSource, SummaryNotice } from '../../core/summary/summary.ts';
import { parseTime } from '../../core/text/numbers.ts';
import type { Batch } from '../../ports/api.ts';
import type { RecordStore } from './record-store.ts';

/** What must be known if the step fails. The steps write it; `main` and the reports of the ending read it. */
export interface RunState {
  /** When the step started, in ms since the epoch. */
  readonly startedAtMs: number;
  /** Identifies this process among all others, also among other jobs of the same run. */
  readonly nonce: string;
  /** `markOf` the folder `results-path` when the step began; undefined until it is known. */
  folderMark: string | undefined;
  /** Whether an error that nothing caught is being reported. */
  isBroken: boolean;
  /** Newest known states of the batches that exist, in the order in which they became known. */
  batches: readonly Batch[];
  source: BatchSource;
  /**
   * How long this run has waited for batches to end, those of answers and of judgements together, in ms; undefined if another
   * process waited. Only the value in the state of answers counts.
   */
  waitedMs: number | undefined;
  /** Whether this run itself canceled its batches at the end of its waiting time. */
  timedOut: boolean;
  /** Requests of the files; undefined if none were read. */
  requestCount: number | undefined;
  /** Whether a case among them is `required`. */
  hasRequired: boolean;
  /** What `sample` took of them; undefined if it is not set or not known. */
  sample: SampleFacts | undefined;
  /** Estimated cost of the requests, once known. */
  estimate: Estimate | undefined;
  /** Doubts about the requests that do not block them. */
  warnings: readonly Problem[];
  /** The record of these requests, once it was loaded. */
  store: RecordStore | undefined;
  /** Who continues if this run leaves a batch behind, once that is known. */
  later: Later | undefined;
  /** Other events for the report. */
  readonly notices: SummaryNotice[];
  /** By batch, how many kept answers could not be reused. */
  readonly lostAnswers: Map<string, number>;
  /** In the state of answers: the state of their judgements, once those are asked for. */
  judging: RunState | undefined;
  /** In the state of judgements: the state of their answers. */
  readonly answers: RunState | undefined;
}

/** The state of a run's answers. */
export function createRunState(startedAtMs: number, nonce: string): RunState {
  return stateOf(startedAtMs, nonce, undefined);
}

/** The state of the judgements of these answers: batches, a record and notices of their own. */
export function beginJudging(answers: RunState): RunState {
  const judging = stateOf(answers.startedAtMs, answers.nonce, answers);
  answers.judging = judging;
  return judging;
}

/** The name of the results file that belongs to a state. */
export function resultsNameOf({ answers }: Pick<RunState, 'answers'>): string {
  return answers === undefined ? 'results.jsonl' : JUDGE_RESULTS;
}

const JUDGE_RESULTS = 'judge-results.jsonl';

function stateOf(startedAtMs: number, nonce: string, answers: RunState | undefined): RunState {
  return {
    startedAtMs,
    nonce,
    folderMark: undefined,
    isBroken: false,
    batches: [],
    source: 'none',
    waitedMs: 0,
    timedOut: false,
    requestCount: undefined,
    hasRequired: false,
    sample: undefined,
    estimate: undefined,
    warnings: [],
    store: undefined,
    later: undefined,
    notices: [],
    lostAnswers: new Map(),
    judging: undefined,
    answers,
  };
}

/** Keeps the findings of the checks before sending for the report. */
export function noteChecks(runState: RunState, { warnings, estimate }: Pick<RunState, 'warnings' | 'estimate'>): void {
  runState.warnings = warnings;
  runState.estimate = estimate;
}

/** Updates the states of known batches and adds new ones. A time of creation that cannot be read replaces none that is known. */
export function noteBatches(runState: RunState, newer: readonly Batch[]): void {
  const states = new Map(runState.batches.map((batch) => [batch.id, batch]));
  for (const batch of newer) {
    const known = states.get(batch.id)?.createdAt;
    const createdAt = parseTime(batch.createdAt) === undefined ? (known ?? batch.createdAt) : batch.createdAt;
    states.set(batch.id, { ...batch, createdAt });
  }
  runState.batches = [...states.values()];
}

/** Adds time spent waiting for batches to end. */
export function noteWaited(runState: RunState, waitedMs: number): void {
  const ofAnswers = runState.answers ?? runState;
  ofAnswers.waitedMs = (ofAnswers.waitedMs ?? 0) + waitedMs;
}

/** Removes a batch that turned out not to be ours. */
export function dropBatch(runState: RunState, id: string): void {
  runState.batches = runState.batches.filter((batch) => batch.id !== id);
  runState.notices.push({ kind: 'rejected-batch', batch_id: id });
}

/** Different sources become `mixed`. */
export function noteSource(runState: RunState, source: BatchSource): void {
  runState.source = runState.source === 'none' || runState.source === source ? source : 'mixed';
}

/** The round of the record that a batch belongs to, 0 for the first and for batches that no record names. */
export function roundOfBatch({ store }: RunState, id: string): number {
  return store === undefined ? 0 : roundOf(store.record, id);
}

/** The state of the batches at `nowMs`, for the endings. */
export function underway(runState: RunState, nowMs: number): Underway {
  const { batches, requestCount, startedAtMs, store, judging, later, hasRequired } = runState;
  const counted = batches.reduce((sum, batch) => sum + sizeOf(batch), 0);
  const resumable = store?.findable ?? false;
  const judgeBatches = judging === undefined ? {} : { judgeBatches: judging.batches };
  const known = { batches, requestCount: requestCount ?? counted, waitedMs: nowMs - startedAtMs, resumable };
  const told = { ...judgeBatches, ...(later === undefined ? {} : { later }) };
  return { ...known, ...told, ...(hasRequired ? { hasRequired } : {}) };
}

/** Who canceled the batches that came back canceled: a newer push says so in the record. */
export function canceledBy({ store, timedOut }: RunState): 'unknown' | 'newer-push' {
  const batches = store === undefined || timedOut ? [] : batchesOf(store.record);
  return batches.some(({ stopped }) => stopped === 'superseded') ? 'newer-push' : 'unknown';
}
