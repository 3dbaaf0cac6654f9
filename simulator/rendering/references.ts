import type { ElementContent, Root, RootContent } from 'hast';
import { element, rewriteChildren } from './elements.ts';
import { type Place, RULES } from './rules.ts';

// IGNORE_PARENTS of MentionFilter (html-pipeline), and elements that were made from text before.
const LEAVE: ReadonlySet<string> = new Set(['pre', 'code', 'tt', 'a', 'style', 'script', 'math-renderer', 'section']);

/** Turns mentions, references, commits and addresses into links, and names of emoji into emoji. */
export function references(place: Place) {
  const rules = RULES.filter(({ places }) => places.includes(place));
  const any = new RegExp(rules.map(({ pattern }, index) => `(?<r${index}>${pattern.source})`).join('|'), 'gi');

  const split = (text: string): ElementContent[] => {
    const out: ElementContent[] = [];
    let at = 0;
    for (const match of text.matchAll(any)) {
      const [found] = match;
      const rule = rules.find((_, index) => match.groups?.[`r${index}`] !== undefined);
      out.push({ type: 'text', value: text.slice(at, match.index) });
      out.push(
        rule?.address === undefined
          ? element('g-emoji', { alias: found.slice(1, -1) }, found)
          : element('a', { href: rule.address(found), className: [rule.name] }, found),
      );
      at = match.index + found.length;
    }
    return [...out, { type: 'text' as const, value: text.slice(at) }].filter(
      (node) => node.type !== 'text' || node.value !== '',
    );
  };

  return (tree: Root): void => {
    rewriteChildren(tree, LEAVE, (children) =>
      joinTexts(children as readonly RootContent[]).flatMap((child): RootContent[] =>
        child.type === 'text' ? split(child.value) : [child],
      ),
    );
  };
}

/** If something between two texts was removed, they become one: `@<!-- -->octocat` is a mention. */
function joinTexts(children: readonly RootContent[]): RootContent[] {
  const out: RootContent[] = [];
  for (const child of children) {
    const last = out.at(-1);
    if (child.type === 'text' && last?.type === 'text')
      out[out.length - 1] = { ...last, value: last.value + child.value };
    else out.push(child);
  }
  return out;
}
