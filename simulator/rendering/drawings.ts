import type { Element, Root } from 'hast';
import { element, rewriteChildren, textIn } from './elements.ts';
import { DRAWN } from './rules.ts';

/** Fenced code in a language that GitHub draws, and `<pre lang="…">`, which it takes for the same. */
export function drawings() {
  return (tree: Root): void => {
    rewriteChildren(tree, new Set(), (children) =>
      children.map((child) => {
        const language = child.type === 'element' && child.tagName === 'pre' ? languageOf(child) : undefined;
        if (language === undefined || !DRAWN.has(language)) return child;
        return language === 'math'
          ? element('math-renderer', { className: ['js-display-math'] }, textIn(child))
          : element('section', { className: ['js-render-enrichment-target'], dataType: language }, textIn(child));
      }),
    );
  };
}

function languageOf(pre: Element): string | undefined {
  const [code] = pre.children;
  const classes = code?.type === 'element' ? code.properties['className'] : undefined;
  const named = Array.isArray(classes) ? classes.map(String).find((name) => name.startsWith('language-')) : undefined;
  return (named?.slice('language-'.length) ?? pre.properties['lang']?.toString())?.toLowerCase();
}
