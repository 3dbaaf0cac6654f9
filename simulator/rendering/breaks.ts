import type { Root, RootContent } from 'hast';
import { element, rewriteChildren } from './elements.ts';

const CODE: ReadonlySet<string> = new Set(['pre', 'code', 'math-renderer', 'section', 'svg']);
/** Where a line end belongs to a paragraph. Between blocks it does not. */
const LINES: ReadonlySet<string> = new Set(['p', 'li', 'em', 'strong', 'del', 'a', 'span', 'sub', 'sup']);

/** In a comment the reader sees every line end of a paragraph: GitHub turns it into `<br>` there, and nowhere else. */
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
  // A line end after markdown's own `<br>` is the same one.
  const isBroken = before?.tagName === 'br' && child.value.startsWith('\n');
  const lines = (isBroken ? child.value.slice(1) : child.value).split('\n');
  return lines.flatMap((line, index): RootContent[] => [
    ...(index === 0 ? [] : [element('br', {}, [])]),
    { type: 'text', value: index === 0 && !isBroken ? line : `\n${line}` },
  ]);
}
