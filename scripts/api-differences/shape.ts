/** A JSON Schema, as far as descriptions and types use it. */
export interface Node {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly allOf?: readonly Node[];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
}

/** A schema and the document that its references point into. */
export interface Source {
  readonly root: unknown;
  readonly node: Node;
}

/** What a schema allows, however it is written: all alternatives by their kind. */
export interface Shape {
  /** `string`, `number`, `boolean` or `null`. */
  readonly plain: Set<string>;
  /** Single values, as JSON, without those of a plain type that is allowed as a whole. */
  readonly values: Set<string>;
  /** Objects by the value of their `type`, or by `object` where that is not one value. */
  readonly objects: Map<string, Node>;
  readonly items: Node[];
}

/** Whether anything at all is allowed. */
export function isAnything({ plain, values, objects, items }: Shape): boolean {
  return plain.size + values.size + objects.size + items.length === 0;
}

/** Reads a schema with all that it refers to. */
export function shapeOf({ root, node }: Source): Shape {
  const shape: Shape = { plain: new Set(), values: new Set(), objects: new Map(), items: [] };
  collect(root, node, shape);
  for (const value of shape.values)
    if (shape.plain.has(plainType(typeof JSON.parse(value)))) shape.values.delete(value);
  return shape;
}

export function resolve(root: unknown, node: Node): Node {
  let at = node;
  while (at.$ref !== undefined) at = find(root, at.$ref);
  return at;
}

function find(root: unknown, pointer: string): Node {
  let at = root;
  for (const part of pointer.replace(/^#\//, '').split('/'))
    at = (at as Record<string, unknown>)[decodeURIComponent(part)];
  return at as Node;
}

function collect(root: unknown, node: Node, shape: Shape): void {
  const at = resolve(root, node);
  const parts = at.anyOf ?? at.oneOf ?? at.allOf;
  if (parts !== undefined) for (const part of parts) collect(root, part, shape);
  else if (at.const !== undefined || at.enum !== undefined)
    for (const one of at.enum ?? [at.const]) addValue(one, shape);
  else if (at.properties !== undefined) addObject(root, at, shape);
  else for (const type of typesOf(at)) addType(type, at, shape);
}

function addValue(value: unknown, shape: Shape): void {
  if (value === null) shape.plain.add('null');
  else shape.values.add(JSON.stringify(value));
}

/** Objects that nothing tells apart count as one, with the members of all; those that all require are required. */
function addObject(root: unknown, node: Node, shape: Shape): void {
  const tag = tagOf(root, node);
  const other = shape.objects.get(tag);
  const { properties: before = {}, required: demanded = [] } = other ?? {};
  const properties: Record<string, Node> = { ...before };
  for (const [name, one] of Object.entries(node.properties ?? {})) properties[name] = join(before[name], one);
  const { required = [] } = node;
  const both = other === undefined ? required : required.filter((name) => demanded.includes(name));
  shape.objects.set(tag, { properties, required: both });
}

function join(one: Node | undefined, other: Node): Node {
  const isSame = one === undefined || (one.$ref !== undefined && one.$ref === other.$ref);
  return isSame ? other : { anyOf: [one, other] };
}

function addType(type: string, node: Node, shape: Shape): void {
  if (type === 'array') shape.items.push(node.items ?? {});
  else if (type === 'object') shape.objects.set('object', node);
  else shape.plain.add(plainType(type));
}

function typesOf({ type = [] }: Node): readonly string[] {
  return typeof type === 'string' ? [type] : type;
}

function plainType(type: string): string {
  return type === 'integer' ? 'number' : type;
}

/** The only value of a member `type`, which tells the alternatives of a union apart. */
function tagOf(root: unknown, { properties = {} }: Node): string {
  const type = properties['type'] === undefined ? undefined : resolve(root, properties['type']);
  const values = type?.enum ?? (type?.const === undefined ? [] : [type.const]);
  return values.length === 1 ? String(values[0]) : 'object';
}
