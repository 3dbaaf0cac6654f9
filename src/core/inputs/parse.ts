import type { Problem } from '../../errors.ts';
import { parseApiKey, parseBaseUrl, parseVersion } from './api.ts';
import { parseBoolean, parseChoice } from './choice.ts';
import type { Inputs } from './inputs.ts';
import { parseBatchIds, parseBetas, parsePatterns } from './lists.ts';
import { INPUT_DEFAULTS, type InputName } from './names.ts';
import { parseIssueNumber, parsePercent, parsePollInterval, parseRetention, parseWait } from './numbers.ts';
import { parseParams } from './params.ts';
import { all, type Parsed, value, wrong } from './parsed.ts';
import { type InputEnvironment, parseArtifactName, parseLabel, parsePath, parseResultsPath } from './places.ts';

export type ParsedInputs =
  | { readonly kind: 'inputs'; readonly inputs: Inputs }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

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
    waitMs: take('wait-minutes', parseWait),
    pollIntervalMs: take('poll-interval-seconds', parsePollInterval),
    onTimeout: take('on-timeout', choice('pause', 'fail')),
    pricesPath: take('prices', withEnv(parsePath)),
    maxErrorRateMicroPercent: take('max-error-rate', parsePercent),
    resultsPath: take('results-path', withEnv(parseResultsPath)),
    artifactName: take('artifact-name', parseArtifactName),
    retentionDays: take('retention-days', parseRetention),
    comment: take('comment', choice('always', 'on-failure', 'never')),
    commentKey: take('comment-key', parseLabel),
    leg: take('leg', parseLeg),
    issueNumber: take('issue-number', parseIssueNumber),
    summary: take('summary', parseBoolean),
  });
  if (parsed.kind === 'wrong') return { kind: 'problems', problems: parsed.problems };
  const { anythingToDo: _, key, baseUrl, version, betas, commentKey, ...rest } = parsed.value;
  const api = { key, baseUrl, version, betas };
  return { kind: 'inputs', inputs: { ...rest, api, commentKey: commentKey ?? env.workflow } };
}

function checkAnythingToDo(
  requests: Parsed<readonly string[]>,
  batchIds: Parsed<readonly string[]>,
): Parsed<undefined> {
  const isEmpty = (list: Parsed<readonly string[]>): boolean => list.kind === 'value' && list.value.length === 0;
  if (!isEmpty(requests) || !isEmpty(batchIds)) return value(undefined);
  const cure = 'set requests to the JSONL files to run, such as evals/*.jsonl, or batch-id to the batches to collect';
  return wrong('requests', 'is empty, and so is batch-id', cure);
}

/** Without a name of its own a leg would overwrite the section of another, so nothing is made up for an empty one. */
function parseLeg(name: InputName, text: string): Parsed<string> {
  const label = parseLabel(name, text);
  if (label.kind === 'wrong') return label;
  if (label.value !== undefined) return value(label.value);
  return wrong(name, 'is empty', 'leave the input out, or name this job and leg of its matrix');
}
