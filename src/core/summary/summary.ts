import type { BatchCounts } from '../../ports/api.ts';
import type { Outcome as Graded } from '../asserts/finding.ts';
import type { Verdict } from '../comparison/verdict.ts';
import type { Finisher } from '../endings/finisher.ts';
import type { Outcome, Skipped } from '../endings/outcome.ts';
import type { Estimate } from '../estimate/estimate.ts';
import type { PageContent } from '../inputs/inputs.ts';
import type { Range } from '../messages/estimate.ts';
import type { Notice } from '../messages/report.ts';
import type { NoBaseline, VerdictReason } from '../messages/verdicts.ts';
import type { FailureGroup, OutcomeCounts, UncountedLines } from '../results/accounts.ts';
import type { Incomplete } from '../results/whole-answer.ts';

export type { Notice as SummaryNotice } from '../messages/report.ts';

/**
 * The content of `summary.json`, and the only source of every number: outputs, markdown and log lines are rendered from it, so that they
 * agree to the last digit. Money is a decimal string with six decimals, tokens and counts are numbers, times are RFC 3339, durations
 * milliseconds; `null` means unknown. The API's texts are unescaped: escape them for display.
 */
export interface Summary {
  readonly schema: 1;
  readonly status: Outcome['status'];
  /** Why the step fails; null when it does not. */
  readonly failure: string | null;
  /** The causes in `failure` as codes, for programs. */
  readonly failure_codes: readonly string[];
  /** What to do about the failure, if its cause does not say so. */
  readonly next_step: string | null;
  readonly skipped_because: Skipped['why'] | null;
  readonly run: {
    readonly repository: string;
    readonly sha: string;
    readonly event: string;
    readonly workflow: string;
    readonly job: string;
    readonly name: string;
    readonly id: number;
    readonly attempt: number;
    readonly url: string;
  };
  /** The step as written in the workflow: `uses` is null for an action in the workspace. */
  readonly step: {
    readonly uses: string | null;
    readonly requests: readonly string[];
    /** The input as written: `50`, `10%`. */
    readonly sample: string | null;
    /** `reuse-answers: true`. */
    readonly reuse_answers: boolean;
    /** Names of the inputs that determine who calls the API. */
    readonly credentials: readonly string[];
  };
  readonly batch_source: BatchSource;
  readonly submitted_sha: string | null;
  readonly batches: readonly SummaryBatch[];
  /** Batches of judgements that are yet to be collected; after that, they are in `grading`. */
  readonly judge_batches: readonly SummaryBatch[];
  /** Whether a run with the same requests finds the uncollected batches. */
  readonly resumable: boolean;
  /**
   * Who collects what this run left: a later job of the same workflow run, a workflow that re-runs this job, or a person who re-runs it.
   * Null if there is nothing to collect, or if no run finds the batches on its own.
   */
  readonly finisher: Finisher | null;
  /** Gates left undecided by a green step that no later job of the run decides; null for none. */
  readonly open_gates: SummaryOpenGates | null;
  /** Whether re-running the job submits retryable failures again, as far as the inputs say. */
  readonly rerun_retries: boolean;
  /** Empty unless there were several. */
  readonly rounds: readonly SummaryRound[];
  /** Other events of batches. */
  readonly notices: readonly Notice[];
  /** What `sample` took of the requests in the files, before `repeats`; null if it is not set. */
  readonly sample: SummarySample | null;
  /** Which earlier answers were reused (`reuse-answers`); null if there is no reuse, and until results are in. */
  readonly reuse: SummaryReuse | null;
  /** Once collected, the last five add up to the first. */
  readonly requests: Readonly<Record<keyof OutcomeCounts, number | null>>;
  /** Requests without an answer, in percent of all, rounded up to two decimals. */
  readonly error_rate_percent: number | null;
  readonly max_error_rate_percent: number;
  readonly tokens: SummaryTokens | null;
  readonly cost: Amounts & {
    /** The part of `usd` that no earlier run has reported; null if that is not known. */
    readonly new_usd: string | null;
    /** Whether all of it was billed at half the standard price, as web searches never are. */
    readonly half_price: boolean;
    /** Refusals before any output, which are not billed. */
    readonly unbilled_refusals: number;
    /** Date of the price table. */
    readonly prices_as_of: string;
  };
  /** Estimated cost of a run that was to submit; null otherwise. */
  readonly estimate: SummaryEstimate | null;
  readonly models: readonly SummaryModel[];
  /** Stop reasons of the succeeded results, most frequent first. */
  readonly stop_reasons: readonly { readonly reason: string; readonly count: number }[];
  /** Succeeded but incomplete results, by reason. */
  readonly incomplete: Readonly<Record<Incomplete, number>> | null;
  /** Custom ID of the first result of each kind in `incomplete`. */
  readonly incomplete_examples: Readonly<Partial<Record<Incomplete, string>>>;
  readonly web_searches: number | null;
  readonly code_executions: number | null;
  readonly failures: readonly SummaryFailure[];
  /** Null if no request has an assert, and until the grades are in. */
  readonly grading: SummaryGrading | null;
  readonly missing_ids: readonly string[];
  /** Result lines not counted above. */
  readonly uncounted_lines: UncountedLines;
  /** Why nothing was sent, one entry per cause. */
  readonly problems: readonly SummaryProblem[];
  /** Warnings, which kept no request from being sent, one entry per cause. */
  readonly warnings: readonly SummaryProblem[];
  /** Whether models were looked up and tokens counted, which needs a key; null for all but dry runs. */
  readonly had_key: boolean | null;
  /** The patterns of `requests` that found no line, in an `empty` run. */
  readonly patterns: readonly string[];
  /** How long this run waited for its batches to end, null if a later job does; and from the first batch's creation to the last one's end. */
  readonly timings: { readonly waited_ms: number | null; readonly took_ms: number | null };
  /** Runner time that this run spent waiting for its batches to end; null if unknown. */
  readonly waiting: SummaryWaiting | null;
  /** Names of the request and result files that this run wrote. */
  readonly files: readonly string[];
  /** What artifact and page contain of prompts and answers: the value of `artifact-content`. */
  readonly content: PageContent;
  /** Whether an artifact was asked for: false for an empty `artifact-name`. */
  readonly uploads: boolean;
  /** `requests.jsonl`, which an artifact holds only up to 50 MB. */
  readonly requests_file: { readonly bytes: number; readonly sha256: string } | null;
}

