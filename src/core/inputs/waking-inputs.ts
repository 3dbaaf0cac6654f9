import { INPUTS } from './fields.ts';

/** Inputs of a step that wakes, and those that the runner always sets. */
const USED: ReadonlySet<string> = new Set([
  ...['wake-paused', 'anthropic-api-key', 'anthropic-base-url', 'anthropic-version', 'anthropic-beta', 'github-token'],
  ...['anthropic-federation-rule-id', 'anthropic-organization-id', 'anthropic-service-account-id'],
  ...['anthropic-workspace-id', 'anthropic-oidc-audience'],
  ...['name', 'results-path', 'artifact-name'],
]);

/** Whether a step is to wake paused jobs and do nothing else, also where it says so wrongly. `raw`: as of `parseInputs`. */
export function isToWake(raw: ReadonlyMap<string, string>): boolean {
  const text = (raw.get('wake-paused') ?? '').trim();
  return text !== '' && !/^(?:false|False|FALSE)$/.test(text);
}

/** Inputs that are set and change nothing in such a step. */
export function idleWhileWaking(raw: ReadonlyMap<string, string>): readonly string[] {
  return INPUTS.flatMap(({ name, default: standard }) => {
    const text = (raw.get(name) ?? '').trim();
    return USED.has(name) || text === '' || text === standard ? [] : [name];
  });
}
