import type { Problem } from '../messages/problems.ts';
import { parseApiKey, parseBaseUrl, parseVersion } from './api.ts';
import type { Inputs } from './inputs.ts';
import { INPUT_DEFAULTS, type InputName } from './names.ts';
import { parseParams } from './params.ts';
import { all, type Parsed, value, wrong } from './parsed.ts';
import {
  type InputEnvironment,
  parseArtifactName,
  parseBatchIds,
  parseBetas,
  parseBoolean,
  parseChoice,
  parseDollars,
  parseIssueNumber,
  parseLabel,
  parsePath,
  parsePatterns,
  parsePercent,
  parsePollInterval,
  parseResultsPath,
  parseRetention,
  parseRounds,
  parseWait,
} from './values.ts';

export type ParsedInputs =
  | { readonly kind: 'inputs'; readonly inputs: Inputs }
  /** `inputs` holds what is right of them, and defaults for the rest: enough to look for more problems and to say so. */
  | { readonly kind: 'problems'; readonly problems: readonly Problem[]; readonly inputs: Inputs };

/**
 * Checks all inputs at once. `raw` holds them under their names in `action.yml`, as the runner gives them; one that is
 * absent counts as empty. Every problem names the input and what to write instead, in the order of `action.yml`.
 */
export function parseInputs(raw: ReadonlyMap<string, string>, env: InputEnvironment): ParsedInputs {
  const given = (name: InputName): string => raw.get(name) ?? '';
  const take = <T>(name: InputName, parse: (name: InputName, text: string) => Parsed<T>): Parsed<T> =>
    parse(name, given(name).trim() || (INPUT_DEFAULTS.get(name) ?? ''));
  const withEnv =
    <T>(parse: (name: InputName, text: string, env: InputEnvironment) => Parsed<T>) =>
    (name: InputName, text: string): Parsed<T> =>
      parse(name, text, env);
  const choice =
    <const W extends string>(...words: readonly W[]) =>
    (name: InputName, text: string): Parsed<W> =>
      parseChoice(name, text, words);

  const requests = take('requests', parsePatterns);
  const batchIds = take('batch-id', parseBatchIds);
  const artifactName = take('artifact-name', parseArtifactName);
  const content = take('artifact-content', choice('full', 'answers', 'none'));
  const deleteBatch = take('delete-batch', parseBoolean);
  const dryRun = take('dry-run', parseBoolean);
  const parsed = all({
    requests,
    anythingToDo: checkAnythingToDo(requests, batchIds),
    ifNoRequestsFound: take('if-no-requests-found', choice('error', 'warn', 'ignore')),
    batchIds,
    defaultParams: parseParams('default-params', given('default-params')),
    overrideParams: parseParams('override-params', given('override-params')),
    key: take('anthropic-api-key', (name, text) => parseApiKey(name, text, env.apiKey)),
    baseUrl: take('anthropic-base-url', parseBaseUrl),
    version: take('anthropic-version', parseVersion),
    betas: take('anthropic-beta', parseBetas),
    githubToken: take('github-token', (_, text) => value(text)),
    resume: take('resume', choice('auto', 'always', 'never')),
    supersede: take('supersede', choice('keep', 'cancel')),
    retryRounds: take('retry-rounds', parseRounds),
    waitMs: take('wait-minutes', parseWait),
    pollIntervalMs: take('poll-interval-seconds', parsePollInterval),
    onTimeout: take('on-timeout', parseOnTimeout),
    onCancel: take('on-cancel', choice('keep', 'cancel')),
    maxCost: take('max-cost-usd', parseDollars),
    maxCostBasis: take('max-cost-basis', choice('upper', 'likely')),
    pricesPath: take('prices', withEnv(parsePath)),
    dryRun,
    nothingToCollect: checkNothingToCollect(dryRun, batchIds),
    maxErrorRateMicroPercent: take('max-error-rate', parsePercent),
    resultsPath: take('results-path', withEnv(parseResultsPath)),
    artifactName,
    retentionDays: take('retention-days', parseRetention),
    artifactContent: content,
    deleteBatch,
    keptSomewhere: checkKeptSomewhere(deleteBatch, artifactName, content),
    comment: take('comment', choice('always', 'on-failure', 'never')),
    commentKey: take('comment-key', parseLabel),
    name: take('name', parseName),
    issueNumber: take('issue-number', parseIssueNumber),
    summary: take('summary', parseBoolean),
  });
  if (parsed.kind === 'wrong')
    return { kind: 'problems', problems: parsed.problems, inputs: heal(raw, env, parsed.problems) };
  const { anythingToDo: _, keptSomewhere: __, nothingToCollect: ___, ...values } = parsed.value;
  const { key, baseUrl, version, betas, commentKey, ...rest } = values;
  const api = { key, baseUrl, version, betas };
  return { kind: 'inputs', inputs: { ...rest, api, commentKey: commentKey ?? env.workflow } };
}

