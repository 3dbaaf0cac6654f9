import { capitalize } from '../text/capitalize.ts';

/** Ways to submit requests once more. `file`: what is to be said of `retry.jsonl`. */
const AGAIN = {
  /** Submits what is retryable, and collects the answers once more. */
  rerun: () => 're-run this job',
  'retry-file': (file: string) => `submit \`retry.jsonl\`${file}`,
  /** For a step without request files, which writes no such file. */
  requests: () => 'submit these requests again',
} as const;

/**
 * What helps requests without an answer, by outcome, error type or known message: what to do first, and whether they are then to
 * be submitted once more as they are. Where not, the correction makes other requests of them.
 */
const REMEDIES = {
  expired: { first: '', isAgain: true },
  missing: { first: '', isAgain: true },
  canceled: { first: '', isAgain: true },
  retryable: { first: '', isAgain: true },
  'low-credit': { first: 'Buy credits in the Claude Console', isAgain: true },
  authentication_error: { first: 'Check the API key and its workspace', isAgain: true },
  permission_error: { first: 'Allow the key this model or feature in the Claude Console', isAgain: true },
  billing_error: { first: 'Fix the billing of the organization', isAgain: true },
  'max-tokens': { first: 'Lower `max_tokens`', isAgain: false },
  'long-prompt': { first: 'Shorten the prompt', isAgain: false },
  invalid_request_error: { first: 'Correct their `params`', isAgain: false },
  not_found_error: { first: 'Check the name of the model, and that the workspace may use it', isAgain: false },
  request_too_large: { first: 'Make these requests smaller', isAgain: false },
  other: { first: 'See the message', isAgain: false },
} as const;

export type Remedy = keyof typeof REMEDIES;

/** What to do about requests without an answer, as data. */
export interface Advice {
  readonly remedy: Remedy;
  readonly again: keyof typeof AGAIN;
}

/** As Markdown, without a full stop. */
export function printAdvice({ remedy, again }: Advice, file = ''): string {
  const { first, isAgain } = REMEDIES[remedy];
  if (!isAgain) return first;
  const then = AGAIN[again](file);
  if (first !== '') return `${first}, then ${then}`;
  return capitalize(remedy === 'canceled' ? `${then}, if you need them` : then);
}
