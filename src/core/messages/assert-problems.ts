import { allOf, describeKind, type JsonKind, quoteAscii, quoteText } from '../text/describe-value.ts';
import { countOf, formatCount } from '../text/numbers.ts';
import type { ProblemWords } from './file-faults.ts';
import type { Table } from './table.ts';

/** Where an assert is in its list, 0-based: its index, and the one in its set. */
export type AssertPlace = readonly [number] | readonly [number, number];

type At = { place: AssertPlace };

/** `assert 2`, or `assert 2.1` in a set: 1-based, as people count. */
const nameOf = ({ place }: At): string => `assert ${place.map((index) => index + 1).join('.')}`;

const typed = (facts: At & { type: string | undefined }): string =>
  `${nameOf(facts)}${facts.type === undefined ? '' : ` (${facts.type})`}`;

/** What the value of a type has to be. */
const VALUES = {
  any: 'write the text, number or JSON that the answer has to equal as "value"',
  'text-or-number': 'write a text that is not empty, or a number, as "value"',
  texts: 'write a list of at least one text, none of them empty, or one row of CSV, as "value"',
  text: 'write a text that is not empty as "value"',
  pattern: 'write a JavaScript pattern without slashes and flags as "value"',
  schema: 'write a JSON Schema as "value": an object, a text of JSON or YAML, or "file://path"; or leave it out',
  words: 'write a whole number of 0 or more as "value", or {"min": …, "max": …} with at least one of the two',
  'stop-reasons': 'write a stop reason such as "end_turn", or a list of them, as "value"',
  names: 'write a list of the names of tools as "value"',
  rubric: 'write the text that the judge grades by as "value"',
};

export type ValueKind = keyof typeof VALUES;

/** What to write instead of a type of promptfoo that does not exist here. */
const INSTEAD = {
  rubric: 'use llm-rubric, which asks a model',
  'own-grader': 'grade it in a step of your own, and pass the grades to extra-grades',
  pattern: 'use regex or contains, or grade it in a step of your own and pass the grades to extra-grades',
  'tool-call': 'use is-valid-tool-call',
  refusal: 'use is-refusal or finish-reason',
  latency: 'remove it: the answers of a batch have no latency',
  trace: 'remove it: a batch has no traces; tool-call-f1 compares the tools that were called',
} as const;

export type Instead = keyof typeof INSTEAD;

const THRESHOLDS = {
  share: 'write a number above 0 and up to 1',
  usd: 'write the most that the answer may cost, in US dollars, as "threshold"',
} as const;

export type ThresholdKind = keyof typeof THRESHOLDS;

const EXTRA_GRADE_FAULTS = {
  'not-json': { what: 'the line is not a JSON object', fix: 'write one JSON object per line' },
  'too-long': { what: 'the line is longer than 64 kB', fix: 'shorten the reason' },
  'custom-id': { what: 'custom_id is missing or not an ID of a request', fix: 'write the custom_id of the request' },
  metric: { what: 'metric is missing or not a text of 1 to 100 characters', fix: 'write a name for what was graded' },
  pass: { what: 'pass is not true, false or null', fix: 'write true, false, or null if it could not be decided' },
  score: { what: 'score is not a number from 0 to 1', fix: 'write one, or leave it out' },
  reason: { what: 'reason is not a text', fix: 'write a text, or leave it out' },
} satisfies Record<string, ProblemWords>;

export type ExtraGradeFault = keyof typeof EXTRA_GRADE_FAULTS;

const METADATA_FAULTS = {
  type: { what: 'metadata is not an object', fix: 'write "metadata": {"topic": "…"}' },
  count: { what: 'metadata has more than 20 members', fix: 'keep at most 20' },
  name: { what: 'metadata has a name that is empty or longer than 64 characters', fix: 'use a short name' },
  value: {
    what: 'metadata has a value that is not a text of up to 256 characters, a number, true, false or null',
    fix: 'write a plain value',
  },
} satisfies Record<string, ProblemWords>;

