import type { ApiInputs } from '../inputs/inputs.ts';
import type { ProblemData } from '../messages/problems.ts';

/** A problem of a request's params: the API will refuse it (`error`), or will probably ignore or refuse it (`warning`). */
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

/** Facts about the API to check the params against. */
export interface LintRules {
  /** Whether the client's types cover everything that the API accepts. If not, what only the types reject is a warning. */
  readonly strict: boolean;
  /** The `anthropic-version` header, a date. */
  readonly version: string;
  /** Whether it is Anthropic's own API in a known version and without betas, which may lift rules. Otherwise violations are warnings. */
  readonly own: boolean;
  /** Whether an `anthropic-beta` header is set, which allows further params. */
  readonly betas?: boolean;
  /** Whether a beta lets the model think between tool uses. */
  readonly interleaves?: boolean;
  /** The only models that requests may name; undefined: any. */
  readonly allowedModels?: ReadonlySet<string> | undefined;
}

/** The version that the client's types describe. */
export const DESCRIBED_VERSION = '2026-10-21';

/**
 * Strict for Anthropic's own API, or one on this machine, in the version that the types describe and without betas. A gateway may accept
 * more.
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
