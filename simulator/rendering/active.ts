import type { Element, ElementContent, RootContent } from 'hast';
import { parseHtml } from './tree.ts';

type Node = RootContent | ElementContent;

/** Elements that load, run or ask for something, or that hide what follows. */
const ACTING: ReadonlySet<string> = new Set(
  `audio base button details dialog embed form frame frameset iframe input link math meta noscript object option
   picture portal script select source style svg template textarea title track video`.split(/\s+/),
);

/**
 * Everything in HTML that does something: links and where to, mentions and references, images, media, forms, scripts,
 * folded parts, anchors, formulas, drawings, emoji, attributes that run code or draw, and comments that look like a
 * marker of the action. In their order in the text.
 */
export function activeParts(html: string): string[] {
  return partsOf(parseHtml(html).children);
}

function partsOf(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node): string[] => {
    if (node.type === 'comment')
      return node.value.includes('claude-batch-action') ? [`comment ${node.value.trim()}`] : [];
    if (node.type !== 'element') return [];
    // Icons of alerts are GitHub's own.
    if (node.tagName === 'svg' && String(node.properties['className']).includes('octicon')) return [];
    return [...partOf(node), ...attributesOf(node), ...partsOf(node.children)];
  });
}

function partOf({ tagName, properties }: Element): string[] {
  const { href, src, srcSet, alias, dataType, className, open } = properties;
  if (tagName === 'a') return href === undefined ? [] : [`${kindOf(className)} ${href}`];
  if (tagName === 'img') return [`image ${src ?? ''}`];
  if (tagName === 'g-emoji') return [`emoji ${alias}`];
  if (tagName === 'math-renderer') return ['formula'];
  if (dataType !== undefined) return [`drawing ${dataType}`];
  if (tagName === 'details') return [open === undefined ? 'details' : 'open details'];
  return ACTING.has(tagName) ? [`${tagName} ${src ?? srcSet ?? href ?? ''}`.trim()] : [];
}

function attributesOf({ properties }: Element): string[] {
  return Object.entries(properties).flatMap(([name, value]) => {
    if (name === 'id' || name === 'name') return [`anchor ${value}`];
    if (/^on/i.test(name) || name === 'style' || name === 'action' || name === 'formAction')
      return [`attribute ${name}`];
    return /^\s*(?:javascript|vbscript|data):/i.test(String(value)) ? [`script in ${name}`] : [];
  });
}

function kindOf(className: unknown): string {
  const [name] = Array.isArray(className) ? className : [];
  return typeof name === 'string' && name !== '' ? name : 'link';
}
