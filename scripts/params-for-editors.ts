import { FOREIGN, HEADERS, PREVIEW_PARAM, REFUSED, SAMPLING, SAMPLING_REMOVED } from '../src/core/lint/names.ts';
import { type ProblemData, wordsOfProblem } from '../src/core/messages/problems.ts';
import { conditional, type Schema, where } from './schema-parts.ts';
import { type Node, resolve, valuesOf } from './sharpen-schema.ts';

/** What editors show of the parameters. */
const ABOUT: Readonly<Record<string, string>> = {
  model: 'Model that answers, such as claude-haiku-4-5. It may come from default-params instead.',
  max_tokens: 'Most tokens that the answer may have. It may come from default-params instead.',
  messages: 'The conversation so far, usually one message with the role user.',
  system: 'System prompt: a string, or a list of text blocks.',
  thinking: 'Whether the model thinks before it answers, and how much.',
  tools: 'Tools that the model may call.',
  tool_choice: 'Whether the model has to call a tool, and which.',
  output_config: 'The form of the answer, such as a JSON Schema, and the effort that goes into it.',
  stop_sequences: 'Texts that end the answer.',
  metadata: 'An opaque ID of your user, for the detection of abuse.',
  cache_control: 'Marks the end of the prompt for the prompt cache.',
  service_tier: 'Whether reserved capacity may be used.',
  stream: 'Only false: results are available when the batch ends.',
};

/** Rules of the lint for what every request needs. Nothing is required of a line, because merged params may have it. */
const NEEDED: Readonly<Record<string, Schema>> = {
  model: { type: 'string', minLength: 1 },
  max_tokens: { type: 'integer', minimum: 1 },
  messages: { type: 'array', minItems: 1 },
  stream: { enum: [false, null] },
};

/**
 * For editors: the schema that the lint checks the shape of params with, plus the lint's rules for single parameters. What
 * the lint only warns about conforms, and the keyword `discriminator`, which is not JSON Schema, is spelt out.
 */
export function paramsForEditors(judged: Node): {
  readonly params: Schema;
  readonly definitions: Record<string, Schema>;
} {
  const definitions = judged.definitions ?? {};
  const visit = (node: Node, name = ''): Schema => {
    const { discriminator, oneOf, enum: words, ...out } = node;
    if (discriminator !== undefined) return tagged(node);
    const { if: condition = {}, then: conform } = node;
    const rule = conform && (conform.discriminator ? tagged(conform, true) : visit(conform));
    return {
      ...out,
      ...(words && wordsOf(words, name)),
      ...(node.properties && { properties: mapped(node.properties, visit) }),
      ...(node.items && { items: visit(node.items) }),
      ...(rule && conditional<Schema>({ ...condition }, rule)),
      ...(node.else && { else: visit(node.else) }),
    };
  };
  /** `isOpen`: types of tools, because new ones appear without a new version of the API. */
  const tagged = ({ discriminator, oneOf = [] }: Node, isOpen = false): Schema => {
    const tag = discriminator?.propertyName ?? '';
    const rules = oneOf.map((part) => ({ words: valuesOf(part, tag, definitions), part }));
    if (rules.some(({ words }) => words.length === 0)) throw new Error(`A part of a union has no ${tag}`);
    const all = rules.flatMap(({ words }) => words);
    const known = isOpen ? { type: 'string', not: { const: 'function' }, examples: all } : { enum: all };
    return {
      type: 'object',
      required: [tag],
      properties: { [tag]: known },
      allOf: rules.map(({ words, part }) => where(tag, words, { ...part })),
    };
  };
  const typed = mapped(judged.properties ?? {}, (node, name) => orNull(visit(node, name), node));
  const properties = { ...typed, ...NEEDED, messages: { ...typed['messages'], ...NEEDED['messages'] } };
  return {
    params: {
      type: 'object',
      properties: mapped(properties, (schema, name) => ({
        ...(ABOUT[name] && { description: ABOUT[name] }),
        ...schema,
      })),
      patternProperties: refusedNames(),
    },
    definitions: mapped(definitions, visit),
  };

  /** The lint only warns of null in place of an optional parameter. */
  function orNull(schema: Schema, node: Node): Schema {
    const { type, $ref } = node;
    if ($ref !== undefined)
      return { type: [resolved(node), 'null'], ...conditional<Schema>({ type: 'object' }, { $ref }) };
    return type === undefined ? schema : { ...schema, type: [...new Set([type, 'null'].flat())] };
  }

  function resolved(node: Node): string {
    const { $ref, type } = resolve(node, definitions);
    if ($ref !== undefined) return resolved({ $ref });
    if (type !== 'object') throw new Error(`A parameter is ${type}, not an object`);
    return type;
  }
}

/** A list of words. It grows without a new version of the API, except media types. */
function wordsOf(words: readonly unknown[], name: string): Schema {
  return name === 'media_type' ? { enum: words } : { examples: words.filter((word) => word !== null) };
}

function mapped<A>(of: Readonly<Record<string, A>>, to: (value: A, name: string) => Schema): Record<string, Schema> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, to(value, name)]));
}

/** A name as part of a pattern, what is allowed there all the same, and why nothing else is. */
type Refusal = readonly [name: string, allowed: Schema, why: ProblemData];

const NOTHING: Schema = { not: {} };
const ONLY_NULL: Schema = { type: 'null' };
const OF_PROFILE: Schema = {
  type: 'object',
  required: ['bill_to'],
  properties: { bill_to: { const: 'user_profile' } },
};

/** Parameters that the lint reports as errors. */
const REFUSALS: readonly Refusal[] = [
  ...REFUSED.map((name): Refusal => [name, ONLY_NULL, { code: 'refused-in-batch', name }]),
  [PREVIEW_PARAM, { not: { const: 'active' } }, { code: 'refused-in-batch', name: PREVIEW_PARAM }],
  ['billing_policy', { not: OF_PROFILE }, { code: 'refused-in-batch', name: 'billing_policy' }],
  ...Array.from(
    HEADERS,
    ([name, kind]): Refusal => [inAnyCase(name), ONLY_NULL, { code: 'header-in-params', name, kind }],
  ),
  ...SAMPLING.map((name): Refusal => [name, NOTHING, { code: 'removed-param', name, version: SAMPLING_REMOVED }]),
  ...Array.from(
    FOREIGN.values(),
    ({ name }): Refusal => [name, NOTHING, { code: 'foreign-param', name, isThere: false }],
  ),
];

/** As patterns, because editors propose the names of properties. */
function refusedNames(): Record<string, Schema> {
  return Object.fromEntries(
    REFUSALS.map(([name, allowed, why]) => [`^${name}$`, { description: inWords(why), ...allowed }]),
  );
}

/** The lint treats these as headers in any case, with `-` or `_`. */
function inAnyCase(name: string): string {
  return name.replace(/./g, (char) => (char === '_' ? '[-_]' : `[${char.toUpperCase()}${char}]`));
}

function inWords(problem: ProblemData): string {
  const { what, fix } = wordsOfProblem(problem);
  const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  return `${sentence(what)} ${sentence(fix)}`;
}
