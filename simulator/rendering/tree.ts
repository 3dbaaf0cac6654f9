import type { Root } from 'hast';
import rehypeRaw from 'rehype-raw';
import { unified } from 'unified';

let last: { readonly html: string; readonly tree: Root } | undefined;

/** HTML as a browser reads it. Nobody may change the tree: it serves in turn to find what is active, its outline and its text. */
export function parseHtml(html: string): Root {
  if (last?.html !== html) last = { html, tree: treeOf(html) };
  return last.tree;
}

function treeOf(html: string): Root {
  const root = { type: 'root', children: [{ type: 'raw', value: html }] } as unknown as Root;
  return unified().use(rehypeRaw).runSync(root) as Root;
}
