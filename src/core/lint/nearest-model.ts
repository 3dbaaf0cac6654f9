import { nearest } from '../text/nearest.ts';

/** What else is tried for a name that the API does not know. */
export interface ModelAdvice {
  /** A known model that was probably meant. */
  readonly meant: string | undefined;
  /** One model of each size, where none was. */
  readonly examples: readonly string[];
  /** Whether it is a model of another vendor. */
  readonly isForeign: boolean;
}

const FAMILIES = ['haiku', 'sonnet', 'opus'];
const OTHER_VENDORS =
  /^(?:chatgpt|codestral|command|davinci|deepseek|gemini|gemma|glm|gpt|grok|kimi|llama|mistral|mixtral|nova|o\d|phi|qwen|text|titan)(?![a-z])/;

/** Longer names are no slip of the pen, and the distance costs the product of the lengths. */
const MAX_LENGTH = 80;

/**
 * The known model that a name probably means: the same parts in another order or with other marks (`claude-4.5-haiku`), a part of its
 * name (`haiku`), a typing slip, or the first of its family. `knownIds` have the newest of each family first.
 */
export function adviseModel(name: string, knownIds: readonly string[]): ModelAdvice {
  const others = knownIds.filter((id) => id !== name);
  const firstOf = (family: string): string | undefined => others.find((id) => partsOf(id).includes(family));
  const given = partsOf(name.slice(0, MAX_LENGTH));
  const isForeign = !name.includes('claude') && OTHER_VENDORS.test(given.join('-'));
  const examples = FAMILIES.flatMap((family) => firstOf(family) ?? []);
  if (isForeign || name.length > MAX_LENGTH) return { meant: undefined, examples, isForeign };
  const family = FAMILIES.find((one) => given.includes(one));
  const meant =
    others.find((id) => sameParts(partsOf(id), given)) ??
    (family && others.find((id) => given.every((part) => partsOf(id).includes(part)))) ??
    nearest(name, others) ??
    (family && firstOf(family));
  return { meant, examples: meant === undefined ? examples : [], isForeign };
}

/** The words and numbers of a name but `claude`, without a vendor before it, and without a date, `latest` or a version of a cloud behind it. */
function partsOf(name: string): readonly string[] {
  const bare = name
    .toLowerCase()
    .replace(/^.*\/|^(?:[a-z]{2,6}\.)?anthropic\./, '')
    .replace(/-v\d+(?::\d+)?$/, '')
    .replace(/[-@]\d{8}$|-latest$/, '');
  return bare.split(/[^a-z0-9]+/).filter((part) => part !== '' && part !== 'claude');
}

function sameParts(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join(' ') === other.toSorted().join(' ');
}