/** Runner time of this run alone, not of earlier ones. */
export interface SummaryWaiting {
  /** In hundredths. */
  readonly minutes: number;
  /** GitHub's name for this kind of runner, such as `Linux 2-core (x64)`; null for a kind without a list price, and for a self-hosted runner. */
  readonly runner: string | null;
  /** Whether GitHub is known to charge for the minutes: on its own runners in private repositories. */
  readonly billed: boolean;
  /** These minutes at the list price; null if they are not billed, or if the price is unknown. */
  readonly usd: string | null;
}

/** `requests` out of `of` in the files; `input` is the input as written: `50`, `10%`. */
export interface SummarySample {
  readonly requests: number;
  readonly of: number;
  readonly input: string;
}

/** The two counts add up to the run's requests. */
export interface SummaryReuse {
  readonly reused: number;
  readonly sent: number;
  /** The part of `cost.usd` that earlier runs paid, for these answers and for reused judgements. */
  readonly saved_usd: string;
  /** Existing answers that could not be reused, so their requests were sent; with given batches, they have no result. */
  readonly unavailable: number;
  /** When the batch of the oldest reused answer was created, and how long ago that is; null if no batch says. */
  readonly oldest_at: string | null;
  readonly age_days: number | null;
  /** Seven days or more. */
  readonly is_old: boolean;
  /** Batches that the reused answers come from, newest first. */
  readonly sources: readonly {
    readonly batch_id: string;
    /** Null if the API did not say. */
    readonly created_at: string | null;
    readonly answers: number;
  }[];
}

/** The origin of a run's batches, in the words of the output `batch-source`. */
export type BatchSource = 'submitted' | 'joined' | 'reused' | 'given' | 'mixed' | 'none';

export interface SummaryBatch {
  readonly id: string;
  readonly status: string;
  readonly created_at: string;
  readonly ended_at: string | null;
  readonly expires_at: string;
  /** The API keeps results for 29 days from creation; null if it no longer has any. */
  readonly results_until: string | null;
  /** As last reported by the API; null if the results were restored, since the batch was not looked at then. */
  readonly counts: BatchCounts | null;
}

/** A round of sending: 0 for all requests, each further one for earlier retryable failures. */
export interface SummaryRound extends Pick<Amounts, 'usd' | 'lower_bound'> {
  readonly round: number;
  readonly requests: number;
  readonly succeeded: number;
}

/** `input` is the uncached part, as in the API; `cache_write` is the sum of its two lifetimes. */
export interface SummaryTokens {
  readonly input: number;
  readonly output: number;
  readonly cache_read: number;
  readonly cache_write: number;
  readonly cache_write_5m: number;
  readonly cache_write_1h: number;
}