export type MetadataFault = keyof typeof METADATA_FAULTS;

/** Problems with asserts, wherever they come from, and with the keys of a line that belong to grading. */
export const ASSERT_PROBLEMS = {
  'threshold-value': () => ({ what: 'threshold is not a number above 0 and up to 1', fix: 'write one, such as 0.8' }),
  'required-value': ({ found }: { found: JsonKind }) => ({
    what: `required is ${describeKind(found)}, not true or false`,
    fix: 'write true or false',
  }),
  'metadata-value': ({ fault }: { fault: MetadataFault }) => METADATA_FAULTS[fault],

  /** A warning. */
  'grading-without-assert': ({ keys }: { keys: readonly string[] }) => ({
    what: `${allOf(keys)} ${keys.length === 1 ? 'is' : 'are'} ignored, because the line has no assert`,
    fix: 'add "assert": […] or set default-assert, or remove them',
  }),
  /** The request is sent several times. `length`: of its id; `max`: what it may have. */
  'repeats-id-length': ({ length, max }: { length: number; max: number }) => ({
    what: `custom_id is ${length} characters long, and repeats adds a suffix such as -r1`,
    fix: `shorten it to ${max} characters`,
  }),
  /** `customId`: what another line is called, and an answer of this one, or the other way round. It is undefined where it is not to be shown. */
  'repeats-id-clash': ({
    customId,
    first,
  }: {
    customId: string | undefined;
    first: { file: string; line: number };
  }) => ({
    what: `with repeats, ${customId === undefined ? 'an ID' : quoteAscii(customId)} would stand for both this line and ${first.file}:${first.line}`,
    fix: 'give one of the requests another ID, without -r and a number at its end',
  }),
  'judge-missing': () => ({
    what: 'llm-rubric needs a model that judges the answers',
    fix: 'set judge-model to a model other than those tested, such as a larger one',
  }),

  'assert-form': ({ found, ...at }: At & { found: JsonKind }) => ({
    what: `${nameOf(at)} is ${describeKind(found)}, not an object`,
    fix: 'write {"type": "…", "value": …}',
  }),
  'assert-json': ({ fault, max, ...at }: At & { fault: 'too-deep' | 'infinite-number'; max: number }) => ({
    what: `${nameOf(at)} ${fault === 'too-deep' ? `is nested more than ${max} levels deep` : 'has a number that is too large'}`,
    fix: fault === 'too-deep' ? 'write fewer levels' : 'write a number below 1.8e308',
  }),
  'assert-no-type': (at: At) => ({
    what: `${nameOf(at)} has no type`,
    fix: 'write what is checked, such as "type": "contains"',
  }),
  /** `type` is undefined where it is not to be shown. */
  'assert-unknown-type': ({ type, meant, ...at }: At & { type: string | undefined; meant: string | undefined }) => ({
    what: `${nameOf(at)} has ${type === undefined ? 'a type that does not exist' : `the type ${quoteAscii(type)}, which does not exist`}`,
    fix: meant === undefined ? 'use one of the types in docs/evals.md' : `write "${meant}"`,
  }),
  'assert-foreign-type': ({ type, instead, ...at }: At & { type: string; instead: Instead }) => ({
    what: `${nameOf(at)} has the type ${type} of promptfoo, which does not exist here`,
    fix: INSTEAD[instead],
  }),
  'assert-negation': ({ why, ...at }: At & { why: 'twice' | 'set' }) => ({
    what: why === 'twice' ? `${nameOf(at)} has "not-" twice` : `${nameOf(at)} negates a set`,
    fix: why === 'twice' ? 'write it once or leave it out' : 'negate the asserts inside the set instead',
  }),
  'assert-nested-set': (at: At) => ({
    what: `${nameOf(at)} is a set inside a set`,
    fix: 'write its asserts into the outer set, or make it a set of its own',
  }),
  'assert-set-list': (at: At) => ({
    what: `${nameOf(at)} has no list of asserts`,
    fix: 'write "assert": […] with at least one assert',
  }),
  /** Ignored. `type`: of the assert. `name` is undefined where it is not to be shown. */
  'assert-unknown-key': (facts: At & { type: string; name: string | undefined; meant: string | undefined }) => ({
    what: `${typed(facts)} has ${facts.name === undefined ? 'a key' : `the key ${quoteAscii(facts.name)}`}, which is ignored`,
    fix: facts.meant === undefined ? 'remove it' : `write "${facts.meant}"`,
  }),
  /** `found`: undefined where there is no value. */
  'assert-value': ({
    wanted,
    found,
    ...at
  }: At & { type: string; wanted: ValueKind; found: JsonKind | 'empty' | undefined }) => {
    const is = found === 'empty' ? 'an empty value' : `${found === undefined ? '' : describeKind(found)} as its value`;
    return { what: `${typed(at)} has ${found === undefined ? 'no value' : is}`, fix: VALUES[wanted] };
  },
  'assert-csv': (at: At & { type: string }) => ({
    what: `the value of ${typed(at)} is not one row of CSV: a double quote is not closed, or text follows one`,
    fix: 'write a list of texts instead',
  }),
  /** `reason`: undefined where it is not to be shown. */
  'assert-pattern': ({ reason, ...at }: At & { type: string; reason: string | undefined }) => ({
    what: `the pattern of ${typed(at)} is not valid${reason === undefined ? '' : ` (${reason})`}`,
    fix: 'correct it; write it as in JavaScript, without slashes and flags, and each backslash twice in JSON',
  }),
  /** `file`: of the schema, where it is not in the assert itself. */
  'assert-schema': (facts: At & { type: string; reason: string | undefined; file: string | undefined }) => ({
    what: `the JSON Schema ${facts.file === undefined ? '' : `${quoteText(facts.file)} `}of ${typed(facts)} is not valid${facts.reason === undefined ? '' : ` (${facts.reason})`}`,
    fix: 'correct it; it is read as draft-07, or as 2020-12 where $schema says so',
  }),
  /** `file`: undefined where it is not to be shown. */
  'assert-schema-file': ({
    why,
    file,
    ...at
  }: At & { type: string; file: string | undefined; why: 'path' | 'unreadable' }) => ({
    what: `${why === 'path' ? 'the path' : 'could not read the file'}${file === undefined ? '' : ` ${quoteText(file)}`} of the schema of ${typed(at)}${why === 'path' ? ' is not one inside the workspace' : ''}`,
    fix: 'write "file://" and the path of a JSON or YAML file, relative to the workspace',
  }),
  'assert-word-range': (at: At & { type: string }) => ({
    what: `min is above max in ${typed(at)}`,
    fix: 'write min first, then max',
  }),
  'assert-weight': (at: At & { type: string }) => ({
    what: `the weight of ${typed(at)} is not a number from 0 to 1,000,000,000`,
    fix: 'write one, or leave it out, which means 1',
  }),
  /** A warning. */
  'assert-without-tools': (at: At & { type: string }) => ({
    what: `${typed(at)} checks tool calls, but the request has no tools`,
    fix: 'add tools to its params, or remove the assert',
  }),
  'assert-metric': (at: At & { type: string }) => ({
    what: `the metric of ${typed(at)} is not a text of 1 to 100 characters`,
    fix: 'write a name, or leave it out',
  }),
  'assert-reference': (at: At & { type: string }) => ({
    what: `the reference of ${typed(at)} is not a text`,
    fix: 'write a good answer as text, or leave it out',
  }),
  /** `length`: bytes of UTF-8, of which there may be `max`. */
  'assert-too-long': (facts: At & { type: string; part: 'value' | 'reference'; length: number; max: number }) => ({
    what: `the ${facts.part} of ${typed(facts)} is ${formatCount(facts.length)} bytes long, but a judge is shown at most ${formatCount(facts.max)}`,
    fix: 'shorten it to what the judge needs',
  }),
  'assert-threshold': ({
    wanted,
    isMissing,
    ...at
  }: At & { type: string; wanted: ThresholdKind; isMissing: boolean }) => ({
    what: isMissing ? `${typed(at)} has no threshold` : `the threshold of ${typed(at)} is not in range`,
    fix: THRESHOLDS[wanted],
  }),
  'assert-threshold-misplaced': (at: At & { type: string }) => ({
    what: `${typed(at)} takes no threshold`,
    fix: `remove it: only ${allOf(['cost', 'tool-call-f1', 'llm-rubric', 'assert-set'])} take one, and the line itself`,
  }),
  /** `place`: of the set; undefined for all asserts of a line. */
  'assert-weights': ({ place }: { place: AssertPlace | undefined }) => ({
    what: `all asserts ${place === undefined ? 'of the line' : `in ${nameOf({ place })}`} have weight 0, so nothing can fail`,
    fix: 'give at least one a weight above 0',
  }),
  /** A warning. `flags`: behind the second slash. */
  'assert-pattern-slashes': ({ flags, ...at }: At & { type: string; flags: string }) => ({
    what: `the pattern of ${typed(at)} has slashes around it, so the answer would have to contain them`,
    fix: `remove them${flags === '' ? '' : ' and the flags'}${flags.includes('i') ? ', and write (?i:…) around what may be in upper or lower case' : ''}`,
  }),
  /** A warning. */
  'assert-template': (at: At & { type: string }) => ({
    what: `the value of ${typed(at)} looks like a template, but is compared as it is written`,
    fix: 'write the final text: there are no variables here',
  }),
  /** A warning. `word` is undefined where it is not to be shown. */
  'assert-stop-reason': ({
    word,
    meant,
    ...at
  }: At & { type: string; word: string | undefined; meant: string | undefined }) => ({
    what: `${typed(at)} has ${word === undefined ? 'a stop reason' : `the stop reason ${quoteAscii(word)}`} that is not known`,
    fix: meant === undefined ? 'check it' : `write "${meant}"`,
  }),

  /** Of a file of `extra-grades`. */
  'no-extra-grades': ({ pattern }: { pattern: string }) => ({
    what: `no file matches ${quoteText(pattern)}`,
    fix: 'check the step that writes the grades; if it runs later, leave the input out here and run this action again after it',
  }),
  /** `unknown` of the `count` ids of all grades. A warning, unless it is all of them. */
  'extra-grades-unknown': ({ unknown, count }: { unknown: number; count: number }) => ({
    what: `${unknown === count ? 'none of the grades belongs to a request here' : `${formatCount(unknown)} of ${countOf(count, 'custom_id')} ${unknown === 1 ? 'belongs' : 'belong'} to no request here`}`,
    fix: unknown === count ? 'write the custom_id of the requests, as in results.jsonl' : 'check them',
  }),
  'extra-grades-empty': () => ({
    what: 'this file has no grades',
    fix: 'check the step that writes the grades; pass is true for a correct answer',
  }),
  /** A warning, where `missing` of `count` requests have no grade, or one that not all their answers have. */
  'extra-grades-missing': ({ missing, count, first }: { missing: number; count: number; first: string }) => ({
    what: `${formatCount(missing)} of ${countOf(count, 'request')} ${missing === 1 ? 'has' : 'have'} no grade here${missing === 1 ? ': ' : ', such as '}${first}`,
    fix: 'check the step that writes the grades; these requests are graded by their asserts alone, or not at all if they have none',
  }),
  /** `first`: the line of the other grade. */
  'extra-grades-conflict': ({ first }: { first: { file: string; line: number } }) => ({
    what: `pass contradicts ${first.file}:${first.line}, which has the same custom_id and metric`,
    fix: 'keep one of them, or give each a metric of its own',
  }),
  'extra-grade': ({ fault }: { fault: ExtraGradeFault }) => EXTRA_GRADE_FAULTS[fault],
} satisfies Table<ProblemWords>;
