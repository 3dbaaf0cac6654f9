import { MAX_METRIC } from '../src/core/asserts/parse-members.ts';
import { refTo, type Schema, where } from './schema-parts.ts';

const TEXT: Schema = { type: 'string', minLength: 1 };
const NAMES: Schema = { type: 'array', items: TEXT, minItems: 1 };
const TEXT_OR_NUMBER: Schema = { type: ['string', 'number'], minLength: 1 };
const ONE_OR_MORE: Schema = {
  type: ['array', 'string'],
  minLength: 1,
  items: { type: ['string', 'number'], minLength: 1 },
  minItems: 1,
};
const JSON_SCHEMA: Schema = { type: ['object', 'string'] };
const SHARE: Schema = { type: 'number', exclusiveMinimum: 0, maximum: 1 };
const COUNT: Schema = { type: ['integer', 'string'], minimum: 0, pattern: '^\\s*[0-9]+\\s*$' };
const WORDS: Schema = {
  type: ['integer', 'string', 'object'],
  minimum: 0,
  pattern: '^\\s*[0-9]+\\s*$',
  properties: { min: COUNT, max: COUNT },
  minProperties: 1,
  additionalProperties: false,
};

/** What types of one kind take besides `weight` and `metric`. */
interface Kind {
  readonly types: readonly string[];
  readonly passes: string;
  readonly value?: Schema;
  readonly threshold?: Schema;
  readonly required: readonly string[];
  readonly more?: Schema;
}

const KINDS: readonly Kind[] = [
  {
    types: ['equals'],
    passes: 'A string or number: the answer is exactly this text. Anything else: the answer, read as JSON, equals it.',
    value: {},
    required: ['value'],
  },
  {
    types: ['contains', 'icontains'],
    passes: 'The answer contains this text. With icontains, upper and lower case are alike.',
    value: TEXT_OR_NUMBER,
    required: ['value'],
  },
  {
    types: ['contains-all', 'icontains-all'],
    passes:
      'The answer contains all of these: a list, or one row of CSV. With icontains-all, upper and lower case are alike.',
    value: ONE_OR_MORE,
    required: ['value'],
  },
  {
    types: ['contains-any', 'icontains-any'],
    passes:
      'The answer contains one of these: a list, or one row of CSV. With icontains-any, upper and lower case are alike.',
    value: ONE_OR_MORE,
    required: ['value'],
  },
  { types: ['starts-with'], passes: 'The answer starts with this text.', value: TEXT, required: ['value'] },
  { types: ['ends-with'], passes: 'The answer ends with this text.', value: TEXT, required: ['value'] },
  {
    types: ['regex'],
    passes: 'This JavaScript pattern, which has no flags, matches somewhere in the answer.',
    value: TEXT,
    required: ['value'],
  },
  {
    types: ['is-json'],
    passes:
      'The whole answer is JSON and conforms to this JSON Schema, if there is one: an object, a string of JSON or YAML, or file://path.',
    value: JSON_SCHEMA,
    required: [],
  },
  {
    types: ['contains-json'],
    passes:
      'An object or list in the answer is JSON and conforms to this JSON Schema, if there is one: an object, a string of JSON or YAML, or file://path.',
    value: JSON_SCHEMA,
    required: [],
  },
  {
    types: ['word-count'],
    passes: 'The answer has this many words, or between min and max.',
    value: WORDS,
    required: ['value'],
  },
  {
    types: ['cost'],
    passes: 'The answer costs at most this much, in USD, at batch prices.',
    threshold: { type: 'number', minimum: 0, maximum: 1e6 },
    required: ['threshold'],
  },
  {
    types: ['finish-reason'],
    passes:
      'The stop reason is this, or one of these: end_turn, max_tokens, … or stop, length, tool_calls, content_filter.',
    value: { type: ['string', 'array'], minLength: 1, minItems: 1, items: TEXT },
    required: ['value'],
  },
  { types: ['is-refusal'], passes: 'The model refuses to answer.', required: [] },
  {
    types: ['is-valid-tool-call'],
    passes: 'There is a tool call, and each one fits a tool of the request.',
    required: [],
  },
  {
    types: ['tool-call-f1'],
    passes: 'Names of the tools to call. The F1 score of the calls reaches the threshold, which is 1 by default.',
    value: NAMES,
    threshold: SHARE,
    required: ['value'],
  },
  {
    types: ['llm-rubric'],
    passes: 'What a judging model decides by. If there is a threshold, its score has to reach it, too.',
    value: TEXT,
    threshold: SHARE,
    required: ['value'],
    more: { reference: { type: 'string', description: 'A good answer, for the judge to compare with.' } },
  },
];

const SET = 'assert-set';

const NEGATABLE = KINDS.flatMap(({ types }) => types);
const NEGATED = NEGATABLE.map((type) => `not-${type}`);

/** The definitions of an assert, and of an assert in a set, which cannot contain further sets. */
export function assertDefinitions(): Record<string, Schema> {
  return {
    assert: {
      ...ofTypes([...NEGATABLE, SET, ...NEGATED]),
      description: 'A check of the answer.',
      allOf: [refTo('single_assert'), where('type', [SET], ofSet())],
    },
    assert_in_set: { ...ofTypes([...NEGATABLE, ...NEGATED]), allOf: [refTo('single_assert')] },
    single_assert: {
      type: 'object',
      properties: {
        weight: { type: 'number', minimum: 0, description: 'How much it counts: 1 by default. With 0 it never fails.' },
        metric: {
          type: 'string',
          minLength: 1,
          maxLength: MAX_METRIC,
          description: 'Name under which its score is reported.',
        },
      },
      allOf: KINDS.map(ofKind),
    },
  };
}

function ofTypes(types: readonly string[]): Schema {
  const description = 'What is checked. With "not-" in front of it, the opposite has to hold.';
  return { type: 'object', required: ['type'], properties: { type: { enum: types, description } } };
}

function ofKind({ types, passes, value, threshold, required, more }: Kind): Schema {
  const properties = {
    ...(value && { value: { description: passes, ...value } }),
    threshold:
      threshold === undefined ? false : { description: value ? 'Score that is needed.' : passes, ...threshold },
    ...more,
  };
  const conform = { description: passes, ...(required.length > 0 && { required }), properties };
  return where('type', [...types, ...types.map((type) => `not-${type}`)], conform);
}

function ofSet(): Schema {
  return {
    required: ['assert'],
    properties: {
      assert: { type: 'array', minItems: 1, items: refTo('assert_in_set'), description: 'Asserts that count as one.' },
      threshold: {
        ...SHARE,
        description: 'Weighted mean of their scores that is needed. Without it, all have to pass.',
      },
    },
  };
}
