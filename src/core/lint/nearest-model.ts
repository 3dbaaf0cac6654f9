import { nearest } from '../text/nearest.ts';

/** Suggestions for a name that the API does not know. */
export interface ModelAdvice {
  /** A known model that was probably meant. */
  readonly meant: string | undefined;
  /** One model of each size, if no known model was meant. */
  readonly examples: readonly string[];
  /** Whether it is another vendor's model. */
  readonly isForeign: boolean;
}

const FAMILIES = ['haiku', 'sonnet', 'opus'];
const OTHER_VENDORS =
  /^(?:chatgpt|codestral|command|davinci|deepseek|gemini|gemma|glm|gpt|grok|kimi|llama|mistral|mixtral|nova|o\d|phi|qwen|text|titan)(?![a-z])/;

/** Longer names are no typos, and edit distance takes time proportional to the product of the lengths. */
const MAX_LENGTH = 80;

/**
 * Finds the known model that a name probably means: the same parts in another order or with other separators (`claude-4.5-haiku`), a part
 * of its name (`haiku`), a typo, or the first of its family. `knownIds` list the newest of each family first.
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

/** Whether no Claude model can have this name. Decided without asking the API, since a gateway may have its own names. */
export function isOfNoModel(name: string): boolean {
  return !/^claude(?:-[a-z0-9]+)+$/.test(name);
}

/** The words and numbers of a name, without `claude`, a leading vendor, or a trailing date, `latest` or cloud version. */
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