/** `auto` is `pause`: no input sets a gate that a green check would pass without evidence. */
function parseOnTimeout(name: InputName, text: string): Parsed<Inputs['onTimeout']> {
  const choice = parseChoice(name, text, ['auto', 'pause', 'fail', 'cancel']);
  if (choice.kind === 'wrong') return choice;
  return value(choice.value === 'auto' ? 'pause' : choice.value);
}

/** The inputs without those that are wrong. */
function heal(raw: ReadonlyMap<string, string>, env: InputEnvironment, problems: readonly Problem[]): Inputs {
  const wrongOnes = new Set(problems.map(({ input }) => input ?? ''));
  const healed = new Map([...raw].filter(([name]) => !wrongOnes.has(name)));
  if (wrongOnes.has('name')) healed.set('name', env.action || 'step');
  // Something to do has to be named; with problems it is never looked at.
  if (!healed.get('requests')?.trim() && !healed.get('batch-id')?.trim()) healed.set('batch-id', 'none');
  // The key may come from the environment, where taking the input away leaves it.
  return parseInputs(healed, wrongOnes.has('anthropic-api-key') ? { ...env, apiKey: undefined } : env).inputs;
}

/** A dry run is about what would be sent; collecting sends nothing and costs nothing. */
function checkNothingToCollect(dryRun: Parsed<boolean>, batchIds: Parsed<readonly string[]>): Parsed<undefined> {
  const isDry = dryRun.kind === 'value' && dryRun.value;
  if (!isDry || batchIds.kind === 'wrong' || batchIds.value.length === 0) return value(undefined);
  return wrong('dry-run', { code: 'input-dry-run-collects' });
}

/** Without an artifact that holds them the results would be gone with the runner. */
function checkKeptSomewhere(
  deleteBatch: Parsed<boolean>,
  artifactName: Parsed<string>,
  content: Parsed<Inputs['artifactContent']>,
): Parsed<undefined> {
  if (deleteBatch.kind === 'wrong' || !deleteBatch.value) return value(undefined);
  const why = [
    ...(artifactName.kind === 'value' && artifactName.value === '' ? (['no-artifact'] as const) : []),
    ...(content.kind === 'value' && content.value === 'none' ? (['no-content'] as const) : []),
  ];
  return why.length === 0 ? value(undefined) : wrong('delete-batch', { code: 'input-results-lost', why });
}

function checkAnythingToDo(
  requests: Parsed<readonly string[]>,
  batchIds: Parsed<readonly string[]>,
): Parsed<undefined> {
  const isEmpty = (list: Parsed<readonly string[]>): boolean => list.kind === 'value' && list.value.length === 0;
  if (!isEmpty(requests) || !isEmpty(batchIds)) return value(undefined);
  return wrong('requests', { code: 'input-nothing-to-do' });
}

/** Without its own name a matrix leg would overwrite the section of another, so an empty one gets no default. */
function parseName(name: InputName, text: string): Parsed<string> {
  const label = parseLabel(name, text);
  if (label.kind === 'wrong') return label;
  if (label.value !== undefined) return value(label.value);
  return wrong(name, { code: 'input-no-name' });
}
