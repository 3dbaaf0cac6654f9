import { parseApiKey, parseBaseUrl, parseVersion } from './api.ts';
import { parseAllowedModels, parseMaxRequests } from './bounds.ts';
import {
  parseBaseline,
  parseDefaultAsserts,
  parseJudgeModel,
  parseOptionalPercent,
  parsePoints,
  parseRepeatMinPass,
  parseRepeats,
  parseSample,
  parseSignificance,
  parseWorkflowFile,
} from './grading.ts';
import { parseParams } from './params.ts';
import { type Parsed, value } from './parsed.ts';
import { DEFAULT_AUDIENCE, idOf, parseAudience } from './sign-in.ts';
import {
  choice,
  type InputEnvironment,
  MAX_REUSE_DAYS,
  parseArtifactName,
  parseBatchIds,
  parseBetas,
  parseBoolean,
  parseCommentKey,
  parseDollars,
  parseIssueNumber,
  parseName,
  parsePath,
  parsePatterns,
  parsePercent,
  parsePollInterval,
  parseResultsPath,
  parseReuse,
  parseWait,
  whole,
} from './values.ts';

export const DEFAULT_BASE_URL = 'https://api.anthropic.com';

/** Every input of `action.yml`, in its order, under the name of its value. */
export const FIELDS = {
  /** Path or glob patterns of the request files; empty if only `batchIds` are given. */
  requests: input('requests', parsePatterns),
  ifNoRequestsFound: input('if-no-requests-found', choice('error', 'warn', 'ignore'), 'error'),
  batchIds: input('batch-id', parseBatchIds),
  /** Merged under each line's params; top-level member name → its value as JSON text. */
  defaultParams: { ...input('default-params', parseParams), read: parseParams },
  /** Merged over each line's params; top-level member name → its value as JSON text. */
  overrideParams: { ...input('override-params', parseParams), read: parseParams },
  /** Undefined if there is none, for example when the step signs in. */
  key: input('anthropic-api-key', parseApiKey),
  /** The step signs in if this and the next are given. */
  ruleId: input('anthropic-federation-rule-id', idOf('federation-rule')),
  organizationId: input('anthropic-organization-id', idOf('organization')),
  serviceAccountId: input('anthropic-service-account-id', idOf('service-account')),
  /** Undefined: the workspace of the key, or of the rule. */
  workspaceId: input('anthropic-workspace-id', idOf('workspace')),
  /** Audience of the identity token. */
  audience: input('anthropic-oidc-audience', parseAudience, DEFAULT_AUDIENCE),
  /** Origin and optional path without a trailing slash. */
  baseUrl: input('anthropic-base-url', parseBaseUrl, DEFAULT_BASE_URL),
  version: input('anthropic-version', parseVersion, '2026-10-21'),
  betas: input('anthropic-beta', parseBetas),
  githubToken: input('github-token', value<string>),
  resume: input('resume', choice('auto', 'always', 'never'), 'auto'),
  supersede: input('supersede', choice('keep', 'cancel'), 'keep'),
  /** Most rounds that resend retryable failures; after ten, only permanent failures remain. */
  retryRounds: input('retry-rounds', whole(10), '1'),
  /** `auto`, or milliseconds from the start of the step. */
  waitMs: input('wait-minutes', parseWait, 'auto'),
  pollIntervalMs: input('poll-interval-seconds', parsePollInterval, '30'),
  onTimeout: input('on-timeout', choice('auto', 'pause', 'fail', 'cancel'), 'auto'),
  onCancel: input('on-cancel', choice('keep', 'cancel'), 'keep'),
  /** Whether requests take answers from earlier runs; `save`: only keeps theirs for later ones. */
  reuseAnswers: input('reuse-answers', parseReuse, 'false'),
  /** Oldest answer to reuse, in days. */
  reuseDays: input('reuse-days', whole(MAX_REUSE_DAYS, 1), '14'),
  /** Submits nothing if the estimate is above this; undefined without a limit. */
  maxCost: input('max-cost-usd', parseDollars),
  /** Which end of the estimate to compare with the limit. */
  maxCostBasis: input('max-cost-basis', choice('upper', 'likely'), 'upper'),
  /** Submits nothing if there are more requests than this, each counted as often as it is sent; undefined without a limit. */
  maxRequests: input('max-requests', parseMaxRequests),
  /** The only models that requests may name, exactly; empty: any. */
  allowedModels: input('allowed-models', parseAllowedModels),
  pricesPath: input('prices', parsePath),
  /** Checks and estimates, but submits nothing. */
  dryRun: input('dry-run', parseBoolean, 'false'),
  /** Millionths of a percent, so that `0.29` is exact: 1 % is 1_000_000. */
  maxErrorRateMicroPercent: input('max-error-rate', parsePercent, '0'),
  /** Absolute folder. */
  resultsPath: input('results-path', parseResultsPath),
  /** Empty: no artifact. */
  artifactName: input('artifact-name', parseArtifactName),
  /** Days; 0 is the repository's default. GitHub offers at most 400, for an enterprise's private repositories. */
  retentionDays: input('retention-days', whole(400), '0'),
  /** Contents of artifact and page: prompts and answers, answers alone, or neither. */
  artifactContent: input('artifact-content', choice('full', 'answers', 'none'), 'full'),
  deleteBatch: input('delete-batch', parseBoolean, 'false'),
  comment: input('comment', choice('always', 'on-failure', 'never'), 'always'),
  commentKey: input('comment-key', parseCommentKey),
  name: input('name', parseName),
  issueNumber: input('issue-number', parseIssueNumber),
  summary: input('summary', parseBoolean, 'true'),
  /** Asserts that apply to every request before its own, as written. */
  defaultAsserts: input('default-assert', parseDefaultAsserts),
  /** The model that answers `llm-rubric`; undefined without one. */
  judgeModel: input('judge-model', parseJudgeModel),
  /** Answers per request, at least 1. */
  repeats: input('repeats', parseRepeats, '1'),
  /** How many of its answers must pass for a case to pass; undefined: all. */
  repeatMinPass: input('repeat-min-pass', parseRepeatMinPass),
  /** Patterns of files with grades from the workflow's own graders. */
  extraGrades: input('extra-grades', parsePatterns),
  baseline: input('baseline', parseBaseline, 'auto'),
  /** File name of the workflow whose runs are the baseline; undefined: this one. */
  baselineWorkflow: input('baseline-workflow', parseWorkflowFile),
  /** Millionths of a percent; undefined without a gate. */
  minPassRateMicroPercent: input('min-pass-rate', parseOptionalPercent),
  /** Millionths of a point; undefined without a gate. */
  maxDropMicroPercent: input('max-drop', parsePoints),
  /** The probability of failing a run that is no worse; above 0 and below 0.5. */
  significance: input('significance', parseSignificance, '0.05'),
  onInconclusive: input('on-inconclusive', choice('pass', 'fail'), 'pass'),
  /** Percent of cases that may be answered and yet ungraded, in millionths. */
  maxUngradedMicroPercent: input('max-ungraded', parsePercent, '5'),
  /** How many of the requests in the files to take; undefined: all. */
  sample: input('sample', parseSample),
  /** Re-runs paused jobs instead of sending anything. */
  wakePaused: input('wake-paused', parseBoolean, 'false'),
};

export interface Input<T> {
  readonly name: string;
  /**
   * Meaning of an empty value: a workflow that passes on an unset variable gets the default of `action.yml`, not an
   * error. Empty if an empty value has a meaning, or if the runner sets the default.
   */
  readonly default: string;
  read(given: string, env: InputEnvironment): Parsed<T>;
}

function input<T>(name: string, parse: Input<T>['read'], standard = ''): Input<T> {
  return { name, default: standard, read: (given, env) => parse(given.trim() || standard, env) };
}

export const INPUTS: readonly Input<unknown>[] = Object.values(FIELDS);

/** The values of all inputs, each right on its own. */
export type Values = { readonly [F in keyof typeof FIELDS]: (typeof FIELDS)[F] extends Input<infer T> ? T : never };
