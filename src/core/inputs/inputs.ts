import type { Femto } from '../text/money.ts';

/** The inputs of `action.yml` as values: checked, with units in the names. */
export interface Inputs {
  /** Path or glob patterns of the request files; empty where only `batchIds` are given. */
  readonly requests: readonly string[];
  readonly ifNoRequestsFound: 'error' | 'warn' | 'ignore';
  readonly batchIds: readonly string[];
  /** Merged under each line's params; top-level member name → its value as JSON text. */
  readonly defaultParams: ReadonlyMap<string, string>;
  /** Merged over each line's params; top-level member name → its value as JSON text. */
  readonly overrideParams: ReadonlyMap<string, string>;
  readonly api: ApiInputs;
  readonly githubToken: string;
  /** `auto`, or milliseconds from the start of the step. */
  readonly waitMs: number | 'auto';
  readonly pollIntervalMs: number;
  readonly resume: 'auto' | 'always' | 'never';
  readonly supersede: 'keep' | 'cancel';
  /** Rounds in which requests that ended for a passing reason are sent again. */
  readonly retryRounds: number;
  readonly onTimeout: 'pause' | 'fail' | 'cancel';
  readonly onCancel: 'keep' | 'cancel';
  /** Submit nothing whose estimate is above this; undefined where there is no limit. */
  readonly maxCost: Femto | undefined;
  /** Which end of the estimate the limit is held against. */
  readonly maxCostBasis: 'upper' | 'likely';
  readonly pricesPath: string | undefined;
  /** Check and estimate, and submit nothing. */
  readonly dryRun: boolean;
  /** Millionths of a percent, so that `0.29` is exact: 1 % is 1_000_000. */
  readonly maxErrorRateMicroPercent: number;
  /** Absolute folder. */
  readonly resultsPath: string;
  /** Empty: no artifact. */
  readonly artifactName: string;
  readonly retentionDays: number;
  /** What artifact and page hold: prompts and answers, answers alone, or neither. */
  readonly artifactContent: PageContent;
  readonly deleteBatch: boolean;
  readonly comment: 'always' | 'on-failure' | 'never';
  readonly commentKey: string;
  readonly name: string;
  readonly issueNumber: number | undefined;
  readonly summary: boolean;
}

export interface ApiInputs {
  /** Undefined where no credential is at hand. */
  readonly key: string | undefined;
  /** Origin and optional path without a trailing slash. */
  readonly baseUrl: string;
  readonly version: string;
  readonly betas: readonly string[];
}

/** What a page holds of prompts and answers: both, answers alone, or neither. */
export type PageContent = 'full' | 'answers' | 'none';
