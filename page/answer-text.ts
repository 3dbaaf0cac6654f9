import { LABELS } from '../src/core/messages/page-script.ts';
import type { PageText } from '../src/core/page/case.ts';
import type { Piece } from './changes.ts';
import { element } from './element.ts';
import { showMarkdown } from './markdown/show.ts';
import { markedBlock, type Place, textBlocks } from './text-block.ts';

/** Texts of answers, which are shown as they are or as the Markdown that they may be: the same choice for all cases. */
export interface AnswerTexts {
  readonly show: (label: string, text: PageText, shown: ShownText) => HTMLElement;
  /** The switch, which stands beside an answer. */
  readonly createSwitch: () => HTMLElement;
}

/** How a text of an answer is shown. */
export interface ShownText {
  readonly place: Place;
  /** What is new or gone in it, by which it is shown as text; undefined for a text that is compared with none. */
  readonly marks?: Marks | undefined;
}

export interface Marks {
  readonly as: 'ins' | 'del';
  readonly head: readonly Piece[];
  readonly tail: readonly Piece[];
}

/** `changed` is called when a reader has turned the switch. */
export function createAnswerTexts(changed: () => void): AnswerTexts {
  let isMarkdown = false;
  const fills = new WeakMap<Element, () => void>();
  const turn = (to: boolean): void => {
    isMarkdown = to;
    document.body.classList.toggle('as-markdown', to);
    for (const holder of document.querySelectorAll('.answer-text')) fills.get(holder)?.();
    for (const button of document.querySelectorAll<HTMLElement>('.switch button')) press(button);
    changed();
  };
  const press = (button: HTMLElement): void => {
    button.ariaPressed = String((button.dataset['as'] === 'markdown') === isMarkdown);
  };
  return {
    show: (label, text, { place, marks }) => {
      const marked = marks && ((_: string, end: 'head' | 'tail') => markedBlock(label, marks[end], marks.as));
      const holder = element('div', { class: 'answer-text' });
      const fill = (): void => {
        holder.replaceChildren(...textBlocks(label, text, place, isMarkdown ? showMarkdown : marked));
      };
      fills.set(holder, fill);
      fill();
      return holder;
    },
    createSwitch: () => {
      const buttons = (['text', 'markdown'] as const).map((as) => {
        const button = element('button', { text: LABELS[as], attributes: { type: 'button', 'data-as': as } });
        button.addEventListener('click', () => turn(as === 'markdown'));
        press(button);
        return button;
      });
      return element('span', {
        class: 'switch',
        attributes: { role: 'group', 'aria-label': LABELS.showAs },
        children: buttons,
      });
    },
  };
}