/** The first three amounts are null together: before results are in, and when nothing could be priced. */
export interface Amounts {
  readonly usd: string | null;
  /** The same usage outside a batch. */
  readonly standard_usd: string | null;
  /** The difference of the two rounded amounts. */
  readonly saved_usd: string | null;
  /** How much more a batch would cost without caching, as a difference of rounded amounts; null if nothing was cached. */
  readonly cache_saved_usd: string | null;
  /** True while some requests have no known price: the amounts are then only a part. */
  readonly lower_bound: boolean;
  /** Succeeded requests without a known price. */
  readonly unpriced: number;
}

export interface SummaryModel extends Amounts {
  readonly model: string;
  readonly succeeded: number;
  readonly tokens: SummaryTokens;
}

export interface SummaryFailure {
  readonly outcome: FailureGroup['outcome'];
  readonly type: string | null;
  readonly message: string | null;
  readonly count: number;
  readonly example_id: string;
  /** Set if other messages of the group differ from this one in numbers. */
  readonly varies?: true;
  /** Set if it mixes kinds that had no row of their own: how many; `is_more` if there are more. */
  readonly mixed?: { readonly kinds: number; readonly is_more: boolean };
  /** May succeed when sent again, maybe only after a person has fixed the account or the key. */
  readonly retryable: boolean;
}

/** `file` and `line` are the first of `count` places; `input` is the invalid input, or the one that sets invalid params. */
export interface SummaryProblem {
  readonly code: string;
  readonly count: number;
  readonly file: string | null;
  readonly line: number | null;
  readonly input: string | null;
  readonly what: string;
  readonly fix: string;
  /** The shell command that `fix` ends with. */
  readonly command?: string;
}

/** Amounts are USD, null together if no request has a known price. */
export interface SummaryEstimate {
  readonly requests: number;
  /** How many prompts the API counted. The rest is extrapolated from these, or estimated by a rule if there are none. */
  readonly counted: number;
  readonly basis: Estimate['basis'];
  readonly input_tokens: Range<number>;
  readonly output_tokens: Range<number>;
  readonly batch: Range<string> | null;
  /** The same outside a batch. */
  readonly standard: Range<string> | null;
  /** Requests without a known price: the amounts then cover only a part. */
  readonly unpriced: number;
  readonly unpriced_models: readonly string[];
  /** Requests whose tools add an unknown number of tokens. */
  readonly unbounded: number;
  /** The tools that add them; empty if `unbounded` is 0. */
  readonly unbounded_by: readonly ('server-tools' | 'compaction')[];
  /** Requests that take an earlier answer, which no other figure includes, and the likely cost of sending them; null if there are none. */
  readonly reuse: { readonly requests: number; readonly usd: string } | null;
  /** The part of the amounts that judging costs; null if no judge is asked. `batch` is null if its model has no price. */
  readonly judging: { readonly judgements: number; readonly batch: Range<string> | null } | null;
  /** The likely amount in four ways; `cached` uses the requests' cache breakpoints, or assumes them on long repeated beginnings. */
  readonly calculator: {
    readonly caching: Estimate['calculator']['caching'];
    readonly standard: Readonly<Record<'uncached' | 'cached', string>>;
    readonly batch: Readonly<Record<'uncached' | 'cached', string>>;
  } | null;
}

/** The grades. Percents and points are decimal texts with six decimals, scores numbers from 0 to 1. */
export interface SummaryGrading {
  readonly verdict: Verdict['verdict'];
  /** The deciding reason, as data and as a sentence. */
  readonly because: SummaryDecision;
  readonly reason: string;
  /** The limits it was checked against. */
  readonly gates: SummaryGates;
  readonly cases: number;
  readonly passed: number;
  readonly failed: number;
  readonly ungraded: number;
  /** Ungraded although the model answered. */
  readonly undecided: number;
  readonly flaky: number;
  readonly repeats: number;
  /** Null if no case is graded. */
  readonly pass_rate: string | null;
  /** 95 % interval of the pass rate; null with repeats, or if no case is graded. */
  readonly interval: { readonly low: string; readonly high: string } | null;
  /** Mean chance that k of a case's answers all pass, over fully graded cases, for k from 2 to `repeats`; empty without repeats. */
  readonly pass_power: readonly { readonly k: number; readonly percent: string }[];
  readonly required_failed: readonly string[];
  readonly required_ungraded: readonly string[];
  readonly metrics: readonly SummaryMetric[];
  readonly labels: readonly SummaryLabel[];
  /** Null without judgements. Its `usd` is the part of `cost.usd` spent on judging, null if nothing could be priced. */
  readonly judge: SummaryJudge | null;
  /** Null if there is none; see `no_baseline`. */
  readonly baseline: SummaryBaseline | null;
  readonly no_baseline: { readonly code: NoBaseline['code']; readonly why: string } | null;
  /** Artifacts that were not used as the baseline. */
  readonly refused: readonly { readonly run_id: number; readonly code: string; readonly why: string }[];
  /** Null without a baseline, or if the two runs are not comparable; see `not_compared`. */
  readonly comparison: SummaryComparison | null;
  readonly not_compared: { readonly code: VerdictReason['code']; readonly why: string } | null;
  /** At most ten of each; required ones first among the failed. */
  readonly examples: Readonly<Record<'broken' | 'fixed' | 'failed' | 'flaky' | 'ungraded', readonly SummaryExample[]>>;
}

