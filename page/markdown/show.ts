import { LABELS } from '../../src/core/messages/page-script.ts';
import { element } from '../element.ts';
import { type Block, readMarkdown } from './blocks.ts';
import type { Inline } from './inlines.ts';

/**
 * Markdown as elements that do nothing: tags stay text, an image is named, and a link is its text with its address behind it,
 * which nobody can follow by accident.
 */
export function showMarkdown(text: string): HTMLElement {
  return element('div', {
    class: 'markdown',
    attributes: { dir: 'auto' },
    children: readMarkdown(text).map(showBlock),
  });
}

function showBlock(block: Block): HTMLElement {
  switch (block.kind) {
    // No heading of the page itself, whose outline must not change with an answer.
    case 'heading':
      return element('p', { class: `heading level-${block.level}`, children: showInlines(block.inlines) });
    case 'paragraph':
      return element('p', { children: showInlines(block.inlines) });
    case 'code':
      return element('pre', { text: block.text, attributes: { tabindex: '0' } });
    case 'list':
      return showList(block);
    case 'quote':
      return element('blockquote', { children: block.blocks.map(showBlock) });
    case 'rule':
      return element('hr');
    case 'table':
      return showTable(block);
  }
}

function showList({ start, items }: Extract<Block, { kind: 'list' }>): HTMLElement {
  const children = items.map((blocks) => element('li', { children: blocks.map(showBlock) }));
  if (start === undefined) return element('ul', { children });
  return element('ol', { children, attributes: { start: String(start) } });
}

function showTable({ head, rows }: Extract<Block, { kind: 'table' }>): HTMLElement {
  const titles = head.map((cell) => element('th', { attributes: { scope: 'col' }, children: showInlines(cell) }));
  const lines = rows.map((cells) =>
    element('tr', { children: cells.map((cell) => element('td', { children: showInlines(cell) })) }),
  );
  const table = element('table', {
    children: [
      element('thead', { children: [element('tr', { children: titles })] }),
      element('tbody', { children: lines }),
    ],
  });
  return element('div', { class: 'scroll', attributes: { tabindex: '0' }, children: [table] });
}

function showInlines(inlines: readonly Inline[]): (Node | string)[] {
  return inlines.flatMap(showInline);
}

const ELEMENTS = { strong: 'strong', emphasis: 'em', deleted: 'del' } as const;

function showInline(inline: Inline): (Node | string)[] {
  switch (inline.kind) {
    case 'text':
      return [inline.text];
    case 'break':
      return [element('br')];
    case 'code':
      return [element('code', { text: inline.text })];
    case 'link':
      return [...showInlines(inline.inlines), addressOf(inline.address)];
    case 'image':
      return [`${LABELS.image}: `, ...showInlines(inline.inlines), addressOf(inline.address)];
    default:
      return [element(ELEMENTS[inline.kind], { children: showInlines(inline.inlines) })];
  }
}

function addressOf(address: string): HTMLElement {
  return element('span', { class: 'address', text: ` (${address})` });
}
