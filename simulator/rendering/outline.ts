import type { ElementContent, RootContent } from 'hast';
import { parseHtml } from './tree.ts';

/**
 * The elements of HTML as an outline, one a line, indented by depth, with their attributes: two texts with the same
 * structure have the same outline. Leaves out all text, and any `span` without attributes, which shows nothing.
 */
export function outlineOf(html: string): string[] {
  return linesOf(parseHtml(html).children, 0);
}

function linesOf(nodes: readonly (RootContent | ElementContent)[], depth: number): string[] {
  return nodes.flatMap((node): string[] => {
    if (node.type !== 'element') return [];
    const { tagName, properties, children } = node;
    const attributes = Object.entries(properties).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
    if (tagName === 'span' && attributes.length === 0) return linesOf(children, depth);
    return [`${'  '.repeat(depth)}${tagName}${attributes.join('')}`, ...linesOf(children, depth + 1)];
  });
}