/** `because`: the input that lets the step end green without a decision. */
export interface SummaryOpenGates {
  readonly gates: readonly ('min-pass-rate' | 'max-drop' | 'required')[];
  readonly because: 'wait-minutes' | 'on-timeout';
}

/** Percents and points here have enough decimals to differ from their limit. */
export interface SummaryDecision {
  readonly code: VerdictReason['code'];
  /** Passing share of the graded cases, if the pass rate decided. */
  readonly rate: string | null;
  /** Set if the drop decided; positive for a fall. */
  readonly drop: string | null;
}

/** Percents and points, null if the input is not set; `significance` is a probability. */
export interface SummaryGates {
  readonly min_pass_rate: number | null;
  readonly max_drop: number | null;
  readonly significance: number;
  readonly max_ungraded: number;
}

export interface SummaryShare {
  readonly passed: number;
  readonly graded: number;
}

/** A case and the assert that explains it best. */
export interface SummaryExample {
  readonly custom_id: string;
  readonly required: boolean;
  readonly assert: {
    readonly type: string;
    readonly metric: string | null;
    readonly outcome: Graded;
    /** May quote the answer: null if artifacts must not contain answers, or if unknown. */
    readonly reason: string | null;
    /** The baseline's result; null if unknown. */
    readonly before: { readonly outcome: Graded; readonly reason: string | null } | null;
  } | null;
  /** How many of its graded answers pass; null with one answer per case. */
  readonly share: { readonly now: SummaryShare; readonly before: SummaryShare | null } | null;
}

export interface SummaryMetric {
  readonly metric: string;
  readonly cases: number;
  readonly mean: number;
  /** Over the pairs, if the baseline has this metric. */
  readonly compared: { readonly pairs: number; readonly now: number; readonly before: number } | null;
}

export interface SummaryLabel {
  readonly key: string;
  readonly value: string | number | boolean | null;
  readonly cases: number;
  readonly graded: number;
  readonly pass_rate: string | null;
}

export interface SummaryJudge extends Pick<Amounts, 'usd' | 'lower_bound' | 'unpriced'> {
  readonly model: string;
  readonly prompt: number;
  readonly batches: readonly SummaryBatch[];
  readonly judgements: number;
  /** Judgements that earlier runs paid for. */
  readonly reused: number;
  /** Existing judgements that could not be reused, so the judge was asked again. */
  readonly unavailable: number;
  /** Judgements without a result. */
  readonly failed: number;
  /** Whether re-running the job requests some of these again, and pays only for these. */
  readonly rerun_judges: boolean;
  readonly contradictions: number;
  readonly failures: readonly SummaryFailure[];
}

export interface SummaryBaseline {
  readonly run_id: number | null;
  readonly ref: string;
  readonly commit: string;
  readonly created_at: string;
  readonly age_days: number;
  readonly is_old: boolean;
  readonly model: string;
  readonly url: string | null;
}

export interface SummaryComparison {
  readonly pairs: number;
  readonly same_answers: number;
  readonly regraded: number;
  readonly broken: number;
  readonly fixed: number;
  readonly broken_ids: readonly string[];
  readonly fixed_ids: readonly string[];
  readonly request_changed: number;
  readonly left_out: Readonly<Record<'added' | 'removed' | 'asserts_changed' | 'ungraded', number>>;
  readonly model_change: { readonly before: string; readonly now: string } | null;
  /** Null without pairs. Pass rates over the pairs. */
  readonly figures: {
    readonly now: string;
    readonly before: string;
    /** `before` minus `now`, in points. */
    readonly drop: string;
    readonly p: number;
    readonly test: 'mid-p' | 'sign-flip';
    readonly interval: { readonly low: string; readonly high: string } | null;
    /** Points; null if the pairs are too few for any. */
    readonly findable: string | null;
    readonly is_spread_assumed: boolean;
    readonly more_cases: number | null;
  } | null;
}
