import { type ApiInputs, DEFAULT_BASE_URL } from '../../core/inputs/inputs.ts';
import type { ModelLookUp } from '../../core/lint/check-models.ts';
import { isOfNoModel } from '../../core/lint/nearest-model.ts';
import { isKeyUnknown } from '../../core/polling/error-class.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { ApiError, type ApiModel } from '../../ports/api.ts';
import type { Ports } from '../../ports/ports.ts';
import { retry } from './retry.ts';

/** Parallel look-ups, and their total time limit: a file may name as many models as it has lines. */
const ABREAST = 4;
const MAX_TIME_MS = 60_000;

/**
 * Asks the API once about each of these models. Failed look-ups, and those without time left, are in the result too. Throws
 * ApiError if the API does not know the key.
 */
export async function lookUpModels(ports: Ports, names: readonly string[]): Promise<ReadonlyMap<string, ModelLookUp>> {
  const { clock } = ports;
  const lookUps = new Map<string, ModelLookUp>();
  const endsMs = clock.now() + MAX_TIME_MS;
  for (let at = 0, next = 1; at < names.length; at = next, next += ABREAST) {
    // The first is alone, so that a wrong key is used for one call.
    const group = names.slice(at, next);
    const isLate = clock.now() > endsMs;
    const found = isLate ? group.map(() => LATE) : await Promise.all(group.map((name) => lookUp(ports, name, endsMs)));
    for (const [index, name] of group.entries()) lookUps.set(name, found[index] ?? LATE);
  }
  return lookUps;
}

const LATE: ModelLookUp = { kind: 'failed', reason: undefined };

async function lookUp(ports: Ports, name: string, endsMs: number): Promise<ModelLookUp> {
  try {
    const model = await retry(ports, endsMs, () => ports.api.model(name));
    return model === undefined ? { kind: 'unknown' } : { kind: 'known', model };
  } catch (error) {
    ports.signal.throwIfAborted();
    if (error instanceof ApiError && isKeyUnknown(error)) throw error;
    if (!(error instanceof ApiError)) return { kind: 'failed', reason: describeCauses(error) };
    return { kind: 'failed', reason: error.message, ...(error.status === 403 ? { isForbidden: true } : {}) };
  }
}

/** What is known about models without a key. A gateway has names of its own. */
export function checkModelNames(models: readonly string[], { baseUrl }: ApiInputs): ReadonlyMap<string, ModelLookUp> {
  const wrong = baseUrl === DEFAULT_BASE_URL ? models.filter(isOfNoModel) : [];
  return new Map(wrong.map((name) => [name, { kind: 'unknown' }]));
}

/** What the API says about the models. The beta for long contexts makes their window larger than the API says. */
export function knownModels(
  lookUps: ReadonlyMap<string, ModelLookUp>,
  betas: readonly string[],
): ReadonlyMap<string, ApiModel> {
  const hasLongContext = betas.some((beta) => beta.startsWith('context-1m'));
  const known = new Map<string, ApiModel>();
  for (const [name, found] of lookUps) {
    if (found.kind !== 'known') continue;
    known.set(name, hasLongContext ? { ...found.model, maxInputTokens: null } : found.model);
  }
  return known;
}
