import { INPUTS } from './fields.ts';

/** Inputs of a waking step, and those that the runner always sets. */
const USED: ReadonlySet<string> = new Set([
  ...['wake-paused', 'anthropic-api-key', 'anthropic-base-url', 'anthropic-version', 'anthropic-beta', 'github-token'],
  ...['anthropic-federation-rule-id', 'anthropic-organization-id', 'anthropic-service-account-id'],
  ...['anthropic-workspace-id', 'anthropic-oidc-audience'],
  ...['name', 'results-path', 'artifact-name'],
]);

/** Whether a step should only wake paused jobs, even if it says so in the wrong form. `raw`: as in `parseInputs`. */
export function isToWake(raw: ReadonlyMap<string, string>): boolean {
  const text = (raw.get('wake-paused') ?? '').trim();
  return text !== '' && !/^(?:false|False|FALSE)$/.test(text);
}

/** Inputs that are set but have no effect in a waking step. */
export function idleWhileWaking(raw: ReadonlyMap<string, string>): readonly string[] {
  return INPUTS.flatMap(({ name, default: standard }) => {
    const text = (raw.get(name) ?? '').trim();
    return USED.has(name) || text === '' || text === standard ? [] : [name];
  });
}
