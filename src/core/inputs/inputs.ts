import type { Problem } from '../messages/problems.ts';
import { nearest } from '../text/nearest.ts';
import { parseApiKey, parseBaseUrl, parseVersion } from './api.ts';
import {
  parseBaseline,
  parseDefaultAsserts,
  parseJudgeModel,
  parseOptionalPercent,
  parsePoints,
  parseRepeatMinPass,
  parseRepeats,
  parseSignificance,
  parseWorkflowFile,
} from './grading.ts';
import { parseParams } from './params.ts';
import { clipValue, type Parsed, value } from './parsed.ts';
import {
  choice,
  type InputEnvironment,
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
  parseWait,
  whole,
} from './values.ts';

export const DEFAULT_BASE_URL = 'https://api.anthropic.com';

/** Every input of `action.yml`, in its order, under the name of its value. */
const FIELDS = {
  /** Path or glob patterns of the request files; empty where only `batchIds` are given. */
  requests: input('requests', parsePatterns),
  ifNoRequestsFound: input('if-no-requests-found', choice('error', 'warn', 'ignore'), 'error'),
  batchIds: input('batch-id', parseBatchIds),
  /** Merged under each line's params; top-level member name → its value as JSON text. */
  defaultParams: { ...input('default-params', parseParams), read: parseParams },
  /** Merged over each line's params; top-level member name → its value as JSON text. */
  overrideParams: { ...input('override-params', parseParams), read: parseParams },
  /** Undefined where no credential is at hand. */
  key: input('anthropic-api-key', parseApiKey),
  /** Origin and optional path without a trailing slash. */
  baseUrl: input('anthropic-base-url', parseBaseUrl, DEFAULT_BASE_URL),
  version: input('anthropic-version', parseVersion, '2026-10-21'),
  betas: input('anthropic-beta', parseBetas),
  githubToken: input('github-token', value<string>),
  resume: input('resume', choice('auto', 'always', 'never'), 'auto'),
  supersede: input('supersede', choice('keep', 'cancel'), 'keep'),
  /** Most rounds that resend retryable failures; above ten, only permanent failures are left. */
  retryRounds: input('retry-rounds', whole(10), '1'),
  /** `auto`, or milliseconds from the start of the step. */
  waitMs: input('wait-minutes', parseWait, 'auto'),
  pollIntervalMs: input('poll-interval-seconds', parsePollInterval, '30'),
  onTimeout: input('on-timeout', parseOnTimeout, 'auto'),
  onCancel: input('on-cancel', choice('keep', 'cancel'), 'keep'),
  /** Submit nothing whose estimate is above this; undefined without a limit. */
  maxCost: input('max-cost-usd', parseDollars),
  /** Which end of the estimate is compared with the limit. */
  maxCostBasis: input('max-cost-basis', choice('upper', 'likely'), 'upper'),
  pricesPath: input('prices', parsePath),
  /** Check and estimate, and submit nothing. */
  dryRun: input('dry-run', parseBoolean, 'false'),
  /** Millionths of a percent, so that `0.29` is exact: 1 % is 1_000_000. */
  maxErrorRateMicroPercent: input('max-error-rate', parsePercent, '0'),
  /** Absolute folder. */
  resultsPath: input('results-path', parseResultsPath),
  /** Empty: no artifact. */
  artifactName: input('artifact-name', parseArtifactName),
  /** Days; 0 is the repository's default, and 400 the longest that GitHub offers, to private repositories of an enterprise. */
  retentionDays: input('retention-days', whole(400), '0'),
  /** What artifact and page hold: prompts and answers, answers alone, or neither. */
  artifactContent: input('artifact-content', choice('full', 'answers', 'none'), 'full'),
  deleteBatch: input('delete-batch', parseBoolean, 'false'),
  comment: input('comment', choice('always', 'on-failure', 'never'), 'always'),
  commentKey: input('comment-key', parseCommentKey),
  name: input('name', parseName),
  issueNumber: input('issue-number', parseIssueNumber),
  summary: input('summary', parseBoolean, 'true'),
  /** Asserts that every request has before its own, as they are written. */
  defaultAsserts: input('default-assert', parseDefaultAsserts),
  /** The model that answers `llm-rubric`; undefined without one. */
  judgeModel: input('judge-model', parseJudgeModel),
  /** Answers per request, at least 1. */
  repeats: input('repeats', parseRepeats, '1'),
  /** How many of its answers a case needs to pass; undefined: all. */
  repeatMinPass: input('repeat-min-pass', parseRepeatMinPass),
  /** Patterns of files with grades of a step's own graders. */
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
};

