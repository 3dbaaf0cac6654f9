/**
 * What an element gets besides its name. Attributes are ours; untrusted text comes only as text, as a title, or as a fragment
 * of our own address.
 */
export interface ElementParts {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly (Node | string | undefined)[];
}

/** Makes an element. No markup is ever parsed. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  parts: ElementParts = {},
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (parts.class !== undefined) made.className = parts.class;
  if (parts.text !== undefined) made.textContent = parts.text;
  for (const [attribute, value] of Object.entries(parts.attributes ?? {})) made.setAttribute(attribute, value);
  for (const child of parts.children ?? []) if (child !== undefined) made.append(child);
  return made;
}

/** The element that the page has under this id. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new TypeError(`no element ${id}`);
  return found;
}
