import type { ModelAnswer } from '../core/lint/check-models.ts';
import { describeCauses } from '../errors.ts';
import type { World } from '../ports.ts';

/** Look-ups at a time, and in all: a file may name as many models as it has lines. */
const ABREAST = 4;
const MAX_MODELS = 200;

/** Asks the API once about each of these models. A look-up that fails is an answer, too. */
export async function lookUpModels(
  { api, stop }: World,
  names: readonly string[],
): Promise<ReadonlyMap<string, ModelAnswer>> {
  const answers = new Map<string, ModelAnswer>();
  const wanted = names.slice(0, MAX_MODELS);
  for (let at = 0; at < wanted.length && !stop.requested; at += ABREAST) {
    const group = wanted.slice(at, at + ABREAST);
    const found = await Promise.all(group.map((name) => ask(api, name)));
    for (const [index, name] of group.entries()) answers.set(name, found[index] ?? { kind: 'unknown' });
  }
  return answers;
}

async function ask(api: World['api'], name: string): Promise<ModelAnswer> {
  try {
    const model = await api.model(name);
    return model === undefined ? { kind: 'unknown' } : { kind: 'known', model };
  } catch (error) {
    return { kind: 'failed', said: describeCauses(error) };
  }
}
