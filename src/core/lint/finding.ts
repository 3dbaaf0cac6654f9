import type { ApiInputs } from '../inputs/inputs.ts';
import type { ProblemData } from '../messages/problems.ts';

/** Something about the params of a request that the API will refuse (`error`) or probably ignore or refuse (`warning`). */
export interface Finding {
  readonly level: 'error' | 'warning';
  readonly problem: ProblemData;
}

export const NO_FINDINGS: readonly Finding[] = Object.freeze([]);

export function errorOf(problem: ProblemData): Finding {
  return { level: 'error', problem };
}

export function warningOf(problem: ProblemData): Finding {
  return { level: 'warning', problem };
}

/** Known facts about the API to check the params by. */
export interface LintRules {
  /** Whether the client's types cover everything that the API accepts. If not, what only they reject is a warning. */
  readonly strict: boolean;
  /** The `anthropic-version` header, a date. */
  readonly version: string;
  /** Whether it is Anthropic's own API in a version known here and without betas, which may lift rules. Otherwise what breaks those is a warning. */
  readonly own: boolean;
  /** Whether there is an `anthropic-beta` header, which brings params of its own. */
  readonly betas?: boolean;
  /** Whether one of them lets the model think between its uses of tools. */
  readonly interleaves?: boolean;
  /** The only models that a request may name; undefined: any. */
  readonly allowedModels?: ReadonlySet<string> | undefined;
}

/** The version that the client's types describe. */
export const DESCRIBED_VERSION = '2026-10-21';

/**
 * Strict is Anthropic's own API, or one on this machine, in the version that the types describe and without betas. A
 * gateway may take more.
 */
export function rulesOf(
  { baseUrl, version, betas }: Pick<ApiInputs, 'baseUrl' | 'version' | 'betas'>,
  allowedModels: readonly string[] = [],
): LintRules {
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).hostname : '';
  const isDescribed = host === 'api.anthropic.com' || /^(?:127\.\d+\.\d+\.\d+|\[::1\]|(?:.+\.)?localhost)$/.test(host);
  return {
    strict: isDescribed && version === DESCRIBED_VERSION && betas.length === 0,
    own: isDescribed && version <= DESCRIBED_VERSION && betas.length === 0,
    version,
    betas: betas.length > 0,
    interleaves: betas.some((beta) => beta.startsWith('interleaved-thinking-')),
    allowedModels: allowedModels.length === 0 ? undefined : new Set(allowedModels),
  };
}
