import { cutNote, type FileLocation, LABELS } from '../src/core/messages/page-script.ts';
import type { PageText } from '../src/core/page/case.ts';
import type { Piece } from './changes.ts';
import { element } from './element.ts';

/** Where the whole of a text is. */
export type Place = FileLocation;

/** A text: whole, or its head and its tail with a note between them that says what is left out. */
export function textBlocks(
  label: string,
  { head, left_out, tail }: PageText,
  place: Place,
  show: (text: string, end: 'head' | 'tail') => HTMLElement = (text) => textBlock(label, text),
): HTMLElement[] {
  const first = head === '' ? textBlock(label, LABELS.empty) : show(head, 'head');
  if (left_out === 0) return [first];
  const note = element('p', { class: 'left-out', text: cutNote(left_out, place) });
  return [first, note, show(tail, 'tail')];
}

/** A long one scrolls on its own, also by keyboard. */
export function textBlock(label: string, text: string): HTMLElement {
  return element('pre', { text, attributes: attributesOf(label) });
}

/** The same with what is new or gone in it marked. */
export function markedBlock(label: string, pieces: readonly Piece[], mark: 'ins' | 'del'): HTMLElement {
  return element('pre', {
    attributes: attributesOf(label),
    children: pieces.map(({ text, isChanged }) => (isChanged ? element(mark, { text }) : text)),
  });
}

function attributesOf(label: string): Record<string, string> {
  return { tabindex: '0', role: 'group', 'aria-label': label, dir: 'auto' };
}
