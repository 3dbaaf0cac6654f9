import type { Step } from './plan.ts';

/** The inputs of the action in a step. */
export function inputsOf({ inputs, pace }: Step): Record<string, string> {
  const enough = pace === 'quick' ? '600' : '1';
  return {
    requests: 'requests.jsonl',
    'poll-interval-seconds': '20',
    'wait-minutes': inputs.wait === '0' ? '0' : enough,
    resume: inputs.resume,
    'on-timeout': inputs.onTimeout,
    'on-cancel': inputs.onCancel,
    'retry-rounds': String(inputs.rounds),
    supersede: inputs.supersede,
    'delete-batch': String(inputs.deleteBatch),
  };
}

/** What the runner sets for the `cache-mode` of a workflow. */
export function cacheModeOf({ storage }: Step): Readonly<Record<string, string>> {
  return storage.startsWith('mode-') ? { ACTIONS_CACHE_MODE: storage.replace('mode-', '') } : {};
}
