import type { Params } from '../requests/params.ts';
import { isJsonObject } from '../text/json-object.ts';
import { nearest } from '../text/nearest.ts';
import { kindOf } from '../text/value-words.ts';
import type { Finding } from './finding.ts';
import { type ShapeFault, validateShape } from './params-validator.generated.ts';
import { quoteChoice, quoteWord } from './quote.ts';
import type { LintRules } from './rules.ts';

/** Places of a request that are told; after these, what was misunderstood is clear. */
const MOST_PLACES = 5;

/** Judges members and blocks by the types of the API's client; the first fault of each place. */
export function lintShape(params: Params, rules: LintRules, found: Finding[]): void {
  if (validateShape(params)) return;
  const faults = validateShape.errors ?? [];
  const places = new Set<string>();
  // What an object of the wrong type lacks besides is of no use to know.
  const mistyped = new Set(
    faults.flatMap(({ keyword, instancePath: at }) => (keyword === 'const' ? parentOf(at) : [])),
  );
  for (const fault of faults) {
    if (places.size === MOST_PLACES) return;
    // The fault behind a condition is told by itself.
    if (fault.keyword === 'if' || places.has(fault.instancePath) || mistyped.has(fault.instancePath)) continue;
    places.add(fault.instancePath);
    const finding = describe(fault, valueAt(params, fault.instancePath));
    found.push(rules.strict ? finding : soften(finding));
  }
}

/** Where more may be allowed than the types tell, a word that they do not know may be right as it is. */
function soften(finding: Finding): Finding {
  const isNewWord = finding.code.startsWith('unknown-') && finding.what.endsWith(NOT_KNOWN);
  const cure = isNewWord ? `${finding.cure}, or leave it if the API in use takes it` : finding.cure;
  return { ...finding, level: 'warning', cure };
}

const NOT_KNOWN = 'the API does not know';

/** Where the object is whose type stands at this place; nothing where it is the place of another member. */
function parentOf(pointer: string): string[] {
  return pointer.endsWith('/type') ? [pointer.slice(0, -'/type'.length)] : [];
}

function describe({ instancePath, keyword, params }: ShapeFault, value: unknown): Finding {
  const place = placeOf(instancePath);
  switch (keyword) {
    case 'required':
      return missing(place, String(params['missingProperty']), value);
    case 'type':
      return wrongType(place, [params['type']].flat(), value);
    case 'const':
      return wrongValue(place, [params['allowedValue']], value, 'error');
    case 'enum': {
      const allowed = [params['allowedValues']].flat();
      // Most lists of words grow without a new version of the API; media types do not.
      return wrongValue(place, allowed, value, instancePath.endsWith('/media_type') ? 'error' : 'warning');
    }
    default: {
      // 'discriminator': the script that makes the validator knows no other keyword.
      const tags = [params['tags']].flat().map(String);
      const tag = String(params['tag']);
      const found = isJsonObject(value) ? value[tag] : undefined;
      const isTool = /^\/tools\/\d+$/.test(instancePath);
      return isTool && typeof found === 'string' ? wrongTool(place, found, tags) : wrongTag(place, tag, tags, found);
    }
  }
}

function missing(place: string, name: string, value: unknown): Finding {
  // The tag was looked up before the members are, so that it is a word of the API.
  const tag = isJsonObject(value) && name !== 'type' ? quoteWord(value['type']) : undefined;
  const word = tag?.slice(1, -1);
  let what = `${place} has no ${name}`;
  if (word !== undefined && place.endsWith(']')) what = `${place} is ${articleOf(word)} ${word} without ${name}`;
  else if (word !== undefined) what = `${place} of the type ${tag} has no ${name}`;
  return { code: 'shape-missing', level: 'error', what, cure: `add "${name}" to it` };
}

function wrongType(place: string, types: readonly unknown[], value: unknown): Finding {
  const wanted = types.filter((type) => type !== 'null').map((type) => KINDS.get(String(type)) ?? String(type));
  const list = wanted.join(' or ');
  const what = `${place} is ${kindOf(value)}, not ${list}`;
  // Only what stands at the top may always be left out; that null is taken for it there is likely, though nowhere said.
  const isLeftOut = value === null && /^\w+$/.test(place);
  return isLeftOut
    ? { code: 'shape-type', level: 'warning', what, cure: 'remove it' }
    : { code: 'shape-type', level: 'error', what, cure: `write ${list} there` };
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['array', 'a list'],
  ['object', 'an object'],
  ['string', 'a string'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
]);

function wrongValue(place: string, allowed: readonly unknown[], value: unknown, level: Finding['level']): Finding {
  const is = typeof value === 'string' ? (quoteWord(value) ?? 'another text') : kindOf(value);
  const words = allowed.filter((word) => word !== null);
  return {
    code: 'shape-value',
    level,
    what: `${place} is ${is}, which the API does not know there`,
    cure: `write ${near(value, words.map(String)) ?? quoteChoice(words)}`,
  };
}

function wrongTag(place: string, tag: string, tags: readonly string[], value: unknown): Finding {
  const about = { level: 'error', ...(tag === 'role' ? { code: 'unknown-role' } : { code: 'unknown-type' }) } as const;
  if (value === undefined) {
    return { ...about, what: `${place} has no ${tag}`, cure: `add "${tag}": ${quoteChoice(tags)}` };
  }
  const what = `${place} has ${unknown(tag, value)}`;
  return { ...about, what, cure: `write ${near(value, tags) ?? quoteChoice(tags)}` };
}

/** Types of tools are dated, and new ones come without a new version of the API; "function" is another API's word. */
function wrongTool(place: string, type: string, tags: readonly string[]): Finding {
  const own = 'leave out the type of a tool of your own and write name, description and input_schema';
  const meant = near(type, tags);
  return {
    code: 'unknown-tool-type',
    level: type === 'function' ? 'error' : 'warning',
    what: `${place} has ${unknown('type', type)}`,
    cure: meant === undefined ? own : `write ${meant}`,
  };
}

function unknown(tag: string, value: unknown): string {
  if (typeof value !== 'string') return `${kindOf(value)} as its ${tag}`;
  const word = quoteWord(value);
  return word === undefined ? `a ${tag} that the API does not know` : `the ${tag} ${word}, which the API does not know`;
}

/** The word that was probably meant, in quotes: `image` for `imge` and `image_url`. */
function near(value: unknown, words: readonly string[]): string | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const parts = value.split(/[_-]/);
  const meant = nearest(value, words) ?? words.find((word) => parts.includes(word));
  return meant === undefined ? undefined : JSON.stringify(meant);
}

/** `messages[0].content[1]` for `/messages/0/content/1`. Only names of the schema and places of lists stand in it. */
function placeOf(pointer: string): string {
  return pointer
    .slice(1)
    .replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.');
}

function valueAt(params: Params, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce((at: unknown, key) => (typeof at === 'object' && at !== null ? (at as Params)[key] : undefined), params);
}

function articleOf(word: string): string {
  return /^[aeiou]/.test(word) ? 'an' : 'a';
}
