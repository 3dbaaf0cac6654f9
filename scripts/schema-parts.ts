/** A JSON Schema, as it is published. */
export type Schema = { readonly [keyword: string]: unknown };

/** Where the published schemas are at the newest release. `org` stands for the owner, as in the documents. */
const PUBLISHED = 'https://raw.githubusercontent.com/org/claude-batch-action/v1/schema';

/** The beginning of a published schema. */
export function headOf(file: string, title: string, description: string): Schema {
  return { $schema: 'http://json-schema.org/draft-07/schema#', $id: `${PUBLISHED}/${file}`, title, description };
}

export function refTo(definition: string): Schema {
  return { $ref: `#/definitions/${definition}` };
}

/** The rule that what meets the condition conforms to a schema. */
export function conditional<T>(condition: T, conform: T): { readonly if: T; readonly then: T } {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  return { if: condition, then: conform };
}

/** The rule that objects with one of these words at this key conform to a schema. */
export function where(key: string, words: readonly string[], conform: Schema): Schema {
  const [first] = words;
  const isOne: Schema = words.length === 1 ? { const: first } : { enum: words };
  return conditional<Schema>({ required: [key], properties: { [key]: isOne } }, conform);
}
