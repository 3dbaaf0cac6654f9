import { imageNote, LABELS, partName, roleName } from '../src/core/messages/page-script.ts';
import type { PagePart, PageText } from '../src/core/page/case.ts';
import { element } from './element.ts';
import { type Place, textBlock, textBlocks } from './text-block.ts';

type Part = PagePart<PageText>;

/** A prompt: what each role says, one after the other. */
export function showTurns(parts: readonly Part[], place: Place): HTMLElement[] {
  const turns: Part[][] = [];
  for (const part of parts) {
    const last = turns.at(-1);
    if (last === undefined || last[0]?.role !== part.role) turns.push([part]);
    else last.push(part);
  }
  return turns.map((turn) => {
    const role = turn[0]?.role;
    const name =
      role === undefined
        ? undefined
        : roleName(role, turn.some(({ kind }) => kind === 'tool-result') && turn.every(isResult));
    return element('div', {
      class: 'turn',
      attributes: { 'data-role': role ?? '' },
      children: [
        name === undefined ? undefined : element('h4', { text: name }),
        ...turn.flatMap((part) => showPart(name ?? LABELS.prompt, part, place)),
      ],
    });
  });
}

/** A block of a prompt or an answer, with its name where it is no plain text. */
export function showPart(label: string, part: Part, place: Place): HTMLElement[] {
  const { kind, text } = part;
  if (kind === 'text') return textBlocks(label, text, place);
  if (kind === 'left-out') return [element('p', { class: 'left-out', text: text.head })];
  const name = partName(part);
  if (kind === 'image') return [showImage(part)];
  if (kind === 'thinking')
    return [
      element('details', {
        class: 'part thinking',
        children: [element('summary', { text: name }), ...textBlocks(name, text, place)],
      }),
    ];
  return [
    element('div', {
      class: `part ${kind}`,
      children: [element('p', { class: 'part-name', text: name }), ...textBlocks(name, text, place)],
    }),
  ];
}

/** The page has only pictures of pixels, as data; the attribute is set here alone. */
function showImage({ image, text }: Part): HTMLElement {
  if (image === undefined) return textBlock(LABELS.image, imageNote(text.head));
  const picture = element('img', { attributes: { src: image, alt: text.head, loading: 'lazy', decoding: 'async' } });
  return element('figure', { class: 'part', children: [picture, element('figcaption', { text: text.head })] });
}

function isResult({ kind }: Part): boolean {
  return kind === 'tool-result' || kind === 'image';
}
