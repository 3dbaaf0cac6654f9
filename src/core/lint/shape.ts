import type { Path } from '../messages/params-problems.ts';
import type { ProblemData } from '../messages/problems.ts';
import type { Params } from '../requests/params.ts';
import { kindOf } from '../text/describe-value.ts';
import { isJsonObject } from '../text/json.ts';
import { nearest } from '../text/nearest.ts';
import { errorOf, type Finding, type LintRules, NO_FINDINGS, warningOf } from './finding.ts';
import { type ShapeFault, validateShape } from './params-validator.generated.ts';

/** Most faulty places to report per request; after these, the misunderstanding is clear. */
const MOST_PLACES = 5;

/** Checks members and blocks against the types of the API's client; reports the first fault of each place. */
export function lintShape(params: Params, rules: LintRules): readonly Finding[] {
  if (validateShape(params)) return NO_FINDINGS;
  const faults = validateShape.errors ?? [];
  const found = new Map<string, Finding>();
  // Missing members do not matter in an object of the wrong type.
  const mistyped = new Set(
    faults.flatMap(({ keyword, instancePath: at }) => (keyword === 'const' ? parentOf(at) : [])),
  );
  for (const fault of faults) {
    const { keyword, instancePath: at } = fault;
    // A condition's underlying fault is reported separately.
    if (keyword === 'if' || found.has(at) || mistyped.has(at)) continue;
    if (found.size === MOST_PLACES) break;
    const finding = findingOf(fault, valueAt(params, at));
    found.set(at, rules.strict ? finding : soften(finding));
  }
  return [...found.values()];
}

/** If more may be allowed than the types say, an unknown word may be right. */
function soften({ problem }: Finding): Finding {
  const { code } = problem;
  const isNewWord = code === 'unknown-role' || code === 'unknown-type' || code === 'unknown-tool-type';
  return warningOf(isNewWord && problem.found === 'string' ? { ...problem, isMaybeKnown: true } : problem);
}

/** The place of the object whose `type` is at this place; empty for any other member. */
function parentOf(pointer: string): string[] {
  return pointer.endsWith('/type') ? [pointer.slice(0, -'/type'.length)] : [];
}

function findingOf({ instancePath, keyword, params }: ShapeFault, value: unknown): Finding {
  const place = pathOf(instancePath);
  switch (keyword) {
    case 'required':
      return errorOf(missing(place, String(params['missingProperty']), value));
    case 'type':
      return wrongType(place, [params['type']].flat(), value);
    case 'const':
      return errorOf({ code: 'shape-value', place, ...wrongWord(value, [params['allowedValue']]) });
    case 'enum': {
      const problem = { code: 'shape-value', place, ...wrongWord(value, [params['allowedValues']].flat()) } as const;
      // Most enums grow without a new API version; media types do not.
      return instancePath.endsWith('/media_type') ? errorOf(problem) : warningOf(problem);
    }
    default: {
      // 'discriminator': the script that makes the validator knows no other keyword.
      const tag = String(params['tag']);
      const tagged = isJsonObject(value) ? value[tag] : undefined;
      const wrong = { place, ...wrongWord(tagged, [params['tags']].flat()) };
      const isTool = /^\/tools\/\d+$/.test(instancePath);
      if (!isTool || typeof tagged !== 'string')
        return errorOf({ code: tag === 'role' ? 'unknown-role' : 'unknown-type', ...wrong });
      // Tool types are dated, and new ones appear without a new API version; "function" is another API's word.
      return (tagged === 'function' ? errorOf : warningOf)({ code: 'unknown-tool-type', ...wrong });
    }
  }
}

function missing(place: Path, name: string, value: unknown): ProblemData {
  // The tag was looked up before the members, so it is one of the API's words.
  const type = isJsonObject(value) && name !== 'type' ? wordOf(value['type']) : undefined;
  return { code: 'shape-missing', place, name, type };
}

function wrongType(place: Path, types: readonly unknown[], value: unknown): Finding {
  // Only top-level params are always optional. The API probably accepts null for them, but does not document it.
  const isOptional = value === null && place.length === 1;
  const wanted = types.map(String).filter((type) => type !== 'null');
  return (isOptional ? warningOf : errorOf)({ code: 'shape-type', place, found: kindOf(value), wanted, isOptional });
}

function wrongWord(value: unknown, words: readonly unknown[]) {
  const allowed = words.filter((word) => word !== null).map(String);
  return {
    found: value === undefined ? undefined : kindOf(value),
    word: wordOf(value),
    meant: near(value, allowed),
    allowed,
  };
}

/** A value that is a keyword, such as a role or a type; undefined for anything that may be prompt text. */
function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w./:-]{1,40}$/.test(value) && !/sk-ant-/i.test(value) ? value : undefined;
}

/** The word that was probably meant: `image` for `imge` and `image_url`. */
function near(value: unknown, words: readonly string[]): string | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const parts = value.split(/[_-]/);
  return nearest(value, words) ?? words.find((word) => parts.includes(word));
}

/** `['messages', 0, 'content']` for `/messages/0/content`. Contains only names from the schema and list indices. */
function pathOf(pointer: string): Path {
  const parts = pointer.split('/').slice(1);
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

function valueAt(params: Params, pointer: string): unknown {
  const inside = (at: unknown, key: string | number) =>
    typeof at === 'object' && at !== null ? (at as Params)[key] : undefined;
  return pathOf(pointer).reduce(inside, params);
}
