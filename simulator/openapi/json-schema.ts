/**
 * A schema of OpenAPI 3.0 as JSON Schema: `nullable` becomes the type `null`, and references to components lose their `#`,
 * so that each component can be a document of its own. `references` are the components it names, as in the description.
 */
export function toJsonSchema(schema: unknown): { readonly schema: unknown; readonly references: readonly string[] } {
  const references = new Set<string>();
  return { schema: convert(schema, references), references: [...references] };
}

function convert(value: unknown, references: Set<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => convert(item, references));
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = value as Record<string, unknown>;
  const converted: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(rest)) converted[name] = convert(item, references);
  const { $ref, type, enum: values } = converted;
  if (typeof $ref === 'string') {
    references.add($ref);
    converted['$ref'] = $ref.slice(1);
  }
  if (nullable !== true) return converted;
  if (typeof type !== 'string') return { anyOf: [converted, { type: 'null' }] };
  return { ...converted, type: [type, 'null'], ...(Array.isArray(values) ? { enum: [...values, null] } : {}) };
}