interface Input<T> {
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

type Values = { readonly [F in keyof typeof FIELDS]: (typeof FIELDS)[F] extends Input<infer T> ? T : never };

export type ApiInputs = Pick<Values, 'key' | 'baseUrl' | 'version' | 'betas'>;

/** The inputs of `action.yml` as values: checked, with units in the names. */
export type Inputs = Omit<Values, keyof ApiInputs> & { readonly api: ApiInputs };

/** What the workflow demands of the grades. */
export type Gates = Pick<
  Inputs,
  'minPassRateMicroPercent' | 'maxDropMicroPercent' | 'significance' | 'onInconclusive' | 'maxUngradedMicroPercent'
>;

/** What a page holds of prompts and answers: both, answers alone, or neither. */
export type PageContent = Inputs['artifactContent'];

/**
 * Checks all inputs at once. `raw` holds them under their names in `action.yml`, as the runner gives them, and may hold
 * others, which are only looked at for slips; one that is absent counts as empty. Every problem names its input, in the order of `action.yml`. An input with a problem gets its
 * default, so that the rest is enough to look for more problems and to report them.
 */
export function parseInputs(
  raw: ReadonlyMap<string, string>,
  env: InputEnvironment,
): { readonly inputs: Inputs; readonly problems: readonly Problem[] } {
  const fields = Object.entries<Input<unknown>>(FIELDS).map(([field, { name, read }]) => {
    return { field, name, read, parsed: read(raw.get(name) ?? '', env) };
  });
  const right = fields.flatMap(({ field, parsed }) => (parsed.kind === 'value' ? [[field, parsed.value]] : []));
  const together = checkTogether(Object.fromEntries(right), raw);
  const problems = fields.flatMap(({ name, parsed }): Problem[] => {
    const own = parsed.kind === 'wrong' ? parsed.problems : [];
    return [...own.map((problem) => ({ ...problem, input: name })), ...together.filter(({ input }) => input === name)];
  });
  const values = fields.map(({ field, name, read, parsed }) => {
    // As the default of action.yml is in a job without a matrix, whose section a corrected run then takes.
    // The key may come from the environment too.
    const standard = read(name === 'name' ? `${env.job || 'job'}-0` : '', { ...env, apiKey: undefined });
    const used = problems.some(({ input }) => input === name) ? standard : parsed;
    return [field, used.kind === 'value' ? used.value : undefined];
  });
  const { key, baseUrl, version, betas, ...rest }: Values = Object.fromEntries(values);
  return { inputs: { ...rest, api: { key, baseUrl, version, betas } }, problems };
}

/** Problems of inputs that are valid on their own. */
function checkTogether(given: Partial<Values>, raw: ReadonlyMap<string, string>): readonly Problem[] {
  const { requests, batchIds, key, baseUrl, dryRun, deleteBatch, artifactName, artifactContent } = given;
  const problems: Problem[] = [];
  if (requests?.length === 0 && batchIds?.length === 0)
    problems.push({ code: 'input-nothing-to-do', slip: slipIn(raw), input: 'requests' });
  if (key !== undefined && baseUrl === DEFAULT_BASE_URL && OTHER_SERVICES.test(key)) {
    const isFromEnvironment = (raw.get('anthropic-api-key') ?? '').trim() === '';
    problems.push({ code: 'input-key', fault: 'other-service', isFromEnvironment, input: 'anthropic-api-key' });
  }
  // A dry run is about what would be sent; collecting sends nothing and costs nothing.
  if (dryRun === true && batchIds !== undefined && batchIds.length > 0)
    problems.push({ code: 'input-dry-run-collects', input: 'dry-run' });
  // Without an artifact that holds them the results would be gone with the runner.
  const why: ('no-artifact' | 'no-content')[] = [];
  if (artifactName === '') why.push('no-artifact');
  if (artifactContent === 'none') why.push('no-content');
  if (deleteBatch === true && why.length > 0) problems.push({ code: 'input-results-lost', input: 'delete-batch', why });
  return problems;
}

/** How keys of OpenAI, OpenRouter, Google, Groq, xAI, Hugging Face and GitHub begin. A gateway may take any of them. */
const OTHER_SERVICES = /^(?:sk-(?:proj|svcacct|or)-|AIza|gsk_|xai-|hf_|gh[pousr]_|github_pat_)/;

/** A set input that does not exist and whose name is a slip away from one that says what to do. */
function slipIn(raw: ReadonlyMap<string, string>): { readonly written: string; readonly meant: string } | undefined {
  for (const [name, text] of raw) {
    const meant = nearest(name, ['requests', 'batch-id']);
    const isInput = INPUTS.some((one) => one.name === name);
    if (meant !== undefined && !isInput && text.trim() !== '') return { written: clipValue(name), meant };
  }
  return undefined;
}

/** `auto` is `pause`: no input sets a gate that a green check would pass without evidence. */
function parseOnTimeout(text: string): Parsed<'pause' | 'fail' | 'cancel'> {
  const parsed = choice('auto', 'pause', 'fail', 'cancel')(text);
  if (parsed.kind === 'wrong') return parsed;
  return value(parsed.value === 'auto' ? 'pause' : parsed.value);
}
