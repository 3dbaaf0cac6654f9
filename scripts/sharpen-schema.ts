import { conditional } from './schema-parts.ts';

/** A JSON Schema as far as ts-json-schema-generator writes it. */
export interface Node {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  description?: string;
  properties?: Record<string, Node>;
  required?: string[];
  items?: Node;
  anyOf?: Node[];
  oneOf?: Node[];
  discriminator?: { propertyName: string };
  if?: Node;
  then?: Node;
  else?: Node;
  not?: Node;
  definitions?: Record<string, Node>;
}

type Definitions = Readonly<Record<string, Node>>;

/** The keywords of a type that are checked; the rest are comments, and properties without a name of their own. */
const JUDGED = new Set(['$ref', 'type', 'const', 'enum', 'properties', 'required', 'items', 'anyOf']);
const PREFIX = '#/definitions/';
const unseen = 'The types of the client have a union that this script does not know';

/**
 * The same schema, but it says which alternative of a union is meant: by JSON type, then by the tag of an object. A
 * validator made from it names the real fault of a block instead of all faults against every alternative. Unions of objects get
 * a definition of their own.
 */
export function sharpen(root: Node): Node {
  const definitions = root.definitions ?? {};
  const unions: Record<string, Node> = {};
  const visit = (node: Node): Node => {
    const { anyOf, ...rest } = Object.fromEntries(Object.entries(node).filter(([key]) => JUDGED.has(key))) as Node;
    if (anyOf !== undefined) return alternatives(anyOf.flatMap((part) => flatten(part, definitions)));
    if (rest.properties) {
      const entries = Object.entries(rest.properties).map(([name, of]) => [name, visit(of)] as const);
      rest.properties = Object.fromEntries(entries.filter(([, of]) => Object.keys(of).length > 0));
    }
    // A value that is compared has its type anyhow.
    if (rest.const !== undefined || rest.enum) delete rest.type;
    if (rest.items) rest.items = visit(rest.items);
    return rest;
  };
  const alternatives = (parts: Node[]): Node => {
    if (parts.some((part) => Object.keys(part).length === 0)) return {};
    const byType = Map.groupBy(parts, (part) => resolve(part, definitions).type);
    const type: string[] = [];
    const out: Node = {};
    for (const [kind, group] of byType) {
      if (typeof kind !== 'string') throw new Error(unseen);
      type.push(kind);
      const [first = {}] = group;
      if (kind === 'object') {
        Object.assign(out, conditional<Node>({ type: 'object' }, group.length === 1 ? visit(first) : tagged(group)));
      } else if (kind === 'array' && group.length === 1 && first.items) {
        out.items = visit(first.items);
      } else if (Object.keys(first).length > 1 || group.length > 1) {
        throw new Error(unseen);
      }
    }
    if (type.length === 1 && out.then) return out.then;
    return { type, ...out };
  };
  const tagged = (group: Node[]): Node => {
    const refs = group.map((part) => part.$ref ?? '');
    const name = `Any:${refs.map((ref) => ref.slice(PREFIX.length)).join('|')}`;
    unions[name] ??= union(group, definitions);
    return { $ref: `${PREFIX}${name}` };
  };
  const sharp = visit({ ...root, definitions: {} });
  const all = Object.fromEntries(Object.entries(definitions).map(([name, of]) => [name, visit(of)]));
  return { ...sharp, definitions: { ...all, ...unions } };
}

function union(group: readonly Node[], definitions: Definitions): Node {
  const propertyName = ['type', 'role'].find(
    (tag) => group.filter((part) => valuesOf(part, tag, definitions).length > 0).length > 1,
  );
  if (propertyName === undefined) throw new Error(unseen);
  const [untagged, ...more] = group.filter((part) => valuesOf(part, propertyName, definitions).length === 0);
  if (more.length > 0) throw new Error(unseen);
  const oneOf = group.filter((part) => part !== untagged);
  const by: Node = { type: 'object', discriminator: { propertyName }, oneOf };
  if (untagged === undefined) return by;
  // A tool of one's own needs no type, or has the type "custom" or null.
  const own = resolve(untagged, definitions).properties?.[propertyName]?.enum;
  if (own === undefined) throw new Error(unseen);
  const foreign: Node = { required: [propertyName], properties: { [propertyName]: { not: { enum: own } } } };
  return { type: 'object', ...conditional<Node>(foreign, { discriminator: { propertyName }, oneOf }), else: untagged };
}

