import type { Element, ElementContent, Parents, RootContent } from 'hast';

type Child = RootContent | ElementContent;

/** Replaces the children of every element, innermost first, except in elements named in `leave`. */
export function rewriteChildren(
  parent: Parents,
  leave: ReadonlySet<string>,
  rewrite: (children: readonly Child[], parent: Parents) => readonly Child[],
): void {
  for (const child of parent.children) {
    if (child.type === 'element' && !leave.has(child.tagName)) rewriteChildren(child, leave, rewrite);
  }
  parent.children = rewrite(parent.children, parent) as ElementContent[];
}

/** An element with text or other children. */
export function element(
  tagName: string,
  properties: Element['properties'],
  children: string | readonly ElementContent[],
): Element {
  const inside: ElementContent[] = typeof children === 'string' ? [{ type: 'text', value: children }] : [...children];
  return { type: 'element', tagName, properties, children: inside };
}

/** All text in a node. */
export function textIn(node: Child): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textIn).join('') : '';
}
