import type { Root, RootContent } from 'hast';
import { element, rewriteChildren, textIn } from './elements.ts';

// https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions
// has the three forms and says that `<span>$</span>` is none. Others found by trial that a single dollar sign opens only
// before, and closes only after, something other than a blank (github.com/orgs/community/discussions/17522).
const FORMULA = /\$\$[^$]+\$\$|(?<![\w\\$])\$(?![\s$])(?:[^$]*[^\s$\\])\$(?![\w$])/g;

const CODE: ReadonlySet<string> = new Set(['pre', 'code', 'tt']);

/** `$x$`, `$$x$$` and `` $`x`$ `` outside code. A formula may span lines of a paragraph. */
export function formulas() {
  return (tree: Root): void => {
    rewriteChildren(tree, CODE, (children) => inText(aroundCode(children as readonly RootContent[])));
  };
}

/** A dollar sign right before and right after inline code. */
function aroundCode(children: readonly RootContent[]): RootContent[] {
  const out: RootContent[] = [];
  for (const child of children) {
    const before = out.at(-1);
    const code = out.at(-2);
    // Text, code, text: the code is already in `out` when the text behind it comes.
    if (child.type === 'text' && child.value.startsWith('$') && isCode(before)) {
      if (code?.type === 'text' && code.value.endsWith('$')) {
        out.splice(-2, 2, { ...code, value: code.value.slice(0, -1) }, element('math-renderer', {}, textIn(before)));
        out.push({ ...child, value: child.value.slice(1) });
        continue;
      }
    }
    out.push(child);
  }
  return out;
}

function isCode(node: RootContent | undefined): node is RootContent & { tagName: 'code' } {
  return node?.type === 'element' && node.tagName === 'code';
}

function inText(children: readonly RootContent[]): RootContent[] {
  return children.flatMap((child): RootContent[] => {
    if (child.type !== 'text') return [child];
    const out: RootContent[] = [];
    let at = 0;
    for (const { 0: formula, index } of child.value.matchAll(FORMULA)) {
      out.push({ type: 'text', value: child.value.slice(at, index) }, element('math-renderer', {}, formula));
      at = index + formula.length;
    }
    return [...out, { type: 'text', value: child.value.slice(at) }];
  });
}
