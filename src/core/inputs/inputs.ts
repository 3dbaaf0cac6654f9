import type { Problem } from '../messages/problems.ts';
import { checkTogether } from './check-together.ts';
import { FIELDS, type Input, type Values } from './fields.ts';
import { isOfCredentials, type SignIn } from './sign-in.ts';
import type { InputEnvironment } from './values.ts';

export { DEFAULT_BASE_URL, INPUTS } from './fields.ts';

/** At most one of `key` and `signIn` is set. */
export type ApiInputs = Pick<Values, 'key' | 'workspaceId' | 'baseUrl' | 'version' | 'betas'> & {
  /** Undefined if the step does not sign in. */
  readonly signIn: SignIn | undefined;
};

/** The inputs of `action.yml` as values: checked, with units in the names. */
export type Inputs = Omit<Values, keyof ApiInputs | keyof SignIn | 'onTimeout'> & {
  readonly api: ApiInputs;
  /** `fail-by-gate`: set to `auto`, with a gate to decide. */
  readonly onTimeout: Exclude<Values['onTimeout'], 'auto'> | 'fail-by-gate';
};

/** The workflow's requirements on the grades. */
export type Gates = Pick<
  Inputs,
  'minPassRateMicroPercent' | 'maxDropMicroPercent' | 'significance' | 'onInconclusive' | 'maxUngradedMicroPercent'
>;

/** What a page holds of prompts and answers: both, answers alone, or neither. */
export type PageContent = Inputs['artifactContent'];

/**
 * Checks all inputs at once. `raw` maps names in `action.yml` to what the runner passes; unknown names are only checked for typos, and
 * absent ones count as empty. Every problem names its input, in the order of `action.yml`. An invalid input gets its default, so that the
 * rest can still be checked and reported.
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
    // The name that `action.yml` defaults to in a job without a matrix; a corrected run then takes over its section. The key may come
    // from the environment too.
    const standard = read(name === 'name' ? `${env.job || 'job'}-0` : '', { ...env, apiKey: undefined });
    const used = problems.some(({ input }) => input === name) ? standard : parsed;
    return [field, used.kind === 'value' ? used.value : undefined];
  });
  const all: Values = Object.fromEntries(values);
  const { ruleId, organizationId, serviceAccountId, audience, ...others } = all;
  const { key, workspaceId, baseUrl, version, betas, ...rest } = others;
  const isSigningIn = ruleId !== undefined && organizationId !== undefined && !problems.some(isOfCredentials);
  const signIn = isSigningIn ? { ruleId, organizationId, serviceAccountId, audience } : undefined;
  const api = { key, signIn, workspaceId, baseUrl, version, betas };
  return { inputs: { ...rest, onTimeout: whenTimeIsOver(all), reuseAnswers: reuseOf(all), api }, problems };
}

/** `auto` waits for evidence if a check depends on it, unless the workflow waits elsewhere. */
function whenTimeIsOver({ onTimeout, waitMs, ...gates }: Values): Inputs['onTimeout'] {
  if (onTimeout !== 'auto') return onTimeout;
  const isGated = gates.minPassRateMicroPercent !== undefined || gates.maxDropMicroPercent !== undefined;
  return isGated && waitMs !== 0 ? 'fail-by-gate' : 'pause';
}

/** A run that looks for no earlier batch reuses no earlier answers either. */
function reuseOf({ reuseAnswers, resume }: Values): Values['reuseAnswers'] {
  return reuseAnswers === 'true' && resume === 'never' ? 'save' : reuseAnswers;
}