/** The values of the member that tells an object from the others; none where it may be missing. */
export function valuesOf(part: Node, tag: string, definitions: Definitions): string[] {
  const { properties, required } = resolve(part, definitions);
  if (!required?.includes(tag)) return [];
  const { const: one, enum: many } = properties?.[tag] ?? {};
  return (many ?? [one]).filter((value) => typeof value === 'string');
}

/** What a reference stands for. */
export function resolve(node: Node, definitions: Definitions): Node {
  if (node.$ref === undefined) return node;
  const found = definitions[decodeURIComponent(node.$ref.slice(PREFIX.length))];
  if (found === undefined) throw new Error(`There is no definition ${node.$ref}`);
  return found;
}

/** A union inside of a union is part of it. */
function flatten(part: Node, definitions: Definitions): Node[] {
  const { anyOf } = resolve(part, definitions);
  return anyOf === undefined ? [part] : anyOf.flatMap((inner) => flatten(inner, definitions));
}

/** The same schema with one definition for all equal ones and none that is not used, under short names. */
export function shrink(root: Node): Node {
  const single = unify({ ...root, definitions: root.definitions ?? {} });
  const { definitions, ...body } = { ...single, definitions: hoist(single.definitions ?? {}) };
  const used = reachable(body, definitions);
  const names = new Map([...used].map((name, i) => [name, name.startsWith('Any:') ? `union${i}` : name]));
  const short = (node: Node) => rename(node, (name) => names.get(name) ?? name);
  const kept = [...names].map(([name, to]): [string, Node] => [to, short(definitions[name] ?? {})]);
  return { ...short(body), definitions: Object.fromEntries(kept) };
}

function unify(root: Node): Node {
  const definitions = root.definitions ?? {};
  const first = new Map<string, string>();
  const stands = new Map<string, string>();
  for (const [name, of] of Object.entries(definitions)) {
    const text = JSON.stringify(of);
    if (!first.has(text)) first.set(text, name);
    stands.set(name, first.get(text) ?? name);
  }
  const kept = Object.fromEntries([...first.values()].map((name): [string, Node] => [name, definitions[name] ?? {}]));
  const unified = rename({ ...root, definitions: kept }, (name) => stands.get(name) ?? name);
  return first.size === stands.size ? unified : unify(unified);
}

/** Gives properties that many definitions have in common a definition of their own. */
function hoist(definitions: Definitions): Definitions {
  const times = new Map<string, number>();
  const each = (of: Node, use: (name: string, text: string) => Node): Node => {
    if (!of.properties) return of;
    const entries = Object.entries(of.properties).map(([name, to]) => [name, use(name, JSON.stringify(to))] as const);
    return { ...of, properties: Object.fromEntries(entries) };
  };
  for (const of of Object.values(definitions)) {
    each(of, (_, text) => {
      times.set(text, (times.get(text) ?? 0) + 1);
      return {};
    });
  }
  const common: Record<string, Node> = {};
  const hoisted = Object.entries(definitions).map(([name, of]): [string, Node] => [
    name,
    each(of, (property, text) => {
      if ((times.get(text) ?? 0) < 3 || text.length < 60 || text.startsWith('{"const"')) return JSON.parse(text);
      const key = Object.keys(common).find((other) => JSON.stringify(common[other]) === text) ?? `${name}.${property}`;
      common[key] = JSON.parse(text);
      return { $ref: `${PREFIX}${key}` };
    }),
  ]);
  return { ...Object.fromEntries(hoisted), ...common };
}

function reachable(body: Node, definitions: Definitions): Set<string> {
  const used = new Set<string>();
  const visit = (node: Node): Node =>
    rename(node, (name) => {
      if (!used.has(name)) {
        used.add(name);
        visit(definitions[name] ?? {});
      }
      return name;
    });
  visit(body);
  return used;
}

function rename(node: Node, to: (name: string) => string): Node {
  return JSON.parse(JSON.stringify(node), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string'
      ? `${PREFIX}${to(decodeURIComponent(value.slice(PREFIX.length)))}`
      : value,
  );
}
