/** Every input of `action.yml`, in its order. */
export const INPUT_NAMES = [
  'requests',
  'if-no-requests-found',
  'batch-id',
  'default-params',
  'override-params',
  'anthropic-api-key',
  'anthropic-base-url',
  'anthropic-version',
  'anthropic-beta',
  'github-token',
  'resume',
  'supersede',
  'retry-rounds',
  'wait-minutes',
  'poll-interval-seconds',
  'on-timeout',
  'on-cancel',
  'max-cost-usd',
  'max-cost-basis',
  'prices',
  'dry-run',
  'max-error-rate',
  'results-path',
  'artifact-name',
  'retention-days',
  'artifact-content',
  'delete-batch',
  'comment',
  'comment-key',
  'name',
  'issue-number',
  'summary',
] as const;

export type InputName = (typeof INPUT_NAMES)[number];

/**
 * What an empty value stands for: a workflow that passes on an unset variable gets the default of `action.yml`, not an
 * error. Inputs that are not listed here either mean something by being empty or have a default made by the runner.
 */
export const INPUT_DEFAULTS: ReadonlyMap<InputName, string> = new Map<InputName, string>([
  ['if-no-requests-found', 'error'],
  ['anthropic-base-url', 'https://api.anthropic.com'],
  ['anthropic-version', '2026-10-21'],
  ['resume', 'auto'],
  ['supersede', 'keep'],
  ['retry-rounds', '1'],
  ['wait-minutes', 'auto'],
  ['poll-interval-seconds', '30'],
  ['on-timeout', 'auto'],
  ['on-cancel', 'keep'],
  ['max-cost-basis', 'upper'],
  ['dry-run', 'false'],
  ['max-error-rate', '0'],
  ['retention-days', '0'],
  ['artifact-content', 'full'],
  ['delete-batch', 'false'],
  ['comment', 'always'],
  ['summary', 'true'],
]);
