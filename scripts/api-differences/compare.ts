import { isAnything, type Node, type Shape, type Source, shapeOf } from './shape.ts';

/** A difference between two schemas. */
export interface Difference {
  /** Such as `message.usage.speed`, `content[]` or `content[tool_use]`. */
  readonly where: string;
  readonly left: string;
  readonly right: string;
}

const NOTHING = '–';

/** All differences of two schemas, each once, in the order of the left one's members. */
export function compare(where: string, left: Source, right: Source): Difference[] {
  const seen = new Set<string>();
  const found: Difference[] = [];

  function compareShapes(at: string, leftNode: Node, rightNode: Node): void {
    const pair = `${leftNode.$ref} ${rightNode.$ref}`;
    if (leftNode.$ref !== undefined && rightNode.$ref !== undefined && seen.has(pair)) return;
    seen.add(pair);
    const [a, b] = [shapeOf({ ...left, node: leftNode }), shapeOf({ ...right, node: rightNode })];
    if (isAnything(a) || isAnything(b)) return;
    const [onlyA, onlyB] = [besides(a, b), besides(b, a)];
    if (onlyA !== NOTHING || onlyB !== NOTHING) found.push({ where: at, left: onlyA, right: onlyB });
    for (const [tag, object] of a.objects) {
      const other = b.objects.get(tag);
      if (other !== undefined) compareObjects(a.objects.size > 1 ? `${at}[${tag}]` : at, object, other);
    }
    const [items] = a.items;
    const [otherItems] = b.items;
    if (items !== undefined && otherItems !== undefined)
      compareShapes(`${at}[]`, union(a.items, items), union(b.items, otherItems));
  }

  function compareObjects(at: string, a: Node, b: Node): void {
    const [inA, inB] = [a.properties ?? {}, b.properties ?? {}];
    for (const name of new Set([...Object.keys(inA), ...Object.keys(inB)])) {
      const [one, other] = [inA[name], inB[name]];
      const place = `${at}.${name}`;
      const [needA, needB] = [needOf(a, name), needOf(b, name)];
      if (needA !== needB) found.push({ where: place, left: needA, right: needB });
      if (one !== undefined && other !== undefined) compareShapes(place, one, other);
    }
  }

  compareShapes(where, left.node, right.node);
  return joinAlike(found);
}

/** Reports the same difference of members of one name once, at the shortest place. */
function joinAlike(all: readonly Difference[]): Difference[] {
  const groups = Map.groupBy(all, ({ where, left, right }) => JSON.stringify([where.split('.').at(-1), left, right]));
  return Array.from(groups.values(), (alike) =>
    alike.reduce((shortest, one) => (one.where.length < shortest.where.length ? one : shortest)),
  );
}

function union(all: readonly Node[], one: Node): Node {
  return all.length === 1 ? one : { anyOf: all };
}

function needOf({ properties = {}, required = [] }: Node, name: string): string {
  if (properties[name] === undefined) return NOTHING;
  return required.includes(name) ? 'always' : 'may be';
}

/** What one shape allows and the other does not. */
function besides(shape: Shape, other: Shape): string {
  const isListed = shape.items.length > 0 && other.items.length === 0;
  const only = [
    ...[...shape.plain].filter((type) => !other.plain.has(type)),
    ...[...shape.values].filter((value) => !other.values.has(value) && !allows(other, value)),
    ...[...shape.objects.keys()]
      .filter((tag) => !other.objects.has(tag))
      .map((tag) => (tag === 'object' ? 'an object' : tag)),
    ...(isListed ? ['a list'] : []),
  ];
  return only.length === 0 ? NOTHING : only.sort().join(', ');
}

/** Whether a shape allows all values of the type of this one. */
function allows({ plain }: Shape, value: string): boolean {
  return plain.has(typeof JSON.parse(value));
}
