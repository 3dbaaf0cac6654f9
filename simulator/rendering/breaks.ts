import type { Root, RootContent } from 'hast';
import { element, rewriteChildren } from './elements.ts';

const CODE: ReadonlySet<string> = new Set(['pre', 'code', 'math-renderer', 'section', 'svg']);
/** Where a line end is one of a paragraph's. Between blocks it is none. */
const LINES: ReadonlySet<string> = new Set(['p', 'li', 'em', 'strong', 'del', 'a', 'span', 'sub', 'sup']);

/** In a comment every line end of a paragraph is one for the reader: GitHub makes `<br>` of it there, and nowhere else. */
export function breaks() {
  return (tree: Root): void => {
    rewriteChildren(tree, CODE, (children, parent) => {
      const hasLines = parent.type === 'element' && LINES.has(parent.tagName);
      return hasLines
        ? children.flatMap((child, index) => withBreaks(child as RootContent, children[index - 1]))
        : children;
    });
  };
}

function withBreaks(child: RootContent, before: { readonly type: string; readonly tagName?: string } | undefined) {
  if (child.type !== 'text' || child.value.trim() === '') return [child];
  // A line end behind a `<br>` of markdown's own is that one.
  const isBroken = before?.tagName === 'br' && child.value.startsWith('\n');
  const lines = (isBroken ? child.value.slice(1) : child.value).split('\n');
  return lines.flatMap((line, index): RootContent[] => [
    ...(index === 0 ? [] : [element('br', {}, [])]),
    { type: 'text', value: index === 0 && !isBroken ? line : `\n${line}` },
  ]);
}
